using System.Globalization;
using System.Text;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Notices;
using CustomerSuccess.Core.Outreach;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Mail;
using CustomerSuccess.Engine.Playbooks;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Notices;

/// <summary>
/// Sends notices by mail: at once, folded, or in a daily digest. Message and mark are committed together under one lock, so that each goes out exactly once
/// with any number of processes. They go to colleagues: no customer is touched by them, and no limit of contacts counts them.
/// </summary>
public sealed class NoticeMail(Database database, Mailbox mailbox, SettingsStore settingsStore, IPlayTitles titles, TimeProvider clock)
{
    private const string Lock = "notices";
    private const int MostLines = 50, Batch = 1000;

    /// <summary>What is older was not sent in time, and nobody wants to have it any more.</summary>
    private static readonly TimeSpan Stale = TimeSpan.FromDays(7);

    /// <summary>Sends what is due; returns how many messages were queued.</summary>
    public async Task<int> SendDueAsync(CancellationToken cancellation = default)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        if (settings.MailFrom.Length == 0)
        {
            // nothing could be sent: it would only pile up among what is held
            return 0;
        }

        return await ImmediateAsync(cancellation) + await DigestsAsync(cancellation);
    }

    private async Task<int> ImmediateAsync(CancellationToken cancellation)
    {
        var before = clock.GetUtcNow().UtcDateTime - NoticeFold.Wait;
        await using (var context = database.OpenContext())
        {
            if (!await context.Notices.AnyAsync(notice => notice.Mail == NoticeDelivery.Immediate && notice.MailedAt == null && notice.At <= before, cancellation))
            {
                return 0;
            }
        }

        var sent = 0;
        await mailbox.RunAsync(Core.Access.Viewer.System, async (act, settings, writer) =>
        {
            await act.LockAsync(Lock);
            var people = await NoticePeople.ReadAsync(act.Context, act.Cancellation);
            var waiting = await act.Context.Notices.Where(notice => notice.Mail == NoticeDelivery.Immediate && notice.MailedAt == null).OrderBy(notice => notice.At).Take(Batch).ToListAsync(act.Cancellation);
            List<NewMail> mails = [];
            foreach (var own in waiting.GroupBy(notice => notice.ToUser))
            {
                var due = new List<Notice>();
                foreach (var kind in own.GroupBy(notice => notice.Kind))
                {
                    var last = await act.Context.Notices.Where(notice => notice.ToUser == own.Key && notice.Kind == kind.Key && notice.Mail == NoticeDelivery.Immediate && notice.MailedAt != null).MaxAsync(notice => notice.MailedAt, act.Cancellation);
                    if (NoticeFold.IsMailDue(kind.Min(notice => notice.At), last, act.Now))
                    {
                        due.AddRange(kind);
                    }
                }

                var told = await TellableAsync(act, people.ById(own.Key), due);
                mails.AddRange(told.GroupBy(notice => notice.Kind).Select(kind => MailOf(people.ById(own.Key)!, [.. kind], settings, null)));
                due.ForEach(notice => notice.MailedAt = act.Now);
            }

            return await QueueAsync(act, settings, writer, mails, waiting.Exists(notice => notice.MailedAt is not null), count => sent = count);
        }, cancellation);
        return sent;
    }

    private async Task<int> DigestsAsync(CancellationToken cancellation)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        await using (var context = database.OpenContext())
        {
            if (await DueAsync(context, settings, clock.GetUtcNow().UtcDateTime, cancellation) is { Count: 0 })
            {
                return 0;
            }
        }

        var sent = 0;
        await mailbox.RunAsync(Core.Access.Viewer.System, async (act, settings, writer) =>
        {
            await act.LockAsync(Lock);
            List<NewMail> mails = [];
            var due = await DueAsync(act.Context, settings, act.Now, act.Cancellation);
            foreach (var (person, day) in due)
            {
                var reader = await act.Context.NoticeReaders.FindAsync([person.UserId], act.Cancellation);
                if (reader is null)
                {
                    act.Context.NoticeReaders.Add(reader = new NoticeReader { UserId = person.UserId });
                }

                // also a day on which there was nothing to tell is done: what comes later waits for the next
                reader.DigestedOn = day;
                var waiting = await act.Context.Notices.Where(notice => notice.ToUser == person.UserId && notice.Mail == NoticeDelivery.Digest && notice.MailedAt == null).OrderBy(notice => notice.At).Take(Batch).ToListAsync(act.Cancellation);
                if (await TellableAsync(act, person, waiting) is { Count: > 0 } told)
                {
                    mails.Add(MailOf(person, told, settings, NoticeText.DigestSubject(told.Count, LanguageOf(person, settings))));
                }

                waiting.ForEach(notice => notice.MailedAt = act.Now);
            }

            return await QueueAsync(act, settings, writer, mails, due.Count > 0, count => sent = count);
        }, cancellation);
        return sent;
    }

    /// <summary>Whose digest is due, and of which local day.</summary>
    private static async Task<IReadOnlyList<(NoticePerson Person, DateOnly Day)>> DueAsync(CustomerSuccessContext context, CompanySettings settings, DateTime now, CancellationToken cancellation)
    {
        var people = await NoticePeople.ReadAsync(context, cancellation);
        var readers = await context.NoticeReaders.AsNoTracking().ToDictionaryAsync(reader => reader.UserId, cancellation);
        var from = DateOnly.FromDateTime(now).AddDays(-2);
        var off = await context.Absences.AsNoTracking().Where(absence => absence.DeletedAt == null && absence.Until >= from).ToListAsync(cancellation);
        List<(NoticePerson, DateOnly)> due = [];
        foreach (var person in people.All)
        {
            var reader = readers.GetValueOrDefault(person.UserId);
            var zone = TimeZoneInfo.FindSystemTimeZoneById(reader?.TimeZone is { } own && TimeZoneInfo.TryFindSystemTimeZoneById(own, out _) ? own : settings.TimeZone);
            if (DigestSchedule.DueOn(now, reader?.DigestHour ?? NoticeReader.UsualHour, zone, IsOff, reader?.DigestedOn) is { } day)
            {
                due.Add((person, day));
            }

            bool IsOff(DateOnly day) => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday || settings.IsHoliday(day)
                || off.Exists(absence => (absence.Email.Length == 0 || absence.Email == person.Email) && absence.From <= day && day <= absence.Until);
        }

        return due;
    }

    /// <summary>What of some notices a person is still to be told: unread, not stale, of accounts that he or she may see now.</summary>
    private static async Task<IReadOnlyList<Notice>> TellableAsync(ActScope act, NoticePerson? person, IReadOnlyCollection<Notice> notices)
    {
        var fresh = notices.Where(notice => notice.ReadAt is null && act.Now - notice.At <= Stale).ToList();
        if (person is null || fresh.Count == 0)
        {
            return [];
        }

        var ids = fresh.Select(notice => notice.NoticeId).ToList();
        var seen = await NoticeInbox.OfVisibleAccounts(act.Context, person.Viewer, act.Context.Notices.AsNoTracking().Where(notice => notice.ToUser == person.UserId && ids.Contains(notice.NoticeId)))
            .Select(notice => notice.NoticeId).ToListAsync(act.Cancellation);
        return [.. fresh.Where(notice => seen.Contains(notice.NoticeId) && NoticeKinds.Find(notice.Kind)?.Concerns(person.Viewer) == true)];
    }

    private static async Task<ActResult<string>> QueueAsync(ActScope act, CompanySettings settings, OutboxWriter writer, List<NewMail> mails, bool isChanged, Action<int> sent)
    {
        if (mails.Count > 0 && await MailInAct.SendManyAsync(act, settings, writer, mails) is { Holds: false } refused)
        {
            return refused.To(_ => "");
        }

        sent(mails.Count);
        return isChanged ? ActResult.Done("") : ActResult.Unchanged("");
    }

    private NewMail MailOf(NoticePerson person, IReadOnlyList<Notice> notices, CompanySettings settings, string? subject)
    {
        var language = LanguageOf(person, settings);
        var web = settings.WebAddress.Length > 0 ? settings.WebAddress : null;
        var body = new StringBuilder();
        foreach (var kind in NoticeFold.Fold(notices.OrderByDescending(notice => notice.At), notice => notice.Kind, _ => DateTime.MinValue))
        {
            if (notices.Count > 1)
            {
                body.Append("**").Append(MarkupText.Escape(Title(kind, language))).Append("**\n\n");
            }

            foreach (var notice in kind.Take(MostLines))
            {
                body.Append(notices.Count > 1 ? "- " : "").Append(MarkupText.Escape(Sentence(notice, language)));
                body.Append(web is null ? "\n" : string.Create(CultureInfo.InvariantCulture, $" [{NoticeText.Open(language)}]({web}/notifications/open/{notice.NoticeId})\n"));
            }

            body.Append(kind.Count > MostLines ? "- …\n\n" : "\n");
        }

        body.Append("---\n\n").Append(NoticeText.Why(language, web is null ? null : $"{web}/notifications/settings"));
        return new NewMail
        {
            AccountNo = 0,
            ToAddress = person.Email,
            ToName = person.Name,
            Purpose = Purpose.Transactional,
            Origin = MailOrigin.Notification,
            Language = language,
            Subject = MarkupText.EscapeSubject(subject ?? Title(notices, language)),
            Body = body.ToString(),
            RecordsTouch = false,
        };
    }

    private string Title(IReadOnlyList<Notice> kind, string language) => kind.Count == 1 ? Sentence(kind[0], language) : NoticeText.Many(kind[0].Kind, kind.Count, language);

    /// <summary>A notice in the reader's words; a play is called as it is in the application.</summary>
    private string Sentence(Notice notice, string language)
    {
        var args = NoticeWriter.Args(notice.ArgsJson);
        if (args.TryGetValue("play_key", out var play))
        {
            args = new Dictionary<string, string>(args, StringComparer.Ordinal) { ["play"] = titles.In(play, language) };
        }

        return NoticeText.One(notice.Kind, args, language).ReplaceLineEndings(" ");
    }

    private static string LanguageOf(NoticePerson person, CompanySettings settings) => person.Language is "en" or "ja" ? person.Language : settings.MailLanguage;
}
