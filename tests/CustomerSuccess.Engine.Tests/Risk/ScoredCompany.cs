using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Engine.Accounts;
using CustomerSuccess.Engine.Capacity;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Playbooks;
using CustomerSuccess.Engine.Portfolios;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Tests.Journal;
using CustomerSuccess.Engine.Tests.Storage;
using CustomerSuccess.Engine.Views;
using Microsoft.Extensions.Time.Testing;

namespace CustomerSuccess.Engine.Tests.Risk;

/// <summary>A company with a finished score run, seeded by hand, on a clock of the test's own.</summary>
internal sealed class ScoredCompany(TestDatabase test)
{
    public static readonly DateTimeOffset Morning = new(2024, 7, 1, 0, 0, 0, TimeSpan.Zero);

    public FakeTimeProvider Clock { get; } = new(Morning);

    public SettingsStore Settings => new(test.Database, Clock);

    public RiskQueueQuery Queue => new(test.Database, Settings, Clock);

    public AccountQuery Accounts => new(test.Database, Settings, Clock);

    public Acts Acts => JournalTests.ActsOver(test.Database, Clock);

    public SuggestionActions Actions => new(Acts, Settings, Clock);

    public AccountOwners Owners => new(test.Database, Acts, Settings);

    public AssignmentRules Rules => new(test.Database, Acts, Settings, Clock);

    public Handovers Handovers => new(test.Database, Acts, Settings, Clock);

    public CapacityQuery Capacity => new(test.Database, Settings, Clock);

    public CapacityEdits CapacityEdits => new(test.Database, Acts, Settings, Clock);

    public SavedViews Views => new(test.Database, Acts);

    public static Viewer Manager(string email) => new(email, email, new HashSet<string> { Roles.CsManager }, OwnPortfolioOnly: false);

    public static Viewer Csm(string email) => new(email, email, new HashSet<string> { Roles.Csm }, OwnPortfolioOnly: true);

    /// <summary>Adds a run; accounts are made where they are new.</summary>
    public async Task AddRunAsync(int run, params AccountScore[] scores)
    {
        await using var context = test.Database.OpenContext();
        context.ScoreRuns.Add(new ScoreRun { ScoreRunId = run, AsOf = new DateOnly(2024, 6, 30), StartedAt = Clock.GetUtcNow().UtcDateTime, FinishedAt = Clock.GetUtcNow().UtcDateTime, ChurnModelId = 1, Scored = scores.Length });
        foreach (var score in scores)
        {
            if (await context.Accounts.FindAsync(score.AccountNo) is null)
            {
                context.Accounts.Add(new Account { AccountNo = score.AccountNo, AccountId = $"A-{score.AccountNo}", Name = score.Name, NameSort = score.NameSort, OwnerEmail = score.OwnerEmail });
            }

            score.ScoreRunId = run;
            context.AccountScores.Add(score);
            context.AccountDrivers.Add(new AccountDrivers { ScoreRunId = run, AccountNo = score.AccountNo, ChurnJson = """[{"Feature":"nps_last","Value":3,"Text":null,"Points":0.09,"Reference":8}]""" });
            foreach (var (play, i) in score.Plays.Split('|', StringSplitOptions.RemoveEmptyEntries).Select((play, i) => (play, i)))
            {
                context.Suggestions.Add(new Suggestion { ScoreRunId = run, AccountNo = score.AccountNo, Rank = i + 1, Play = play, ReasonCode = play, ReasonArgsJson = """{"days":12}""", Channel = Channels.Call, Minutes = 15, Effect = 0.1, ValuePerMinute = score.ValuePerMinute, IsUpsell = PlayCatalogue.Find(play)?.IsUpsell == true });
            }
        }

        await context.SaveChangesAsync();
    }

    /// <summary>A score with something to sell, in the order of opportunities that is given.</summary>
    public static AccountScore Offer(int account, string name, int rank, decimal growth, string? owner = null, string plays = "|check_in|add_seats|")
    {
        var score = Score(account, name, owner: owner, plays: plays);
        (score.OpportunityRank, score.UpsellPlay, score.UpsellMinutes, score.UpsellValuePerMinute, score.Growth, score.UpsellProbability) = (rank, "add_seats", 15, 100 - rank, growth, 0.4);
        return score;
    }

    public static AccountScore Score(int account, string name, double? probability = 0.1, decimal mrr = 100, string? owner = null, string plays = "|check_in|", double? health = 50) => new()
    {
        AccountNo = account,
        Name = name,
        NameSort = SortKey.Of(name),
        SearchText = SortKey.Of(name) + "\n" + SortKey.Of($"A-{account}"),
        State = probability is null ? ScoreState.Leaving : ScoreState.Scored,
        ChurnProbability = probability,
        ExpectedLoss = probability is { } p ? (decimal)p * mrr * 12 : null,
        QueueRank = probability is null ? null : account,
        Mrr = mrr,
        OwnerEmail = owner,
        Health = health,
        Plays = plays,
        TopPlay = plays.Split('|', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(),
        TopMinutes = plays.Length > 0 ? 15 : 0,
        ValuePerMinute = probability ?? 0,
        Segment = mrr >= 1000 ? "enterprise" : "small",
        Plan = "basic",
    };
}
