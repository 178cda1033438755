using CustomerSuccess.Benchmarks;

return args switch
{
    ["import", .. var rest] => await ImportBenchmark.RunAsync(rest),
    ["explain"] => ExplainBenchmark.Run(),
    ["model"] => ModelBenchmark.Run(),
    ["mail", .. var rest] => await MailBenchmark.RunAsync(rest),
    ["mail-kills", .. var rest] => await MailBenchmark.KillAsync(rest),
    ["queue", .. var rest] => await QueueBenchmark.RunAsync(rest),
    ["features", .. var rest] => await FeaturesBenchmark.RunAsync(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Name a benchmark: explain, features [ROWS [ACCOUNTS]] | import [ROWS [ROUNDS]], mail [MESSAGES [DATABASE]], mail-kills [TIMES [DATABASE]], model, queue [ACCOUNTS]");
    return 2;
}
