using CsCheck;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.Closing;

namespace CustomerSuccess.Core.Tests.Closing;

public sealed class ClosedSheetTests
{
    private static readonly Gen<ClosedAccount> Any =
        from no in Gen.Int[1, int.MaxValue]
        from kind in Gen.Enum<MrrMovementKind>()
        from money in Gen.Decimal[-1_000_000_000m, 1_000_000_000m].Array[10]
        from reason in Gen.String
        select new ClosedAccount(no, new(new(kind, money[0], money[1], money[2], money[3]), new(money[4], money[5], money[6], money[7]), reason), money[8], money[9]);

    [Fact]
    public void Amounts_come_back_to_the_last_digit() => Any.Array[0, 20].Sample(accounts =>
    {
        var back = ClosedSheet.Unpack(ClosedSheet.Pack(accounts));
        return back.Count == accounts.Length && back.Zip(accounts).All(pair =>
            pair.First with { Month = pair.First.Month with { Reason = null } } == pair.Second with { Month = pair.Second.Month with { Reason = null } }
            && (pair.First.Month.Reason ?? "") == (pair.Second.Month.Reason ?? "").Replace('\t', ' ').Replace('\r', ' ').Replace('\n', ' '));
    });

    [Fact]
    public void Nothing_is_an_empty_sheet() => ClosedSheet.Unpack([]).Should().BeEmpty();

    [Theory]
    [InlineData("2026-09-30", "2026-10-01", null, null)]
    [InlineData("2026-09-30", "2026-09-30", null, CloseRules.NotOver)]
    [InlineData("2026-09-30", "2026-10-01", "2026-08-31", null)]
    [InlineData("2026-09-30", "2026-10-01", "2026-07-31", CloseRules.OutOfOrder)]
    [InlineData("2026-09-30", "2026-10-01", "2026-09-30", CloseRules.AlreadyClosed)]
    [InlineData("2026-02-28", "2026-10-01", "2026-01-31", null)]
    public void A_month_is_closed_when_it_is_over_and_the_one_before_is_closed(string month, string today, string? last, string? problem) =>
        CloseRules.Problem(DateOnly.Parse(month, null), DateOnly.Parse(today, null), last is null ? null : DateOnly.Parse(last, null)).Should().Be(problem);

    [Fact]
    public void Figures_come_back_from_their_text()
    {
        var figures = new RetentionFigures(RetentionPeriod.Month(new DateOnly(2026, 9, 30)), 3, 1234.5678m, 4, new MrrBridge(1, 2, 3, 4, 5, 6, 7) { ExpansionBy = new(1, 1, 1, 1), AccountsChurned = 2, ChurnVoluntary = 1.0001m }, new(0.1, 1.0 / 3, 2.0 / 3), 5, null);
        ClosedFigures.Read(ClosedFigures.Write(figures)).Should().Be(figures);
        ClosedFigures.Between(figures, figures with { Mrr = 1234.5679m }).Should().ContainSingle().Which.Difference.Should().Be(0.0001m);
    }
}
