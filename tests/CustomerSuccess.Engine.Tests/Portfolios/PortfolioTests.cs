using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Inquiries;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Portfolios;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tasks;
using CustomerSuccess.Engine.Tests.Risk;
using CustomerSuccess.Engine.Tests.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Tests.Portfolios;

/// <summary>Whose an account is: given by hand, by rules, and handed over.</summary>
public sealed class PortfolioTests
{
    private const string Gone = "gone@example.com", Ito = "ito@example.com", Sato = "sato@example.com";

    private static readonly DateOnly Today = new(2024, 7, 1);
    private static readonly Viewer Boss = ScoredCompany.Manager("boss@example.com");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [DatabaseData]
    public async Task Accounts_are_given_in_one_act_taken_back_and_left_where_a_colleague_was_faster(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var company = await CompanyAsync(test);
        var seen = new Dictionary<int, string?> { [1] = Gone, [2] = Gone, [3] = Gone };
        (await company.Owners.GiveAsync(Boss, [2], Ito, cancellation: Token)).Outcome.Should().Be(ActOutcome.Done);
        var given = await company.Owners.GiveAsync(Boss, [1, 2, 3], "SATO@example.com ", seen, Token);
        given.Value!.Changed.Select(own => (own.AccountNo, own.Before, own.After)).Should().Equal((1, Gone, Sato), (3, Gone, Sato));
        given.Value.Left.Should().ContainSingle().Which.Should().Be(new OwnerChanged(2, "n2", Gone, Ito));
        (await OwnersAsync(company)).Should().Equal(Sato, Ito, Sato, Gone, null, null);
        (await company.Queue.PageAsync(Viewer.System, new() { Owner = Sato }, QueueSort.Rank, false, 0, 10, Token)).Total.Should().Be(3, "the queue follows");

        await using (var context = test.Database.OpenContext())
        {
            (await context.Accounts.SingleAsync(own => own.AccountNo == 1, Token)).ImportedJson.Should().Be($$"""{"owner_email":"{{Gone}}"}""", "a source that says the former owner again changes nothing");
        }

        (await company.Owners.UndoAsync(Boss, given.Value.Changed, Token)).Outcome.Should().Be(ActOutcome.Done);
        (await OwnersAsync(company)).Should().Equal(Gone, Ito, Gone, Gone, null, null);
        (await company.Owners.GiveAsync(Boss, [1], "nobody-knows@example.com", cancellation: Token)).Problems["to"].Should().Be("unknown");
        (await company.Owners.GiveAsync(Boss, [1], "not an address", cancellation: Token)).Problems["to"].Should().Be("not_an_address");
        (await company.Owners.GiveAsync(ScoredCompany.Csm(Sato), [1], Sato, cancellation: Token)).Outcome.Should().Be(ActOutcome.NotFound, "a CSM of the own portfolio does not see it");
        (await company.Owners.GiveAsync(ScoredCompany.Csm(Sato) with { OwnPortfolioOnly = false }, [1], Sato, cancellation: Token)).Outcome.Should().Be(ActOutcome.Forbidden, "it is a colleague's");

        var away = await company.Owners.GiveAsync(ScoredCompany.Csm(Gone), [4], Ito, cancellation: Token);
        (await company.Owners.UndoAsync(ScoredCompany.Csm(Gone), away.Value!.Changed, Token)).Outcome.Should().Be(ActOutcome.Done, "whoever gave it away by mistake no longer sees it, and takes it back");
        (await company.Owners.UndoAsync(ScoredCompany.Csm(Sato), [new(1, "n1", Sato, Gone)], Token)).Outcome.Should().NotBe(ActOutcome.Done, "Sato gave nothing");
        (await OwnersAsync(company))[3].Should().Be(Gone);
    }

