using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Sequences;
using CustomerSuccess.Web.Shared.Conditions;

namespace CustomerSuccess.Web.Pages.Playbooks;

/// <summary>The steps of a play while somebody writes them. Without a step the play is a single touch.</summary>
public sealed class SequenceDraft
{
    public List<StepDraft> Steps { get; } = [];

    public bool StartsByItself { get; set; }

    public bool EndsWhenReasonGone { get; set; }

    public string? OnUrgentInquiry { get; set; } = nameof(Interruption.Leave);

    public string? OnOutage { get; set; } = nameof(Interruption.Wait);

    /// <summary>Where this holds the goal is met; empty for nothing.</summary>
    public ConditionDraft Goal { get; private set; } = ConditionDraft.Group();

    public static SequenceDraft Of(PlaySequence? sequence)
    {
        var draft = new SequenceDraft();
        if (sequence is not null)
        {
            draft.Steps.AddRange(sequence.Steps.Select(StepDraft.Of));
            (draft.StartsByItself, draft.EndsWhenReasonGone, draft.OnUrgentInquiry, draft.OnOutage) = (sequence.StartsByItself, sequence.EndsWhenReasonGone, sequence.OnUrgentInquiry.ToString(), sequence.OnOutage.ToString());
            draft.Goal = sequence.Goal is { } goal ? ConditionDraft.Of(goal) : draft.Goal;
        }

        return draft;
    }

    public void Add() => Steps.Add(StepDraft.Of(new PlayStep { Channel = Channels.Email, Delay = Steps.Count == 0 ? 0 : 3, Hour = 10, SendsItself = true, Unit = DelayUnit.BusinessDays }));

    /// <summary>Puts a step before or after its neighbour.</summary>
    public void Move(StepDraft step, int by)
    {
        var at = Steps.IndexOf(step);
        if (at + by >= 0 && at + by < Steps.Count)
        {
            (Steps[at], Steps[at + by]) = (Steps[at + by], Steps[at]);
        }
    }

    public PlaySequence? ToSequence() => Steps.Count == 0 ? null : new()
    {
        Steps = [.. Steps.Select(step => step.ToStep())],
        StartsByItself = StartsByItself,
        EndsWhenReasonGone = EndsWhenReasonGone,
        OnUrgentInquiry = Enum.TryParse<Interruption>(OnUrgentInquiry, out var urgent) ? urgent : Interruption.Leave,
        OnOutage = Enum.TryParse<Interruption>(OnOutage, out var outage) ? outage : Interruption.Wait,
        Goal = Goal.Parts.Count == 0 ? null : Goal.ToCondition(),
    };
}

/// <summary>One step while somebody writes it.</summary>
public sealed class StepDraft
{
    /// <summary>Tells steps apart while they are drawn.</summary>
    public Guid Id { get; } = Guid.NewGuid();

    public string? Channel { get; set; }

    public decimal? Delay { get; set; }

    public string? Unit { get; set; }

    public string? From { get; set; }

    public decimal? Hour { get; set; }

    public string? TemplateId { get; set; }

    public string? SubjectEn { get; set; }

    public string? SubjectJa { get; set; }

    public string? BodyEn { get; set; }

    public string? BodyJa { get; set; }

    public decimal? Minutes { get; set; }

    public bool SendsItself { get; set; }

    /// <summary>Where this holds it is skipped; empty for never.</summary>
    public ConditionDraft SkipWhen { get; private set; } = ConditionDraft.Group();

    /// <summary>True for what is written to the customer.</summary>
    public bool IsMessage => Channel is Channels.Email or Channels.Letter;

    /// <summary>True for plain text that a gateway carries.</summary>
    public bool IsText => Channels.IsGateway(Channel);

    public static StepDraft Of(PlayStep step) => new()
    {
        Channel = step.Channel,
        Delay = step.Delay,
        Unit = step.Unit.ToString(),
        From = step.From.ToString(),
        Hour = step.Hour,
        TemplateId = step.TemplateId,
        SubjectEn = step.SubjectEn,
        SubjectJa = step.SubjectJa,
        BodyEn = step.BodyEn,
        BodyJa = step.BodyJa,
        Minutes = (decimal)step.Minutes,
        SendsItself = step.SendsItself,
        SkipWhen = step.SkipWhen is { } skip ? ConditionDraft.Of(skip) : ConditionDraft.Group(),
    };

    public PlayStep ToStep() => new()
    {
        Channel = Channel ?? "",
        Delay = (int)(Delay ?? 0),
        Unit = Enum.TryParse<DelayUnit>(Unit, out var unit) ? unit : DelayUnit.Days,
        From = Enum.TryParse<DelayFrom>(From, out var from) ? from : DelayFrom.Before,
        Hour = (int?)Hour,
        TemplateId = IsMessage ? TemplateId : null,
        SubjectEn = IsText ? null : SubjectEn,
        SubjectJa = IsText ? null : SubjectJa,
        BodyEn = BodyEn,
        BodyJa = BodyJa,
        Minutes = (double)(Minutes ?? 0),
        SendsItself = (Channel == Channels.Email || IsText) && SendsItself,
        SkipWhen = SkipWhen.Parts.Count == 0 ? null : SkipWhen.ToCondition(),
    };
}
