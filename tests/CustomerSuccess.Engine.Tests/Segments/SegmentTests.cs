using System.Globalization;
using System.Text.Json;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Campaigns;
using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Core.Segments;
using CustomerSuccess.Core.Tests.Segments;
using CustomerSuccess.Engine.Features;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Engine.Segments;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Risk;
using CustomerSuccess.Engine.Tests.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Tests.Segments;

public sealed class SegmentTests
{
    private static readonly DateOnly AsOf = new(2024, 6, 30);
    private static readonly Viewer Boss = ScoredCompany.Manager("boss@example.com");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>What stands in the database is asked as a plain reading of the condition's text asks the same rows in memory.</summary>
    [Theory]
    [DatabaseData]
    public async Task A_condition_finds_whom_a_plain_reading_finds(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var company = new ScoredCompany(test);
        var random = new Random(11);
        var rows = Enumerable.Range(1, 60).Select(no => Row.Make(no, random)).ToList();
        await company.AddRunAsync(1, [.. rows.Select(row => row.Score)]);
        await KeepAsync(test.Database, rows);
        var query = new SegmentQuery(test.Database);
        var fields = (await query.FieldsAsync(cancellation: Token)).Fields;
        string[] asked = ["account.owner", "account.segment", "account.mrr", "account.renews_on", "account.last_touch_on", "score.probability", "score.health", "score.expected_loss", "usage_trend_28d", "days_to_renewal", "attribute:region", "attribute:employees", "attribute:signed_on", "attribute:partner"];
        fields.Keys.Should().Contain(asked);

        var found = 0;
        for (var i = 0; i < 150; i++)
        {
            var condition = Any(random, [.. asked.Select(name => fields[name])], 0);
            ConditionRules.Check(new AllOf([condition]), fields).Should().BeEmpty();
            using var text = JsonDocument.Parse(ConditionText.Write(condition));
            var expected = rows.Where(row => PlainCondition.Holds(text.RootElement, row)).ToList();
            var preview = await query.PreviewAsync(Viewer.System, condition, Token);
            (preview.Total, preview.Of, preview.Mrr).Should().Be((expected.Count, 60, expected.Sum(row => row.Score.Mrr)), "{0}", ConditionText.Write(condition));
            found += expected.Count is > 0 and < 60 ? 1 : 0;
        }

        found.Should().BeGreaterThan(60, "most conditions tell accounts apart");
    }

    [Theory]
    [DatabaseData]
    public async Task A_segment_is_kept_in_versions_and_nobody_overwrites_what_he_has_not_seen(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var (edits, query) = await CompanyAsync(test);
        var segment = (await edits.SaveAsync(Boss, null, Draft(" 大口 ", "score.health", TestKind.Below, "45"), cancellation: Token)).Value!;
        (segment.Name, segment.Version, segment.Accounts, segment.Mrr).Should().Be(("大口", 1, 2, 300));
        (await edits.SaveAsync(Boss, segment.SegmentId, SegmentDraft.Of(segment), 1, Token)).Outcome.Should().Be(ActOutcome.Unchanged);
        (await edits.SaveAsync(Boss, segment.SegmentId, Draft("大口", "score.health", TestKind.Below, "35"), 1, Token)).Value!.Accounts.Should().Be(1);
        var conflict = await edits.SaveAsync(Boss, segment.SegmentId, Draft("mine", "score.health", TestKind.Below, "5"), 1, Token);
        (conflict.Outcome, conflict.Value!.Version).Should().Be((ActOutcome.Conflict, 2));
        (await edits.SaveAsync(ScoredCompany.Csm("me@example.com"), null, Draft("x", "score.health", TestKind.Below, "5"), cancellation: Token)).Outcome.Should().Be(ActOutcome.Forbidden);
        (await ProblemAsync(null, Draft("大口", "score.health", TestKind.Below, "5"), "name")).Should().Be("taken");
        (await ProblemAsync(null, Draft(" ", "score.health", TestKind.Below, "5"), "name")).Should().Be("missing");
        (await ProblemAsync(null, Draft("x", "score.luck", TestKind.Below, "5"), "condition")).Should().Be("unknown_field");
        (await ProblemAsync(null, new("x", null, Condition.Always), "condition")).Should().Be("empty_group");
        (await ProblemAsync(segment.SegmentId, new("大口", null, new AllOf([new FieldTest(SegmentFields.Member + segment.SegmentId, TestKind.Yes)])), "condition")).Should().Be("unknown_field", "a segment is no field of its own");

        var details = (await query.FindAsync(Boss, segment.SegmentId, Token))!;
        details.Versions.Select(version => (version.Version, version.ByEmail)).Should().Equal((2, "boss@example.com"), (1, "boss@example.com"));
        details.Counts.Select(count => (count.Accounts, count.Entered, count.Left)).Should().Equal((2, 2, 0), (1, 0, 1));
        details.Moves.Should().HaveCount(3).And.OnlyContain(move => move.ByChange);
        (await query.FindAsync(ScoredCompany.Csm("me@example.com"), segment.SegmentId, Token))!.Moves.Should().OnlyContain(move => move.Name == "Aoba", "others' accounts are not named");

        async Task<string?> ProblemAsync(string? id, SegmentDraft draft, string field) => (await edits.SaveAsync(Boss, id, draft, cancellation: Token)).Problems.GetValueOrDefault(field);
    }

