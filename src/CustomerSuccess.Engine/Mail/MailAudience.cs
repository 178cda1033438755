using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Outreach;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Mail;

/// <summary>What is known about the accounts and contacts that some messages go to, read at once, and the fields that templates take from it.</summary>
internal sealed class MailAudience
{
    private readonly CompanySettings _settings;
    private readonly DateOnly _today;
    private readonly Dictionary<int, Account> _accounts;
    private readonly Dictionary<(int, int), Contact> _contacts;
    private readonly ILookup<int, Subscription> _terms;
    private readonly Dictionary<string, string> _owners;
    private readonly ILookup<int, (string Field, FieldValue? Value)> _accountValues;
    private readonly ILookup<(int, int), (string Field, FieldValue? Value)> _contactValues;
    private readonly ILookup<(int, int), (string Field, string? Text)> _contactTexts;

    private MailAudience(
        CompanySettings settings, DateOnly today, Dictionary<int, Account> accounts, Dictionary<(int, int), Contact> contacts, ILookup<int, Subscription> terms, Dictionary<string, string> owners,
        ILookup<int, (string, FieldValue?)> accountValues, ILookup<(int, int), (string, FieldValue?)> contactValues, ILookup<(int, int), (string, string?)> contactTexts) =>
        (_settings, _today, _accounts, _contacts, _terms, _owners, _accountValues, _contactValues, _contactTexts) = (settings, today, accounts, contacts, terms, owners, accountValues, contactValues, contactTexts);

    /// <summary>Reads what is known.</summary>
    /// <param name="context">The store.</param>
    /// <param name="viewer">Who asks: other accounts are not found.</param>
    /// <param name="settings">The company's settings.</param>
    /// <param name="now">UTC.</param>
    /// <param name="accounts">The accounts.</param>
    /// <param name="contactNos">Their contacts; null for all.</param>
    /// <param name="cancellation">Ends the query.</param>
    public static async Task<MailAudience> ReadAsync(CustomerSuccessContext context, Viewer viewer, CompanySettings settings, DateTime now, IReadOnlyCollection<int> accounts, IReadOnlyCollection<int>? contactNos, CancellationToken cancellation)
    {
        var today = settings.DayOf(now);
        var found = await context.Accounts.AsNoTracking().VisibleTo(viewer).Where(account => EF.Parameter(accounts).Contains(account.AccountNo)).ToDictionaryAsync(account => account.AccountNo, cancellation);
        var visible = found.Keys.ToList();
        var meant = context.Contacts.AsNoTracking().Where(contact => EF.Parameter(visible).Contains(contact.AccountNo) && contact.VoidedBy == null);
        var contacts = await (contactNos is null ? meant : meant.Where(contact => EF.Parameter(contactNos).Contains(contact.ContactNo))).ToListAsync(cancellation);
        var terms = await context.Subscriptions.AsNoTracking()
            .Where(term => EF.Parameter(visible).Contains(term.AccountNo) && term.VoidedBy == null && term.StartedOn <= today && (term.EndedOn == null || term.EndedOn > today))
            .ToListAsync(cancellation);
        var addresses = found.Values.Select(account => account.OwnerEmail?.ToUpperInvariant()).OfType<string>().Distinct().ToList();
        var owners = await context.Users.AsNoTracking().Where(user => addresses.Contains(user.NormalizedEmail!)).Select(user => new { user.NormalizedEmail, user.DisplayName }).ToListAsync(cancellation);
        var attributes = await context.Attributes.AsNoTracking().Where(attribute => attribute.IsCustom).ToDictionaryAsync(attribute => attribute.AttributeId, cancellation);
        var accountValues = new List<AccountValue>();
        var contactValues = new List<ContactValue>();
        if (attributes.Count > 0)
        {
            var ids = attributes.Keys.ToList();
            accountValues = await context.AccountValues.AsNoTracking().Where(value => visible.Contains(value.AccountNo) && ids.Contains(value.AttributeId) && value.ValidFrom <= today).ToListAsync(cancellation);
            contactValues = await context.ContactValues.AsNoTracking()
                .Where(value => visible.Contains(value.AccountNo) && (contactNos == null || contactNos.Contains(value.ContactNo)) && ids.Contains(value.AttributeId) && value.ValidFrom <= today)
                .ToListAsync(cancellation);
        }

        var ofContacts = contactValues.GroupBy(value => (value.AccountNo, value.ContactNo, value.AttributeId)).Select(values => values.MaxBy(value => value.ValidFrom)!).ToList();
        return new(
            settings, today, found,
            contacts.ToDictionary(contact => (contact.AccountNo, contact.ContactNo)),
            terms.ToLookup(term => term.AccountNo),
            owners.Where(owner => owner.DisplayName is not null).ToDictionary(owner => owner.NormalizedEmail!, owner => owner.DisplayName!),
            accountValues.GroupBy(value => (value.AccountNo, value.AttributeId)).Select(values => values.MaxBy(value => value.ValidFrom)!)
                .ToLookup(value => value.AccountNo, value => (MailFields.Custom("account", attributes[value.AttributeId].Name), Typed(value.Value, attributes[value.AttributeId].Type))),
            ofContacts.ToLookup(value => (value.AccountNo, value.ContactNo), value => (MailFields.Custom("contact", attributes[value.AttributeId].Name), Typed(value.Value, attributes[value.AttributeId].Type))),
            ofContacts.ToLookup(value => (value.AccountNo, value.ContactNo), value => (MailFields.Custom("contact", attributes[value.AttributeId].Name), value.Value)));
    }

