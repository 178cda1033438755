using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Marks;
using CustomerSuccess.Core.Outreach;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Marks;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Outreach;

/// <summary>Whom a contact is to reach.</summary>
/// <param name="ContactNo">Null for an address that is no contact's.</param>
/// <param name="Address">As given; empty where none is known.</param>
/// <param name="AddressKey">Empty where it is no address.</param>
internal sealed record GatePerson(int? ContactNo, string Address, string AddressKey);

/// <summary>Something that contacts customers, before it does.</summary>
/// <param name="AccountNo">The account.</param>
/// <param name="MailId">The message; it does not count against itself. Null for other channels.</param>
/// <param name="Purpose">Why.</param>
/// <param name="Channel">Out of <see cref="Channels"/>.</param>
/// <param name="List">The list it goes by; null for none.</param>
/// <param name="People">Whom.</param>
internal sealed record GateSubject(int AccountNo, string? MailId, Purpose Purpose, string Channel, string? List, IReadOnlyList<GatePerson> People)
{
    /// <summary>True where somebody is asked for an opinion.</summary>
    public bool IsSurvey { get; init; }

    /// <summary>True for what an outage lets wait: advertising and surveys.</summary>
    public bool WaitsInOutage => Purpose == Purpose.Promotional || IsSurvey;

    public static GateSubject Of(MailMessage message, IEnumerable<MailRecipient> recipients) => new(
        message.AccountNo, message.MailId, message.Purpose, message.Channel, message.List,
        [.. recipients.Select(recipient => new GatePerson(recipient.ContactNo, recipient.Address, recipient.AddressKey))])
    {
        IsSurvey = message.Origin == MailOrigin.Survey,
    };
}

/// <summary>
/// Applies the rule of contacts to what the database knows: messages of every origin, touches by every channel, opt-outs and consents.
/// Whoever decides and acts upon it holds the lock from before the gate is opened until what was decided is committed, so that two never use the same last place.
/// </summary>
internal sealed class ContactGate
{
    /// <summary>The lock's name.</summary>
    public const string Lock = "outreach";

    private readonly CompanySettings _settings;
    private readonly DateOnly _today;
    private readonly Dictionary<int, Country?> _countries;
    private readonly Dictionary<(int, int), KnownContact> _contacts;
    private readonly List<ContactStop> _stops;
    private readonly Dictionary<string, bool> _consents;
    private readonly Dictionary<int, List<Counted>> _byAccount = [];
    private readonly Dictionary<string, List<Counted>> _byPerson = [];
    private OutageReach _outages = OutageReach.None;

    private ContactGate(CompanySettings settings, DateOnly today, Dictionary<int, Country?> countries, Dictionary<(int, int), KnownContact> contacts, List<ContactStop> stops, Dictionary<string, bool> consents) =>
        (_settings, _today, _countries, _contacts, _stops, _consents) = (settings, today, countries, contacts, stops, consents);

    private sealed record KnownContact(int AccountNo, int ContactNo, string? EmailKey, string? TimeZone, bool OptOutEmail, bool OptOutPhone, DateOnly? ConsentOn, DateOnly? LeftOn, bool IsVoid);

    /// <summary>A class, so that the same contact found by account and by person is one.</summary>
    private sealed class Counted(string? mailId, PastContact contact)
    {
        public string? MailId => mailId;

        public PastContact Contact => contact;
    }

    /// <summary>Takes the lock until the transaction ends.</summary>
    public static Task LockAsync(CustomerSuccessContext context, CancellationToken cancellation) =>
        context.Database.ExecuteSqlAsync($"INSERT INTO counter (name, next) VALUES ({"lock:" + Lock}, 0) ON CONFLICT (name) DO UPDATE SET next = counter.next", cancellation);

