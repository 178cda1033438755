using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Risk;

namespace CustomerSuccess.Core.Playbooks;

/// <summary>What the codes of reasons speak of, in the themes of a score's drivers.</summary>
public static class PlayReasons
{
    private static readonly Dictionary<string, string[]> Themes = new(StringComparer.Ordinal)
    {
        ["usage_fell"] = [FeatureThemes.UsageTheme, FeatureThemes.Users],
        ["gone_silent"] = [FeatureThemes.UsageTheme],
        ["purchases_stopped"] = [FeatureThemes.Purchases],
        ["inquiry_unanswered"] = [FeatureThemes.Waiting, FeatureThemes.Service, FeatureThemes.Inquiries],
        ["inquiry_urgent"] = [FeatureThemes.Waiting, FeatureThemes.Service, FeatureThemes.Inquiries],
        ["inquiries_escalated"] = [FeatureThemes.Waiting, FeatureThemes.Service, FeatureThemes.Inquiries],
        ["nps_detractor"] = [FeatureThemes.Nps],
        ["nps_fell"] = [FeatureThemes.Nps],
        ["champion_left"] = [FeatureThemes.Champion],
        ["champion_silent"] = [FeatureThemes.Champion],
        ["payment_failed"] = [FeatureThemes.Payments],
        ["payment_overdue"] = [FeatureThemes.Payments],
        ["notice_near"] = [FeatureThemes.Renewal],
        ["renewal_near"] = [FeatureThemes.Renewal],
        ["seats_unused"] = [FeatureThemes.SeatUse, FeatureThemes.Users, FeatureThemes.Size],
        ["price_rose"] = [FeatureThemes.Price],
        ["onboarding_stalled"] = [FeatureThemes.Tenure, FeatureThemes.UsageTheme],
        ["features_dropped"] = [FeatureThemes.BreadthTheme],
        ["seats_full"] = [FeatureThemes.SeatUse, FeatureThemes.Users, FeatureThemes.Size],
        ["usage_rose"] = [FeatureThemes.UsageTheme],
        ["use_is_narrow"] = [FeatureThemes.BreadthTheme],
        ["new_users"] = [FeatureThemes.Users],
        ["renewal_ahead"] = [FeatureThemes.Renewal],
        ["price_went_up"] = [FeatureThemes.Price],
        ["no_contact_lately"] = [FeatureThemes.Touches],
        ["nps_promoter"] = [FeatureThemes.Nps],
        ["detractor_silent"] = [FeatureThemes.Nps, FeatureThemes.Touches],
        ["renewal_very_near"] = [FeatureThemes.Renewal],
        ["purchases_lapsed"] = [FeatureThemes.Purchases],
        ["renewed_lately"] = [FeatureThemes.Tenure],
        ["contract_ended"] = [FeatureThemes.Renewal],
    };

    /// <summary>Every reason that speaks of something; <c>no_special_reason</c> speaks of nothing.</summary>
    public static IEnumerable<string> Codes => Themes.Keys;

    /// <summary>Where a reason stands among the drivers that raise the probability: 0 for one that speaks of the strongest; <see cref="int.MaxValue"/> where it speaks of none of them.</summary>
    /// <param name="code">The reason's code.</param>
    /// <param name="drivers">Strongest first.</param>
    public static int PlaceAmong(string code, IReadOnlyList<Driver> drivers)
    {
        if (!Themes.TryGetValue(code, out var themes))
        {
            return int.MaxValue;
        }

        var place = 0;
        foreach (var driver in drivers)
        {
            if (driver.Points <= 0)
            {
                continue;
            }

            if (themes.Contains(driver.Theme))
            {
                return place;
            }

            place++;
        }

        return int.MaxValue;
    }
}