    [Theory]
    [DatabaseData]
    public async Task Rules_give_what_nobody_looks_after_in_turn_and_pass_over_whoever_is_away(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var company = await CompanyAsync(test);
        (await company.Rules.AddAsync(ScoredCompany.Csm(Sato), new() { Name = "mine", Members = [Sato] }, Token)).Outcome.Should().Be(ActOutcome.Forbidden);
        (await company.Rules.AddAsync(Boss, new() { Name = " ", Members = ["x"] }, Token)).Problems.Should().BeEquivalentTo(new Dictionary<string, string> { ["name"] = "missing", ["members"] = "not_an_address" });
        var all = (await company.Rules.AddAsync(Boss, new() { Name = "all", Method = AssignmentMethod.RoundRobin, Members = [Gone, Ito, Sato] }, Token)).Value!;
        var large = (await company.Rules.AddAsync(Boss, new() { Name = "large", Method = AssignmentMethod.LeastRevenue, Members = [Sato], When = new(["enterprise"], [], []) }, Token)).Value!;
        await company.Rules.MoveAsync(Boss, large.RuleId, isUp: true, Token);
        await company.CapacityEdits.AddDaysOffAsync(Boss, Gone, Today, Today.AddDays(3), cancellation: Token);
        await using (var context = test.Database.OpenContext())
        {
            await context.Accounts.Where(account => account.AccountNo == 6).ExecuteUpdateAsync(set => set.SetProperty(account => account.Segment, "enterprise"), Token);
        }

        var preview = await company.Rules.PreviewAsync(Boss, Token);
        preview.Accounts.Select(own => (own.Account.AccountNo, own.RuleId, own.To)).Should().Equal((5, all.RuleId, Ito), (6, large.RuleId, Sato));
        (await OwnersAsync(company))[4].Should().BeNull("a preview changes nothing");
        (await company.Rules.RunAsync(Boss, Token)).Value!.Changed.Should().HaveCount(2);
        (await company.Rules.RunAsync(Boss, Token)).Outcome.Should().Be(ActOutcome.Unchanged);
        (await OwnersAsync(company)).Should().Equal(Gone, Gone, Gone, Gone, Ito, Sato);
        (await company.Rules.ListAsync(Token)).Select(rule => (rule.Name, rule.LastGiven)).Should().Equal(("large", Sato), ("all", Ito));

        (await company.Rules.EditAsync(Boss, all.RuleId, AssignmentRuleDraft.Of(all) with { IsOn = false }, seen: 99, Token)).Outcome.Should().Be(ActOutcome.Conflict);
        await company.Rules.SetDeletedAsync(Boss, all.RuleId, true, Token);
        (await company.Rules.ListAsync(Token)).Should().ContainSingle();
    }

    [Theory]
    [DatabaseData]
    public async Task A_portfolio_goes_to_others_with_what_they_have_to_know_and_comes_back_on_its_day(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var company = await CompanyAsync(test);
        await company.Actions.SnoozeAsync(Boss, 1, "usage_fell", Today.AddDays(5), "waits for the board", cancellation: Token);
        var tasks = new WorkTasks(company.Acts, company.Settings, company.Clock);
        var task = (await tasks.CreateAsync(ScoredCompany.Csm(Gone), new() { AccountNo = 1, Title = "Send the offer" }, Token)).Value!;
        await using (var context = test.Database.OpenContext())
        {
            foreach (var (id, assignee, settled) in new[] { ("open", "Gone@example.com", false), ("colleague's", "desk@example.com", false), ("closed", Gone, true) })
            {
                var inquiry = new Inquiry { AccountNo = 1, SourceId = 1, FactId = id, Subject = id, Assignee = assignee, IsSettled = settled, State = settled ? InquiryState.Closed : InquiryState.Open, OpenedAt = company.Clock.GetUtcNow().UtcDateTime, Version = 1 };
                InquiryWork.Describe(inquiry);
                context.Add(inquiry);
            }

            await context.SaveChangesAsync(Token);
        }

        async Task<IEnumerable<string?>> AssigneesAsync()
        {
            await using var context = test.Database.OpenContext();
            return (await context.Inquiries.AsNoTracking().OrderByDescending(own => own.FactId).ToListAsync(Token)).Select(own => own.Assignee);
        }

        var draft = new HandoverDraft { From = "Gone@example.com", To = [Ito, Sato], Method = AssignmentMethod.FewestAccounts, ByHand = new Dictionary<int, string> { [1] = Sato }, Until = Today.AddDays(10), Note = "子どもが生まれます" };
        (await company.Handovers.RunAsync(ScoredCompany.Csm(Ito), draft, Token)).Outcome.Should().Be(ActOutcome.Forbidden);
        (await company.Handovers.RunAsync(Boss, draft with { Until = Today, To = [Gone] }, Token)).Problems.Should().BeEquivalentTo(new Dictionary<string, string> { ["until"] = "not_after_today", ["to"] = "same" });
        var plan = (await company.Handovers.PlanAsync(ScoredCompany.Csm(Gone), draft, Token)).Value!;
        plan.Rows.Select(row => row.To).Should().NotContainNulls();
        var handover = (await company.Handovers.RunAsync(ScoredCompany.Csm(Gone), draft, Token)).Value!;
        handover.Accounts.Should().Be(4);
        (await OwnersAsync(company)).Take(4).Should().NotContain(Gone);
        (await OwnersAsync(company))[0].Should().Be(Sato);

        var briefs = (await company.Handovers.BriefsAsync(ScoredCompany.Csm(Sato), handover.HandoverId, null, 0, 10, Token))!;
        var first = briefs.Rows.Single(brief => brief.AccountNo == 1);
        (first.Name, first.HasNobody).Should().Be(("n1", true));
        first.Snoozed.Should().ContainSingle().Which.Action!.Reason.Should().Be("waits for the board");
        first.Drivers.Should().ContainSingle();
        first.Tasks.Should().ContainSingle().Which.AssigneeEmail.Should().Be(Sato, "what was still to be done goes with the account");
        (await AssigneesAsync()).Should().Equal([Sato, "desk@example.com", Gone], "so does an inquiry that is open and whose it was");
        briefs.Rows.Should().OnlyContain(brief => brief.OwnerEmail == Sato, "a successor reads what he or she takes over");
        (await company.Handovers.BriefsAsync(ScoredCompany.Csm("other@example.com"), handover.HandoverId, null, 0, 10, Token)).Should().BeNull();

        var ito = (await OwnersAsync(company)).Index().First(own => own.Item == Ito).Index + 1;
        await company.Owners.GiveAsync(Boss, [ito], "boss2@example.com", cancellation: Token);
        await company.Owners.GiveAsync(Boss, [ito], null, cancellation: Token);
        (await company.Handovers.ReturnDueAsync(Token)).Should().Be(0);
        company.Clock.Advance(TimeSpan.FromDays(10));
        (await company.Handovers.ReturnDueAsync(Token)).Should().Be(1);
        (await company.Handovers.ReturnDueAsync(Token)).Should().Be(0);
        await using (var context = test.Database.OpenContext())
        {
            (await context.WorkTasks.SingleAsync(own => own.TaskId == task.TaskId, Token)).AssigneeEmail.Should().Be(Gone);
            (await context.Accounts.Where(own => own.OwnerEmail == Gone).Select(own => own.ImportedJson).ToListAsync(Token)).Should().HaveCount(3).And.OnlyContain(said => said == null, "they are whose the sources say again");
        }

        (await AssigneesAsync()).Should().Equal(Gone, "desk@example.com", Gone);
        var owners = await OwnersAsync(company);
        owners.Take(4).Count(owner => owner == Gone).Should().Be(3);
        owners[ito - 1].Should().BeNull("what was given away since stays where it is");
        var entry = (await company.Handovers.ListAsync(Boss, 0, 10, Token)).Rows.Single();
        (entry.Handover.ReturnedAt is not null, entry.Handover.EndedByEmail).Should().Be((true, null));
        entry.To.Sum(to => to.Value).Should().Be(4);
    }

