using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Engine.Accounts;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Risk;
using CustomerSuccess.Engine.Tests.Storage;

namespace CustomerSuccess.Engine.Tests.Accounts;

public sealed class AccountSheetsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [DatabaseData]
    public async Task People_carry_what_went_on_between_us(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var company = new ScoredCompany(test);
        await using (var facts = new TestCompany(test.Database))
        {
            facts.Account(1).OwnerEmail = "me@example.com";
            facts.Contact(1, 7, left: 50);
            facts.Contact(1, 8);
            facts.Contact(1, 9).IsChampion = true;
            facts.Contact(1, 10).VoidedBy = 1;
            facts.Touch(1, 5).ContactNo = 8;
            facts.Touch(1, 9).ContactNo = 8;
            facts.Ask(1, 3, closed: 4).ContactNo = 8;
            facts.Ask(1, 6).ContactNo = 8;
            facts.Answer(1, 10, 3, contact: 8);
            facts.Answer(1, 20, 9, contact: 8);
            await facts.SaveAsync();
        }

        var sheets = new AccountSheets(test.Database, company.Settings, company.Clock);
        var people = (await sheets.PeopleAsync(ScoredCompany.Csm("me@example.com"), 1, Token))!;
        people.Select(person => person.ContactNo).Should().Equal(9, 8, 7);
        people[1].Should().BeEquivalentTo(new { LastContactedAt = TestCompany.Noon(9), LastNps = 9, LastNpsAt = TestCompany.Noon(20), Inquiries = 2, OpenInquiries = 1 });
        people[0].Should().BeEquivalentTo(new { LastContactedAt = (DateTime?)null, LastNps = (double?)null, Inquiries = 0 });
        (await sheets.PeopleAsync(ScoredCompany.Csm("other@example.com"), 1, Token)).Should().BeNull();
        (await sheets.ContractsAsync(ScoredCompany.Csm("other@example.com"), 1, Token)).Should().BeNull();
    }

    [Theory]
    [DatabaseData]
    public async Task Features_are_compared_with_the_accounts_own_past_and_with_the_closest_others(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var company = new ScoredCompany(test);
        // accounts 2–12 are of the segment, plan and size of account 1; account 13 is too large
        await company.AddRunAsync(1, [.. Enumerable.Range(1, 12).Select(no => ScoredCompany.Score(no, $"a{no}", mrr: 100)), ScoredCompany.Score(13, "large", mrr: 900)]);
        await using (var facts = new TestCompany(test.Database))
        {
            const int Last = 181;
            facts.Use(1, Last - 400, 1);
            facts.Use(1, Last - 364, 2);
            facts.Use(1, Last - 30, 20);
            facts.Use(1, Last - 3, 10);
            facts.Use(1, Last - 3, 99, contact: 5);
            facts.Use(1, Last, 5, contact: 5);
            facts.Use(1, Last, 1, contact: 6);
            for (var no = 2; no <= 12; no++)
            {
                facts.Use(no, Last - 1, 3 * no);
                facts.Use(no, Last - 1, no < 8 ? 1 : 0, metric: "exports");
                facts.Term(no, 0, seats: no == 2 ? null : 3);
            }

            facts.Use(13, Last - 1, 1_000_000);
            facts.Term(1, 0, seats: 2);
            facts.Reach("usage", Last);
            await facts.SaveAsync();
        }

        var sheet = (await new FeatureUseQuery(test.Database, company.Settings, company.Clock).FindAsync(Viewer.System, 1, Token))!;
        (sheet.Peers, sheet.PerSeat, sheet.PeerCount, sheet.Until).Should().Be((PeerKind.SegmentPlanSize, true, 10, TestCompany.Day(181)));
        sheet.Features.Select(feature => feature.Metric).Should().Equal("logins", "exports");
        var logins = sheet.Features[0];
        (logins.Recent, logins.Before, logins.YearAgo, logins.Change).Should().Be((16, 20, 2, -0.2));
        logins.Weeks.Should().HaveCount(13).And.EndWith(16.0);
        // 16 uses by 2 seats are 8 each; the others' are 3 × no / 3 seats = no, of accounts 3 to 12
        logins.Comparison.Should().Be(new PeerComparison(55, 5.25, 7.5, 9.75, 8, 10, 10));
        sheet.Features[1].Should().BeEquivalentTo(new { Recent = 0.0, Comparison = new { Using = 5, Own = 0.0 } });
    }

    [Theory]
    [DatabaseData]
    public async Task An_account_that_nobody_scored_is_compared_with_nobody(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var company = new ScoredCompany(test);
        await using (var facts = new TestCompany(test.Database))
        {
            facts.Account(1);
            facts.Use(1, 10, 3);
            facts.Reach("usage", 10);
            await facts.SaveAsync();
        }

        var sheet = (await new FeatureUseQuery(test.Database, company.Settings, company.Clock).FindAsync(Viewer.System, 1, Token))!;
        (sheet.Peers, sheet.Features.Single().Comparison, sheet.Features.Single().YearAgo).Should().Be((null, null, null));
        (await new FeatureUseQuery(test.Database, company.Settings, company.Clock).FindAsync(ScoredCompany.Csm("nobody@example.com"), 1, Token)).Should().BeNull();
    }
}
