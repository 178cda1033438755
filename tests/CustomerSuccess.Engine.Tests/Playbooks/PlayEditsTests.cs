using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Core.Segments;
using CustomerSuccess.Engine.Playbooks;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Engine.Segments;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Risk;
using CustomerSuccess.Engine.Tests.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Tests.Playbooks;

public sealed class PlayEditsTests
{
    private static readonly Viewer Boss = ScoredCompany.Manager("boss@example.com");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [DatabaseData]
    public async Task What_is_suggested_of_a_play_that_is_turned_off_is_offered_no_longer_until_it_is_on_again(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var (company, edits, query, _) = await CompanyAsync(test);
        (await OffersAsync()).Should().Equal("reconnect,check_in", "check_in", "");
        (await edits.TurnAsync(Boss, "reconnect", false, Token)).Outcome.Should().Be(ActOutcome.Done);
        (await OffersAsync()).Should().Equal("check_in", "check_in", "");
        (await edits.TurnAsync(Boss, "check_in", false, Token)).Outcome.Should().Be(ActOutcome.Done);
        (await OffersAsync()).Should().Equal("", "", "");
        (await query.ListAsync(Boss, Token)).Where(row => row.Suggested > 0).Should().BeEmpty();
        (await company.Actions.DoneAsync(Boss, 1, "reconnect", cancellation: Token)).Outcome.Should().Be(ActOutcome.NotFound);
        (await edits.TurnAsync(Boss, "check_in", true, Token)).Outcome.Should().Be(ActOutcome.Done);
        (await edits.TurnAsync(Boss, "check_in", true, Token)).Outcome.Should().Be(ActOutcome.Unchanged);
        (await edits.DeleteAsync(Boss, "reconnect", Token)).Outcome.Should().Be(ActOutcome.Done);
        (await OffersAsync()).Should().Equal(["reconnect,check_in", "check_in", ""], "put back to what was shipped, which is on");

        async Task<IEnumerable<string>> OffersAsync()
        {
            var rows = (await company.Queue.PageAsync(Boss, new(), QueueSort.Name, false, 0, 10, Token)).Rows;
            rows.Should().OnlyContain(row => row.TopPlay == (row.Suggestions.Count > 0 ? row.Suggestions[0].Play : null));
            return rows.Select(row => string.Join(',', row.Suggestions.Select(touch => touch.Play)));
        }
    }

    [Theory]
    [DatabaseData]
    public async Task A_play_is_kept_in_versions_that_can_be_brought_back(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var (_, edits, query, names) = await CompanyAsync(test);
        var own = Own();
        names.Find("own_play").Should().BeNull();
        var saved = (await edits.SaveAsync(Boss, own, null, Token)).Value!;
        (saved.Version, saved.IsBuiltIn).Should().Be((1, false));
        names.Find("own_play")!.NameJa.Should().Be("自社の施策");
        (await edits.SaveAsync(Boss, own, null, Token)).Problems["key"].Should().Be("taken");
        (await edits.SaveAsync(Boss, own with { Key = "check_in" }, null, Token)).Problems["key"].Should().Be("taken");
        (await edits.SaveAsync(Boss, own with { Minutes = 5 }, 1, Token)).Value!.Version.Should().Be(2);
        var conflict = await edits.SaveAsync(Boss, own with { Minutes = 6 }, 1, Token);
        (conflict.Outcome, conflict.Value!.Play.Minutes).Should().Be((ActOutcome.Conflict, 5));
        (await edits.SaveAsync(ScoredCompany.Csm("me@example.com"), own with { Minutes = 6 }, 2, Token)).Outcome.Should().Be(ActOutcome.Forbidden);
        (await edits.SaveAsync(Boss, own with { Minutes = 0, Channels = ["pigeon"], TemplateId = "none", Triggers = [new(PlayTrigger.OwnReason, new FieldTest("luck", TestKind.Known), new Dictionary<string, string>())] }, 2, Token))
            .Problems.Should().BeEquivalentTo(new Dictionary<string, string> { ["minutes"] = "out_of_range", ["channels"] = "unknown", ["template"] = "unknown", ["trigger"] = "unknown_field" });

        (await edits.DeleteAsync(Boss, "own_play", Token)).Outcome.Should().Be(ActOutcome.Done);
        (await query.FindAsync(Boss, "own_play", Token)).Should().BeNull();
        names.Find("own_play").Should().NotBeNull("what was done keeps its name");
        (await edits.RestoreAsync(Boss, "own_play", 1, Token)).Value!.Play.Minutes.Should().Be(15);
        var details = (await query.FindAsync(Boss, "own_play", Token))!;
        details.Versions.Select(version => (version.Version, version.PlayJson is null)).Should().Equal((4, false), (3, true), (2, false), (1, false));
    }