    [Theory]
    [DatabaseData]
    public async Task Each_score_run_tells_who_entered_and_who_left(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var company = new ScoredCompany(test);
        var (edits, query) = await CompanyAsync(test, company);
        var ill = (await edits.SaveAsync(Boss, null, Draft("ill", "score.health", TestKind.Below, "45"), cancellation: Token)).Value!;
        var both = (await edits.SaveAsync(Boss, null, new("ill and owned", null, new AllOf([new FieldTest(SegmentFields.Member + ill.SegmentId, TestKind.Yes), new FieldTest(SegmentFields.Owner, TestKind.Known)])), cancellation: Token)).Value!;
        both.Accounts.Should().Be(1);
        await company.AddRunAsync(2, ScoredCompany.Score(1, "Aoba", health: 70, owner: "me@example.com"), ScoredCompany.Score(2, "Birch", health: 20, mrr: 200), ScoredCompany.Score(3, "Cedar", health: 10, owner: "you@example.com"));
        await using var context = test.Database.OpenContext();
        var run = (await ScoreRunQuery.NewestAsync(context, Token))!;
        run.AsOf = AsOf.AddDays(7);
        await SegmentMembers.CountAllAsync(test.Database, run, ScoredCompany.Morning.UtcDateTime.AddDays(7), Token);

        var details = (await query.FindAsync(Boss, ill.SegmentId, Token))!;
        details.Segment.Accounts.Should().Be(2);
        details.Moves.Where(move => !move.ByChange).Select(move => (move.Name, move.IsEntry, move.On)).Should().BeEquivalentTo([("Aoba", false, run.AsOf), ("Cedar", true, run.AsOf)]);
        details.UsedBySegments.Should().Equal("ill and owned");
        (await query.FindAsync(Boss, both.SegmentId, Token))!.Segment.Accounts.Should().Be(1, "Aoba left and Cedar came");

        // whoever entered lately, whatever a change of the segment did
        async Task<IEnumerable<string>> NamesAsync(Condition condition) => (await query.PreviewAsync(Boss, condition, Token)).Accounts.Select(account => account.Name);
        (await NamesAsync(new FieldTest(SegmentFields.Left + ill.SegmentId, TestKind.Known))).Should().BeEmpty("the newest run is of the day before they moved");
        (await company.Queue.PageAsync(Boss, new() { SavedSegment = ill.SegmentId }, QueueSort.Name, false, 0, 10, Token)).Rows.Select(row => row.Name).Should().Equal("Birch", "Cedar");
        (await company.Queue.ChoicesAsync(Boss, Token)).SavedSegments.Select(choice => (choice.Name, choice.Accounts)).Should().Equal(("ill", 2), ("ill and owned", 1));

        (await edits.DeleteAsync(Boss, ill.SegmentId, Token)).Problems["segment"].Should().Be("in_use");
        (await edits.DeleteAsync(Boss, both.SegmentId, Token)).Outcome.Should().Be(ActOutcome.Done);

        // a campaign asks for it until it is over
        var campaign = new Campaign { CampaignId = "c1", Name = "Spring", PlanJson = $$"""{"segment_ids":["{{ill.SegmentId}}"]}""", Version = 1 };
        context.Campaigns.Add(campaign);
        await context.SaveChangesAsync(Token);
        (await query.FindAsync(Boss, ill.SegmentId, Token))!.UsedByCampaigns.Should().Equal(("c1", "Spring"));
        (await edits.DeleteAsync(Boss, ill.SegmentId, Token)).Problems["segment"].Should().Be("in_use");
        (campaign.State, campaign.FinishedAt) = (CampaignState.Done, ScoredCompany.Morning.UtcDateTime);
        await context.SaveChangesAsync(Token);
        (await edits.DeleteAsync(Boss, ill.SegmentId, Token)).Outcome.Should().Be(ActOutcome.Done);
        (await query.ListAsync(Token)).Should().BeEmpty();
        (await edits.RestoreAsync(Boss, both.SegmentId, Token)).Problems["condition"].Should().Be("unknown_field", "what it asks for is gone");
        (await edits.RestoreAsync(Boss, ill.SegmentId, Token)).Value!.Accounts.Should().Be(2);
        (await edits.RestoreAsync(Boss, both.SegmentId, Token)).Value!.Accounts.Should().Be(1);
    }

