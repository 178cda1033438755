using CustomerSuccess.Core.Analytics;

namespace CustomerSuccess.Core.Tests.Analytics;

/// <summary>The model against the publications and against purchases drawn from it.</summary>
public sealed class BgNbdTests
{
    /// <summary>Estimates of Fader, Hardie and Lee (2005) for the CDNOW sample, in the digits with which their spreadsheet goes on computing.</summary>
    private static readonly BgNbd Published = new(0.2425945, 4.4136019, 0.7929199, 2.4258881);

    [Fact]
    public void Cdnow_gives_the_published_estimates()
    {
        var customers = PurchaseOutlook.Parse(File.ReadAllLines(SharedFiles.Require("data", "cdnow", "cdnow-sample-summary.csv")));
        var fit = BgNbdFit.Of([.. customers.Select(customer => customer.Summary)])!;
        (fit.Customers, fit.Converged).Should().Be((2357, true));
        fit.Model.R.Should().BeApproximately(0.243, 0.243 * 0.005);
        fit.Model.Alpha.Should().BeApproximately(4.414, 4.414 * 0.005);
        fit.Model.A.Should().BeApproximately(0.793, 0.793 * 0.005);
        fit.Model.B.Should().BeApproximately(2.426, 2.426 * 0.005);
        fit.LogLikelihood.Should().BeApproximately(-9582.4, 0.1);
    }

    /// <summary>The spreadsheet that accompanies the paper: repeat purchases of a new customer by week.</summary>
    [Theory]
    [InlineData(0.1429, 0.0078)]
    [InlineData(1, 0.0532)]
    [InlineData(3, 0.1506)]
    [InlineData(31.8571, 1.0405)]
    [InlineData(78, 1.8576)]
    public void A_new_customers_purchases_are_those_of_the_papers_spreadsheet(double weeks, double purchases)
    {
        // the spreadsheet ends its series early, which shows at 78 weeks
        Published.ExpectedOfNew(weeks).Should().BeApproximately(purchases, 0.0005);
        Published.Expected(default, weeks).Should().BeApproximately(Published.ExpectedOfNew(weeks), 1e-9, "a customer of this moment is a new one");
    }

    [Fact]
    public void A_known_customers_purchases_are_those_of_the_papers_spreadsheet() =>
        Published.Expected(new PurchaseSummary(2, 30.43, 38.86), 39).Should().BeApproximately(1.226, 0.001);

    [Fact]
    public void Purchases_drawn_from_a_model_give_its_parameters_and_what_then_happens()
    {
        var truth = new BgNbd(0.8, 6, 0.9, 3);
        var random = new Random(5);
        var lives = Enumerable.Range(0, 8000).Select(_ => Life(truth, random, age: 20 + (20 * random.NextDouble()), ahead: 20)).ToList();
        var fit = BgNbdFit.Of([.. lives.Select(life => life.Past)])!;
        fit.Converged.Should().BeTrue();
        (fit.Model.R / fit.Model.Alpha).Should().BeApproximately(truth.R / truth.Alpha, 0.01);
        (fit.Model.A / (fit.Model.A + fit.Model.B)).Should().BeApproximately(truth.A / (truth.A + truth.B), 0.03);
        fit.LogLikelihood.Should().BeGreaterThanOrEqualTo(lives.Sum(life => truth.LogLikelihood(life.Past)), "the estimates are the likeliest");
        var expected = lives.Sum(life => fit.Model.Expected(life.Past, 20));
        expected.Should().BeApproximately(lives.Sum(life => life.Next), lives.Sum(life => life.Next) * 0.05);
        lives.Average(life => fit.Model.ProbabilityAlive(life.Past)).Should().BeApproximately(lives.Average(life => life.Alive ? 1 : 0.0), 0.03);
    }

    [Fact]
    public void Nothing_is_fitted_to_a_handful()
    {
        BgNbdFit.Of([.. Enumerable.Repeat(new PurchaseSummary(1, 2, 5), 99)]).Should().BeNull();
        BgNbdFit.Of([.. Enumerable.Repeat(new PurchaseSummary(0, 0, 5), 500)]).Should().BeNull("nobody bought again");
    }

    [Theory]
    [InlineData("ID,frequency,recency", "The column T is missing")]
    [InlineData("ID,frequency,recency,T\n1,2,9,5", "Row 2: frequency is a whole number, and recency at most T.")]
    [InlineData("ID,frequency,recency,T\n1,x,9,15", "Row 2, column frequency: a number of 0 or more is asked for.")]
    public void A_table_that_cannot_be_read_is_refused_with_its_place(string table, string message) =>
        FluentActions.Invoking(() => PurchaseOutlook.Parse(table.Split('\n'))).Should().Throw<FormatException>().WithMessage(message + "*");

    /// <summary>Draws a customer: its rate, its chance to leave, its purchases up to today and after.</summary>
    private static (PurchaseSummary Past, int Next, bool Alive) Life(BgNbd model, Random random, double age, double ahead)
    {
        var rate = Gamma(random, model.R) / model.Alpha;
        var (x, y) = (Gamma(random, model.A), Gamma(random, model.B));
        var leave = x / (x + y);
        var (frequency, recency, next) = (0, 0.0, 0);
        for (var time = 0.0; ;)
        {
            time += -Math.Log(1 - random.NextDouble()) / rate;
            if (time > age + ahead)
            {
                return (new(frequency, recency, age), next, true);
            }

            if (time <= age)
            {
                (frequency, recency) = (frequency + 1, time);
            }
            else
            {
                next++;
            }

            if (random.NextDouble() < leave)
            {
                return (new(frequency, recency, age), next, time > age);
            }
        }
    }

    /// <summary>Marsaglia and Tsang (2000).</summary>
    private static double Gamma(Random random, double shape)
    {
        if (shape < 1)
        {
            return Gamma(random, shape + 1) * Math.Pow(random.NextDouble(), 1 / shape);
        }

        var d = shape - (1.0 / 3);
        while (true)
        {
            var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            var v = Math.Pow(1 + (normal / Math.Sqrt(9 * d)), 3);
            if (v > 0 && Math.Log(1 - random.NextDouble()) < (0.5 * normal * normal) + d - (d * v) + (d * Math.Log(v)))
            {
                return d * v;
            }
        }
    }
}
