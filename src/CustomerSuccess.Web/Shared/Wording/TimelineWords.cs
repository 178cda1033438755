using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Health;
using CustomerSuccess.Core.Timeline;
using CustomerSuccess.Web.Shared.Values;
using Microsoft.Extensions.Localization;
using MudBlazor;

namespace CustomerSuccess.Web.Shared.Wording;

/// <summary>What happened to an account, in words, with its sign and colour.</summary>
public sealed class TimelineWords(IStringLocalizer<TimelineWords> text, TouchWords touches, ProfileWords profile)
{
    /// <summary>What happened, in one line.</summary>
    public string Title(TimelineEntry entry) => entry.Kind switch
    {
        TimelineKinds.ContractExpanded or TimelineKinds.ContractContracted => Say(entry, Money(entry, "former_mrr"), Money(entry, "mrr")),
        TimelineKinds.ContractStarted or TimelineKinds.ContractRenewed => Say(entry, Money(entry, "mrr")),
        TimelineKinds.UsageSilent or TimelineKinds.UsageReturned => Say(entry, Count(entry, "days")),
        TimelineKinds.InquiryOpened => Say(entry, entry.Title ?? text["untitled"]),
        TimelineKinds.InquiryClosed => text[entry.Values.ContainsKey("satisfaction") ? "inquiry_closed_rated" : "inquiry_closed", entry.Title ?? text["untitled"], Count(entry, "satisfaction")],
        TimelineKinds.SurveyAnswered => text["survey_answered", entry.Values.GetValueOrDefault("survey") ?? ""],
        TimelineKinds.AnswerGiven => text["answer_given", Survey(entry), Number(entry, "score"), Number(entry, "most")],
        TimelineKinds.InvoiceFailed or TimelineKinds.PurchaseMade => Say(entry, Money(entry, "amount"), entry.Title ?? ""),
        TimelineKinds.InvoicePaid => text[entry.Values.ContainsKey("days_late") ? "invoice_paid_late" : "invoice_paid", Money(entry, "amount"), Count(entry, "days_late")],
        TimelineKinds.DealOpened or TimelineKinds.DealWon or TimelineKinds.DealLost => text[entry.Values.ContainsKey("amount") ? entry.Kind + "_amount" : entry.Kind, entry.Title ?? text["untitled"], Money(entry, "amount")],
        TimelineKinds.TouchMade => Touch(entry),
        TimelineKinds.MailSent => text[entry.Values.ContainsKey("answers") ? "mail_sent_answer" : entry.Kind, Subject(entry)],
        TimelineKinds.MailReceived => text[Word(entry, "kind") is { } received && text["mail_received." + received] is { ResourceNotFound: false } ? "mail_received." + received : entry.Kind, Subject(entry)],
        TimelineKinds.MailOpened or TimelineKinds.MailReturned => Say(entry, Subject(entry)),
        TimelineKinds.SuggestionSnoozed => Say(entry, Play(entry), Format.Day(entry.Values.GetValueOrDefault("until") as DateOnly?)),
        TimelineKinds.SuggestionDismissed or TimelineKinds.SequenceStarted or TimelineKinds.SequenceFinished or TimelineKinds.SequenceLeft => Say(entry, Play(entry)),
        TimelineKinds.FileAdded => text[entry.Values.ContainsKey("revision") ? "file_added_again" : "file_added", entry.Title ?? "", Count(entry, "revision")],
        TimelineKinds.ReportGiven => Say(entry, Format.Day(entry.Values.GetValueOrDefault("from") as DateOnly?), Format.Day(entry.Values.GetValueOrDefault("to") as DateOnly?)),
        TimelineKinds.TaskDone or TimelineKinds.PlanStarted or TimelineKinds.PlanAchieved or TimelineKinds.PlanAbandoned or TimelineKinds.GoalReached or TimelineKinds.MilestoneDone => Say(entry, entry.Title ?? ""),
        TimelineKinds.JudgementMade => Say(entry, Band(entry, "band")),
        TimelineKinds.HealthBandChanged => Say(entry, Band(entry, "from"), Band(entry, "to"), Number(entry, "health", 0)),
        TimelineKinds.RiskChanged => text[Share(entry, "to") > Share(entry, "from") ? "risk_up" : "risk_down", Format.Percent(Share(entry, "from"), 0), Format.Percent(Share(entry, "to"), 0)],
        TimelineKinds.AttributesChanged or TimelineKinds.AttributesImported => Say(entry, string.Join(text["comma"], entry.Changes.Keys.Take(3).Select(profile.Field))),
        TimelineKinds.PersonAdded or TimelineKinds.PersonChanged or TimelineKinds.PersonLeft => Say(entry, entry.ContactName ?? text["somebody"]),
        _ => Say(entry),
    };

