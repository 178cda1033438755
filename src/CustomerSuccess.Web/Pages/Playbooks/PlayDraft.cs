using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Segments;
using CustomerSuccess.Web.Shared.Conditions;

namespace CustomerSuccess.Web.Pages.Playbooks;

/// <summary>A play while somebody writes it.</summary>
public sealed class PlayDraft
{
    private PlayDraft()
    {
    }

    public string? Key { get; set; }

    public string? NameEn { get; set; }

    public string? NameJa { get; set; }

    public string? MessageEn { get; set; }

    public string? MessageJa { get; set; }

    public string? TextEn { get; set; }

    public string? TextJa { get; set; }

    public bool IsOn { get; set; }

    public bool IsUpsell { get; set; }

    public IReadOnlyList<string> Channels { get; set; } = [];

    public string? Tier { get; set; }

    public decimal? Minutes { get; set; }

    public decimal? Cost { get; set; }

    /// <summary>In per cent.</summary>
    public decimal? Effect { get; set; }

    /// <summary>In per cent; null for the company's share.</summary>
    public decimal? Holdout { get; set; }

    public decimal? CoolDown { get; set; }

    public string? By { get; set; }

    public bool IsReply { get; set; }

    public string? TemplateId { get; set; }

    public List<TriggerDraft> Triggers { get; } = [];

    /// <summary>Its timed steps; none for a single touch.</summary>
    public SequenceDraft Sequence { get; private init; } = new();

    /// <summary>Where this holds it is not suggested; empty for nothing.</summary>
    public ConditionDraft Exit { get; private set; } = ConditionDraft.Group(GroupMode.Any);

    public static PlayDraft Of(Play play)
    {
        var draft = new PlayDraft
        {
            Key = play.Key,
            NameEn = play.NameEn,
            NameJa = play.NameJa,
            MessageEn = play.MessageEn,
            MessageJa = play.MessageJa,
            TextEn = play.TextEn,
            TextJa = play.TextJa,
            IsOn = play.IsOn,
            IsUpsell = play.IsUpsell,
            Channels = play.Channels,
            Tier = play.Tier.ToString(),
            Minutes = (decimal)play.Minutes,
            Cost = play.Cost,
            Effect = (decimal)play.PriorEffect * 100,
            Holdout = (decimal?)play.HoldoutShare * 100,
            CoolDown = play.CoolDownDays,
            By = play.By,
            IsReply = play.IsReply,
            TemplateId = play.TemplateId,
            Sequence = SequenceDraft.Of(play.Sequence),
            Exit = play.Exit is { } exit ? ConditionDraft.Of(exit) : ConditionDraft.Group(GroupMode.Any),
        };
        draft.Triggers.AddRange(play.Triggers.Select(trigger => new TriggerDraft(trigger, ConditionDraft.Of(trigger.When))));
        return draft;
    }

    /// <summary>A play of the company's own, turned off until it was looked at.</summary>
    public static PlayDraft New()
    {
        var draft = Of(new Play { Key = "", IsOn = false, Channels = [Core.Playbooks.Channels.Call, Core.Playbooks.Channels.Email], Minutes = 15, PriorEffect = 0.05, CoolDownDays = 60, By = PlayRules.Doers[0], Triggers = [] });
        draft.AddTrigger();
        return draft;
    }

    public void AddTrigger() => Triggers.Add(new TriggerDraft(new(PlayTrigger.OwnReason, Condition.Always, new Dictionary<string, string>()), ConditionDraft.Group(GroupMode.All, ConditionDraft.Test())));

    public Play ToPlay() => new()
    {
        Key = Key?.Trim() ?? "",
        NameEn = NameEn,
        NameJa = NameJa,
        MessageEn = MessageEn,
        MessageJa = MessageJa,
        TextEn = TextEn,
        TextJa = TextJa,
        IsOn = IsOn,
        IsUpsell = IsUpsell,
        Channels = Channels,
        Tier = Enum.TryParse<TouchTier>(Tier, out var tier) ? tier : TouchTier.High,
        Minutes = (double)(Minutes ?? 0),
        Cost = Cost ?? 0,
        PriorEffect = (double)((Effect ?? 0) / 100),
        HoldoutShare = (double?)(Holdout / 100),
        CoolDownDays = (int)(CoolDown ?? 0),
        By = By ?? "",
        IsReply = IsReply,
        TemplateId = TemplateId,
        Triggers = [.. Triggers.Select(trigger => trigger.Trigger with { When = trigger.When.ToCondition() })],
        Sequence = Sequence.ToSequence(),
        Exit = Exit.Parts.Count == 0 ? null : Exit.ToCondition(),
    };
}

/// <summary>One reason to suggest a play, while somebody writes it.</summary>
/// <param name="Trigger">Its sentence and numbers.</param>
/// <param name="When">What has to hold.</param>
public sealed record TriggerDraft(PlayTrigger Trigger, ConditionDraft When)
{
    public IReadOnlyDictionary<string, string> Problems { get; set; } = new Dictionary<string, string>();
}