    /// <summary>Null for an account that is not there or not to be seen.</summary>
    public Account? Account(int accountNo) => _accounts.GetValueOrDefault(accountNo);

    /// <summary>Null for a contact that is not there.</summary>
    public Contact? Contact(int accountNo, int? contactNo) => contactNo is { } no ? _contacts.GetValueOrDefault((accountNo, no)) : null;

    /// <summary>The contacts of an account that were read.</summary>
    public IEnumerable<Contact> ContactsOf(int accountNo) => _contacts.Values.Where(contact => contact.AccountNo == accountNo);

    /// <summary>The contact of an account with an address.</summary>
    public Contact? ContactBy(int accountNo, string addressKey) => _contacts.Values.Where(contact => contact.AccountNo == accountNo && EmailAddress.Key(contact.Email) == addressKey).MinBy(contact => contact.ContactNo);

    /// <summary>An attribute of a contact as it is written, whatever it is taken for: a number may be a telephone's. Null where it has none.</summary>
    /// <param name="contact">The contact.</param>
    /// <param name="field">As <see cref="MailFields.Custom"/> names it.</param>
    public string? TextOf(Contact contact, string field) => _contactTexts[(contact.AccountNo, contact.ContactNo)].FirstOrDefault(value => value.Field == field).Text;

    public Country? CountryOf(int accountNo) => Country.Find(Account(accountNo)?.Country);

    /// <summary>The language of a message to a contact, or to the account as a whole.</summary>
    public string LanguageOf(int accountNo, Contact? contact) => MailLanguage.Of(contact?.Language, CountryOf(accountNo), _settings.MailLanguage);