    [Theory]
    [DatabaseData]
    public async Task A_hand_over_is_taken_back_once(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var company = await CompanyAsync(test);
        var handover = (await company.Handovers.RunAsync(Boss, new() { From = Gone, To = [Ito], Accounts = [1, 2] }, Token)).Value!;
        (await OwnersAsync(company)).Should().Equal(Ito, Ito, Gone, Gone, null, null);
        (await company.Handovers.UndoAsync(ScoredCompany.Csm(Ito), handover.HandoverId, Token)).Outcome.Should().Be(ActOutcome.Forbidden);
        (await company.Handovers.UndoAsync(Boss, handover.HandoverId, Token)).Outcome.Should().Be(ActOutcome.Done);
        (await company.Handovers.UndoAsync(Boss, handover.HandoverId, Token)).Outcome.Should().Be(ActOutcome.Unchanged);
        (await OwnersAsync(company)).Should().Equal(Gone, Gone, Gone, Gone, null, null);
    }

    /// <summary>Four accounts of one CSM, two of nobody; Ito and Sato own one each that nothing is said of.</summary>
    private static async Task<ScoredCompany> CompanyAsync(TestDatabase test)
    {
        var company = new ScoredCompany(test);
        await company.AddRunAsync(1,
            [.. Enumerable.Range(1, 6).Select(no => ScoredCompany.Score(no, $"n{no}", 0.1 * no, 100 * no, no <= 4 ? Gone : null, plays: "|usage_fell|check_in|")), ScoredCompany.Score(7, "n7", owner: Ito), ScoredCompany.Score(8, "n8", owner: Sato), ScoredCompany.Score(9, "n9", owner: "boss2@example.com")]);
        return company;
    }

    private static async Task<List<string?>> OwnersAsync(ScoredCompany company)
    {
        var page = await company.Queue.PageAsync(Viewer.System, new(), QueueSort.Rank, false, 0, 10, Token);
        return [.. page.Rows.OrderBy(row => row.AccountNo).Take(6).Select(row => row.OwnerEmail)];
    }
}
