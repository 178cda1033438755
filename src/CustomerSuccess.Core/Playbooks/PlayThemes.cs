using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Segments;

namespace CustomerSuccess.Core.Playbooks;

/// <summary>Which reasons for leaving a play goes against: the themes of what its triggers ask for.</summary>
public static class PlayThemes
{
    /// <summary>What tells of whom a play is for rather than against what: it counts only where a trigger asks for nothing else.</summary>
    private static readonly string[] Whom = [FeatureThemes.Tenure, FeatureThemes.Size];

    /// <summary>Fields that are no features, by the feature that tells the same.</summary>
    private static readonly Dictionary<string, string> Features = new(StringComparer.Ordinal)
    {
        [SegmentFields.FailedInvoices] = FeatureNames.InvoicesFailed91,
        [SegmentFields.OverdueInvoices] = FeatureNames.InvoicesOverdue,
        [SegmentFields.EscalatedInquiries] = FeatureNames.Escalations91,
        [SegmentFields.NoticeNear] = FeatureNames.DaysToNotice,
        [SegmentFields.RenewalNear] = FeatureNames.DaysToRenewal,
    };

    /// <summary>A play's themes (<see cref="FeatureThemes"/>); none for a play that sells, or that fires for everybody.</summary>
    public static IReadOnlySet<string> Of(Play play) => play.IsUpsell ? new HashSet<string>() : play.Triggers.SelectMany(trigger => Of(trigger.When)).ToHashSet(StringComparer.Ordinal);

    private static List<string> Of(Condition when)
    {
        List<string> all = [.. Asked(when).SelectMany(test => test.Field == SegmentFields.Drivers ? test.Values : [FeatureThemes.Of(Features.GetValueOrDefault(test.Field, test.Field))]).Distinct()];
        var against = all.Except(Whom).ToList();
        return against.Count > 0 ? against : all;
    }

    /// <summary>Tests that have to hold; what must not hold, and a value that must be missing, is no reason.</summary>
    private static IEnumerable<FieldTest> Asked(Condition condition) => condition switch
    {
        AllOf all => all.Parts.SelectMany(Asked),
        AnyOf any => any.Parts.SelectMany(Asked),
        FieldTest { Kind: not (TestKind.Missing or TestKind.NoneOf) } test => [test],
        _ => [],
    };
}