    /// <summary>Reads what the decisions need.</summary>
    /// <param name="context">The store, in the transaction that holds the lock.</param>
    /// <param name="settings">The company's settings.</param>
    /// <param name="now">UTC.</param>
    /// <param name="subjects">All that will be asked about.</param>
    /// <param name="planned">True to let messages that wait for their time count as if they had gone: for planning. False counts what really happened: for sending.</param>
    /// <param name="cancellation">Ends the queries.</param>
    public static async Task<ContactGate> OpenAsync(CustomerSuccessContext context, CompanySettings settings, DateTime now, IReadOnlyCollection<GateSubject> subjects, bool planned, CancellationToken cancellation)
    {
        var today = settings.DayOf(now);
        var accounts = subjects.Select(subject => subject.AccountNo).Distinct().ToList();
        var keys = subjects.SelectMany(subject => subject.People).Select(person => person.AddressKey).Where(key => key.Length > 0).Distinct().ToList();
        var contactNos = subjects.SelectMany(subject => subject.People).Select(person => person.ContactNo).OfType<int>().Distinct().ToList();

        var countries = await context.Accounts.AsNoTracking().Where(account => EF.Parameter(accounts).Contains(account.AccountNo)).Select(account => new { account.AccountNo, account.Country }).ToListAsync(cancellation);
        var contacts = await context.Contacts.AsNoTracking()
            .Where(contact => EF.Parameter(accounts).Contains(contact.AccountNo) && EF.Parameter(contactNos).Contains(contact.ContactNo))
            .Select(contact => new KnownContact(contact.AccountNo, contact.ContactNo, contact.EmailKey, contact.TimeZone, contact.OptOutEmail, contact.OptOutPhone, contact.ConsentOn, contact.LeftOn, contact.VoidedBy != null))
            .ToListAsync(cancellation);

        // whom a gateway reaches by another address is the person whose e-mail address it is
        keys = [.. keys.Union(contacts.Select(contact => contact.EmailKey).OfType<string>())];
        var stops = await context.ContactStops.AsNoTracking()
            .Where(stop => stop.LiftedAt == null && ((stop.AddressKey != null && EF.Parameter(keys).Contains(stop.AddressKey)) || (stop.ContactNo != null && EF.Parameter(contactNos).Contains(stop.ContactNo.Value))))
            .ToListAsync(cancellation);
        var asked = settings.Outreach.ConsentCountries.Count > 0 ? keys : [];
        var consents = asked.Count == 0 ? [] : await context.Consents.AsNoTracking().Where(consent => EF.Parameter(asked).Contains(consent.AddressKey)).Select(consent => new { consent.AddressKey, consent.Given, consent.At, consent.ConsentId }).ToListAsync(cancellation);
        var gate = new ContactGate(
            settings, today,
            countries.ToDictionary(account => account.AccountNo, account => Country.Find(account.Country)),
            contacts.ToDictionary(contact => (contact.AccountNo, contact.ContactNo)),
            stops,
            consents.GroupBy(consent => consent.AddressKey).ToDictionary(own => own.Key, own => own.OrderBy(consent => consent.At).ThenBy(consent => consent.ConsentId, StringComparer.Ordinal).Last().Given));
        if (subjects.Any(subject => subject.WaitsInOutage))
        {
            gate._outages = await OutageReach.ReadAsync(context, today, OutageCalm.Days, [.. subjects.Where(subject => subject.WaitsInOutage).Select(subject => subject.AccountNo).Distinct()], cancellation);
        }

        if (subjects.Any(subject => subject.Purpose != Purpose.Transactional))
        {
            await gate.ReadHistoryAsync(context, accounts, keys, now, planned, cancellation);
        }

        return gate;
    }

    /// <summary>Decides whether a subject may be contacted.</summary>
    public ContactDecision Decide(GateSubject subject, DateTime wanted)
    {
        var people = subject.People.Select(person => Addressee(subject, person)).ToList();
        var history = new HashSet<Counted>();
        history.UnionWith(_byAccount.GetValueOrDefault(subject.AccountNo, []));
        foreach (var key in people.SelectMany(person => person.Keys))
        {
            history.UnionWith(_byPerson.GetValueOrDefault(key, []));
        }

        return ContactRule.Decide(
            new ContactRequest(subject.AccountNo, subject.Purpose, people) { Calm = subject.WaitsInOutage ? Calm(subject.AccountNo) : null },
            history.Where(counted => subject.MailId is null || counted.MailId != subject.MailId).Select(counted => counted.Contact),
            _settings.Outreach, wanted);
    }

    /// <summary>Lets a contact that was just decided on count for those that follow.</summary>
    public void Count(GateSubject subject, DateTime at)
    {
        if (subject.Purpose != Purpose.Transactional)
        {
            Add(new Counted(subject.MailId, new PastContact(subject.AccountNo, at, [.. subject.People.SelectMany(person => Keys(subject.AccountNo, person))])));
        }
    }

