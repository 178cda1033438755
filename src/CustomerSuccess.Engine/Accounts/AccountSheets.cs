using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Playbooks;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Accounts;

/// <summary>Contracts of an account, and what it has brought.</summary>
/// <param name="Chains">Those that run first.</param>
/// <param name="Revenue">Null where a rate is missing.</param>
/// <param name="Currency">Of the revenue.</param>
public sealed record ContractSheet(IReadOnlyList<ContractChain> Chains, RevenueSheet? Revenue, string Currency);

/// <summary>An account's people and contracts, each read whole: there are few of them. Null for an account that the viewer may not see.</summary>
public sealed class AccountSheets(Database database, SettingsStore settingsStore, TimeProvider clock)
{
    /// <summary>People that are read.</summary>
    private const int MostPeople = 1_000;

    /// <summary>People: those who are still there first, champions and those who decide before others, then by name.</summary>
    public async Task<IReadOnlyList<PersonRow>?> PeopleAsync(Viewer viewer, int accountNo, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        if (!await context.MaySeeAsync(viewer, accountNo, cancellation))
        {
            return null;
        }

        var people = await context.Contacts.AsNoTracking().Where(contact => contact.AccountNo == accountNo && contact.VoidedBy == null)
            .OrderBy(contact => contact.LeftOn != null).ThenByDescending(contact => contact.IsChampion).ThenByDescending(contact => contact.IsDecisionMaker).ThenByDescending(contact => contact.IsExecutiveSponsor)
            .ThenBy(contact => contact.NameSort).ThenBy(contact => contact.ContactNo).Take(MostPeople).ToListAsync(cancellation);
        var touched = await context.Touches.AsNoTracking().Where(touch => touch.AccountNo == accountNo && touch.VoidedBy == null && touch.ContactNo != null)
            .GroupBy(touch => touch.ContactNo!.Value).Select(own => new { own.Key, At = own.Max(touch => touch.At) }).ToDictionaryAsync(own => own.Key, own => own.At, cancellation);
        var inquiries = await context.Inquiries.AsNoTracking().Where(inquiry => inquiry.AccountNo == accountNo && inquiry.VoidedBy == null && inquiry.ContactNo != null)
            .GroupBy(inquiry => inquiry.ContactNo!.Value).Select(own => new { own.Key, All = own.Count(), Open = own.Count(inquiry => inquiry.ClosedAt == null) }).ToDictionaryAsync(own => own.Key, cancellation);
        var answers = (await context.SurveyResponses.AsNoTracking().Where(answer => answer.AccountNo == accountNo && answer.VoidedBy == null && answer.ContactNo != null && answer.Kind == "nps")
            .Select(answer => new { ContactNo = answer.ContactNo!.Value, answer.Score, answer.RespondedAt }).ToListAsync(cancellation))
            .GroupBy(answer => answer.ContactNo).ToDictionary(own => own.Key, own => own.MaxBy(answer => answer.RespondedAt)!);
        return
        [
            .. people.Select(person => new PersonRow
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
                IsExecutiveSponsor = person.IsExecutiveSponsor,
                OptOutEmail = person.OptOutEmail,
                OptOutPhone = person.OptOutPhone,
                LeftOn = person.LeftOn,
                ReportsTo = person.ReportsTo,
                IsAddedHere = person.SourceId == AppSource.SourceId,
                LastContactedAt = touched.TryGetValue(person.ContactNo, out var at) ? at : null,
                LastNps = answers.GetValueOrDefault(person.ContactNo)?.Score,
                LastNpsAt = answers.GetValueOrDefault(person.ContactNo)?.RespondedAt,
                Inquiries = inquiries.GetValueOrDefault(person.ContactNo)?.All ?? 0,
                OpenInquiries = inquiries.GetValueOrDefault(person.ContactNo)?.Open ?? 0,
            }),
        ];
    }

    /// <summary>Contracts with their terms, renewals and deadlines, and the revenue to date.</summary>
    public async Task<ContractSheet?> ContractsAsync(Viewer viewer, int accountNo, CancellationToken cancellation = default)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        await using var context = database.OpenContext();
        if (!await context.MaySeeAsync(viewer, accountNo, cancellation))
        {
            return null;
        }

        var terms = await Of(context.Subscriptions, accountNo).ToListAsync(cancellation);
        var revenue = RevenueToDate.Of(
            terms,
            await Of(context.Purchases, accountNo).ToListAsync(cancellation),
            await Of(context.Invoices, accountNo).ToListAsync(cancellation),
            new CurrencyRates(settings.Currency, await context.ExchangeRates.AsNoTracking().ToListAsync(cancellation)),
            settings.Today(clock));
        return new(ContractChains.Of(terms, settings.Today(clock)), revenue, settings.Currency);
    }

    private static IQueryable<T> Of<T>(IQueryable<T> facts, int accountNo)
        where T : Fact =>
        facts.AsNoTracking().Where(fact => fact.AccountNo == accountNo && fact.VoidedBy == null);
}