    /// <summary>What goes with it, in a few words: plan and seats, the reason, the outcome; null for nothing.</summary>
    public string? Detail(TimelineEntry entry)
    {
        IEnumerable<string?> parts = entry.Kind switch
        {
            TimelineKinds.ContractStarted or TimelineKinds.ContractRenewed or TimelineKinds.ContractExpanded or TimelineKinds.ContractContracted or TimelineKinds.ContractChanged =>
                [entry.Title, Turned(entry, "plan", "former_plan"), Word(entry, "seats") is null ? null : text["seats", Turned(entry, "seats", "former_seats")!].Value, entry.Values.GetValueOrDefault("term_ends_on") is DateOnly end ? text["until", Format.Day(end)].Value : null],
            TimelineKinds.ContractEnded => [entry.Title, Word(entry, "plan"), Word(entry, "reason")],
            TimelineKinds.NoticeGiven => [entry.Title, Word(entry, "plan"), entry.Values.GetValueOrDefault("term_ends_on") is DateOnly end ? text["until", Format.Day(end)].Value : null],
            TimelineKinds.InquiryOpened => [Known(entry, "channel"), Word(entry, "category"), Known(entry, "priority"), entry.Values.ContainsKey("escalated") ? text["escalated"].Value : null],
            TimelineKinds.InquiryClosed => [entry.Values.GetValueOrDefault("hours") is double hours ? hours < 48 ? text["after_hours", Format.Number(hours)].Value : text["after_days", Format.Number(hours / 24)].Value : null],
            TimelineKinds.TouchMade => [Word(entry, "kind") is { } kind ? touches.Channel(kind) : null, Outcome(entry), entry.Values.GetValueOrDefault("minutes") is double minutes ? text["minutes", Format.Number(minutes, 0)].Value : null],
            TimelineKinds.MailSent or TimelineKinds.MailOpened or TimelineKinds.MailReturned => [Word(entry, "to"), entry.Values.GetValueOrDefault("minutes") is double took ? text["minutes", Format.Number(took, 0)].Value : null],
            TimelineKinds.MailReceived => [Word(entry, "from")],
            TimelineKinds.SuggestionSnoozed or TimelineKinds.SuggestionDismissed => [Word(entry, "reason")],
            TimelineKinds.GoalReached => [Word(entry, "measure")],
            TimelineKinds.PersonLeft => [Word(entry, "title"), entry.Values.ContainsKey("champion") ? text["champion"].Value : null, entry.Values.ContainsKey("decision_maker") ? text["decision_maker"].Value : null],
            _ => [],
        };
        var told = parts.Where(part => !string.IsNullOrWhiteSpace(part)).ToList();
        return told.Count == 0 ? null : string.Join(text["dot"], told);
    }

    /// <summary>What a group of entries is called.</summary>
    public string Group(string group) => text["group." + group];

    public static string Icon(TimelineEntry entry) => entry.Kind switch
    {
        TimelineKinds.TouchMade => entry.Values.GetValueOrDefault("kind") as string is "call" ? Icons.Material.Outlined.Call : Icons.Material.Outlined.ConnectWithoutContact,
        TimelineKinds.MailSent => Icons.Material.Outlined.Send,
        TimelineKinds.MailOpened => Icons.Material.Outlined.Drafts,
        TimelineKinds.MailReturned => Icons.Material.Outlined.Unsubscribe,
        TimelineKinds.MailReceived => Icons.Material.Outlined.Mail,
        TimelineKinds.NoteWritten => Icons.Material.Outlined.StickyNote2,
        TimelineKinds.InquiryOpened => Icons.Material.Outlined.HelpOutline,
        TimelineKinds.InquiryClosed or TimelineKinds.TaskDone or TimelineKinds.MilestoneDone => Icons.Material.Outlined.Check,
        TimelineKinds.AnswerGiven or TimelineKinds.SurveyAnswered => Icons.Material.Outlined.RateReview,
        TimelineKinds.ContractEnded or TimelineKinds.NoticeGiven or TimelineKinds.DealLost => Icons.Material.Outlined.Logout,
        TimelineKinds.ContractContracted => Icons.Material.Outlined.TrendingDown,
        TimelineKinds.ContractExpanded => Icons.Material.Outlined.TrendingUp,
        TimelineKinds.ContractStarted or TimelineKinds.ContractRenewed or TimelineKinds.ContractChanged => Icons.Material.Outlined.Description,
        TimelineKinds.InvoicePaid or TimelineKinds.InvoiceFailed or TimelineKinds.PurchaseMade => Icons.Material.Outlined.Receipt,
        TimelineKinds.DealOpened or TimelineKinds.DealWon => Icons.Material.Outlined.Handshake,
        TimelineKinds.UsageFirst or TimelineKinds.UsageReturned or TimelineKinds.UsageSilent => Icons.Material.Outlined.BarChart,
        TimelineKinds.HealthBandChanged or TimelineKinds.RiskChanged or TimelineKinds.JudgementMade => Icons.Material.Outlined.MonitorHeart,
        TimelineKinds.FileAdded => Icons.Material.Outlined.AttachFile,
        TimelineKinds.ReportGiven => Icons.Material.Outlined.Summarize,
        TimelineKinds.PlanStarted or TimelineKinds.PlanAchieved or TimelineKinds.PlanAbandoned or TimelineKinds.GoalReached => Icons.Material.Outlined.Flag,
        TimelineKinds.PersonAdded or TimelineKinds.PersonChanged or TimelineKinds.PersonLeft => Icons.Material.Outlined.Person,
        TimelineKinds.SequenceStarted or TimelineKinds.SequenceFinished or TimelineKinds.SequenceLeft => Icons.Material.Outlined.PlaylistPlay,
        TimelineKinds.SuggestionSnoozed or TimelineKinds.SuggestionDismissed => Icons.Material.Outlined.Snooze,
        _ => Icons.Material.Outlined.Edit,
    };

