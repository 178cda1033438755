using CsCheck;
using CustomerSuccess.Core.Risk;

namespace CustomerSuccess.Core.Tests.Risk;

public sealed class QueueOrderTests
{
    private static readonly Gen<QueueEntry[]> Entries =
        Gen.Select(Gen.Int[1, 6], Gen.Int[-2, 2], Gen.Int[0, 2], Gen.Int[0, 2], (account, value, risk, mrr) => new QueueEntry(account, value, risk / 2.0, mrr)).Array[0, 12];

    [Fact]
    public void The_order_is_total() =>
        Entries.Sample(entries =>
        {
            var order = QueueOrder.Comparer;
            foreach (var a in entries)
            {
                foreach (var b in entries)
                {
                    if (Math.Sign(order.Compare(a, b)) != -Math.Sign(order.Compare(b, a)) || (order.Compare(a, b) == 0 && a.AccountNo != b.AccountNo))
                    {
                        return false;
                    }

                    if (entries.Any(c => order.Compare(a, b) <= 0 && order.Compare(b, c) <= 0 && order.Compare(a, c) > 0))
                    {
                        return false;
                    }
                }
            }

            return true;
        });

    [Theory]
    [InlineData(0, 90, 0)]
    [InlineData(1, 90, 1)]
    [InlineData(0.2, 30.4, 0.2)]
    [InlineData(0.271, 91.2, 0.1)]
    public void The_monthly_hazard_compounds_to_the_probability(double probability, double horizon, double hazard) =>
        TouchValue.MonthlyHazard(probability, (int)Math.Round(horizon)).Should().BeApproximately(hazard, 0.005);

    [Fact]
    public void Expected_months_are_the_discounted_sum()
    {
        foreach (var hazard in (double[])[0, 0.01, 0.1, 0.5, 1])
        {
            var sum = Enumerable.Range(0, 60).Sum(m => Math.Pow(1 - hazard, m) / Math.Pow(1.1, m / 12.0));
            TouchValue.ExpectedMonths(hazard).Should().BeApproximately(sum, 1e-9);
        }
    }

    [Fact]
    public void A_touch_is_worth_what_it_saves_less_what_it_costs()
    {
        TouchValue.OfSaving(0.3, 0.1, 1000, 0.8, 20, 15, 2).Should().BeApproximately((0.3 * 0.1 * 1000 * 0.8 * 20) - 30, 1e-9);
        TouchValue.OfSaving(0.3, -0.1, 1000, 0.8, 20, 15, 2).Should().BeApproximately(-480 - 30, 1e-9);
        TouchValue.OfSaving(0.3, 7, 1000, 0.8, 20, 0, 2).Should().BeApproximately(4800, 1e-9, "no play saves more than everybody");
        TouchValue.OfUpsell(0.02, 200, 0.8, 20, 15, 2).Should().BeApproximately(64 - 30, 1e-9);
        TouchValue.ExpectedLoss(0.25, 1000).Should().Be(3000);
    }
}
