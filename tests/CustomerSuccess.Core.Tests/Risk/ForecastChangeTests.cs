using CsCheck;
using CustomerSuccess.Core.Risk;

namespace CustomerSuccess.Core.Tests.Risk;

public sealed class ForecastChangeTests
{
    private static readonly DateOnly March = new(2025, 3, 31);
    private static readonly DateOnly April = new(2025, 4, 30);

    private static readonly Gen<RenewalDue[]> Dues =
        Gen.Select(Gen.Int[1, 8], Gen.Bool, Gen.Int[1, 100], Gen.Double[0, 1], Gen.Int[0, 4], (account, march, mrr, probability, leaving) => Due(account, march ? March : April, mrr, probability, leaving == 0))
            .Array[0, 12].Select(dues => dues.DistinctBy(due => (due.AccountNo, due.Month)).ToArray());

    [Fact]
    public void Reasons_add_up_to_the_difference() =>
        Gen.Select(Dues, Dues).Sample((before, now) =>
        {
            foreach (var change in ForecastChange.Between(before, now))
            {
                Assert.Equal(Sum(before, change.Month), change.Before);
                Assert.Equal(Sum(now, change.Month), change.Now);
                Assert.Equal(change.Now, change.Before + change.Steps.Sum(step => step.Mrr), 12);
            }
        });

    [Fact]
    public void Each_account_is_told_under_its_reason()
    {
        RenewalDue[] before = [Due(1, March, 100, 0.5), Due(2, March, 100, 0.5), Due(3, March, 100, 0.5), Due(4, March, 100, 0.5), Due(6, April, 10, 0.5)];
        RenewalDue[] now = [Due(1, March, 100, 0.9), Due(2, March, 120, 0.5), Due(3, March, 100, 0, leaving: true), Due(5, March, 200, 0.5)];
        var change = ForecastChange.Between(before, now).Should().ContainSingle("April is no longer forecast").Subject;
        change.Month.Should().Be(March);
        change.Steps.Should().Equal(
            new ForecastStep(ForecastMove.Entered, 1, 100),
            new ForecastStep(ForecastMove.Gone, 1, -50),
            new ForecastStep(ForecastMove.Notice, 1, -50),
            new ForecastStep(ForecastMove.Amount, 1, 10),
            new ForecastStep(ForecastMove.Likelihood, 1, 40));
    }

    [Fact]
    public void A_run_without_a_model_is_not_compared()
    {
        RenewalDue[] without = [RenewalDue.Of(1, 1, new DueTerms(March, March, 100), null, leaving: false)];
        ForecastChange.Between(without, [Due(1, March, 100, 0.5)]).Should().BeEmpty();
        ForecastChange.Between([Due(1, March, 100, 0.5)], without).Should().BeEmpty();
    }

    private static decimal Sum(IEnumerable<RenewalDue> dues, DateOnly month) => dues.Where(due => due.Month == month).Sum(due => due.Leaving ? 0 : due.Mrr * (decimal)due.Probability!.Value);

    private static RenewalDue Due(int account, DateOnly month, decimal mrr, double probability, bool leaving = false) => RenewalDue.Of(1, account, new DueTerms(month, month, mrr), probability, leaving);
}