    private static async Task<(SegmentEdits Edits, SegmentQuery Query)> CompanyAsync(TestDatabase test, ScoredCompany? company = null)
    {
        company ??= new ScoredCompany(test);
        await company.AddRunAsync(1, ScoredCompany.Score(1, "Aoba", health: 30, owner: "me@example.com"), ScoredCompany.Score(2, "Birch", health: 40, mrr: 200), ScoredCompany.Score(3, "Cedar", health: 80, owner: "you@example.com"));
        return (new SegmentEdits(company.Acts), new SegmentQuery(test.Database));
    }

    private static SegmentDraft Draft(string name, string field, TestKind test, string value) => new(name, null, new AllOf([new FieldTest(field, test, value)]));

    private static async Task KeepAsync(Database database, List<Row> rows)
    {
        var catalogue = new FeatureCatalogue([], []);
        var columns = catalogue.Features.Select(feature => feature.Kind == FeatureKind.Category
            ? FeatureColumn.OfCategories(feature.Name, [.. rows.Select(_ => -1)], [])
            : FeatureColumn.OfNumbers(feature.Name, [.. rows.Select(row => row.Features.GetValueOrDefault(feature.Name, double.NaN))]));
        await new FeatureSnapshots(database).SaveAsync(new([.. rows.Select(row => row.Score.AccountNo)], [.. rows.Select(_ => AsOf)], [.. columns]), catalogue, Token);
        await using var facts = new TestCompany(database);
        foreach (var row in rows)
        {
            foreach (var (name, type, value) in row.Attributes)
            {
                // a later value is not known yet, an earlier one is no longer true
                facts.Value(row.Score.AccountNo, name, type, 10, value is null ? null : type == AttributeType.Number ? "1" : type == AttributeType.Flag ? "true" : "2000-01-01");
                facts.Value(row.Score.AccountNo, name, type, 20, value);
                facts.Value(row.Score.AccountNo, name, type, 400, "2099-01-01");
            }
        }

        await facts.SaveAsync();
    }

    private static Condition Any(Random random, SegmentField[] fields, int depth)
    {
        var shape = depth > 2 ? 0 : random.Next(6);
        return shape switch
        {
            3 => new AllOf([.. Parts()]),
            4 => new AnyOf([.. Parts()]),
            5 => new NotOf(Any(random, fields, depth + 1)),
            _ => Test(random, fields[random.Next(fields.Length)]),
        };

        IEnumerable<Condition> Parts() => Enumerable.Range(0, random.Next(1, 4)).Select(_ => Any(random, fields, depth + 1)).ToList();
    }

