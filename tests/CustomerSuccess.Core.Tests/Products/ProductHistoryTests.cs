using CsCheck;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Products;

namespace CustomerSuccess.Core.Tests.Products;

public sealed class ProductHistoryTests
{
    /// <summary>Lead 14, horizon 90, grace 31: t is day 100, the window goes from day 115 to day 204.</summary>
    private static readonly LabelRule Rule = new(14, 90, 31);

    private static readonly DateOnly Start = new(2024, 1, 1);

    private const int T = 100;

    public static TheoryData<string, string, bool?, bool?> Cases { get; } = new()
    {
        { "stays", "core 0-, archive 0-", false, false },
        { "dropped in the window while the account stays", "core 0-, archive 0-150", true, true },
        { "dropped on the last day of the window", "core 0-, archive 0-204", true, true },
        { "dropped a day after the window", "core 0-, archive 0-205", false, false },
        { "gone before the window begins", "core 0-, archive 0-114", null, null },
        { "a gap within the grace is no end", "core 0-, archive 0-150, archive 170-", false, false },
        { "a gap beyond the grace is one", "core 0-, archive 0-150, archive 200-", true, true },
        { "replaced by another product on the day", "core 0-, archive 0-150, vault 150-", false, false },
        { "replaced by one bought within the grace before", "core 0-, archive 0-150, vault 120-", false, false },
        { "replaced by one bought within the grace after", "core 0-, archive 0-150, vault 181-", false, false },
        { "not replaced by one bought long before", "core 0-, archive 0-150, vault 110-", true, true },
        { "not replaced by one that renews", "core 0-140, core 140-, archive 0-150", true, true },
        { "the account leaves with all of it", "core 0-150, archive 0-150", null, true },
        { "dropped first, then the account leaves", "core 0-180, archive 0-130", null, true },
        { "the account leaves before the window begins", "core 0-110, archive 0-110", null, null },
        { "notice given for it by then", "core 0-, archive 0-150!90", null, null },
        { "notice given for it later", "core 0-, archive 0-150!110", true, true },
        { "terms that name no product are one of their own", "- 0-, archive 0-150", true, true },
        { "another spelling is the same product", "core 0-, ａｒｃｈｉｖｅ 0-150, Archive 150-", false, false },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_product_is_dropped_or_lost_with_the_account(string what, string terms, bool? dropped, bool? lost)
    {
        var found = At(terms).Single(product => product.Product == "archive");
        (found.Dropped, found.Lost).Should().Be((dropped, lost), what);
        found.Leaving.Should().Be(terms.Contains("!90", StringComparison.Ordinal), what);
        (found.EndedOn is null).Should().Be(lost != true, what);
    }

    [Fact]
    public void Only_products_that_are_paid_for_on_the_day_are_there()
    {
        At("core 0-, archive 0-50, vault 150-").Select(product => (product.Product, product.Mrr, product.Products)).Should().Equal(("core", 100m, 1));
        At("core 0-0").Should().BeEmpty();
    }

    [Fact]
    public void Of_an_account_that_leaves_every_product_leaves()
    {
        var products = At("core 0-150!90, archive 0-150!90");
        products.Should().OnlyContain(product => product.Leaving && product.Lost == null);
    }

    [Fact]
    public void Where_the_future_is_not_known_yet_there_is_no_label()
    {
        At("core 0-, archive 0-150", known: 234).Should().OnlyContain(product => product.Lost == null && product.Dropped == null);
        At("core 0-, archive 0-150", known: 235).Should().Contain(product => product.Lost == true);
    }

    [Fact]
    public void Products_add_up_to_the_account_and_losing_it_means_losing_all_of_them()
    {
        var term = Gen.Select(Gen.Int[0, 3], Gen.Int[0, 400], Gen.Int[1, 300], Gen.Int[0, 50]);
        term.List[1, 9].Sample(drawn =>
        {
            List<Subscription> terms = [.. drawn.Select((d, i) => Term(i, d.Item1 == 0 ? null : $"product {d.Item1}", d.Item2, d.Item2 + d.Item3, d.Item4))];
            var history = new ProductHistory(terms, Rule);
            var mrr = MrrTimeline.Of(terms);
            var churns = mrr.ChurnEvents(Rule.GraceDays);
            for (var t = 0; t <= 700; t += 20)
            {
                var day = Start.AddDays(t);
                history.Products.Sum(product => product.Mrr.On(day, _ => 1)).Should().Be(mrr.On(day, _ => 1));
                if (Rule.At(1, terms, mrr, churns, day, Start.AddDays(2000), _ => 1) is not { } account)
                {
                    history.At(new Observation(1, day, 0, null, null, null, false), _ => 1).Should().BeEmpty();
                    continue;
                }

                var products = history.At(account, _ => 1);
                products.Sum(product => product.Mrr).Should().Be(account.Mrr);
                products.All(product => product.Products == products.Count && (product.Dropped == null || account.Churned == false)).Should().BeTrue();
                products.Where(product => product.Lost is not null).All(product => product.Lost == (account.Churned == true || product.Dropped == true)).Should().BeTrue();
                (account.Churned == true && products.Any(product => product.Lost == false)).Should().BeFalse("who leaves keeps nothing");
            }
        }, iter: 300);
    }

    private static IReadOnlyList<ProductObservation> At(string text, int known = 1000)
    {
        var terms = text.Split(", ").Select(Term).ToList();
        var mrr = MrrTimeline.Of(terms);
        var account = Rule.At(1, terms, mrr, mrr.ChurnEvents(Rule.GraceDays), Start.AddDays(T), Start.AddDays(known), _ => 1);
        return account is { } there ? new ProductHistory(terms, Rule).At(there, _ => 1) : [];
    }

    /// <summary>"archive 0-150!90" is a term from day 0 to day 150 with notice on day 90; "-" names no product.</summary>
    private static Subscription Term(string text, int no)
    {
        var space = text.LastIndexOf(' ');
        var (days, notice) = text[(space + 1)..].Split('!') is [var d, var n] ? (d, (int?)int.Parse(n, System.Globalization.CultureInfo.InvariantCulture)) : (text[(space + 1)..], null);
        var parts = days.Split('-');
        var term = Term(no, text[..space] is "-" ? null : text[..space], int.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture), parts[1].Length == 0 ? null : int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture), 100);
        term.NoticeOn = notice is { } day ? Start.AddDays(day) : null;
        return term;
    }

    private static Subscription Term(int no, string? product, int start, int? end, decimal mrr) => new()
    {
        AccountNo = 1,
        FactId = $"S{no}",
        Product = product,
        Currency = "USD",
        Mrr = mrr,
        StartedOn = Start.AddDays(start),
        EndedOn = end is { } e ? Start.AddDays(e) : null,
    };
}
