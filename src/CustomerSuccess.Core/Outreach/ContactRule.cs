namespace CustomerSuccess.Core.Outreach;

/// <summary>A contact that was made, or that is planned and counts as if it had been.</summary>
/// <param name="AccountNo">The account in which it was made.</param>
/// <param name="At">When, UTC.</param>
/// <param name="People">Whom it reached, by <see cref="PersonKey"/>; empty where nobody knows.</param>
public sealed record PastContact(int AccountNo, DateTime At, IReadOnlyList<string> People);

/// <summary>Names by which one person is recognised over channels and accounts.</summary>
public static class PersonKey
{
    /// <summary>A contact of an account.</summary>
    public static string Of(int accountNo, int contactNo) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"contact:{accountNo}/{contactNo}");

    /// <summary>Whoever reads an address (as <c>EmailAddress.Key</c> gives it): the same person in every account.</summary>
    public static string Of(string addressKey) => "mail:" + addressKey;
}

/// <summary>A person whom somebody wants to contact, with what is known about his or her wishes.</summary>
public sealed record Addressee
{
    /// <summary>All keys of <see cref="PersonKey"/> under which earlier contacts may be found.</summary>
    public required IReadOnlyList<string> Keys { get; init; }

    /// <summary>Where the person is when it is day or night.</summary>
    public required TimeZoneInfo Zone { get; init; }

    /// <summary>Null where unknown.</summary>
    public Country? Country { get; init; }

    /// <summary>Why the person cannot or may not be contacted, out of <see cref="HoldReasons"/>; empty for none.</summary>
    public IReadOnlyList<string> Stops { get; init; } = [];

    /// <summary>True where the person has consented to promotional messages and has not withdrawn that.</summary>
    public bool HasConsented { get; init; }
}

/// <summary>Somebody wants to contact an account.</summary>
/// <param name="AccountNo">The account; 0 where none is concerned, and no limit of accounts applies.</param>
/// <param name="Purpose">Why.</param>
/// <param name="People">Whom: all of them must be free to be contacted.</param>
public sealed record ContactRequest(int AccountNo, Purpose Purpose, IReadOnlyList<Addressee> People)
{
    /// <summary>An outage that lets it wait: from when on it may be, UTC, and the reason with the outage's name; null for none.</summary>
    public (DateTime From, string Reason)? Calm { get; init; }
}

/// <summary>What became of a request.</summary>
public enum ContactOutcome
{
    /// <summary>Now.</summary>
    Allowed,

    /// <summary>Not now, but from <see cref="ContactDecision.From"/> on, as far as is known today.</summary>
    Later,

    /// <summary>Not without a person's doing.</summary>
    Held,
}

/// <summary>The answer to a request, with everything that spoke against it.</summary>
/// <param name="Outcome">What may be done.</param>
/// <param name="From">The earliest moment, UTC; when it was asked for where it is held.</param>
/// <param name="Reasons">Codes out of <see cref="HoldReasons"/>: why it is held, or what moved it to later.</param>
public sealed record ContactDecision(ContactOutcome Outcome, DateTime From, IReadOnlyList<string> Reasons);

/// <summary>Codes of what holds a contact back; pages put them into words. Some carry an argument after a colon.</summary>
public static class HoldReasons
{
    /// <summary>Moves a contact to later.</summary>
    public const string AccountLimit = "account_limit", PersonLimit = "person_limit", QuietHours = "quiet_hours", ClosedDay = "closed_day", Outage = "outage";

    /// <summary>Holds a contact until somebody changes something.</summary>
    public const string OptedOut = "opted_out", ListOptedOut = "list_opted_out", NoConsent = "no_consent", AddressBounced = "address_bounced", NoAddress = "no_address", BadAddress = "bad_address", ContactLeft = "contact_left", ContactUnknown = "contact_unknown", NoFreeTime = "no_free_time";

    /// <summary>Ends a message for good.</summary>
    public const string Expired = "expired", Unsubscribed = "unsubscribed", Paused = "paused", OriginEnded = "origin_ended";

    /// <summary>What a message lacks: a field's value, the sender's identity, the address of this server.</summary>
    public const string MissingField = "missing_field", BadTemplate = "bad_template", SenderMissing = "sender_missing", WebAddressMissing = "web_address_missing", FromMissing = "from_missing", EmptyText = "empty_text", DkimKeyUnreadable = "dkim_key_unreadable", ManyRecipients = "many_recipients", GatewayOff = "gateway_off", TooLong = "too_long";
}

/// <summary>
/// Decides whether, and from when, an account may be contacted. The rule holds at every moment: no sliding window of the limits' length
/// contains more contacts than the limit, of the account and of each person.
/// </summary>
public static class ContactRule
{
    /// <summary>How far ahead a free moment is looked for.</summary>
    private static readonly TimeSpan Furthest = TimeSpan.FromDays(366);