    private async Task ReadHistoryAsync(CustomerSuccessContext context, List<int> accounts, List<string> keys, DateTime now, bool planned, CancellationToken cancellation)
    {
        var since = now.AddDays(-Math.Max(_settings.Outreach.AccountDays, _settings.Outreach.PersonDays));
        var counting = context.MailMessages.AsNoTracking().Where(mail => mail.Purpose != Purpose.Transactional
            && (mail.ContactedAt != null ? mail.ContactedAt > since : planned && (mail.Status == MailStatus.Queued || mail.Status == MailStatus.Sending)));
        var ofAccounts = await (
            from mail in counting.Where(mail => EF.Parameter(accounts).Contains(mail.AccountNo))
            join recipient in context.MailRecipients.AsNoTracking() on new { mail.AccountNo, mail.MailId } equals new { recipient.AccountNo, recipient.MailId }
            select new { mail.AccountNo, mail.MailId, mail.ContactedAt, mail.NotBefore, recipient.ContactNo, recipient.AddressKey }).ToListAsync(cancellation);
        var ofPeople = await (
            from recipient in context.MailRecipients.AsNoTracking().Where(recipient => EF.Parameter(keys).Contains(recipient.AddressKey) && !EF.Parameter(accounts).Contains(recipient.AccountNo))
            join mail in counting on new { recipient.AccountNo, recipient.MailId } equals new { mail.AccountNo, mail.MailId }
            select new { mail.AccountNo, mail.MailId, mail.ContactedAt, mail.NotBefore, recipient.ContactNo, recipient.AddressKey }).ToListAsync(cancellation);
        // a person who was spoken to in one account was spoken to in all where the same address is written
        var twins = (await context.Contacts.AsNoTracking().Where(contact => contact.VoidedBy == null && contact.EmailKey != null && EF.Parameter(keys).Contains(contact.EmailKey))
            .Select(contact => new { contact.AccountNo, contact.ContactNo, contact.EmailKey })
            .ToListAsync(cancellation)).ToDictionary(contact => (contact.AccountNo, contact.ContactNo), contact => contact.EmailKey!);
        var elsewhere = twins.Keys.Where(twin => !accounts.Contains(twin.AccountNo)).ToList();
        var (twinAccounts, twinNos) = (elsewhere.ConvertAll(twin => twin.AccountNo), elsewhere.ConvertAll(twin => twin.ContactNo));
        var byGateway = elsewhere.Count == 0 ? [] : await (
            from mail in counting.Where(mail => mail.Channel != Channels.Email && twinAccounts.Contains(mail.AccountNo))
            join recipient in context.MailRecipients.AsNoTracking().Where(recipient => recipient.ContactNo != null && twinNos.Contains(recipient.ContactNo.Value) && !keys.Contains(recipient.AddressKey)) on new { mail.AccountNo, mail.MailId } equals new { recipient.AccountNo, recipient.MailId }
            select new { mail.AccountNo, mail.MailId, mail.ContactedAt, mail.NotBefore, recipient.ContactNo, recipient.AddressKey }).ToListAsync(cancellation);
        foreach (var mail in ofAccounts.Concat(ofPeople).Concat(byGateway).GroupBy(row => (row.AccountNo, row.MailId, At: row.ContactedAt ?? (row.NotBefore > now ? row.NotBefore : now))))
        {
            Add(new Counted(mail.Key.MailId, new PastContact(mail.Key.AccountNo, mail.Key.At, [.. mail.SelectMany(row => Keys(row.AccountNo, row.ContactNo, row.AddressKey).Concat(row.ContactNo is { } no && twins.TryGetValue((row.AccountNo, no), out var email) && email != row.AddressKey ? [PersonKey.Of(email)] : []))])));
        }

        var touched = accounts.Union(twins.Keys.Select(twin => twin.AccountNo)).ToList();

        // a message that was written down as a touch counts once
        var touches = await context.Touches.AsNoTracking()
            .Where(touch => EF.Parameter(touched).Contains(touch.AccountNo) && touch.VoidedBy == null && touch.At > since
                && !context.MailMessages.Any(mail => mail.AccountNo == touch.AccountNo && mail.MailId == touch.FactId))
            .Select(touch => new { touch.AccountNo, touch.ContactNo, touch.At })
            .ToListAsync(cancellation);
        foreach (var touch in touches)
        {
            Add(new Counted(null, new PastContact(touch.AccountNo, touch.At, touch.ContactNo is { } no ? [.. Keys(touch.AccountNo, no, twins.GetValueOrDefault((touch.AccountNo, no)) ?? "")] : [])));
        }
    }