    public static Tone Tone(TimelineEntry entry) => entry.Kind switch
    {
        TimelineKinds.ContractEnded or TimelineKinds.NoticeGiven or TimelineKinds.InvoiceFailed or TimelineKinds.MailReturned => Values.Tone.Danger,
        TimelineKinds.ContractContracted or TimelineKinds.UsageSilent or TimelineKinds.PersonLeft or TimelineKinds.DealLost => Values.Tone.Watch,
        TimelineKinds.ContractStarted or TimelineKinds.ContractRenewed or TimelineKinds.ContractExpanded or TimelineKinds.DealWon or TimelineKinds.GoalReached or TimelineKinds.PlanAchieved or TimelineKinds.UsageReturned => Values.Tone.Good,
        TimelineKinds.HealthBandChanged => entry.Values["to"] switch { HealthBand.Good => Values.Tone.Good, HealthBand.Watch => Values.Tone.Watch, _ => Values.Tone.Danger },
        TimelineKinds.RiskChanged => Share(entry, "to") > Share(entry, "from") ? Values.Tone.Danger : Values.Tone.Good,
        TimelineKinds.AnswerGiven => entry.Values is { } values && values["kind"] is "nps" ? (double)values["score"] >= 9 ? Values.Tone.Good : (double)values["score"] >= 7 ? Values.Tone.Neutral : Values.Tone.Danger : Values.Tone.Neutral,
        TimelineKinds.TouchMade or TimelineKinds.NoteWritten or TimelineKinds.MailSent => Values.Tone.Accent,
        TimelineKinds.InquiryOpened or TimelineKinds.MailReceived => Values.Tone.Info,
        _ => Values.Tone.Neutral,
    };

    /// <summary>A value of which we have a word, else as its source says it.</summary>
    private string? Known(TimelineEntry entry, string name) => Word(entry, name) is not { } value ? null : text[$"{name}.{value.ToLowerInvariant()}"] is { ResourceNotFound: false } known ? known.Value : value;

    private string Say(TimelineEntry entry, params object[] arguments) => text[entry.Kind, arguments].Value;

    private string Touch(TimelineEntry entry) => Word(entry, "play") is { } play ? text["touch_made", touches.Play(play)]
        : Word(entry, "kind") is { } kind ? text["touch_made", touches.Channel(kind)]
        : text["touch_made_plain"];

    private string Subject(TimelineEntry entry) => string.IsNullOrWhiteSpace(entry.Title) ? text["untitled"] : entry.Title;

    private string Play(TimelineEntry entry) => touches.Play(Word(entry, "play") ?? "");

    /// <summary>An outcome out of the data: usual ones are put in words, others stand as they are.</summary>
    private string? Outcome(TimelineEntry entry) => Word(entry, "outcome") is not { } outcome ? null
        : text["outcome." + outcome.ToLowerInvariant()] is { ResourceNotFound: false } known ? known.Value : outcome;

    private static string Survey(TimelineEntry entry) => (Word(entry, "kind") ?? "").ToUpperInvariant();

    private string Band(TimelineEntry entry, string name) => text["band." + entry.Values[name]];

    private static string? Word(TimelineEntry entry, string name) => entry.Values.GetValueOrDefault(name) switch
    {
        string word => word,
        int whole => Format.Count(whole),
        _ => null,
    };

    private string? Turned(TimelineEntry entry, string now, string before) => (Word(entry, before), Word(entry, now)) switch
    {
        ({ } was, { } becomes) when was != becomes => text["turned", was, becomes].Value,
        (_, var becomes) => becomes,
    };

    private static string Money(TimelineEntry entry, string name) => entry.Values.GetValueOrDefault(name) is MoneyAmount money ? Format.Money(money.Amount, money.Currency) : Format.Missing;

    private static string Count(TimelineEntry entry, string name) => entry.Values.GetValueOrDefault(name) is int count ? Format.Count(count) : "";

    private static string Number(TimelineEntry entry, string name, int decimals = 1) => Format.Number(entry.Values.GetValueOrDefault(name) as double?, decimals);

    private static double Share(TimelineEntry entry, string name) => entry.Values.GetValueOrDefault(name) as double? ?? 0;
}
