using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Engine.Storage;
using Microsoft.Data.Sqlite;

namespace CustomerSuccess.Web.Tests;

/// <summary>A company with a few scored accounts, in a file of the test's own.</summary>
internal sealed class CompanyDatabase : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cs-web-").FullName;

    public CompanyDatabase()
    {
        Options = DatabaseOptions.Parse(Path.Combine(_folder, "test.db"));
        Database = new Database(Options);
    }

    public DatabaseOptions Options { get; }

    public Database Database { get; }

    public static Viewer Csm { get; } = new("u1", "sato@example.com", new HashSet<string> { Roles.Csm }, false);

    /// <summary>Lays the empty schema down.</summary>
    public async Task<CompanyDatabase> MakeAsync()
    {
        await EmptyDatabase.CopyAsync(Options.Path!);
        return this;
    }

    /// <summary>Writes a finished run over three scored accounts and one that is leaving.</summary>
    /// <param name="asOf">The day as of which they are scored.</param>
    /// <param name="fallbackReason">Null for a run with a model.</param>
    public async Task SeedAsync(DateOnly asOf, string? fallbackReason = null)
    {
        await using var context = CustomerSuccess.Engine.Storage.Database.OpenDesignContext(Options);
        var at = asOf.ToDateTime(new TimeOnly(3, 0), DateTimeKind.Utc);
        context.ScoreRuns.Add(new ScoreRun
        {
            ScoreRunId = 1,
            AsOf = asOf,
            StartedAt = at,
            FinishedAt = at.AddSeconds(1),
            ChurnModelId = fallbackReason is null ? 1 : null,
            FallbackReason = fallbackReason,
            FallbackOutcomes = fallbackReason is null ? null : 2,
            UsageUntil = asOf,
            ContractsUntil = asOf,
            Scored = 3,
            Leaving = 1,
            SettingsJson = """{"company.currency":"JPY"}""",
        });
        Add(context, 1, "株式会社青葉", "SMB", 22, 0.31, fallbackReason is null, """[{"Feature":"usage_trend_28d","Value":-0.42,"Text":null,"Points":0.11,"Reference":0.03}]""", "usage_recovery", "usage_fell");
        Add(context, 2, "Blue Harbor <b>Insurance</b>", "Enterprise", 48, 0.12, fallbackReason is null, """[{"Feature":"unanswered_inquiries","Value":2,"Text":null,"Points":0.04,"Reference":0}]""", "answer_inquiry", "inquiry_unanswered");
        Add(context, 3, "Cedar & Finch", "SMB", 91, 0.01, fallbackReason is null, "[]", "check_in", "no_special_reason");
        context.Accounts.Add(new Account { AccountNo = 4, AccountId = "A4", Name = "Departing Ltd", NameSort = "departing ltd", OwnerEmail = "sato@example.com" });
        context.AccountScores.Add(new AccountScore { ScoreRunId = 1, AccountNo = 4, State = ScoreState.Leaving, Name = "Departing Ltd", NameSort = "departing ltd", SearchText = "departing ltd\na4", Plays = "", Mrr = 50_000 });
        await context.SaveChangesAsync();
    }

    public void Dispose()
    {
        using (var connection = new SqliteConnection(Options.ConnectionString))
        {
            SqliteConnection.ClearPool(connection);
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static void Add(CustomerSuccessContext context, int no, string name, string segment, double health, double probability, bool model, string drivers, string play, string reason)
    {
        context.Accounts.Add(new Account { AccountNo = no, AccountId = $"A{no}", Name = name, NameSort = SortKey.Of(name), Segment = segment, OwnerEmail = "sato@example.com" });
        context.AccountScores.Add(new AccountScore
        {
            ScoreRunId = 1,
            AccountNo = no,
            State = ScoreState.Scored,
            Name = name,
            NameSort = SortKey.Of(name),
            SearchText = SortKey.Of(name) + "\na" + no,
            Segment = segment,
            OwnerEmail = "sato@example.com",
            Mrr = 100_000 * no,
            RenewsOn = new DateOnly(2026, 12, no),
            ChurnProbability = model ? probability : null,
            ExpectedLoss = model ? 1000 : null,
            RuleScore = 60 - (no * 10),
            Health = health,
            QueueRank = no,
            ValuePerMinute = 100.0 / no,
            TopMinutes = 20,
            TopPlay = play,
            Plays = $"|{play}|",
        });
        context.AccountDrivers.Add(new AccountDrivers { ScoreRunId = 1, AccountNo = no, ChurnJson = drivers, UpsellJson = "[]" });
        context.Suggestions.Add(new Suggestion { ScoreRunId = 1, AccountNo = no, Rank = 1, Play = play, ReasonCode = reason, ReasonArgsJson = "{}", Minutes = 20, Effect = 0.1, Channel = Channels.Call, Value = model ? 2000 : null, ValuePerMinute = 100.0 / no });
    }
}
