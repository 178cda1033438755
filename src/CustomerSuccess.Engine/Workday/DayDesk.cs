using CustomerSuccess.Core.Inquiries;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Core.Tasks;
using CustomerSuccess.Core.Workday;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Inquiries;
using CustomerSuccess.Engine.Notes;
using CustomerSuccess.Engine.Tasks;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Workday;

/// <summary>What waits for somebody on the desk: inquiries, tasks, texts that call for him or her.</summary>
internal static class DayDesk
{
    private const int MostInquiries = 6, MostMentions = 8;

    /// <summary>Characters of a text.</summary>
    private const int Longest = 240;

    public static async Task<DayInquiries> InquiriesAsync(DayReading reading, InquiryListQuery list)
    {
        var (context, now, key) = (reading.Context, reading.Now, InquiryWork.KeyOf(reading.Scope.Person));
        var tomorrow = reading.Settings.StartOf(reading.Today.AddDays(1));
        var waiting = context.Inquiries.AsNoTracking().Where(inquiry => inquiry.VoidedBy == null && !inquiry.IsSettled);
        if (reading.Scope.Person is not null)
        {
            waiting = waiting.Where(inquiry => inquiry.AssigneeKey == key);
        }

        if (reading.Viewer.OwnPortfolioOnly)
        {
            var own = reading.Accounts;
            waiting = waiting.Where(inquiry => own.Any(account => account.AccountNo == inquiry.AccountNo));
        }

        var counts = await waiting.GroupBy(_ => 1).Select(all => new
        {
            Open = all.Count(),
            Missed = all.Count(inquiry => inquiry.NextDueAt < now),
            Today = all.Count(inquiry => inquiry.NextDueAt >= now && inquiry.NextDueAt < tomorrow),
            Unassigned = all.Count(inquiry => inquiry.AssigneeKey == null),
        }).FirstOrDefaultAsync(reading.Cancellation);
        if (counts is null)
        {
            return DayInquiries.None;
        }

        var page = await list.PageAsync(reading.Viewer, new() { Assignee = reading.Scope.Person }, InquirySort.Due, false, 0, MostInquiries, reading.Cancellation);
        return new(counts.Open, counts.Missed, counts.Today, counts.Unassigned, page.Rows);
    }

    public static async Task<DayTasks> TasksAsync(DayReading reading, TaskQuery list, int most)
    {
        var (today, person) = (reading.Today, reading.Scope.Person);
        var local = reading.Settings.LocalOf(reading.Now);
        var minute = (60 * local.Hour) + local.Minute;
        var open = reading.Context.TasksVisibleTo(reading.Viewer).AsNoTracking().Where(task => task.DoneAt == null && (task.SnoozedUntil == null || task.SnoozedUntil <= today));
        if (person is not null)
        {
            open = open.Where(task => task.AssigneeEmail == person);
        }

        var counts = await open.GroupBy(_ => 1).Select(all => new
        {
            Open = all.Count(),
            Overdue = all.Count(task => task.DueOn < today || (task.DueOn == today && task.DueMinute < minute)),
            Today = all.Count(task => task.DueOn == today && (task.DueMinute == null || task.DueMinute >= minute)),
            FromOthers = all.Count(task => task.CreatedByEmail != task.AssigneeEmail),
        }).FirstOrDefaultAsync(reading.Cancellation);
        if (counts is null)
        {
            return DayTasks.None;
        }

        var page = await list.PageAsync(reading.Viewer, new() { AssigneeEmail = person, Due = person is null ? TaskDue.Overdue : null }, 0, most, reading.Cancellation);
        return new(counts.Open, counts.Overdue, counts.Today, counts.FromOthers, page.Rows, page.Total);
    }

    /// <summary>In notes of accounts and in notes of inquiries, newest first.</summary>
    public static async Task<IReadOnlyList<DayMention>> MentionsAsync(DayReading reading, MentionInbox inbox)
    {
        var notes = await inbox.UnreadAsync(reading.Viewer, MostMentions, reading.Cancellation);
        var (context, email) = (reading.Context, reading.Viewer.Email?.ToLowerInvariant());
        var calls = email is null ? [] : await (
            from call in context.InquiryMentions.AsNoTracking()
            where call.Email == email && call.SeenAt == null
            join message in context.InquiryMessages.AsNoTracking() on new { call.AccountNo, call.SourceId, call.FactId, call.MessageId } equals new { message.AccountNo, message.SourceId, message.FactId, message.MessageId }
            join account in context.Accounts.VisibleTo(reading.Viewer) on call.AccountNo equals account.AccountNo
            orderby call.At descending, call.MessageId descending
            select new { account.AccountNo, account.AccountId, account.Namespace, account.Name, call.SourceId, call.FactId, call.MessageId, call.At, message.AuthorEmail, Text = message.Body.Length > Longest ? message.Body.Substring(0, Longest) : message.Body })
            .Take(MostMentions).ToListAsync(reading.Cancellation);
        return
        [
            .. notes.Select(note => new DayMention(note.AccountNo, note.AccountId, note.Namespace, note.AccountName, note.MentionId, note.Area, note.RecordId, note.Excerpt, note.At, note.ByEmail, null))
                .Concat(calls.Select(call => new DayMention(call.AccountNo, call.AccountId, call.Namespace, call.Name, call.MessageId, JournalAreas.Inquiry, call.FactId, call.Text, call.At, call.AuthorEmail, new(call.SourceId, call.FactId))))
                .OrderByDescending(mention => mention.At).Take(MostMentions),
        ];
    }
}
