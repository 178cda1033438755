using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Engine.Storage;

namespace CustomerSuccess.Engine.Tests;

/// <summary>Facts for a test, seeded by EF without an import. Days are counted from <see cref="Start"/>; add what the test speaks of, then save.</summary>
/// <param name="database">Where the facts go.</param>
/// <param name="firstFact">Fact ids are counted from here, so that facts can be added to a company that has some.</param>
/// <param name="metrics">Metrics that are there already.</param>
internal sealed class TestCompany(Database database, int firstFact = 0, IReadOnlyDictionary<string, int>? metrics = null) : IAsyncDisposable
{
    public static readonly DateOnly Start = new(2024, 1, 1);

    private readonly Dictionary<string, int> _metrics = new(metrics ?? new Dictionary<string, int>());
    private readonly Dictionary<(string Record, string Name), int> _attributes = [];
    private int _facts = firstFact;

    public CustomerSuccessContext Context { get; } = database.OpenContext();

    /// <summary>Day number <paramref name="day"/> of the company; negative before its start.</summary>
    public static DateOnly Day(int day) => Start.AddDays(day);

    /// <summary>Noon UTC of a day: the same calendar day in Tokyo and in UTC.</summary>
    public static DateTime Noon(int day) => Day(day).ToDateTime(new TimeOnly(12, 0), DateTimeKind.Utc);

    public Account Account(int no, string? segment = null)
    {
        var account = new Account { AccountNo = no, AccountId = $"A{no}", Name = $"Account {no}", NameSort = $"account {no}", Segment = segment, SourceId = 1 };
        Context.Add(account);
        return account;
    }

    public Subscription Term(int account, int start, int? end = null, decimal mrr = 100, int? seats = null, string? plan = null, string currency = "USD") => Add(new Subscription
    {
        FactId = NextId(),
        AccountNo = account,
        StartedOn = Day(start),
        EndedOn = end is { } e ? Day(e) : null,
        Mrr = mrr,
        Seats = seats,
        Plan = plan,
        Currency = currency,
    });

    public UsageDay Use(int account, int day, double count = 1, string metric = "logins", int contact = 0, int? users = null, int source = 1)
    {
        var usage = new UsageDay { AccountNo = account, Day = Day(day), MetricId = MetricId(metric), ContactNo = contact, SourceId = source, Count = count, Users = users };
        Context.Add(usage);
        return usage;
    }

    public int MetricId(string metric)
    {
        if (!_metrics.TryGetValue(metric, out var id))
        {
            _metrics[metric] = id = _metrics.Count + 1;
            Context.Add(new Metric { MetricId = id, Name = metric });
        }

        return id;
    }

    /// <summary>A metric is part of a product.</summary>
    public void Part(string metric, string product)
    {
        var id = MetricId(metric);
        Context.Metrics.Local.Single(m => m.MetricId == id).Product = product;
    }

    public Inquiry Ask(int account, int opened, int? answered = null, int? closed = null, string? priority = null, int? satisfaction = null) => Add(new Inquiry
    {
        FactId = NextId(),
        AccountNo = account,
        OpenedAt = Noon(opened),
        FirstResponseAt = answered is { } a ? Noon(a) : null,
        ClosedAt = closed is { } c ? Noon(c) : null,
        Priority = priority,
        Satisfaction = satisfaction,
    });

    public SurveyResponse Answer(int account, int day, double score, int? contact = null) => Add(new SurveyResponse
    {
        FactId = NextId(),
        AccountNo = account,
        Kind = "nps",
        Score = score,
        ScaleMax = 10,
        RespondedAt = Noon(day),
        ContactNo = contact,
    });

    public Invoice Bill(int account, int issued, int due, int? paid = null, int? failed = null) => Add(new Invoice
    {
        FactId = NextId(),
        AccountNo = account,
        Currency = "USD",
        Amount = 100,
        IssuedOn = Day(issued),
        DueOn = Day(due),
        PaidOn = paid is { } p ? Day(p) : null,
        FailedOn = failed is { } f ? Day(f) : null,
    });

    public Touch Touch(int account, int day) => Add(new Touch { FactId = NextId(), AccountNo = account, At = Noon(day) });

    public Assignment Assign(int account, int day, string play, bool isOffered, string? version = null) =>
        Add(new Assignment { FactId = NextId(), AccountNo = account, Play = play, AssignedOn = Day(day), Arm = isOffered ? "offered" : "held_out", PlayVersion = version });

    public Purchase Buy(int account, int day, decimal amount) => Add(new Purchase { FactId = NextId(), AccountNo = account, PurchasedOn = Day(day), Amount = amount, Currency = "USD" });

    public Outcome Outcome(int account, int asOf, bool churned) => Add(new Outcome { FactId = NextId(), AccountNo = account, AsOf = Day(asOf), Churned = churned });

    /// <summary>A contact who is champion, or no longer, from each of the days on.</summary>
    public Contact Contact(int account, int no, int? left = null, params (int From, bool IsChampion)[] champion)
    {
        var contact = new Contact { AccountNo = account, ContactNo = no, ContactId = $"P{no}", NameSort = $"p{no}", SourceId = 1, LeftOn = left is { } l ? Day(l) : null };
        Context.Add(contact);
        foreach (var (from, isChampion) in champion)
        {
            Context.Add(new ContactValue { AccountNo = account, ContactNo = no, AttributeId = AttributeId("contacts", "is_champion", AttributeType.Flag), ValidFrom = Day(from), Value = isChampion ? "true" : "false" });
        }

        return contact;
    }

    /// <summary>A value of a custom attribute from a day on.</summary>
    public AccountValue Value(int account, string attribute, AttributeType type, int from, string? value)
    {
        var row = new AccountValue { AccountNo = account, AttributeId = AttributeId("accounts", attribute, type), ValidFrom = Day(from), Value = value };
        Context.Add(row);
        return row;
    }

    /// <summary>Facts of a kind are complete until a day.</summary>
    public void Reach(string record, int day, int source = 1) => Context.Add(new SourceReach { SourceId = source, Record = record, Latest = Day(day) });

    public async Task SaveAsync() => await Context.SaveChangesAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => Context.DisposeAsync();

    private int AttributeId(string record, string name, AttributeType type)
    {
        if (!_attributes.TryGetValue((record, name), out var id))
        {
            _attributes[(record, name)] = id = _attributes.Count + 1;
            Context.Add(new AttributeDefinition { AttributeId = id, Record = record, Name = name, Type = type, IsCustom = name != "is_champion" });
        }

        return id;
    }

    private string NextId() => $"F{++_facts:D6}";

    private T Add<T>(T fact)
        where T : Fact
    {
        fact.SourceId = 1;
        Context.Add(fact);
        return fact;
    }
}