    private static FieldTest Test(Random random, SegmentField field)
    {
        var kind = field.Tests[random.Next(field.Tests.Count)];
        return new(field.Name, kind, kind switch
        {
            TestKind.Known or TestKind.Missing or TestKind.Yes or TestKind.No => [],
            TestKind.OneOf or TestKind.NoneOf => [Row.Words[random.Next(Row.Words.Length)], Row.Words[random.Next(Row.Words.Length)].ToUpperInvariant()],
            TestKind.Contains => [Row.Words[random.Next(Row.Words.Length)][..1]],
            TestKind.OnOrAfter or TestKind.OnOrBefore => [AsOf.AddDays(random.Next(-400, 400)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)],
            TestKind.InLastDays or TestKind.MoreThanDaysAgo or TestKind.InNextDays or TestKind.AnniversaryInDays => [random.Next(0, 300).ToString(CultureInfo.InvariantCulture)],
            _ => [(random.Next(-2, 12) / 4.0 * (field.Unit is FeatureUnit.Share or FeatureUnit.Change ? 0.4 : 100)).ToString(CultureInfo.InvariantCulture)],
        });
    }

    /// <summary>One account as a test knows it, with what is known of it by field.</summary>
    private sealed record Row(AccountScore Score, Dictionary<string, double> Features, IReadOnlyList<(string Name, AttributeType Type, string? Value)> Attributes) : IFieldValues
    {
        public static readonly string[] Words = ["東京", "osaka", "Nagoya", "me@example.com", "enterprise", "small"];

        public DateOnly AsOf => SegmentTests.AsOf;

        public static Row Make(int no, Random random)
        {
            var score = ScoredCompany.Score(no, $"Account {no}", random.Next(5) == 0 ? null : random.Next(0, 11) / 10.0, random.Next(1, 12) * 25, random.Next(3) == 0 ? null : "me@example.com", health: random.Next(6) == 0 ? null : random.Next(0, 11) * 10);
            score.Segment = random.Next(4) == 0 ? null : Words[random.Next(4, 6)];
            score.RenewsOn = random.Next(3) == 0 ? null : SegmentTests.AsOf.AddDays(random.Next(-300, 300));
            score.LastTouchOn = random.Next(3) == 0 ? null : SegmentTests.AsOf.AddDays(-random.Next(0, 800));
            return new(score,
                new() { ["usage_trend_28d"] = random.Next(4) == 0 ? double.NaN : random.Next(-10, 30) / 10.0, ["days_to_renewal"] = random.Next(4) == 0 ? double.NaN : random.Next(0, 300) },
                [
                    ("region", AttributeType.Category, random.Next(4) == 0 ? null : Words[random.Next(3)]),
                    ("employees", AttributeType.Number, random.Next(4) == 0 ? null : (random.Next(0, 12) * 25).ToString(CultureInfo.InvariantCulture)),
                    ("signed_on", AttributeType.Date, random.Next(4) == 0 ? null : SegmentTests.AsOf.AddDays(-random.Next(0, 800)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
                    ("partner", AttributeType.Flag, random.Next(4) == 0 ? null : random.Next(2) == 0 ? "true" : "false"),
                ]);
        }

        public double Number(string field) => field switch
        {
            "account.mrr" => (double)Score.Mrr,
            "account.renews_on" => Day(Score.RenewsOn),
            "account.last_touch_on" => Day(Score.LastTouchOn),
            "score.probability" => Score.ChurnProbability ?? double.NaN,
            "score.health" => Score.Health ?? double.NaN,
            "score.expected_loss" => Score.ExpectedLoss is { } loss ? (double)loss : double.NaN,
            _ when Attributes.FirstOrDefault(own => "attribute:" + own.Name == field) is { Name: not null, Value: { } value } own => own.Type switch
            {
                AttributeType.Number => double.Parse(value, CultureInfo.InvariantCulture),
                AttributeType.Date => DateOnly.Parse(value, CultureInfo.InvariantCulture).DayNumber,
                AttributeType.Flag => value == "true" ? 1 : 0,
                _ => double.NaN,
            },
            _ => Features.GetValueOrDefault(field, double.NaN),
        };

        public IReadOnlyList<string> Texts(string field) => (field switch
        {
            "account.owner" => Score.OwnerEmail,
            "account.segment" => Score.Segment,
            "attribute:region" => Attributes[0].Value,
            _ => null,
        }) is { } text ? [text] : [];

        private static double Day(DateOnly? day) => day?.DayNumber ?? double.NaN;
    }
}
