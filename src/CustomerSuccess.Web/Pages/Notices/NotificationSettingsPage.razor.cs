using System.Globalization;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Outreach;
using CustomerSuccess.Engine.Notices;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Forms;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Notices;

/// <summary>How the reader wishes to be told; an administrator's part decides for those who have not said.</summary>
public sealed partial class NotificationSettingsPage
{
    private NoticeWishList? _own;
    private IReadOnlyList<NoticeWish>? _defaults;
    private IReadOnlyDictionary<string, string> _problems = new Dictionary<string, string>();
    private string? _hour;
    private string? _zone;

    [Inject]
    private NoticeWishes Wishes { get; set; } = default!;

    [Inject]
    private CurrentViewer Current { get; set; } = default!;

    private static IReadOnlyList<FieldChoice> Hours { get; } = [.. Enumerable.Range(0, 24).Select(hour => new FieldChoice(hour.ToString(CultureInfo.InvariantCulture), string.Create(CultureInfo.InvariantCulture, $"{hour:00}:00")))];

    private static IReadOnlyList<FieldChoice> Zones { get; } = [.. Country.Codes.Select(code => Country.Find(code)!.Zone).Distinct().Order(StringComparer.Ordinal).Select(zone => new FieldChoice(zone, zone))];

    protected override async Task ReadAsync(CancellationToken cancellation)
    {
        var viewer = await Current.GetAsync();
        _own = await Wishes.ReadAsync(viewer, cancellation);
        _defaults = viewer.IsIn(Roles.Administrator) ? await Wishes.DefaultsAsync(cancellation) : null;
        (_hour, _zone) = (_own.DigestHour.ToString(CultureInfo.InvariantCulture), _own.TimeZone);
    }

    private string? Problem(string field) => _problems.TryGetValue(field, out var code) ? Text["Problem_" + code].Value : null;

    private Task SaveDigestAsync(Submission sent) => WorkAsync(async () =>
    {
        var result = await Wishes.SetDigestAsync(await Current.GetAsync(), int.TryParse(_hour, NumberStyles.None, CultureInfo.InvariantCulture, out var hour) ? hour : -1, _zone, Leaving);
        _problems = result.Problems;
        if (result.Holds)
        {
            sent.Saved();
            Toasts.Tell(Text["Saved"]);
        }
    });

    private Task SetAsync(NoticeWish wish, bool asDefault) => WorkAsync(async () =>
    {
        var viewer = await Current.GetAsync();
        var result = asDefault
            ? await Wishes.SetDefaultAsync(viewer, wish.Kind, wish.Mail, wish.IsShown, Leaving)
            : await Wishes.SetAsync(viewer, wish.Kind, wish.Mail, wish.IsShown, Leaving);
        if (!result.Holds)
        {
            Toasts.Fail(Text["NotDone"]);
        }

        _own = await Wishes.ReadAsync(viewer, Leaving);
        _defaults = viewer.IsIn(Roles.Administrator) ? await Wishes.DefaultsAsync(Leaving) : null;
    });
}
