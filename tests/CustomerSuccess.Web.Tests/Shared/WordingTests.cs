using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Web.Shared.Wording;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerSuccess.Web.Tests.Shared;

/// <summary>Reasons in words, in both languages.</summary>
public sealed class WordingTests
{
    private readonly ServiceProvider _services = new ServiceCollection()
        .AddLogging()
        .AddLocalization(options => options.ResourcesPath = "Resources")
        .AddScoped<FeatureWords>()
        .BuildServiceProvider();

    private FeatureWords Features => _services.GetRequiredService<FeatureWords>();

    [Theory]
    [InlineData("en", FeatureNames.UsageTrend28, -0.42, 0.03, "Usage fell 42% in 28 days (typical: +3%)")]
    [InlineData("ja", FeatureNames.UsageTrend28, -0.42, 0.03, "利用量が28日間で42%減少（標準 +3%）")]
    [InlineData("en", FeatureNames.UnansweredInquiries, 1.0, 0.0, "One inquiry unanswered (typical: 0)")]
    [InlineData("en", FeatureNames.UnansweredInquiries, 3.0, 0.0, "3 inquiries unanswered (typical: 0)")]
    [InlineData("ja", FeatureNames.SilenceRatio, 3.44, 1.0, "通常の利用間隔の3.4倍、利用が途絶えています（標準 1）")]
    [InlineData("en", "share:export", 0.4, 0.2, "export is 40% of usage (typical: 20%)")]
    [InlineData("en", FeatureNames.Mrr, 120000.0, 98000.0, "MRR ¥120,000 (typical: ¥98,000)")]
    public void A_driver_says_its_numbers(string culture, string feature, double value, double reference, string sentence)
    {
        using var _ = new InCulture(culture);
        Features.Sentence(new Driver(feature, value, null, 0.05, reference), "JPY").Should().Be(sentence);
    }

    [Theory]
    [InlineData("en", FeatureNames.UsersTrend28, 41, 12, "Active users fell from 41 to 12 in four weeks")]
    [InlineData("ja", FeatureNames.UsersTrend28, 41, 12, "アクティブユーザーが4週間で41人から12人に減少")]
    [InlineData("en", FeatureNames.NpsLast, 4, 9, "NPS answer rose from 4 to 9")]
    [InlineData("ja", FeatureNames.MrrChange91, 100_000, 120_000, "MRRが91日間で¥100,000から¥120,000に増加")]
    [InlineData("en", FeatureNames.UsersTrend28, 12.2, 12.4, "Active users rose 2% in 28 days")]
    public void What_changed_is_told_by_its_numbers_before_and_now(string culture, string feature, double from, double to, string sentence)
    {
        using var _ = new InCulture(culture);
        Features.Sentence(new Driver(feature, (to / from) - 1, null, 0.05, null, from, to), "JPY").Should().Be(sentence);
    }

    [Theory]
    [InlineData("en", "If the 2 urgent inquiries were resolved", "If the urgent inquiry were resolved")]
    [InlineData("ja", "緊急の問い合わせ2件を解決した場合", "緊急の問い合わせを解決した場合")]
    public void What_would_help_counts_what_is_open(string culture, string two, string one)
    {
        using var _ = new InCulture(culture);
        Features.If(new Relief(Reliefs.CloseUrgent, 0.2, 2)).Should().Be(two);
        Features.If(new Relief(Reliefs.CloseUrgent, 0.2, 1)).Should().Be(one);
        foreach (var change in Reliefs.Changes)
        {
            Features.If(new Relief(change, 0.2, 3)).Should().NotBe(change).And.NotContain("{");
        }

        foreach (var feature in FeatureCatalogue.Fixed)
        {
            Features.Theme(FeatureThemes.Of(feature.Name)).Should().NotContain("_").And.NotContain("{");
        }
    }

    [Theory]
    [InlineData("en", "Industry: 製造", "Has never answered an NPS survey")]
    [InlineData("ja", "業種：製造", "NPSの回答なし")]
    public void A_category_says_its_value_and_a_missing_number_that_it_is_missing(string culture, string industry, string nps)
    {
        using var _ = new InCulture(culture);
        Features.Sentence(new Driver("attribute:industry", null, "製造", 0.01, null), "JPY").Should().Be(industry);
        Features.Sentence(new Driver(FeatureNames.NpsLast, null, null, 0.01, null), "JPY").Should().Be(nps);
        Features.Sentence(new Driver(FeatureNames.NpsChange, null, null, 0.01, null), "JPY").Should().Contain(Features.Name(FeatureNames.NpsChange)).And.NotContain("{");
    }

    [Theory]
    [InlineData("en")]
    [InlineData("ja")]
    public void Every_feature_has_a_name_and_a_sentence(string culture)
    {
        using var _ = new InCulture(culture);
        foreach (var feature in FeatureCatalogue.Fixed)
        {
            Features.Name(feature.Name).Should().NotBe(feature.Name).And.NotContain("{");
            foreach (var value in feature.Kind == FeatureKind.Category ? [] : (double[])[-2, 0, 1, 7.5])
            {
                Features.Sentence(new Driver(feature.Name, value, null, 0.1, 3), "USD").Should().NotContain("{").And.NotContain("_");
            }
        }
    }
}