    /// <summary>Decides a request.</summary>
    /// <param name="request">Who wants to contact whom.</param>
    /// <param name="history">Contacts of the account and of these people that count; the request itself is not among them.</param>
    /// <param name="limits">The company's limits.</param>
    /// <param name="wanted">When it should happen, UTC.</param>
    public static ContactDecision Decide(ContactRequest request, IEnumerable<PastContact> history, OutreachLimits limits, DateTime wanted)
    {
        if (Stops(request, limits) is { Count: > 0 } stops)
        {
            return new(ContactOutcome.Held, wanted, stops);
        }

        if (request.Purpose == Purpose.Transactional)
        {
            return new(ContactOutcome.Allowed, wanted, []);
        }

        var past = history as IReadOnlyCollection<PastContact> ?? [.. history];
        var ofAccount = Times(past.Where(contact => contact.AccountNo == request.AccountNo && contact.AccountNo != 0));
        var ofPeople = request.People.Select(person => Times(past.Where(contact => contact.People.Any(person.Keys.Contains)))).ToArray();
        var at = wanted;
        var moved = new List<string>();
        while (true)
        {
            var before = at;
            at = request.Calm is var (from, outage) ? Later(from, at, outage, moved) : at;
            at = Later(EarliestWithin(ofAccount, limits.AccountMost, limits.AccountDays, at), at, HoldReasons.AccountLimit, moved);
            for (var i = 0; i < ofPeople.Length; i++)
            {
                at = Later(EarliestWithin(ofPeople[i], limits.PersonMost, limits.PersonDays, at), at, HoldReasons.PersonLimit, moved);
                at = Later(OpenHours.AfterClosedDay(at, request.People[i].Zone, request.People[i].Country, limits), at, HoldReasons.ClosedDay, moved);
                at = Later(OpenHours.AfterQuietHours(at, request.People[i].Zone, limits), at, HoldReasons.QuietHours, moved);
            }

            if (at == before)
            {
                return new(at == wanted ? ContactOutcome.Allowed : ContactOutcome.Later, at, moved);
            }

            if (at - wanted > Furthest)
            {
                return new(ContactOutcome.Held, wanted, [HoldReasons.NoFreeTime, .. moved]);
            }
        }
    }

    /// <summary>The earliest moment at which one more contact leaves every window of so many days with at most so many contacts.</summary>
    /// <param name="sorted">Contacts that count, in order; some may lie ahead.</param>
    /// <param name="most">0 for no limit.</param>
    /// <param name="days">Length of a window: two contacts exactly so far apart are not in one.</param>
    /// <param name="from">Not before.</param>
    public static DateTime EarliestWithin(IReadOnlyList<DateTime> sorted, int most, int days, DateTime from)
    {
        var window = TimeSpan.FromDays(days);
        if (most <= 0 || sorted.Count < most || Fits(sorted, most, window, from))
        {
            return from;
        }

        // a window that is too full empties only when one of its contacts leaves it; when the last one has, all have
        return sorted.Select(contact => contact + window).First(free => free > from && Fits(sorted, most, window, free));
    }

    /// <summary>True where no run of one more than the limit that contains the new contact lies within a window.</summary>
    private static bool Fits(IReadOnlyList<DateTime> sorted, int most, TimeSpan window, DateTime at)
    {
        var place = 0;
        while (place < sorted.Count && sorted[place] < at)
        {
            place++;
        }

        DateTime Merged(int i) => i == place ? at : sorted[i < place ? i : i - 1];
        for (var first = Math.Max(0, place - most); first <= place && first + most <= sorted.Count; first++)
        {
            if (Merged(first + most) - Merged(first) < window)
            {
                return false;
            }
        }

        return true;
    }

    private static List<string> Stops(ContactRequest request, OutreachLimits limits)
    {
        var stops = new List<string>();
        foreach (var person in request.People)
        {
            stops.AddRange(person.Stops.Where(stop => request.Purpose != Purpose.Transactional || !IsWish(stop)));
            if (request.Purpose == Purpose.Promotional && !person.HasConsented && limits.NeedsConsent(person.Country))
            {
                stops.Add(HoldReasons.NoConsent);
            }
        }

        return [.. stops.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>What a person asked for, as against what makes it impossible to reach him or her.</summary>
    private static bool IsWish(string stop) =>
        stop is HoldReasons.OptedOut or HoldReasons.ContactLeft || stop == HoldReasons.ListOptedOut || stop.StartsWith(HoldReasons.ListOptedOut + ":", StringComparison.Ordinal);

    private static DateTime[] Times(IEnumerable<PastContact> contacts) => [.. contacts.Select(contact => contact.At).Order()];

    private static DateTime Later(DateTime found, DateTime at, string reason, List<string> moved)
    {
        if (found <= at)
        {
            return at;
        }

        if (!moved.Contains(reason))
        {
            moved.Add(reason);
        }

        return found;
    }
}
