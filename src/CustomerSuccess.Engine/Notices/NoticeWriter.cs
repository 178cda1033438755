using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Notices;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Notices;

/// <summary>Writes what is to be told within the transaction in which it happened: both are committed, or neither.</summary>
internal static class NoticeWriter
{
    private const int LongestArg = 300;

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>Writes a notice for each person who is to be told and has not been. Acts call <c>ActScope.Notify</c> instead; jobs call this.</summary>
    /// <returns>How many were written.</returns>
    public static async Task<int> WriteAsync(CustomerSuccessContext context, Viewer by, IReadOnlyList<NewNotice> notices, DateTime now, CancellationToken cancellation)
    {
        if (notices.Count == 0)
        {
            return 0;
        }

        var people = await NoticePeople.ReadAsync(context, cancellation);
        var accounts = await AccountsAsync(context, notices, cancellation);
        var kinds = notices.Select(notice => notice.Kind).Distinct().ToList();
        var wishes = (await context.NoticePreferences.AsNoTracking().Where(wish => kinds.Contains(wish.Kind)).ToListAsync(cancellation)).ToDictionary(wish => (wish.UserId, wish.Kind));
        var written = 0;
        foreach (var notice in notices.DistinctBy(notice => notice.EventKey).OrderBy(notice => notice.EventKey, StringComparer.Ordinal))
        {
            var account = notice.AccountNo == 0 ? default : accounts.GetValueOrDefault(notice.AccountNo);
            if (notice.AccountNo != 0 && account.Name is null)
            {
                continue;
            }

            var args = JsonSerializer.Serialize(Args(notice, account.Name, people.ById(by.UserId)?.Name ?? by.Email), Json);
            foreach (var person in people.Of(notice, account.Owner, by.UserId))
            {
                var (mail, isShown) = NoticeWishes.Of(wishes, person.UserId, notice.Kind);
                if (mail == NoticeDelivery.Off && !isShown)
                {
                    continue;
                }

                var (id, at, delivery) = (Guid.CreateVersion7(new DateTimeOffset(now, TimeSpan.Zero)).ToString(), Stored.Instant(now), mail.ToString());
                long? mailed = mail == NoticeDelivery.Off ? at : null;
                written += await context.Database.ExecuteSqlAsync(
                    $"""
                    INSERT INTO notice (account_no, notice_id, to_user, kind, event_key, area, record_id, args_json, at, by_email, mail, is_shown, mailed_at)
                    VALUES ({notice.AccountNo}, {id}, {person.UserId}, {notice.Kind}, {notice.EventKey}, {notice.Area}, {notice.RecordId}, {args}, {at}, {by.Email}, {delivery}, {isShown}, {mailed})
                    ON CONFLICT (to_user, event_key) DO NOTHING
                    """,
                    cancellation);
            }
        }

        return written;
    }

    /// <summary>What a sentence names, as it was written.</summary>
    public static IReadOnlyDictionary<string, string> Args(string json) => JsonSerializer.Deserialize<Dictionary<string, string>>(json) ?? [];

    private static Dictionary<string, string> Args(NewNotice notice, string? account, string? by)
    {
        var args = notice.Args.ToDictionary(arg => arg.Key, arg => Cut(arg.Value), StringComparer.Ordinal);
        if (account is not null)
        {
            args["account"] = account;
        }

        if (by is not null)
        {
            args["by"] = by;
        }

        return args;
    }

    private static string Cut(string text) => text.Length <= LongestArg ? text : text[..(char.IsHighSurrogate(text[LongestArg - 2]) ? LongestArg - 2 : LongestArg - 1)] + "…";

    private static async Task<Dictionary<int, (string? Name, string? Owner)>> AccountsAsync(CustomerSuccessContext context, IReadOnlyList<NewNotice> notices, CancellationToken cancellation)
    {
        var accounts = new Dictionary<int, (string?, string?)>();
        foreach (var some in notices.Select(notice => notice.AccountNo).Where(account => account != 0).Distinct().Chunk(500))
        {
            // an owner that the act itself changes counts as it will be
            foreach (var account in await context.Accounts.AsNoTracking().Where(account => some.Contains(account.AccountNo)).Select(account => new { account.AccountNo, account.Name, account.OwnerEmail }).ToListAsync(cancellation))
            {
                accounts.Add(account.AccountNo, (account.Name, account.OwnerEmail));
            }
        }

        return accounts;
    }
}
