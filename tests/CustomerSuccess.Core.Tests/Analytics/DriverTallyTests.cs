using CsCheck;
using CustomerSuccess.Core.Analytics;

namespace CustomerSuccess.Core.Tests.Analytics;

/// <summary>Reasons in money: slices sum to the whole, and the whole to what is expected to be lost. Who stays: values sum to the customers followed.</summary>
public sealed class DriverTallyTests
{
    private static readonly string[] Themes = ["usage", "nps", "price"];

    private static readonly Gen<(int Mrr, int Segment, int Base, int[] Points)[]> Companies = (
        from mrr in Gen.Int[0, 900_000]
        from segment in Gen.Int[-1, 3]
        from basis in Gen.Int[1, 100]
        from points in Gen.Int[-60, 60].Array[3]
        select (mrr, segment, basis, points)).Array[0, 60];

    [Fact]
    public void Segments_sum_to_the_whole_and_reasons_with_the_base_to_the_expected_loss() => Companies.Sample(company =>
    {
        var sheet = Sheet(company);
        var whole = DriverTally.Of(sheet, null);
        var parts = DriverTally.BySegment(sheet);
        parts.Sum(part => part.Accounts).Should().Be(whole.Accounts).And.Be(company.Length);
        parts.Sum(part => part.Mrr).Should().BeApproximately(whole.Mrr, 1e-6);
        parts.Sum(part => part.ExpectedLoss).Should().BeApproximately(whole.ExpectedLoss, 1e-6);
        for (var theme = 0; theme < Themes.Length; theme++)
        {
            parts.Sum(part => part.Totals[theme].AtStake).Should().BeApproximately(whole.Totals[theme].AtStake, 1e-6);
            parts.Sum(part => part.Totals[theme].Lowered).Should().BeApproximately(whole.Totals[theme].Lowered, 1e-6);
            parts.Sum(part => part.Totals[theme].Raised).Should().Be(whole.Totals[theme].Raised);
            parts.Sum(part => part.Totals[theme].RaisedMrr).Should().BeApproximately(whole.Totals[theme].RaisedMrr, 1e-6);
            whole.Totals[theme].RaisedAtStake.Should().BeLessThanOrEqualTo(whole.Totals[theme].AtStake);
        }

        (whole.BaseLoss + whole.Totals.Sum(total => total.Net)).Should().BeApproximately(whole.ExpectedLoss, 1e-6 * Math.Max(1, whole.Mrr));
        sheet.Head.Whole.Should().BeEquivalentTo(whole, "the totals are kept beside the rows");
    });

    [Fact]
    public void A_sheet_comes_back_as_it_was_packed_and_damage_is_told() => Companies.Sample(company =>
    {
        var sheet = Sheet(company);
        var back = new DriverSheet(sheet.Head, PackedSheet.Unpack(sheet.Pack()));
        back.Accounts.Should().Equal(sheet.Accounts);
        back.Mrr.Should().Equal(sheet.Mrr);
        for (var row = 0; row < sheet.Rows; row++)
        {
            back.Probability(row).Should().Be(sheet.Probability(row));
            back.Segment(row).Should().Be(sheet.Segment(row));
        }

        FluentActions.Invoking(() => PackedSheet.Unpack(sheet.Pack().AsSpan(..^1))).Should().Throw<InvalidDataException>();
    });

    [Fact]
    public void Who_stays_by_any_attribute_sums_to_the_customers_followed() =>
        (from rows in Gen.Select(Gen.Int[-1, 4], Gen.Bool, Gen.Int[0, 1000]).Array[1, 200] select rows).Sample(rows =>
        {
            var sheet = Stays([.. rows.Select(row => (row.Item1, row.Item2))]);
            var parts = sheet.Parts(0);
            parts.Sum(part => part.Customers).Should().Be(rows.Length);
            parts.Sum(part => part.Kept).Should().Be(rows.Count(row => row.Item2));
            parts.Should().OnlyContain(part => part.Lower <= part.Rate + 1e-12 && part.Rate <= part.Upper + 1e-12);
            parts.Should().OnlyContain(part => part.Customers >= StaySheet.LeastCustomers || part.Verdict == StayVerdict.TooFew);
        });

    [Fact]
    public void A_value_differs_only_where_chance_does_not_explain_it_among_so_many_values()
    {
        // 30 of 40 against 388 of 400: told; one customer more or less among five alike values: not
        var clear = Stays([.. Enumerable.Range(0, 40).Select(i => (0, i < 30)), .. Enumerable.Range(0, 400).Select(i => (1, i < 388))]).Parts(0);
        clear.Single(part => part.Value == "v0").Verdict.Should().Be(StayVerdict.Fewer);
        clear.Single(part => part.Value == "v1").Verdict.Should().Be(StayVerdict.More);
        var alike = Stays([.. Enumerable.Range(0, 200).Select(i => (i % 5, i >= 20 || i % 5 == 0))]).Parts(0);
        alike.Should().OnlyContain(part => part.Verdict == StayVerdict.Alike);
    }

    private static StaySheet Stays((int Value, bool Stayed)[] rows) => StaySheet.Of(
        new(new(2025, 9, 30), new(2026, 9, 30), [new("attribute:channel", ["v0", "v1", "v2", "v3", "v4"])]),
        [.. Enumerable.Range(1, rows.Length)], [.. rows.Select(_ => 100.0)], [.. rows.Select(row => row.Stayed)], [[.. rows.Select(row => (float)row.Value)]]);

    private static DriverSheet Sheet((int Mrr, int Segment, int Base, int[] Points)[] company) => DriverSheet.Of(
        Themes,
        [.. Enumerable.Range(1, company.Length)],
        [.. company.Select(account => account.Mrr / 100.0)],
        [.. company.Select(account => account.Segment < 0 ? null : $"S{account.Segment}")],
        [.. company.Select(account => account.Base / 1000f)],
        [.. Enumerable.Range(0, Themes.Length).Select(theme => company.Select(account => account.Points[theme] / 1000f).ToArray())],
        []);
}
