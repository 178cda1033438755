using System.Globalization;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Engine.Gateways;
using CustomerSuccess.Engine.Mail;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Lists;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Mail;

/// <summary>What was written to customers: drafts, what waits or is held and why, what went out and what became of it.</summary>
public sealed partial class OutboxPage
{
    private static readonly IReadOnlyCollection<string> Areas = [JournalAreas.Mail];

    private Viewer? _viewer;
    private IReadOnlyDictionary<MailStatus, int> _counts = new Dictionary<MailStatus, int>();
    private IReadOnlyList<string> _outages = [];
    private bool _mayWrite;
    private bool _hasGateways;
    private int _round;
    private string _zone = "Etc/UTC";

    [Inject]
    private OutboxQuery Outbox { get; set; } = default!;

    [Inject]
    private MailQuery Query { get; set; } = default!;

    [Inject]
    private GatewayBook Gateways { get; set; } = default!;

    [Inject]
    private SettingsStore Settings { get; set; } = default!;

    [Inject]
    private CurrentViewer Current { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    private ListAddress View { get; set; } = ListAddress.Parse(MailAddress.List);

    private OutboxFilter Filter => new()
    {
        Statuses = View["state"] is { } group && OutboxWords.Groups.TryGetValue(group, out var statuses) ? statuses : [],
        Text = View["q"],
        AccountNo = int.TryParse(View["account"], NumberStyles.None, CultureInfo.InvariantCulture, out var account) ? account : null,
        Origin = View.Choice<MailOrigin>("origin"),
        Channel = View["channel"],
        IsOwn = View["own"] == "1",
        IsReplied = View["replied"] == "1",
        IsDoubled = View["doubled"] == "1",
    };

    private IReadOnlyList<Filter> Filters =>
    [
        new SearchFilter("q", Text["Search"], View["q"]),
        new ChoiceFilter("state", Text["State"], [.. OutboxWords.Groups.Select(group => new FilterChoice(group.Key, Words.Group(group.Key), group.Value.Sum(status => _counts.GetValueOrDefault(status))))], View["state"]),
        new ChoiceFilter("origin", Text["Origin"], [.. Enum.GetValues<MailOrigin>().Where(origin => origin != MailOrigin.Notification).Select(origin => new FilterChoice(origin.ToString().ToLowerInvariant(), Words.Origin(origin)))], View["origin"]),
        .. _hasGateways ? [new ChoiceFilter("channel", Text["Channel"], [.. new[] { Channels.Email }.Concat(Channels.OfGateways).Select(channel => new FilterChoice(channel, Touches.Channel(channel)))], View["channel"])] : (Filter[])[],
        new ToggleFilter("own", Text["Own"], View["own"] == "1"),
        new ToggleFilter("replied", Text["Replied"], View["replied"] == "1"),
        new ToggleFilter("doubled", Text["Doubled"], View["doubled"] == "1", Text["DoubledHint"]),
        .. View["account"] is { } account ? [new ChoiceFilter("account", Text["Account"], [new FilterChoice(account, Text["OneAccount"])], account)] : (Filter[])[],
    ];

    private string Answer
    {
        get
        {
            var (held, lost) = (_counts.GetValueOrDefault(MailStatus.Held), _counts.GetValueOrDefault(MailStatus.Failed) + _counts.GetValueOrDefault(MailStatus.Bounced));
            var waiting = _counts.GetValueOrDefault(MailStatus.Queued) + _counts.GetValueOrDefault(MailStatus.Sending);
            return _counts.Count == 0 ? Text["AnswerNone"] : Text["Answer", Format.Count(waiting), Format.Count(held), Format.Count(lost), Format.Count(_counts.GetValueOrDefault(MailStatus.Draft))];
        }
    }

    protected override void OnInitialized() => View = ListAddress.Parse(Navigation.Uri);

    protected override async Task ReadAsync(CancellationToken cancellation)
    {
        _viewer = await Current.GetAsync();
        _mayWrite = _viewer.MayWork;
        _hasGateways = (await Gateways.ListAsync(cancellation)).Count > 0;
        _zone = (await Settings.ReadAsync(cancellation)).TimeZone;
        await CountAsync(cancellation);
    }

    private async Task CountAsync(CancellationToken cancellation)
    {
        _counts = await Outbox.CountsAsync(_viewer!, cancellation);
        _outages = [.. (await Query.StateAsync(cancellation)).Outages.Select(outage => outage.Error)];
    }

    private async Task<ListStretch<OutboxRow>> LoadAsync(ListRequest request, CancellationToken cancellation)
    {
        var page = await Outbox.PageAsync(_viewer!, Filter, request.Offset, request.Limit, cancellation);
        return new(page.Rows, page.Total);
    }

    /// <summary>What became of a message, or why nothing did yet.</summary>
    private string Said(MailSummary mail) =>
        mail.PossiblyDoubled ? Text["PossiblyDoubled"]
        : mail.Status == MailStatus.Queued && mail.NotBefore > Clock.GetUtcNow().UtcDateTime.AddMinutes(1) ? mail.Reasons.Count > 0 ? Text["LaterBecause", Format.Instant(mail.NotBefore, _zone), Words.Holds(mail.Reasons)] : Text["Later", Format.Instant(mail.NotBefore, _zone)]
        : mail.Reasons.Count > 0 ? Words.Holds(mail.Reasons)
        : mail.RepliedAt is not null ? Text["WasReplied"]
        : mail.ClickedAt is not null ? Text["WasClicked"]
        : mail.OpenedAt is not null ? Text["WasOpened"]
        : mail.Status is MailStatus.Failed or MailStatus.Bounced ? mail.LastAnswer ?? ""
        : mail.Preview;

    private string Counted(int total) => Text["Count", Format.Count(total)];

    private void Show(ListAddress view)
    {
        View = view;
        Navigation.NavigateTo(view.ToString(), replace: true);
        StateHasChanged();
    }

    private async Task FollowAsync()
    {
        if (IsReady)
        {
            await CountAsync(Leaving);
            _round++;
            StateHasChanged();
        }
    }
}
