using System.Text.Json;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Health;
using CustomerSuccess.Core.Portfolios;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Accounts;
using CustomerSuccess.Engine.Playbooks;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Portfolios;

/// <summary>Reads the sheets of accounts that somebody takes over.</summary>
internal static class AccountBriefs
{
    private const int MostReasons = 3;
    private const int MostTouches = 3;
    private const int MostPeople = 5;
    private const int MostInquiries = 10;
    private const int MostTasks = 10;

    /// <summary>In the order of the numbers given.</summary>
    public static async Task<IReadOnlyList<AccountBrief>> ReadAsync(CustomerSuccessContext context, IReadOnlyList<int> accounts, CompanySettings settings, DateOnly today, CancellationToken cancellation)
    {
        var known = await context.Accounts.AsNoTracking().Where(account => accounts.Contains(account.AccountNo)).ToDictionaryAsync(account => account.AccountNo, cancellation);
        var run = await ScoreRunQuery.NewestAsync(context, cancellation);
        var scores = run is null ? [] : await context.AccountScores.AsNoTracking().Where(score => score.ScoreRunId == run.ScoreRunId && accounts.Contains(score.AccountNo)).ToDictionaryAsync(score => score.AccountNo, cancellation);
        var drivers = run is null ? [] : await context.AccountDrivers.AsNoTracking().Where(own => own.ScoreRunId == run.ScoreRunId && accounts.Contains(own.AccountNo)).ToDictionaryAsync(own => own.AccountNo, own => own.ChurnJson, cancellation);
        var suggestions = run is null ? null : await SuggestedTouches.OfAsync(context, run, [.. accounts], today, cancellation);
        var people = (await context.Contacts.AsNoTracking().Where(person => accounts.Contains(person.AccountNo) && person.VoidedBy == null && (person.LeftOn == null || person.LeftOn > today)).ToListAsync(cancellation)).ToLookup(person => person.AccountNo);
        var tasks = (await context.WorkTasks.AsNoTracking().Where(task => accounts.Contains(task.AccountNo) && task.DoneAt == null && task.DeletedAt == null).ToListAsync(cancellation)).ToLookup(task => task.AccountNo);
        var briefs = new List<AccountBrief>(accounts.Count);
        foreach (var no in accounts.Where(known.ContainsKey))
        {
            var (account, score) = (known[no], scores.GetValueOrDefault(no));
            briefs.Add(new AccountBrief(
                no, account.AccountId, account.Namespace, account.Name, account.Segment, account.OwnerEmail, score?.Plan, score?.Mrr ?? 0, score?.State, score?.ChurnProbability, score?.RuleScore ?? 0,
                score?.Health, HealthBands.Of(score?.Health, settings), score?.RenewsOn,
                [.. (JsonSerializer.Deserialize<List<Driver>>(drivers.GetValueOrDefault(no, "[]")) ?? []).Where(driver => driver.Points > 0).Take(MostReasons)],
                suggestions is null ? [] : [.. suggestions[no]],
                (await AccountFacts.TouchesAsync(context, no, 0, MostTouches, cancellation)).Rows,
                await OpenInquiriesAsync(context, no, cancellation),
                [.. people[no].OrderByDescending(person => person.IsDecisionMaker).ThenByDescending(person => person.IsChampion).ThenBy(person => person.NameSort, StringComparer.Ordinal).ThenBy(person => person.ContactNo).Take(MostPeople).Select(Of)])
            {
                Tasks = [.. tasks[no].OrderBy(task => task.DueOn ?? DateOnly.MaxValue).ThenBy(task => task.TaskId, StringComparer.Ordinal).Take(MostTasks)],
            });
        }

        return briefs;
    }

    private static PersonRow Of(Contact person) => new()
    {
        ContactNo = person.ContactNo,
        ContactId = person.ContactId,
        Name = person.Name,
        NameKana = person.NameKana,
        Email = person.Email,
        Phone = person.Phone,
        Department = person.Department,
        Role = person.Role,
        Title = person.Title,
        IsChampion = person.IsChampion,
        IsDecisionMaker = person.IsDecisionMaker,
        LeftOn = person.LeftOn,
    };

    private static Task<List<InquiryRow>> OpenInquiriesAsync(CustomerSuccessContext context, int account, CancellationToken cancellation) =>
        context.Inquiries.AsNoTracking().Where(i => i.AccountNo == account && i.VoidedBy == null && i.ClosedAt == null).OrderBy(i => i.OpenedAt).ThenBy(i => i.FactId).Take(MostInquiries)
            .Select(i => new InquiryRow(i.FactId, i.Channel, i.Subject, i.Body, i.Category, i.Priority, i.OpenedAt, i.FirstResponseAt, i.ClosedAt, i.Status, i.Satisfaction, i.Escalated, i.Assignee,
                context.Contacts.Where(c => c.AccountNo == account && c.ContactNo == i.ContactNo).Select(c => c.Name).FirstOrDefault()))
            .ToListAsync(cancellation);
}