    [Theory]
    [DatabaseData]
    public async Task A_file_is_taken_whole_or_not_at_all(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var (_, edits, query, _) = await CompanyAsync(test);
        var file = PlayText.WriteFile([Own(), PlayCatalogue.Find("reconnect")! with { Minutes = 3 }, PlayCatalogue.Find("plan_fit")!]);
        var trial = (await edits.ImportAsync(Boss, file, isTrial: true, Token)).Value!;
        (string.Join(',', trial.Added), string.Join(',', trial.Changed), string.Join(',', trial.Unchanged)).Should().Be(("own_play", "reconnect", "plan_fit"));
        (await query.FindAsync(Boss, "own_play", Token)).Should().BeNull("it was only tried");
        var broken = (await edits.ImportAsync(Boss, file.Replace("\"minutes\": 3,", "\"minutes\": 0,", StringComparison.Ordinal), isTrial: false, Token)).Value!;
        broken.Error.Should().BeNull();
        broken.Problems.Should().Equal(("reconnect", "minutes", "out_of_range"));
        (await query.FindAsync(Boss, "own_play", Token)).Should().BeNull("all or none");
        (await edits.ImportAsync(Boss, "{", isTrial: false, Token)).Value!.Error.Should().NotBeNull();
        (await edits.ImportAsync(ScoredCompany.Csm("me@example.com"), file, isTrial: false, Token)).Outcome.Should().Be(ActOutcome.Forbidden);

        (await edits.ImportAsync(Boss, file, isTrial: false, Token)).Outcome.Should().Be(ActOutcome.Done);
        (await query.FindAsync(Boss, "own_play", Token))!.Row.Entry.Play.IsOn.Should().BeFalse("somebody has to look at it first");
        (await query.FindAsync(Boss, "reconnect", Token))!.Row.Entry.Play.Should().Match<Play>(play => play.Minutes == 3 && play.IsOn);
        (await edits.ImportAsync(Boss, PlayText.WriteFile(await query.ExportAsync(cancellation: Token)), isTrial: false, Token)).Outcome.Should().Be(ActOutcome.Unchanged, "what was exported says the same");
    }

    [Theory]
    [DatabaseData]
    public async Task A_preview_names_whom_the_triggers_hold_for_and_the_exit_rule_does_not(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var (company, edits, query, _) = await CompanyAsync(test);
        var segment = (await new SegmentEdits(company.Acts).SaveAsync(Boss, null, new("small", null, new AllOf([new FieldTest(SegmentFields.Money, TestKind.Below, "150")])), cancellation: Token)).Value!;
        var play = Own() with { Triggers = [new(PlayTrigger.OwnReason, new FieldTest(SegmentFields.Member + segment.SegmentId, TestKind.Yes), new Dictionary<string, string> { ["risk"] = SegmentFields.Probability })], Exit = new AnyOf([new FieldTest(SegmentFields.Owner, TestKind.OneOf, "ME@example.com")]) };
        var preview = await query.PreviewAsync(Boss, play with { Exit = null }, Token);
        (preview.Total, preview.Of).Should().Be((2, 3));
        preview.Accounts[0].Reason.Args["risk"].Should().Be(0.1);
        (await query.PreviewAsync(Boss, play, Token)).Accounts.Select(account => account.Name).Should().Equal("Cedar");
        (await query.PreviewAsync(ScoredCompany.Csm("me@example.com"), play with { Exit = null }, Token)).Accounts.Select(account => account.Name).Should().Equal("Aoba");

        await edits.SaveAsync(Boss, play, null, Token);
        (await new SegmentEdits(company.Acts).DeleteAsync(Boss, segment.SegmentId, Token)).Problems["segment"].Should().Be("in_use");
    }

    private static Play Own() => new()
    {
        Key = "own_play",
        NameJa = "自社の施策",
        IsOn = false,
        Channels = [Channels.Call],
        Minutes = 15,
        PriorEffect = 0.1,
        CoolDownDays = 30,
        By = "csm",
        Triggers = [new(PlayTrigger.OwnReason, new AllOf([new FieldTest(SegmentFields.Health, TestKind.Below, "40")]), new Dictionary<string, string>())],
    };

    private static async Task<(ScoredCompany Company, PlayEdits Edits, PlayQuery Query, PlayNames Names)> CompanyAsync(TestDatabase test)
    {
        var company = new ScoredCompany(test);
        await company.AddRunAsync(1, ScoredCompany.Score(1, "Aoba", owner: "me@example.com", plays: "|reconnect|check_in|"), ScoredCompany.Score(2, "Birch", mrr: 200), ScoredCompany.Score(3, "Cedar", plays: ""));
        await using var context = test.Database.OpenContext();
        await context.AccountScores.Where(score => score.AccountNo == 3).ExecuteUpdateAsync(set => set.SetProperty(score => score.TopPlay, (string?)null), Token);
        var names = new PlayNames(test.Database, company.Clock);
        return (company, new PlayEdits(test.Database, company.Acts, names, company.Clock), new PlayQuery(test.Database, company.Settings, company.Clock), names);
    }
}