    /// <summary>The outage that lets an account wait the longest, until the morning after its calm.</summary>
    private (DateTime From, string Reason)? Calm(int accountNo) => _outages.Of(accountNo) is { } outage
        ? (TimeZoneInfo.ConvertTimeToUtc(OutageCalm.EndOf(outage).AddDays(1).ToDateTime(TimeOnly.MinValue), TimeZoneInfo.FindSystemTimeZoneById(_settings.TimeZone)), OutageReach.ReasonOf(outage))
        : null;

    private void Add(Counted counted)
    {
        List(_byAccount, counted.Contact.AccountNo).Add(counted);
        foreach (var key in counted.Contact.People)
        {
            List(_byPerson, key).Add(counted);
        }
    }

    private static List<Counted> List<TKey>(Dictionary<TKey, List<Counted>> lists, TKey key)
        where TKey : notnull
    {
        if (!lists.TryGetValue(key, out var list))
        {
            lists.Add(key, list = []);
        }

        return list;
    }

    private Addressee Addressee(GateSubject subject, GatePerson person)
    {
        var contact = person.ContactNo is { } no ? _contacts.GetValueOrDefault((subject.AccountNo, no)) : null;
        var country = _countries.GetValueOrDefault(subject.AccountNo);
        return new()
        {
            Keys = [.. Keys(subject.AccountNo, person)],
            Zone = PersonZone.Of(contact?.TimeZone, country, _settings.TimeZone),
            Country = country,
            Stops = [.. Stops(subject, person, contact)],
            HasConsented = _consents.TryGetValue(person.AddressKey, out var given) || (contact?.EmailKey is { } key && Channels.IsGateway(subject.Channel) && _consents.TryGetValue(key, out given)) ? given : contact?.ConsentOn <= _today,
        };
    }

    private IEnumerable<string> Stops(GateSubject subject, GatePerson person, KnownContact? contact)
    {
        if ((subject.Channel == Channels.Email || Channels.IsGateway(subject.Channel)) && person.AddressKey.Length == 0)
        {
            yield return person.Address.Length == 0 ? HoldReasons.NoAddress : HoldReasons.BadAddress;
        }

        if (person.ContactNo is not null && contact is null)
        {
            yield return HoldReasons.ContactUnknown;
        }

        if (contact is { IsVoid: true } || contact?.LeftOn <= _today)
        {
            yield return HoldReasons.ContactLeft;
        }

        if (subject.Channel == Channels.Email ? contact?.OptOutEmail == true : subject.Channel is Channels.Call or Channels.Sms && contact?.OptOutPhone == true)
        {
            yield return HoldReasons.OptedOut;
        }

        foreach (var stop in _stops.Where(stop => stop.Channel == subject.Channel && (stop.AddressKey is { } key ? key == person.AddressKey : stop.AccountNo == subject.AccountNo && stop.ContactNo == person.ContactNo)))
        {
            if (stop.Cause == StopCause.Bounce)
            {
                yield return HoldReasons.AddressBounced;
            }
            else if (stop.List is null)
            {
                yield return HoldReasons.OptedOut;
            }
            else if (stop.List == subject.List)
            {
                yield return $"{HoldReasons.ListOptedOut}:{stop.List}";
            }
        }
    }

    private IEnumerable<string> Keys(int accountNo, GatePerson person)
    {
        var email = person.ContactNo is { } no ? _contacts.GetValueOrDefault((accountNo, no))?.EmailKey : null;
        return Keys(accountNo, person.ContactNo, person.AddressKey).Concat(email is null || email == person.AddressKey ? [] : [PersonKey.Of(email)]);
    }

    private static IEnumerable<string> Keys(int accountNo, int? contactNo, string addressKey)
    {
        if (addressKey.Length > 0)
        {
            yield return PersonKey.Of(addressKey);
        }

        if (contactNo is { } no)
        {
            yield return PersonKey.Of(accountNo, no);
        }
    }
}
