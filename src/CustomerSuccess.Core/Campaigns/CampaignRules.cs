using CustomerSuccess.Core.Effects;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Outreach;
using CustomerSuccess.Core.Settings;

namespace CustomerSuccess.Core.Campaigns;

/// <summary>What a campaign must be before it is kept, and before it goes out.</summary>
public static class CampaignRules
{
    /// <summary>The plan with its texts trimmed and without empty subjects.</summary>
    public static CampaignPlan Clean(CampaignPlan plan)
    {
        List<CampaignSubject> subjects = [.. plan.Subjects.Select(subject => new CampaignSubject(EnteredText.Of(subject.En), EnteredText.Of(subject.Ja))).Where(subject => subject.En is not null || subject.Ja is not null)];
        return plan with
        {
            Name = EnteredText.Of(plan.Name) ?? "",
            List = EnteredText.Of(plan.List),
            SegmentIds = [.. plan.SegmentIds.Distinct(StringComparer.Ordinal)],
            ExcludedSegmentIds = [.. plan.ExcludedSegmentIds.Distinct(StringComparer.Ordinal)],
            Subjects = subjects.Count == 0 ? [new(null, null)] : subjects,
            BodyEn = EnteredText.Of(plan.BodyEn),
            BodyJa = EnteredText.Of(plan.BodyJa),
            Metric = plan.Goal == CampaignGoal.Use ? EnteredText.Of(plan.Metric) : null,
        };
    }

    /// <summary>What is wrong, by field: <c>missing</c>, <c>too_long</c>, <c>too_many</c>, <c>out_of_range</c>, <c>both</c>, or a <see cref="TemplateProblem"/> as text.</summary>
    /// <param name="plan">As <see cref="Clean"/> gives it.</param>
    /// <param name="fields">Fields that a template may name.</param>
    public static Dictionary<string, string> Check(CampaignPlan plan, IReadOnlyDictionary<string, IReadOnlyList<string>?> fields)
    {
        var problems = new Dictionary<string, string>();
        EnteredText.Check(problems, "name", EnteredText.Of(plan.Name), CampaignPlan.LongestName, isRequired: true);
        if (plan.Purpose == Purpose.Transactional)
        {
            problems["purpose"] = "unknown";
        }

        if (plan.SegmentIds.Count > CampaignPlan.MostSegments || plan.ExcludedSegmentIds.Count > CampaignPlan.MostSegments)
        {
            problems["segments"] = "too_many";
        }
        else if (plan.SegmentIds.Intersect(plan.ExcludedSegmentIds, StringComparer.Ordinal).Any())
        {
            problems["excluded"] = "both";
        }

        // a language is there as a whole or not at all
        if (plan.BodyEn is null && plan.BodyJa is null)
        {
            problems["body_en"] = "missing";
        }

        if (plan.Subjects.Count > CampaignPlan.MostSubjects)
        {
            problems["subjects"] = "too_many";
        }

        foreach (var language in new[] { "en", "ja" })
        {
            Template(problems, $"body_{language}", plan.BodyIn(language), CampaignPlan.LongestBody, false, fields);
            for (var i = 0; i < plan.Subjects.Count; i++)
            {
                Template(problems, $"subjects.{i}.{language}", plan.Subjects[i].In(language), CampaignPlan.LongestSubject, plan.Has(language), fields);
            }
        }

        Range(problems, "per_hour", plan.PerHour ?? 1, 1, CampaignPlan.MostPerHour);
        Range(problems, "within", plan.WithinDays, 1, CampaignPlan.MostDays);
        Range(problems, "holdout", plan.HoldoutShare, 0, Holdout.Most);
        if (plan.TestsSubjects)
        {
            Range(problems, "test_share", plan.TestShare, 0.01, 1);
            Range(problems, "test_hours", plan.TestHours, 1, CampaignPlan.MostTestHours);
        }

        return problems;
    }

    /// <summary>
    /// What keeps a campaign from going out, by field: what the company has to set first (<c>sender</c>: <see cref="HoldReasons.FromMissing"/>, <see cref="HoldReasons.WebAddressMissing"/>,
    /// for advertising also <c>sender_missing:</c> and the setting, as 特定電子メール法 asks), an hour that has passed (<c>send_on</c>: <c>past</c>), a measure that is not tracked (<c>measure</c>: <c>not_tracked</c>).
    /// </summary>
    public static Dictionary<string, string> Lacks(CampaignPlan plan, CompanySettings settings, DateTime now)
    {
        var problems = new Dictionary<string, string>();
        if (settings.MailFrom.Length == 0)
        {
            problems["sender"] = HoldReasons.FromMissing;
        }
        else if (settings.WebAddress.Length == 0)
        {
            // without it no message says how to get no more
            problems["sender"] = HoldReasons.WebAddressMissing;
        }
        else if (plan.Purpose == Purpose.Promotional && settings.MissingIdentity() is [var missing, ..])
        {
            problems["sender"] = $"{HoldReasons.SenderMissing}:{missing}";
        }

        var company = TimeZoneInfo.FindSystemTimeZoneById(settings.TimeZone);
        if (plan.SendOn is not null && CampaignSchedule.DueAt(plan, company, company, now) < now.AddMinutes(-1))
        {
            problems["send_on"] = "past";
        }

        if (plan.TestsSubjects && ((plan.Measure == SubjectMeasure.Opens && !settings.TrackOpens) || (plan.Measure == SubjectMeasure.Clicks && !settings.TrackClicks)))
        {
            problems["measure"] = "not_tracked";
        }

        return problems;
    }

    private static void Template(Dictionary<string, string> problems, string field, string? text, int most, bool isRequired, IReadOnlyDictionary<string, IReadOnlyList<string>?> fields)
    {
        EnteredText.Check(problems, field, text, most, isRequired);
        if (text is not null && !problems.ContainsKey(field) && FieldTemplate.Parse(text).Check(fields) is [var problem, ..])
        {
            problems[field] = problem.ToString();
        }
    }

    private static void Range(Dictionary<string, string> problems, string field, double value, double least, double most)
    {
        if (!(value >= least && value <= most))
        {
            problems[field] = "out_of_range";
        }
    }
}
