using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Segments;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Features;
using CustomerSuccess.Engine.Segments;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;
using static CustomerSuccess.Core.Features.FeatureNames;

namespace CustomerSuccess.Engine.Playbooks;

/// <summary>By what facts that are later than the day of a score run are read.</summary>
/// <param name="Features">Computes features.</param>
/// <param name="Catalogue">Which ones.</param>
/// <param name="Today">Up to when.</param>
internal sealed record LateReading(BuildFeatures Features, FeatureCatalogue Catalogue, DateOnly Today);

/// <summary>
/// What is known of accounts beyond the day up to which use is complete: an answer of this morning counts for plays though yesterday is the last day of use. Only kinds of fact
/// of which an account has a later one are read as of today: where nothing came in, it is not known whether nothing happened.
/// </summary>
internal sealed class LateSigns
{
    /// <summary>Beyond so many a query reads all accounts rather than name them.</summary>
    private const int MostNamed = 500;

    /// <summary>Features by the kind of fact that they are told from.</summary>
    private static readonly (Kind Kind, string[] Features)[] ByKind =
    [
        (Kind.Answers, [NpsLast, NpsChange, NpsAgeDays, CsatLast]),
        (Kind.Inquiries, [Inquiries28, Inquiries91, UrgentInquiries91, OpenInquiries, OpenUrgentInquiries, UnansweredInquiries, OldestOpenInquiryDays, Escalations91, FirstResponseHours91, Satisfaction91]),
        (Kind.Touches, [Touches91, DaysSinceTouch]),
        (Kind.Payments, [InvoicesFailed91, InvoicesOverdue, DaysLate91]),
        (Kind.People, [Champions, ChampionGone]),
    ];

    private readonly Dictionary<int, int> _rows;
    private readonly Dictionary<int, StandingFacts> _standing;
    private readonly OtherFields? _others;

    private LateSigns(FeatureReader features, Dictionary<int, int> rows, Dictionary<int, StandingFacts> standing, OtherFields? others) => (Features, _rows, _standing, _others) = (features, rows, standing, others);

    [Flags]
    private enum Kind
    {
        None = 0,
        Answers = 1,
        Inquiries = 2,
        Touches = 4,
        Payments = 8,
        People = 16,
        Attributes = 32,
    }

    public static LateSigns None { get; } = new(new FeatureReader(new FeatureTable([], [], [])), [], [], null);

    /// <summary>Features of the accounts of which there are later facts.</summary>
    public FeatureReader Features { get; }

    /// <summary>The row of an account; null where nothing came in since.</summary>
    public int? RowOf(int accountNo) => _rows.TryGetValue(accountNo, out var row) ? row : null;

    public StandingFacts? StandingOf(int accountNo) => _standing.TryGetValue(accountNo, out var facts) ? facts : null;

    public IFieldValues? OthersOf(int accountNo) => _others?.Of(accountNo);

    /// <summary>Reads what came in after the day of a table.</summary>
    /// <param name="context">The store.</param>
    /// <param name="reading">How.</param>
    /// <param name="table">Features of the accounts, all as of one day.</param>
    /// <param name="fields">What else will be asked for.</param>
    /// <param name="settings">The company's settings.</param>
    /// <param name="accounts">Some accounts alone; null for all of the table.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static async Task<LateSigns> ReadAsync(CustomerSuccessContext context, LateReading reading, FeatureTable table, IReadOnlyCollection<string> fields, CompanySettings settings, IReadOnlyCollection<int>? accounts, CancellationToken cancellation)
    {
        if (table.Rows == 0 || table.AsOf[0] >= reading.Today)
        {
            return None;
        }

        var after = table.AsOf[0];
        var kinds = await KindsAsync(context, after, reading.Today, settings, accounts, cancellation);
        var rows = Enumerable.Range(0, table.Rows).Where(row => kinds.ContainsKey(table.AccountNo[row])).ToList();
        if (rows.Count == 0)
        {
            return None;
        }

        var late = rows.ConvertAll(row => table.AccountNo[row]);
        var now = await reading.Features.RunAsync(late, [reading.Today], reading.Catalogue, cancellation);
        var standing = late.Exists(no => (kinds[no] & (Kind.Inquiries | Kind.Payments)) != 0)
            ? await StandingFactsQuery.ReadAsync(context, reading.Today, settings, cancellation, accounts ?? late)
            : [];
        return new(
            new FeatureReader(Merged(table.Take(rows), now, kinds, reading.Today)),
            late.Select((no, row) => (no, row)).ToDictionary(own => own.no, own => own.row),
            late.Where(no => (kinds[no] & (Kind.Inquiries | Kind.Payments)) != 0).ToDictionary(no => no, no => standing.GetValueOrDefault(no)),
            await OtherFields.ReadAsync(context, fields, reading.Today, settings, cancellation, accounts ?? (late.Count <= MostNamed ? late : null)));
    }

