using System.Globalization;
using CustomerSuccess.Core.Campaigns;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Outreach;
using CustomerSuccess.Core.Segments;

namespace CustomerSuccess.Web.Pages.Campaigns;

/// <summary>A subject while somebody writes it.</summary>
public sealed class SubjectDraft
{
    public string? En { get; set; }

    public string? Ja { get; set; }
}

/// <summary>A campaign while somebody writes it.</summary>
public sealed class CampaignDraft
{
    private IReadOnlyList<SavedSegment> _segments = [];

    private CampaignDraft()
    {
    }

    public string? Name { get; set; }

    public string? Purpose { get; set; }

    public string? List { get; set; }

    /// <summary>Names of segments.</summary>
    public IReadOnlyList<string> Segments { get; set; } = [];

    public IReadOnlyList<string> Excluded { get; set; } = [];

    public string? Recipients { get; set; }

    public List<SubjectDraft> Subjects { get; } = [];

    public string? BodyEn { get; set; }

    public string? BodyJa { get; set; }

    public DateOnly? SendOn { get; set; }

    /// <summary>As a clock is read: <c>09:00</c>.</summary>
    public string? SendAt { get; set; }

    public string? Zone { get; set; }

    public decimal? PerHour { get; set; }

    public decimal? Within { get; set; }

    /// <summary>Per cent.</summary>
    public decimal? TestShare { get; set; }

    public decimal? TestHours { get; set; }

    public string? Measure { get; set; }

    /// <summary>Per cent.</summary>
    public decimal? Holdout { get; set; }

    public string? Goal { get; set; }

    public string? Metric { get; set; }

    public static CampaignDraft Of(CampaignPlan plan, IReadOnlyList<SavedSegment> segments)
    {
        var draft = new CampaignDraft
        {
            _segments = segments,
            Name = plan.Name,
            Purpose = plan.Purpose.ToString(),
            List = plan.List,
            Segments = Names(plan.SegmentIds, segments),
            Excluded = Names(plan.ExcludedSegmentIds, segments),
            Recipients = plan.Recipients.ToString(),
            BodyEn = plan.BodyEn,
            BodyJa = plan.BodyJa,
            SendOn = plan.SendOn,
            SendAt = plan.SendAt.ToString("HH:mm", CultureInfo.InvariantCulture),
            Zone = plan.Zone.ToString(),
            PerHour = plan.PerHour,
            Within = plan.WithinDays,
            TestShare = (decimal)plan.TestShare * 100,
            TestHours = plan.TestHours,
            Measure = plan.Measure.ToString(),
            Holdout = (decimal)plan.HoldoutShare * 100,
            Goal = plan.Goal.ToString(),
            Metric = plan.Metric,
        };
        draft.Subjects.AddRange(plan.Subjects.Select(subject => new SubjectDraft { En = subject.En, Ja = subject.Ja }));
        return draft;
    }

    /// <summary>Takes the texts of a template over; what it has not stays as it was.</summary>
    public void Begin(MailTemplate template)
    {
        (Purpose, List) = (template.Purpose == Core.Outreach.Purpose.Transactional ? Purpose : template.Purpose.ToString(), template.List ?? List);
        (BodyEn, BodyJa) = (template.BodyEn ?? BodyEn, template.BodyJa ?? BodyJa);
        (Subjects[0].En, Subjects[0].Ja) = (template.SubjectEn ?? Subjects[0].En, template.SubjectJa ?? Subjects[0].Ja);
    }

    public CampaignPlan ToPlan() => new()
    {
        Name = Name ?? "",
        Purpose = Enum.Parse<Purpose>(Purpose!),
        List = List,
        SegmentIds = Ids(Segments),
        ExcludedSegmentIds = Ids(Excluded),
        Recipients = Enum.Parse<CampaignRecipients>(Recipients!),
        Subjects = [.. Subjects.Select(subject => new CampaignSubject(subject.En, subject.Ja))],
        BodyEn = BodyEn,
        BodyJa = BodyJa,
        SendOn = SendOn,
        SendAt = TimeOnly.TryParse(SendAt, CultureInfo.InvariantCulture, out var at) ? at : new TimeOnly(9, 0),
        Zone = Enum.Parse<CampaignZone>(Zone!),
        PerHour = (int?)PerHour,
        WithinDays = (int)(Within ?? 0),
        TestShare = (double)(TestShare ?? 0) / 100,
        TestHours = (int)(TestHours ?? 0),
        Measure = Enum.Parse<SubjectMeasure>(Measure!),
        HoldoutShare = (double)(Holdout ?? 0) / 100,
        Goal = Enum.Parse<CampaignGoal>(Goal!),
        Metric = Metric,
    };

    private static IReadOnlyList<string> Names(IReadOnlyList<string> ids, IReadOnlyList<SavedSegment> segments) => [.. ids.Select(id => segments.FirstOrDefault(segment => segment.SegmentId == id)?.Name ?? id)];

    /// <summary>A name that is no segment's stays as it is, so that it is found wrong.</summary>
    private IReadOnlyList<string> Ids(IReadOnlyList<string> names) => [.. names.Select(name => _segments.FirstOrDefault(segment => string.Equals(segment.Name, name, StringComparison.OrdinalIgnoreCase))?.SegmentId ?? name)];
}
