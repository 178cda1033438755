using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Core.Risk;

namespace CustomerSuccess.Core.Tests.Risk;

public sealed class ExplainingTests
{
    [Fact]
    public void A_theme_has_the_points_of_all_its_features_and_speaks_through_the_strongest()
    {
        var table = Table((FeatureNames.Usage28, 12), (FeatureNames.UsageTrend28, -0.7), (FeatureNames.Users28, 12), (FeatureNames.UsersBefore28, 41), (FeatureNames.UsersTrend28, (12 / 41.0) - 1), (FeatureNames.NpsLast, 9));
        var parts = new ThemeParts([.. table.Columns.Select(column => column.Name)]);
        var drivers = Drivers.Of(table, 0, [0.01, 0.03, 0.01, -0.02, 0.10, -0.05], Drivers.Medians(table), parts, new FeatureReader(table));

        drivers.Select(driver => (driver.Theme, driver.Feature, Math.Round(driver.Points, 9))).Should().Equal(
            (FeatureThemes.Users, FeatureNames.UsersTrend28, 0.09),
            (FeatureThemes.Nps, FeatureNames.NpsLast, -0.05),
            (FeatureThemes.UsageTheme, FeatureNames.UsageTrend28, 0.04));
        (drivers[0].From, drivers[0].To).Should().Be((41, 12));
        drivers[2].From.Should().BeApproximately((13 / 0.3) - 1, 1e-9, "the trend is (now + 1) / (before + 1) − 1");
    }

    [Fact]
    public void Every_feature_belongs_to_one_theme_and_direction_does_not_split_it()
    {
        FeatureThemes.Of("share:export").Should().Be(FeatureThemes.Of("usage_28d:export"));
        FeatureThemes.Of("share:export").Should().NotBe(FeatureThemes.Of("share:import"));
        FeatureThemes.Of("attribute:industry").Should().Be("attribute:industry");
        FeatureCatalogue.Fixed.Select(feature => FeatureThemes.Of(feature.Name)).Should().OnlyContain(theme => theme.Length > 0);
    }

    [Fact]
    public void What_changed_adds_up_to_the_change_of_the_probability_whatever_the_runs_hold()
    {
        var random = new SeededRandom(3);
        for (var run = 0; run < 200; run++)
        {
            string[] before = Names(ref random), now = Names(ref random);
            var (bytesBefore, totalBefore) = Packed(before, ref random);
            var (bytesNow, totalNow) = Packed(now, ref random);
            var change = RiskChange.Of(new DateOnly(2024, 6, 1), false, ThemeParts.Read(bytesBefore, new ThemeParts(before).Themes)!.Value, ThemeParts.Read(bytesNow, new ThemeParts(now).Themes)!.Value);
            (change.BaseChange + change.Themes.Sum(part => part.Points) + change.Rest).Should().BeApproximately(totalNow - totalBefore, 1e-6);
            change.Themes.Select(part => Math.Abs(part.Points)).Should().BeInDescendingOrder();
        }

        ThemeParts.Read([1, 2, 3], ["usage"]).Should().BeNull("bytes that do not fit say nothing");
    }

    [Fact]
    public void Only_what_is_open_can_be_settled_and_nothing_else_moves()
    {
        var well = new FeatureReader(Table((FeatureNames.OpenInquiries, 0), (FeatureNames.UnansweredInquiries, 0), (FeatureNames.ChampionGone, 0), (FeatureNames.Usage28, 100), (FeatureNames.UsageTrend28, 0.1), (FeatureNames.Usage91, 310)));
        Reliefs.Changes.Should().OnlyContain(change => Reliefs.Of(change, well, 0) == null);

        var ill = new FeatureReader(Table((FeatureNames.OpenInquiries, 3), (FeatureNames.OpenUrgentInquiries, 2), (FeatureNames.UnansweredInquiries, 2), (FeatureNames.Usage28, 9), (FeatureNames.UsageTrend28, -0.8), (FeatureNames.Usage91, 120), (FeatureNames.Mrr, 500)));
        var urgent = Reliefs.Of(Reliefs.CloseUrgent, ill, 0)!.Value;
        urgent.Count.Should().Be(2);
        urgent.Values.Should().BeEquivalentTo(new Dictionary<string, double> { [FeatureNames.OpenUrgentInquiries] = 0, [FeatureNames.OpenInquiries] = 1, [FeatureNames.UnansweredInquiries] = 0 });
        Reliefs.Of(Reliefs.RestoreUsage, ill, 0)!.Value.Count.Should().BeApproximately(49, 1e-9, "(9 + 1) / 0.2 − 1");
        Reliefs.Of(Reliefs.Everything, ill, 0)!.Value.Values.Keys.Should().Contain([FeatureNames.OpenInquiries, FeatureNames.Usage28]).And.NotContain(FeatureNames.Mrr);
    }

    [Fact]
    public void Of_steps_on_one_matter_the_nearest_that_gets_nearly_as_far_is_named()
    {
        Relief answer = new(Reliefs.AnswerInquiries, 0.30, 2), urgent = new(Reliefs.CloseUrgent, 0.22, 2), all = new(Reliefs.CloseInquiries, 0.21, 5), usage = new(Reliefs.RestoreUsage, 0.25), champion = new(Reliefs.FindChampion, 0.308), together = new(Reliefs.Everything, 0.12);
        Reliefs.Best(0.31, [answer, urgent, all, usage, champion, together]).Should().Equal(urgent, usage, together);
        Reliefs.Best(0.31, [answer, together]).Should().Equal(answer);
    }

    private static FeatureTable Table(params (string Name, double Value)[] features) =>
        new([1], [new DateOnly(2024, 6, 30)], [.. features.Select(feature => FeatureColumn.OfNumbers(feature.Name, [feature.Value]))]);

    private static string[] Names(ref SeededRandom random)
    {
        var names = new List<string>();
        foreach (var feature in FeatureCatalogue.Fixed)
        {
            if (random.Next(3) > 0)
            {
                names.Add(feature.Name);
            }
        }

        return [.. names];
    }

    private static (byte[] Bytes, double Total) Packed(string[] names, ref SeededRandom random)
    {
        var points = new double[names.Length];
        for (var i = 0; i < points.Length; i++)
        {
            points[i] = (random.Next(2001) - 1000) / 100_000.0;
        }

        var prediction = new Prediction(0.1 + points.Sum(), 0.1, points);
        return (new ThemeParts(names).Pack(prediction), prediction.Probability);
    }
}
