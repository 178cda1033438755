using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Accounts;

/// <summary>Reads stretches of one account's facts. Voided facts are never read.</summary>
internal static class AccountFacts
{
    public static Task<Capped<ContactRow>> ContactsAsync(CustomerSuccessContext context, int account, int offset, int limit, CancellationToken cancellation) =>
        CapAsync(
            context.Contacts.AsNoTracking().Where(c => c.AccountNo == account && c.VoidedBy == null),
            all => all.OrderBy(c => c.LeftOn != null).ThenByDescending(c => c.IsChampion).ThenByDescending(c => c.IsDecisionMaker).ThenBy(c => c.NameSort).ThenBy(c => c.ContactNo),
            all => all.Select(c => new ContactRow(c.ContactNo, c.ContactId, c.Name, c.NameKana, c.Email, c.Phone, c.Department, c.Role, c.Title, c.IsChampion, c.IsDecisionMaker, c.OptOutEmail, c.OptOutPhone, c.LeftOn)),
            offset, limit, cancellation);

    public static Task<Capped<InquiryRow>> InquiriesAsync(CustomerSuccessContext context, int account, int offset, int limit, CancellationToken cancellation) =>
        CapAsync(
            Of(context.Inquiries, account),
            all => all.OrderByDescending(i => i.OpenedAt).ThenBy(i => i.SourceId).ThenBy(i => i.FactId),
            all => all.Select(i => new InquiryRow(i.FactId, i.Channel, i.Subject, i.Body, i.Category, i.Priority, i.OpenedAt, i.FirstResponseAt, i.ClosedAt, i.Status, i.Satisfaction, i.Escalated, i.Assignee,
                context.Contacts.Where(c => c.AccountNo == account && c.ContactNo == i.ContactNo).Select(c => c.Name).FirstOrDefault())
            { Product = i.Product }),
            offset, limit, cancellation);

    public static Task<Capped<AnswerRow>> AnswersAsync(CustomerSuccessContext context, int account, int offset, int limit, CancellationToken cancellation) =>
        CapAsync(
            Of(context.SurveyResponses, account),
            all => all.OrderByDescending(r => r.RespondedAt).ThenBy(r => r.SourceId).ThenBy(r => r.FactId),
            all => all.Select(r => new AnswerRow(r.FactId, r.Survey, r.Kind, r.Score, r.ScaleMin, r.ScaleMax, r.Comment, r.RespondedAt,
                context.Contacts.Where(c => c.AccountNo == account && c.ContactNo == r.ContactNo).Select(c => c.Name).FirstOrDefault())
            { Product = r.Product }),
            offset, limit, cancellation);

    public static Task<Capped<TouchRow>> TouchesAsync(CustomerSuccessContext context, int account, int offset, int limit, CancellationToken cancellation) =>
        CapAsync(
            Of(context.Touches, account),
            all => all.OrderByDescending(t => t.At).ThenBy(t => t.SourceId).ThenBy(t => t.FactId),
            all => all.Select(t => new TouchRow(t.FactId, t.Kind, t.Play, t.OwnerEmail, t.At, t.Minutes, t.Outcome, t.Notes,
                context.Contacts.Where(c => c.AccountNo == account && c.ContactNo == t.ContactNo).Select(c => c.Name).FirstOrDefault())),
            offset, limit, cancellation);

    public static Task<Capped<PurchaseRow>> PurchasesAsync(CustomerSuccessContext context, int account, int offset, int limit, CancellationToken cancellation) =>
        CapAsync(
            Of(context.Purchases, account),
            all => all.OrderByDescending(p => p.PurchasedOn).ThenBy(p => p.SourceId).ThenBy(p => p.FactId),
            all => all.Select(p => new PurchaseRow(p.FactId, p.PurchasedOn, p.Amount, p.Currency, p.Item, p.Quantity)),
            offset, limit, cancellation);

    public static Task<Capped<InvoiceRow>> InvoicesAsync(CustomerSuccessContext context, int account, int offset, int limit, CancellationToken cancellation) =>
        CapAsync(
            Of(context.Invoices, account),
            all => all.OrderByDescending(i => i.IssuedOn).ThenBy(i => i.SourceId).ThenBy(i => i.FactId),
            all => all.Select(i => new InvoiceRow(i.FactId, i.Amount, i.Currency, i.IssuedOn, i.DueOn, i.PaidOn, i.FailedOn, i.Status)),
            offset, limit, cancellation);

    public static Task<Capped<DealRow>> DealsAsync(CustomerSuccessContext context, int account, int offset, int limit, CancellationToken cancellation) =>
        CapAsync(
            Of(context.Deals, account),
            all => all.OrderBy(d => d.ClosedOn != null).ThenByDescending(d => d.OpenedOn).ThenBy(d => d.SourceId).ThenBy(d => d.FactId),
            all => all.Select(d => new DealRow(d.FactId, d.Name, d.Kind, d.Stage, d.Amount, d.Currency, d.OpenedOn, d.ExpectedOn, d.ClosedOn, d.Won, d.OwnerEmail)),
            offset, limit, cancellation);

    private static IQueryable<T> Of<T>(IQueryable<T> facts, int account)
        where T : Fact =>
        facts.AsNoTracking().Where(fact => fact.AccountNo == account && fact.VoidedBy == null);

    private static async Task<Capped<TRow>> CapAsync<T, TRow>(IQueryable<T> all, Func<IQueryable<T>, IQueryable<T>> order, Func<IQueryable<T>, IQueryable<TRow>> rows, int offset, int limit, CancellationToken cancellation)
    {
        var total = await all.CountAsync(cancellation);
        return new(total, total == 0 ? [] : await rows(order(all).Skip(offset).Take(limit)).ToListAsync(cancellation));
    }
}