    private static FeatureTable Merged(FeatureTable before, FeatureTable now, Dictionary<int, Kind> kinds, DateOnly today)
    {
        var kindOf = ByKind.SelectMany(own => own.Features.Select(feature => (feature, own.Kind))).ToDictionary(own => own.feature, own => own.Kind, StringComparer.Ordinal);
        var places = now.AccountNo.Select((no, row) => (no, row)).ToDictionary(own => own.no, own => own.row);
        return before with
        {
            AsOf = [.. Enumerable.Repeat(today, before.Rows)],
            Columns =
            [
                .. before.Columns.Select(column => kindOf.TryGetValue(column.Name, out var kind) && column.Numbers is { } numbers && now.Find(column.Name)?.Numbers is { } later
                    ? FeatureColumn.OfNumbers(column.Name, [.. numbers.Select((number, row) => (kinds[before.AccountNo[row]] & kind) != 0 ? later[places[before.AccountNo[row]]] : number)])
                    : column),
            ],
        };
    }

    /// <summary>Of which kinds an account has facts after a day.</summary>
    private static async Task<Dictionary<int, Kind>> KindsAsync(CustomerSuccessContext context, DateOnly after, DateOnly today, CompanySettings settings, IReadOnlyCollection<int>? accounts, CancellationToken cancellation)
    {
        var (from, until) = (settings.StartOf(after.AddDays(1)), settings.StartOf(today.AddDays(1)));
        var kinds = new Dictionary<int, Kind>();
        await AddAsync(Kind.Answers, context.SurveyResponses.Among(accounts, a => a.AccountNo).Where(a => a.VoidedBy == null && a.RespondedAt >= from && a.RespondedAt < until).Select(a => a.AccountNo));
        await AddAsync(Kind.Inquiries, context.Inquiries.Among(accounts, i => i.AccountNo).Where(i => i.VoidedBy == null && i.OpenedAt < until && (i.OpenedAt >= from || i.ClosedAt >= from || i.FirstResponseAt >= from || i.EscalatedAt >= from)).Select(i => i.AccountNo));
        await AddAsync(Kind.Touches, context.Touches.Among(accounts, t => t.AccountNo).Where(t => t.VoidedBy == null && t.At >= from && t.At < until).Select(t => t.AccountNo));
        await AddAsync(Kind.Payments, context.Invoices.Among(accounts, i => i.AccountNo).Where(i => i.VoidedBy == null && i.IssuedOn <= today && (i.IssuedOn > after || i.PaidOn > after || i.FailedOn > after)).Select(i => i.AccountNo));
        await AddAsync(Kind.People, context.Contacts.Among(accounts, c => c.AccountNo).Where(c => c.VoidedBy == null && c.LeftOn > after && c.LeftOn <= today).Select(c => c.AccountNo));
        await AddAsync(Kind.People, context.ContactValues.Among(accounts, v => v.AccountNo).Where(v => v.ValidFrom > after && v.ValidFrom <= today).Select(v => v.AccountNo));
        await AddAsync(Kind.Attributes, context.AccountValues.Among(accounts, v => v.AccountNo).Where(v => v.ValidFrom > after && v.ValidFrom <= today).Select(v => v.AccountNo));
        return kinds;

        async Task AddAsync(Kind kind, IQueryable<int> found)
        {
            foreach (var no in await found.Distinct().ToListAsync(cancellation))
            {
                kinds[no] = kinds.GetValueOrDefault(no) | kind;
            }
        }
    }
}
