using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Tests.Features;

/// <summary>Facts of every kind at random, and what a later day might do to all of them.</summary>
internal static class RandomCompany
{
    private const int Days = 400;
    private const int Earliest = -300;
    private const int Accounts = 8;

    /// <summary>Seeds a company of 400 days.</summary>
    public static async Task SeedAsync(Database database, int seed)
    {
        var random = new Random(seed);
        await using var company = new TestCompany(database);
        for (var no = 1; no <= Accounts; no++)
        {
            company.Account(no);
            company.Contact(no, (10 * no) + 1, Maybe(random, () => random.Next(Days)), (random.Next(200), true), (200 + random.Next(200), random.Next(2) == 0));
            company.Contact(no, (10 * no) + 2, null, (random.Next(Days), random.Next(2) == 0));
            company.Value(no, "tier", AttributeType.Category, random.Next(200), "tier " + random.Next(3));
            company.Value(no, "tier", AttributeType.Category, 200 + random.Next(200), "tier " + random.Next(3));
            company.Value(no, "size", AttributeType.Number, random.Next(Days), random.Next(100).ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        Plant(company, random, Earliest, Days);
        company.Part("metric 0", "product 0");
        company.Part("metric 1", "PRODUCT 1");
        company.Context.Add(new ExchangeRate { SourceId = 3, Currency = "JPY", Month = new DateOnly(2022, 1, 1), Rate = 0.004 });
        company.Reach("subscriptions", Days);
        company.Reach("invoices", Days);
        company.Reach("usage", Days);
        await company.SaveAsync();
    }

    /// <summary>Adds facts of every kind in [from, to).</summary>
    public static void Plant(TestCompany company, Random random, int from, int to)
    {
        int Any() => random.Next(from, to);
        int? Later(int day) => Maybe(random, () => day + random.Next(120));
        // every other account begins to name products on a day
        string? Named(int no, int day) => random.Next(3) == 0 || (no % 2 == 0 && day < 200) ? null : "product " + random.Next(3);
        HashSet<(int, int, string, int)> used = [];
        for (var no = 1; no <= Accounts; no++)
        {
            for (var i = random.Next(4); i >= 0; i--)
            {
                var start = Any();
                var term = company.Term(no, start, Later(start + 1), random.Next(4) * 50, random.Next(20), "plan " + random.Next(3), random.Next(2) == 0 ? "USD" : "JPY");
                term.NoticeOn = Later(start) is { } notice ? TestCompany.Day(notice) : null;
                term.TermEndsOn = TestCompany.Day(start + 365);
                term.NoticeDays = random.Next(60);
                term.AutoRenew = random.Next(2) == 0;
                term.Product = "product " + random.Next(3);
            }

            for (var i = 0; i < 300; i++)
            {
                var (day, metric, contact) = (Any(), "metric " + random.Next(3), random.Next(3) == 0 ? (10 * no) + random.Next(1, 3) : 0);
                if (used.Add((no, day, metric, contact)))
                {
                    company.Use(no, day, random.Next(9), metric, contact, contact == 0 ? random.Next(5) : null, from == Earliest ? 1 : 2);
                }
            }

            for (var i = 0; i < 6; i++)
            {
                var opened = Any();
                var inquiry = company.Ask(no, opened, Later(opened), Later(opened), random.Next(2) == 0 ? "urgent" : "low", random.Next(1, 6));
                inquiry.Escalated = random.Next(3) == 0;
                inquiry.EscalatedAt = inquiry.Escalated && Later(opened) is { } escalated ? TestCompany.Noon(escalated) : null;
                inquiry.ContactNo = (10 * no) + 1;
                inquiry.Product = Named(no, opened);
                var answered = Any();
                var answer = company.Answer(no, answered, random.Next(11), (10 * no) + random.Next(1, 3));
                answer.Kind = random.Next(3) == 0 ? "csat" : "nps";
                answer.Product = Named(no, answered);
                var issued = Any();
                company.Bill(no, issued, issued + 30, Later(issued), Later(issued)).Status = random.Next(4) == 0 ? "void" : "open";
                company.Touch(no, Any());
                company.Buy(no, Any(), random.Next(1, 100));
            }
        }

        for (var month = TestCompany.Day(from).AddMonths(1); month < new DateOnly(2026, 1, 1); month = month.AddMonths(1))
        {
            company.Context.Add(new ExchangeRate { SourceId = from == Earliest ? 1 : 2, Currency = "JPY", Month = new DateOnly(month.Year, month.Month, 1), Rate = 0.005 + (0.001 * random.Next(5)), ImportFileId = from });
        }
    }

    /// <summary>Changes every value that is dated after t: of later facts all of them, of earlier facts whatever came to be known later.</summary>
    public static async Task RewriteAfterAsync(Database database, DateOnly t, int seed)
    {
        var random = new Random(seed);
        await using var context = database.OpenContext();
        int Other(int no) => (no % Accounts) + 1;
        DateOnly LaterDay() => t.AddDays(1 + random.Next(200));
        DateTime Later() => LaterDay().ToDateTime(new TimeOnly(12, 0), DateTimeKind.Utc);
        bool IsLater(DateTime? at) => at > t.ToDateTime(new TimeOnly(15, 0), DateTimeKind.Utc);

        foreach (var account in await context.Accounts.ToListAsync())
        {
            account.Name = account.Segment = account.Industry = account.OwnerEmail = "changed " + random.Next(9);
            account.CreatedOn = LaterDay();
        }

        foreach (var usage in await context.Usage.Where(u => u.Day > t).ToListAsync())
        {
            context.Remove(usage);
            context.Add(new UsageDay { AccountNo = Other(usage.AccountNo), Day = usage.Day.AddDays(400), MetricId = 4 - usage.MetricId, ContactNo = usage.ContactNo, SourceId = usage.SourceId, Count = usage.Count + 7, Users = 99 });
        }

        foreach (var term in await context.Subscriptions.ToListAsync())
        {
            if (term.StartedOn > t)
            {
                (term.StartedOn, term.Mrr, term.Seats, term.Plan, term.TermEndsOn, term.NoticeDays, term.Product) = (LaterDay(), 999, 999, "later", null, 1, "product 9");
            }

            term.EndedOn = term.EndedOn <= t ? term.EndedOn : random.Next(2) == 0 ? null : LaterDay().AddDays(300);
            term.EndReason = "changed";
            term.NoticeOn = term.NoticeOn <= t ? term.NoticeOn : random.Next(2) == 0 ? null : LaterDay();
        }

        foreach (var inquiry in await context.Inquiries.ToListAsync())
        {
            var closed = inquiry.ClosedAt is not null && !IsLater(inquiry.ClosedAt);
            if (IsLater(inquiry.OpenedAt))
            {
                (inquiry.OpenedAt, inquiry.Priority, inquiry.ContactNo, inquiry.Product) = (Later(), "urgent", null, random.Next(2) == 0 ? null : "product 9");
            }

            inquiry.FirstResponseAt = inquiry.FirstResponseAt is { } answered && !IsLater(answered) ? answered : random.Next(2) == 0 ? null : Later();
            (inquiry.ClosedAt, inquiry.Satisfaction, inquiry.Status) = closed ? (inquiry.ClosedAt, inquiry.Satisfaction, "changed") : (random.Next(2) == 0 ? null : Later(), random.Next(1, 6), "changed");
            if (inquiry.EscalatedAt is not null ? IsLater(inquiry.EscalatedAt) : !closed)
            {
                inquiry.Escalated = !inquiry.Escalated;
                inquiry.EscalatedAt = inquiry.Escalated && random.Next(2) == 0 ? Later() : null;
            }
        }

        foreach (var answer in (await context.SurveyResponses.ToListAsync()).Where(a => IsLater(a.RespondedAt)))
        {
            (answer.RespondedAt, answer.Score, answer.Kind, answer.Product) = (Later(), 10 - answer.Score, "csat", random.Next(2) == 0 ? null : "product 9");
        }

        foreach (var invoice in await context.Invoices.ToListAsync())
        {
            if (invoice.IssuedOn > t)
            {
                (invoice.IssuedOn, invoice.DueOn, invoice.Amount) = (LaterDay(), LaterDay(), 1);
            }

            invoice.PaidOn = invoice.PaidOn <= t ? invoice.PaidOn : random.Next(2) == 0 ? null : LaterDay();
            invoice.FailedOn = invoice.FailedOn <= t ? invoice.FailedOn : random.Next(2) == 0 ? null : LaterDay();
            invoice.Status = invoice.Status == "void" ? "paid" : "void";
        }

        foreach (var touch in (await context.Touches.ToListAsync()).Where(x => IsLater(x.At)))
        {
            touch.At = Later();
        }

        foreach (var purchase in await context.Purchases.Where(p => p.PurchasedOn > t).ToListAsync())
        {
            (purchase.PurchasedOn, purchase.Amount) = (LaterDay(), 12345);
        }

        foreach (var contact in await context.Contacts.ToListAsync())
        {
            contact.LeftOn = contact.LeftOn <= t ? contact.LeftOn : random.Next(2) == 0 ? null : LaterDay();
            contact.IsChampion = !contact.IsChampion;
        }

        foreach (var value in await context.ContactValues.Where(v => v.ValidFrom > t).ToListAsync())
        {
            value.Value = value.Value == "true" ? "false" : "true";
        }

        foreach (var value in await context.AccountValues.Where(v => v.ValidFrom > t).ToListAsync())
        {
            value.Value = "77";
        }

        foreach (var rate in await context.ExchangeRates.Where(r => r.Month > t).ToListAsync())
        {
            rate.Rate *= 3;
        }

        await context.SaveChangesAsync();
    }

    private static int? Maybe(Random random, Func<int> value) => random.Next(3) == 0 ? null : value();
}
