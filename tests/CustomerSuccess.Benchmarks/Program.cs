using CustomerSuccess.Benchmarks;
using CustomerSuccess.Benchmarks.Proof;

return args switch
{
    ["account", .. var rest] => await AccountBenchmark.RunAsync(rest),
    ["answers", .. var rest] => await AnswersBenchmark.RunAsync(rest),
    ["campaign", .. var rest] => await CampaignBenchmark.RunAsync(rest),
    ["import", .. var rest] => await ImportBenchmark.RunAsync(rest),
    ["day", .. var rest] => await DayBenchmark.RunAsync(rest),
    ["drivers", .. var rest] => await DriversBenchmark.RunAsync(rest),
    ["explain"] => ExplainBenchmark.Run(),
    ["model"] => ModelBenchmark.Run(),
    ["mail", .. var rest] => await MailBenchmark.RunAsync(rest),
    ["mail-kills", .. var rest] => await MailBenchmark.KillAsync(rest),
    ["score", .. var rest] => await ScoreBenchmark.RunAsync(rest),
    ["budget", .. var rest] => BudgetBenchmark.Run(rest),
    ["plays", .. var rest] => PlaysBenchmark.Run(rest),
    ["queue", .. var rest] => await QueueBenchmark.RunAsync(rest),
    ["features", .. var rest] => await FeaturesBenchmark.RunAsync(rest),
    ["inquiries", .. var rest] => await InquiryListBenchmark.RunAsync(rest),
    ["live", .. var rest] => await LiveBenchmark.RunAsync(rest),
    ["retention", .. var rest] => await RetentionBenchmark.RunAsync(rest),
    ["search", .. var rest] => await SearchBenchmark.RunAsync(rest),
    ["survey", .. var rest] => await SurveyBenchmark.RunAsync(rest),
    ["proof", "drivers", .. var rest] => await DriversProof.RunAsync(rest),
    ["proof", "skill", .. var rest] => await SkillProof.RunAsync(rest),
    ["proof", "coverage", .. var rest] => await CoverageProof.RunAsync(rest),
    ["proof", "causes", .. var rest] => await CausesProof.RunAsync(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Name a benchmark: account [ENTRIES [CONNECTION]], answers [ACCOUNTS [FOLDER [WORDS]]], campaign [PEOPLE [DATABASE]], day [ACCOUNTS], drivers [ACCOUNTS], explain, features [ROWS [ACCOUNTS]] | import [ROWS [ROUNDS]], inquiries [ROWS [CONNECTION] [indexed]], live [ACTS [CONNECTION]], mail [MESSAGES [DATABASE]], mail-kills [TIMES [WORK [DATABASE]]], model, plays [ACCOUNTS], queue [ACCOUNTS], retention [ACCOUNTS], search [TEXTS [CONNECTION]], survey [PEOPLE [DATABASE]]");
    return 2;
}