    /// <summary>Every field that has a value for a message.</summary>
    public Dictionary<string, FieldValue> Fields(int accountNo, Contact? contact, string? toName, string language, IReadOnlyDictionary<string, FieldValue>? further)
    {
        var account = Account(accountNo);
        var name = contact?.Name ?? toName;
        var fields = new Dictionary<string, FieldValue>(StringComparer.Ordinal);
        void Add(string field, FieldValue? value)
        {
            if (value is not null)
            {
                fields[field] = value;
            }
        }

        foreach (var (field, value) in _accountValues[accountNo].Concat(contact is null ? [] : _contactValues[(accountNo, contact.ContactNo)]))
        {
            Add(field, value);
        }

        if (account is not null)
        {
            Add(MailFields.AddressLine, FieldValue.Of(AddressLine.Of(language, account.Name, contact?.Department, contact?.Title, name)));
            Add(MailFields.AccountName, FieldValue.Of(account.Name));
            Add(MailFields.AccountId, FieldValue.Of(account.AccountId));
            Add(MailFields.AccountIndustry, FieldValue.Of(account.Industry));
            Add(MailFields.AccountRegion, FieldValue.Of(account.Region));
            Add(MailFields.AccountCountry, FieldValue.Of(account.Country));
            Add(MailFields.AccountSegment, FieldValue.Of(account.Segment));
            Add(MailFields.AccountEmployees, FieldValue.Of((double?)account.Employees));
            Add(MailFields.AccountSince, FieldValue.Of(account.CreatedOn));
            Add(MailFields.OwnerEmail, FieldValue.Of(account.OwnerEmail));
            Add(MailFields.OwnerName, FieldValue.Of(account.OwnerEmail is { } owner ? _owners.GetValueOrDefault(owner.ToUpperInvariant()) : null));
            AddContract(Add, [.. _terms[accountNo]]);
        }

        Add(MailFields.ContactName, FieldValue.Of(name));
        Add(MailFields.ContactDepartment, FieldValue.Of(contact?.Department));
        Add(MailFields.ContactTitle, FieldValue.Of(contact?.Title));
        Add(MailFields.ContactRole, FieldValue.Of(contact?.Role));
        Add(MailFields.ContactEmail, FieldValue.Of(contact?.Email));
        Add(MailFields.SenderName, FieldValue.Of(_settings.SenderNameIn(language)));
        Add(MailFields.SenderAddress, FieldValue.Of(_settings.SenderAddressIn(language)));
        Add(MailFields.SenderContact, FieldValue.Of(_settings.SenderContact));
        Add(MailFields.Today, FieldValue.Of(_today));
        foreach (var (field, value) in further ?? new Dictionary<string, FieldValue>())
        {
            Add(field, value);
        }

        return fields;
    }

    /// <summary>The terms that run today, as one: the plan of the largest, sums, and the next date of any.</summary>
    private void AddContract(Action<string, FieldValue?> add, IReadOnlyList<Subscription> terms)
    {
        if (terms.Count == 0)
        {
            return;
        }

        var renewals = terms.Where(term => term.TermEndsOn >= _today).ToList();
        var currencies = terms.Select(term => term.Currency).Distinct().ToList();
        add(MailFields.Plan, FieldValue.Of(terms.Where(term => term.Plan is not null).OrderByDescending(term => term.Mrr).ThenBy(term => term.FactId, StringComparer.Ordinal).FirstOrDefault()?.Plan));
        add(MailFields.Seats, terms.Any(term => term.Seats is not null) ? FieldValue.Of((double?)terms.Sum(term => term.Seats)) : null);
        add(MailFields.Mrr, currencies.Count == 1 ? FieldValue.Of(terms.Sum(term => term.Mrr), currencies[0]) : null);
        add(MailFields.StartedOn, FieldValue.Of((DateOnly?)terms.Min(term => term.StartedOn)));
        if (renewals.Count > 0)
        {
            var renewal = renewals.Min(term => term.TermEndsOn!.Value);
            add(MailFields.RenewalOn, FieldValue.Of((DateOnly?)renewal));
            add(MailFields.RenewalDays, FieldValue.Of((double?)(renewal.DayNumber - _today.DayNumber)));
            var notices = renewals.Where(term => term.NoticeDays is not null).Select(term => term.TermEndsOn!.Value.AddDays(-term.NoticeDays!.Value)).Where(day => day >= _today).ToList();
            add(MailFields.NoticeBy, notices.Count > 0 ? FieldValue.Of((DateOnly?)notices.Min()) : null);
        }
    }

    private static FieldValue? Typed(string? value, AttributeType type) => value is null ? null : type switch
    {
        AttributeType.Number when double.TryParse(value, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var number) => FieldValue.Of((double?)number),
        AttributeType.Date when DateOnly.TryParseExact(value, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var day) => FieldValue.Of((DateOnly?)day),
        AttributeType.Flag when bool.TryParse(value, out var flag) => FieldValue.Of(flag),
        _ => FieldValue.Of(value),
    };
}
