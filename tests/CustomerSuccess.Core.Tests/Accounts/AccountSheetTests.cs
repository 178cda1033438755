using CsCheck;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Activity;

namespace CustomerSuccess.Core.Tests.Accounts;

/// <summary>What an account page computes from an account's few rows.</summary>
public sealed class AccountSheetTests
{
    private static readonly DateOnly Start = new(2024, 1, 1);
    private static readonly CurrencyRates Dollars = new("USD", [new ExchangeRate { Currency = "EUR", Month = new(2024, 1, 1), Rate = 2 }, new ExchangeRate { Currency = "EUR", Month = new(2024, 3, 1), Rate = 3 }]);

    [Fact]
    public void Terms_are_grouped_into_contracts_with_their_deadlines()
    {
        var today = Start.AddDays(300);
        var chains = ContractChains.Of(
        [
            Term("old", 0, 100, product: "legacy"),
            Term("a", 0, 200, mrr: 100),
            Term("b", 200, null, mrr: 120, ends: 365, notice: 90, renews: true),
            Term("later", 200, null, product: "other", ends: 340),
        ], today);
        chains.Select(chain => (chain.Product, chain.Terms.Count)).Should().Equal(("other", 1), ("crm", 2), ("legacy", 1));
        var crm = chains[1];
        crm.Terms.Select(term => term.Kind).Should().Equal("contract_expanded", "contract_started");
        (crm.RenewsOn, crm.NoticeBy, crm.DaysLeft, crm.DaysToNotice, crm.AutoRenews).Should().Be((Start.AddDays(365), Start.AddDays(275), 65, -25, true));
        chains[2].Running.Should().BeNull();
        ContractChains.Of([], today).Should().BeEmpty();
    }

    [Fact]
    public void Revenue_counts_a_calendar_month_as_one_mrr_at_its_own_rate()
    {
        var sheet = RevenueToDate.Of(
            [Term("a", 0, null, mrr: 310), Term("b", 0, 60, mrr: 290, currency: "EUR")],
            [new Purchase { FactId = "p", PurchasedOn = Start, Amount = 50, Currency = "EUR" }, new Purchase { FactId = "q", PurchasedOn = Start.AddDays(500), Amount = 9, Currency = "USD" }],
            [
                new Invoice { FactId = "1", IssuedOn = Start, Amount = 100, Currency = "USD", PaidOn = Start.AddDays(10) },
                new Invoice { FactId = "2", IssuedOn = Start, Amount = 40, Currency = "USD", DueOn = Start.AddDays(30), Status = "open" },
                new Invoice { FactId = "3", IssuedOn = Start, Amount = 7, Currency = "USD", DueOn = Start.AddDays(400) },
                new Invoice { FactId = "4", IssuedOn = Start, Amount = 999, Currency = "USD", Status = "void" },
            ], Dollars, Start.AddDays(39))!;
        // January whole, nine days of February's 29: the dollars' 310 + 310 × 9/29, the euros' 2 × (290 + 290 × 9/29)
        sheet.Contracts.Should().BeApproximately((310m * 38 / 29) + (2 * 290m * 38 / 29), 0.0001m);
        (sheet.Purchases, sheet.Paid, sheet.Open, sheet.Overdue, sheet.Since).Should().Be((100m, 100m, 47m, 40m, Start));
        RevenueToDate.Of([Term("a", 0, null, currency: "GBP")], [], [], Dollars, Start).Should().BeNull("a rate is missing");
    }

    [Fact]
    public void Revenue_of_two_stretches_is_that_of_the_whole() =>
        Gen.Select(Gen.Int[0, 800], Gen.Int[1, 800], Gen.Int[0, 1600]).Sample((first, second, today) =>
        {
            decimal Of(params Subscription[] terms) => RevenueToDate.Of(terms, [], [], Dollars, Start.AddDays(today))!.Contracts;
            return Math.Abs(Of(Term("a", 0, first + second)) - Of(Term("b", 0, first), Term("c", first, first + second))) < 0.001m;
        }, iter: 300);

    [Fact]
    public void People_stand_below_their_chiefs_and_a_circle_is_no_trap()
    {
        PersonRow Person(int no, string? chief) => new() { ContactNo = no, ContactId = $"P{no}", ReportsTo = chief };
        OrganisationChart.Of([Person(1, "P3"), Person(2, null), Person(3, "P2"), Person(4, "P3"), Person(5, "nobody"), Person(6, "P7"), Person(7, "P6"), Person(8, "P8")])
            .Select(place => (place.Person.ContactNo, place.Depth)).Should().Equal((2, 0), (3, 1), (1, 2), (4, 2), (5, 0), (8, 0), (6, 0), (7, 1));
    }

    [Fact]
    public void Everybody_has_one_place() =>
        Gen.Int[0, 12].Array[0, 12].Sample(chiefs =>
        {
            var people = chiefs.Select((chief, i) => new PersonRow { ContactNo = i + 1, ContactId = $"P{i + 1}", ReportsTo = $"P{chief}" }).ToList();
            return OrganisationChart.Of(people).Select(place => place.Person.ContactNo).Order().SequenceEqual(Enumerable.Range(1, chiefs.Length));
        });

    [Fact]
    public void A_comparison_needs_five_others_and_counts_half_of_equals()
    {
        PeerComparison.Of(5, [1, 2, 3, 4]).Should().BeNull();
        PeerComparison.Of(4, [0, 2, 4, 6, 8]).Should().Be(new PeerComparison(50, 2, 4, 6, 4, 4, 5));
        PeerComparison.Of(0, [0, 0, 0, 0, 8])!.Percentile.Should().Be(40);
        PeerComparison.Of(9, [0, 0, 0, 0, 8])!.Percentile.Should().Be(100);
    }

    [Theory]
    [InlineData("Whole", "１，２００", "1200", null)]
    [InlineData("Whole", "1.5", null, "not_a_number")]
    [InlineData("Whole", "-1", null, "out_of_range")]
    [InlineData("Number", "1,234.5", "1234.5", null)]
    [InlineData("Day", "2024年4月1日", "2024-04-01", null)]
    [InlineData("Day", "01-04-2024", null, "not_a_date")]
    [InlineData("Flag", "", "false", null)]
    [InlineData("Flag", "はい", "true", null)]
    [InlineData("Flag", "maybe", null, "not_a_flag")]
    [InlineData("Text", "  x  ", "x", null)]
    public void What_people_type_is_read_as_files_are(string type, string typed, string? value, string? problem)
    {
        ProfileValue.Read(Enum.Parse<Core.Ingestion.FieldType>(type), typed, out var read).Should().Be(problem);
        (problem is null ? read : null).Should().Be(value);
    }

    private static Subscription Term(string id, int from, int? to, decimal mrr = 100, string product = "crm", string currency = "USD", int? ends = null, int? notice = null, bool? renews = null) => new()
    {
        FactId = id,
        Product = product,
        Currency = currency,
        Mrr = mrr,
        StartedOn = Start.AddDays(from),
        EndedOn = to is { } end ? Start.AddDays(end) : null,
        TermEndsOn = ends is { } agreed ? Start.AddDays(agreed) : null,
        NoticeDays = notice,
        AutoRenew = renews,
    };
}
