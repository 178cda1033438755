using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Notices;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Notices;

/// <summary>How one kind is told.</summary>
/// <param name="Kind">One of <see cref="NoticeKinds"/>.</param>
/// <param name="Mail">By mail.</param>
/// <param name="IsShown">In the application.</param>
/// <param name="Default">The company's default, which holds where nothing else is wished.</param>
public sealed record NoticeWish(string Kind, NoticeDelivery Mail, bool IsShown, (NoticeDelivery Mail, bool IsShown) Default);

/// <summary>Somebody's wishes, of the kinds that concern him or her.</summary>
/// <param name="Wishes">In the kinds' order.</param>
/// <param name="TimeZone">IANA zone of the digest; null for the company's.</param>
/// <param name="DigestHour">0–23.</param>
/// <param name="CompanyZone">The company's.</param>
/// <param name="HasMail">False where the company has no sender's address, so that nothing goes by mail.</param>
public sealed record NoticeWishList(IReadOnlyList<NoticeWish> Wishes, string? TimeZone, int DigestHour, string CompanyZone, bool HasMail);

/// <summary>How people wish to be told. Each decides for himself or herself, administrators decide what holds for everybody who has not.</summary>
public sealed class NoticeWishes(Database database, Acts acts, SettingsStore settingsStore)
{
    /// <summary>Stands for the sign-in of the company's defaults.</summary>
    private const string Company = "";

    public async Task<NoticeWishList> ReadAsync(Viewer viewer, CancellationToken cancellation = default)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        await using var context = database.OpenContext();
        var wishes = await WishesAsync(context, viewer.UserId, cancellation);
        var reader = await context.NoticeReaders.AsNoTracking().FirstOrDefaultAsync(known => known.UserId == viewer.UserId, cancellation);
        return new(
            [.. NoticeKinds.All.Where(kind => kind.Concerns(viewer)).Select(kind => Wish(wishes, viewer.UserId, kind.Key))],
            reader?.TimeZone, reader?.DigestHour ?? NoticeReader.UsualHour, settings.TimeZone, settings.MailFrom.Length > 0);
    }

    /// <summary>The company's defaults of every kind.</summary>
    public async Task<IReadOnlyList<NoticeWish>> DefaultsAsync(CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        var wishes = await WishesAsync(context, Company, cancellation);
        return [.. NoticeKinds.All.Select(kind => Wish(wishes, Company, kind.Key))];
    }

    /// <summary>The viewer's own wish for a kind.</summary>
    public Task<ActResult<NoticeWish>> SetAsync(Viewer viewer, string kind, NoticeDelivery mail, bool isShown, CancellationToken cancellation = default) =>
        PutAsync(viewer, viewer.UserId, kind, mail, isShown, cancellation);

    /// <summary>The company's default for a kind; only an administrator may. Whoever has wished otherwise keeps that.</summary>
    public async Task<ActResult<NoticeWish>> SetDefaultAsync(Viewer viewer, string kind, NoticeDelivery mail, bool isShown, CancellationToken cancellation = default) =>
        viewer.IsIn(Roles.Administrator) ? await PutAsync(viewer, Company, kind, mail, isShown, cancellation) : ActResult.Forbidden<NoticeWish>();

    /// <summary>When the viewer reads the digest. Problems by field: <c>hour</c>, <c>zone</c>.</summary>
    public async Task<ActResult<NoticeReader>> SetDigestAsync(Viewer viewer, int hour, string? zone, CancellationToken cancellation = default)
    {
        var clean = string.IsNullOrWhiteSpace(zone) ? null : zone.Trim();
        return hour is < 0 or > 23 ? ActResult.Invalid<NoticeReader>("hour", "out_of_range")
            : clean is not null && !TimeZoneInfo.TryFindSystemTimeZoneById(clean, out _) ? ActResult.Invalid<NoticeReader>("zone", "unknown")
            : await acts.RunAsync(viewer, async act =>
            {
                await act.LockAsync("notices");
                var reader = await act.Context.NoticeReaders.FindAsync([viewer.UserId], cancellation);
                if (reader is null)
                {
                    act.Context.NoticeReaders.Add(reader = new NoticeReader { UserId = viewer.UserId });
                }

                (reader.DigestHour, reader.TimeZone) = (hour, clean);
                act.Note(JournalAreas.Notice, "digest_changed", recordId: viewer.UserId);
                return ActResult.Done(reader);
            }, cancellation);
    }

    /// <summary>What holds for a person: the own wish, else the company's, else the kind's.</summary>
    internal static (NoticeDelivery Mail, bool IsShown) Of(IReadOnlyDictionary<(string, string), NoticePreference> wishes, string userId, string kind) =>
        wishes.TryGetValue((userId, kind), out var own) ? (own.Mail, own.IsShown)
        : wishes.TryGetValue((Company, kind), out var company) ? (company.Mail, company.IsShown)
        : (NoticeKinds.Find(kind)?.Mail ?? NoticeDelivery.Off, true);

    private static NoticeWish Wish(Dictionary<(string, string), NoticePreference> wishes, string userId, string kind)
    {
        var (mail, isShown) = Of(wishes, userId, kind);
        return new(kind, mail, isShown, Of(wishes, Company, kind));
    }

    private static async Task<Dictionary<(string, string), NoticePreference>> WishesAsync(CustomerSuccessContext context, string userId, CancellationToken cancellation) =>
        (await context.NoticePreferences.AsNoTracking().Where(wish => wish.UserId == userId || wish.UserId == Company).ToListAsync(cancellation)).ToDictionary(wish => (wish.UserId, wish.Kind));

    private async Task<ActResult<NoticeWish>> PutAsync(Viewer viewer, string userId, string kind, NoticeDelivery mail, bool isShown, CancellationToken cancellation) =>
        NoticeKinds.Find(kind) is null || !Enum.IsDefined(mail) ? ActResult.Invalid<NoticeWish>("kind", "unknown") : await acts.RunAsync(viewer, async act =>
        {
            await act.LockAsync("notices");
            var wishes = await WishesAsync(act.Context, userId, cancellation);
            if (wishes.TryGetValue((userId, kind), out var known) && known.Mail == mail && known.IsShown == isShown)
            {
                return ActResult.Unchanged(Wish(wishes, userId, kind));
            }

            var wish = await act.Context.NoticePreferences.FindAsync([userId, kind], cancellation);
            if (wish is null)
            {
                act.Context.NoticePreferences.Add(wish = new NoticePreference { UserId = userId, Kind = kind });
            }

            var before = Wish(wishes, userId, kind);
            (wish.Mail, wish.IsShown) = (mail, isShown);
            wishes[(userId, kind)] = wish;
            act.Note(JournalAreas.Notice, userId.Length == 0 ? "default_changed" : "wish_changed", recordId: kind, changes: new FieldChanges().Note("mail", before.Mail.ToString(), mail.ToString()).Note("shown", before.IsShown.ToString(), isShown.ToString()));
            return ActResult.Done(Wish(wishes, userId, kind));
        }, cancellation);
}
