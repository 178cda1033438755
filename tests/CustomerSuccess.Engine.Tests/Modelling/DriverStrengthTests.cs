using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Engine.Modelling;

namespace CustomerSuccess.Engine.Tests.Modelling;

/// <summary>What later predictions rest on, where the law behind the outcomes is known.</summary>
public sealed class DriverStrengthTests
{
    [Fact]
    public void The_cause_comes_first_and_what_means_nothing_is_not_borne_out()
    {
        var data = Synthetic.Panel(900, 12, 0.05, 1.2, 7);
        int[] train = [.. Enumerable.Range(0, data.Rows).Where(r => data.Table.AsOf[r] < new DateOnly(2023, 9, 1))], test = [.. Enumerable.Range(0, data.Rows).Except(train)];
        var model = ModelFitter.Fit(data, train, TrainingPlan.For(train.Length, data.OutcomesIn(train)), TestContext.Current.CancellationToken).Model;
        var drivers = DriverStrength.Of(model, data, test, 1);
        drivers[0].Should().Match<CardDriver>(driver => driver.Theme == FeatureThemes.Of("usage") && driver.IsBorneOut);
        drivers.Skip(1).Should().OnlyContain(driver => !driver.IsBorneOut && Math.Abs(driver.LossIncrease) < drivers[0].LossIncrease / 10);
        DriverStrength.Of(model, data, test, 1).Should().BeEquivalentTo(drivers, options => options.WithStrictOrdering());
    }

    [Fact]
    public void A_theme_without_its_columns_costs_what_all_of_them_carry_together()
    {
        // the same thing seen through two windows: one alone stands in for the other, the theme as a whole does not
        var data = Twice(Synthetic.Panel(900, 12, 0.05, 1.2, 9));
        int[] all = [.. Enumerable.Range(0, data.Rows)];
        var model = ModelFitter.Fit(data, all, TrainingPlan.For(data.Rows, data.OutcomesIn(all)), TestContext.Current.CancellationToken).Model;
        var driver = DriverStrength.Of(model, data, all, 1).Should().Contain(d => d.Theme == FeatureThemes.UsageTheme).Subject;
        driver.Columns.Should().BeEquivalentTo(FeatureNames.Usage28, FeatureNames.Usage91);
        driver.IsBorneOut.Should().BeTrue();
        DriverStrength.Of(model, data, [], 1).Should().BeEmpty();
    }

    private static LabelledTable Twice(LabelledTable data)
    {
        var usage = data.Table.Find("usage")!.Numbers!;
        return data with { Table = data.Table with { Columns = [FeatureColumn.OfNumbers(FeatureNames.Usage28, usage), FeatureColumn.OfNumbers(FeatureNames.Usage91, [.. usage.Select(x => 3 * x)]), .. data.Table.Columns.Skip(1)] } };
    }
}
