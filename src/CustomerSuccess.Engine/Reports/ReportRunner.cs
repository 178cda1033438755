using System.Collections.Concurrent;
using System.Globalization;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.Health;
using CustomerSuccess.Core.Reports;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Reports;

/// <summary>Tells reports: a measure by one or two dimensions, and the customers behind every cell.</summary>
/// <remarks>Each method throws <see cref="MissingRateException"/> where a rate to the reporting currency is missing.</remarks>
public sealed class ReportRunner(Database database, CompanyBooks books, ActivityBooks activities, ServiceBooks inquiries, SurveyBooks surveys, ReportBooks others, TimeProvider clock)
{
    private const string All = "";

    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    private static readonly string[] Everything = [All];

    /// <summary>The report.</summary>
    public async Task<ReportTable> RunAsync(Viewer viewer, ReportDefinition definition, CancellationToken cancellation = default)
    {
        books.Note(viewer, $"report|{definition.Query}", token => RunAsync(viewer, definition, token));
        var frame = await OpenAsync(viewer, definition, cancellation);
        return await Task.Run(() => frame.Once(() => Tell(frame)), cancellation);
    }

    /// <summary>The customers behind a cell.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="definition">The report.</param>
    /// <param name="row">The row's key; null for all.</param>
    /// <param name="column">The column's key; null for all.</param>
    /// <param name="offset">The first row, from 0.</param>
    /// <param name="limit">Rows of the page, 1 or more.</param>
    /// <param name="cancellation">Ends the query.</param>
    public async Task<ReportAccounts> AccountsAsync(Viewer viewer, ReportDefinition definition, string? row, string? column, int offset, int limit, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        books.Note(viewer, $"report|{definition.Query}|{row}|{column}", token => AccountsAsync(viewer, definition, row, column, offset, limit, token));
        var frame = await OpenAsync(viewer, definition, cancellation);
        var table = await Task.Run(() => frame.Once(() => Tell(frame)), cancellation);
        var behind = (await Task.Run(() => frame.List<Behind>($"{row}|{column}", () => [Behind.Of(frame, row, column)]), cancellation))[0];
        return new(
            [.. behind.Rows.Skip(offset).Take(limit).Select(one => (Entry: frame.Book.Accounts[one.Place], one.Day, one.Cell)).Select(one => new ReportAccount(one.Entry.AccountNo, one.Entry.AccountId, one.Entry.Namespace, one.Entry.Name, one.Entry.Segment.On(one.Day), one.Entry.Owner.On(one.Day), one.Cell))],
            behind.Rows.Count, behind.Cell, row is null ? null : table.Rows.Select(one => one.Value).FirstOrDefault(value => value.Key == row) ?? new(row), column is null ? null : table.Columns.FirstOrDefault(value => value.Key == column) ?? new(column), table);
    }

    private static ReportTable Tell(Frame frame)
    {
        var (definition, facts) = (frame.Definition, frame.Definition.Facts);
        var settings = frame.Book.Settings;
        if (frame.Lack is not null || frame.Periods.Count == 0)
        {
            return new(definition, default, settings.Currency, settings.FiscalStartMonth, [], [], null, null, frame.Lack ?? ReportLack.NoData, frame.WithinName);
        }

        var sums = frame.NewSums();
        foreach (var part in frame.Sums())
        {
            sums.Add(part);
        }

        sums.Complete();
        var (cells, rows, columns, whole) = (sums.Cells, sums.Rows, sums.Columns, sums.Whole);

        // every period has a row, also an empty one: a gap in time is a fact
        var rowValues = frame.Values(definition.Rows, rows);
        var columnValues = definition.Columns is { } second ? frame.Values(second, columns) : [new ReportValue(All)];
        var (rowsAdd, columnsAdd) = (Adds(definition.Rows, facts), definition.Columns is not { } other || Adds(other, facts));
        ReportCell Cell(ReportTally? tally) => tally?.Cell() ?? new ReportTally(facts).Cell();
        return new(
            definition, new(frame.Periods[0].Start, frame.Periods[^1].End), facts.Topic == ReportTopic.Risk ? frame.Sources.Run!.Currency : settings.Currency, settings.FiscalStartMonth,
            [
                .. rowValues.Select(row => new ReportRow(row, [.. columnValues.Select(column => Cell(cells.GetValueOrDefault((row.Key, column.Key))))], definition.Columns is null || !columnsAdd ? null : Cell(rows.GetValueOrDefault(row.Key)))),
            ],
            columnValues, rowsAdd ? [.. columnValues.Select(column => Cell(columns.GetValueOrDefault(column.Key)))] : null, rowsAdd && columnsAdd ? whole.Cell() : null,
            rows.Count == 0 ? ReportLack.NoData : null, frame.WithinName);
    }

    /// <summary>True where the whole can be told over a dimension's values: what stands at month ends, and rates from one end to another, cannot be put together over time.</summary>
    private static bool Adds(ReportDimension dimension, MeasureFacts facts) => !dimension.IsTime() || facts.Kind == MeasureKind.Flow || facts.Topic is ReportTopic.Voice or ReportTopic.Service;

    private async Task<Frame> OpenAsync(Viewer viewer, ReportDefinition definition, CancellationToken cancellation)
    {
        var facts = definition.Facts;
        var (book, accounts, key) = await books.ForAsync(viewer, $"report|{definition.Query}", cancellation);
        var needs = new HashSet<ReportDimension?> { definition.Rows, definition.Columns };
        var activity = facts.Topic == ReportTopic.Usage || needs.Contains(ReportDimension.Stage) ? await activities.ForAsync(book, cancellation) : null;
        var customers = needs.Contains(ReportDimension.Stage) ? activity!.Figures.Figure("customers", () => new CustomerBook(book, activity)) : null;
        var desk = facts.Topic == ReportTopic.Service ? new Desk(book, await inquiries.ForAsync(book, cancellation), clock.GetUtcNow().UtcDateTime) : null;
        var run = facts.Topic == ReportTopic.Risk || needs.Contains(ReportDimension.Band) ? await others.RunAsync(cancellation) : null;
        var sources = new ReportSources(book, activity, customers, desk,
            facts.Measure == ReportMeasure.Touches ? await others.TouchesAsync(book, cancellation) : null,
            facts.Measure is ReportMeasure.Csat or ReportMeasure.Ces ? await surveys.SaidAsync(book, cancellation) : null, run)
        {
            Health = facts.IsHealth && definition.Time is not null && run is not null ? await others.HealthAsync(run, cancellation) : null,
        };
        await using var context = database.OpenContext();
        var segments = needs.Contains(ReportDimension.SavedSegment) || definition.Within is not null
            ? await context.SavedSegments.AsNoTracking().Where(segment => segment.DeletedAt == null).Select(segment => new { segment.SegmentId, segment.Name, segment.Version, segment.Countings }).OrderBy(segment => segment.SegmentId).ToListAsync(cancellation) : [];
        var within = definition.Within is { } asked ? segments.FirstOrDefault(segment => segment.SegmentId == asked) : null;
        var members = within is null ? null : await context.SegmentStays.Where(stay => stay.SegmentId == within.SegmentId && stay.LeftOn == null).Select(stay => stay.AccountNo).ToHashSetAsync(cancellation);
        var ids = segments.Select(segment => segment.SegmentId).ToHashSet(StringComparer.Ordinal);
        var visible = accounts.Count == book.Accounts.Count ? null : accounts.Select(entry => entry.AccountNo).ToHashSet();
        int[] places = [.. Enumerable.Range(0, book.Accounts.Count).Where(place => (visible is null || visible.Contains(book.Accounts[place].AccountNo)) && (members is null || members.Contains(book.Accounts[place].AccountNo)))];

        // what is worked on here goes on by itself: its figures are kept for ten minutes
        var moment = desk is { Service.IsWorkedOn: true } ? (desk.Now.Ticks / TimeSpan.TicksPerMinute / 10).ToString(Invariant) : "";
        var stamp = string.Join(',', segments.Select(segment => string.Create(Invariant, $"{segment.SegmentId}:{segment.Version}:{segment.Countings}")));
        var stays = needs.Contains(ReportDimension.SavedSegment) ? await others.StaysAsync(context, stamp, ids, cancellation) : null;
        var counted = new ReportFacts(sources, facts);
        ReportLack? lack = definition.Within is not null && within is null ? ReportLack.NoSegment
            : facts.Topic == ReportTopic.Risk && run is null ? ReportLack.NoRun
            : facts.Measure == ReportMeasure.ExpectedLoss && run is { HasLoss: false } ? ReportLack.NoModel
            : facts.Topic == ReportTopic.Usage && activity!.ByPurchases ? ReportLack.NoUse : null;
        return new(definition, sources, counted, places, lack is null ? Periods(definition, counted, places, book) : [], lack, stays, segments.ToDictionary(segment => segment.SegmentId, segment => segment.Name), within?.Name,
            key is null || sources.Health is { IsWhole: false } ? null : string.Create(Invariant, $"{key}|{run?.ScoreRunId}|{moment}|{stamp}"));
    }

    /// <summary>The periods that are told apart, or the one whole.</summary>
    private static IReadOnlyList<RetentionPeriod> Periods(ReportDefinition definition, ReportFacts facts, int[] places, CompanyBook book)
    {
        if (facts.Last(places) is not { } last)
        {
            return [];
        }

        if (definition.Facts.Topic == ReportTopic.Risk && definition.Time is null)
        {
            return [new(last, last)];
        }

        var reached = definition.Facts.Topic == ReportTopic.Retention ? MonthEnds.OnOrBefore(last) : MonthEnds.OnOrAfter(last);
        var to = definition.To is { } asked && asked < reached ? asked : reached;
        var earliest = new DateOnly(to.Year, to.Month, 1).AddMonths(1 - ReportDefinition.MostMonths);
        var from = definition.From is { } wanted ? wanted > earliest ? wanted : earliest : new DateOnly(to.Year, to.Month, 1).AddMonths(1 - definition.Months);
        if (definition.Facts.Topic == ReportTopic.Retention && book.FirstTerm is { } first && from < new DateOnly(first.Year, first.Month, 1))
        {
            from = new DateOnly(first.Year, first.Month, 1);
        }

        return from > to ? []
            : definition.Time is { } time ? [.. RetentionPeriod.Between(time switch { ReportDimension.Month => PeriodGrain.Month, ReportDimension.Quarter => PeriodGrain.Quarter, _ => PeriodGrain.Year }, book.Settings.FiscalStartMonth, from, to)]
            : [new(from.AddDays(-1), to)];
    }

    /// <summary>The customers behind a cell, in their order: what is shown of them is made for a page.</summary>
    private sealed record Behind(ReportCell Cell, IReadOnlyList<(int Place, DateOnly Day, ReportCell Cell)> Rows)
    {
        public static Behind Of(Frame frame, string? row, string? column)
        {
            var facts = frame.Definition.Facts;
            var chunks = frame.Places.Chunk(Frame.AtOnce).ToArray();
            var (wholes, rows) = (new ReportTally[chunks.Length], new List<(int Place, DateOnly Day, ReportCell Cell)>[chunks.Length]);
            BlockSums.AtOnce(chunks.Length, chunk =>
            {
                var (whole, found, own, place, day) = (new ReportTally(facts), new List<(int, DateOnly, ReportCell)>(), new ReportTally(facts), -1, default(DateOnly));
                frame.Tell(chunks[chunk], (in PlacedPart part) =>
                {
                    if ((row is null || frame.Keys(frame.Definition.Rows, part).Contains(row)) && (column is null || frame.Definition.Columns is not { } by || frame.Keys(by, part).Contains(column)))
                    {
                        if (part.Place != place && place >= 0)
                        {
                            Finish();
                            own = new(facts);
                        }

                        (place, day) = (part.Place, part.Day);
                        own.Add(part.Part);
                    }
                });

                if (place >= 0)
                {
                    Finish();
                }

                (wholes[chunk], rows[chunk]) = (whole, found);

                void Finish()
                {
                    whole.Add(own);
                    found.Add((place, day, own.Cell()));
                }
            });
            var (all, ranks) = (new ReportTally(facts), frame.Book.NameRanks);
            Array.ForEach(wholes, all.Add);
            var sorted = rows.SelectMany(own => own).ToArray();
            Array.Sort(sorted, (one, other) =>
                Math.Abs(other.Cell.Value ?? 0).CompareTo(Math.Abs(one.Cell.Value ?? 0)) is not 0 and var byValue ? byValue
                : other.Cell.N.CompareTo(one.Cell.N) is not 0 and var byCount ? byCount
                : ranks[one.Place].CompareTo(ranks[other.Place]) is not 0 and var byName ? byName
                : one.Place.CompareTo(other.Place));
            return new(all.Cell(), sorted);
        }
    }

    /// <summary>A report with everything that it is counted from.</summary>
    private sealed record Frame(
        ReportDefinition Definition, ReportSources Sources, ReportFacts Counted, int[] Places, IReadOnlyList<RetentionPeriod> Periods, ReportLack? Lack, IReadOnlyDictionary<int, string[]>? Stays, IReadOnlyDictionary<string, string> Segments, string? WithinName, string? Key)
    {
        /// <summary>Accounts are told apart from one another, so that processors can share them.</summary>
        public const int AtOnce = 8192;

        private static readonly string[] Unknown = [RetentionScope.Unknown];

        private static readonly string[][] StageKeys = [.. Enum.GetValues<CustomerStage>().Select(stage => new[] { stage.ToString() })];

        [ThreadStatic]
        private static (BookEntry? Entry, int Change, string[] Keys) _lastPlan, _lastProduct;

        private readonly ConcurrentDictionary<string, string[]> _keys = new(StringComparer.Ordinal);
        private readonly string[][] _periods = [.. Periods.Select(period => new[] { Write(period) })];
        private readonly StageSheet?[] _stages = new StageSheet?[Periods.Count];

        public CompanyBook Book => Sources.Book;

        /// <summary>What is counted beside contracts and attributes: a report stands until one of these changes.</summary>
        private IReadOnlyList<KeptFigures> Beside => [.. new[] { Sources.Activity?.Figures, Sources.Desk?.Service.Figures, Sources.Touches?.Figures, Sources.Said?.Figures }.OfType<KeptFigures>()];

        private bool OfAnswers => Definition.Measure is ReportMeasure.Nps or ReportMeasure.NpsAnswers;

        public ReportTable Once(Func<ReportTable> tell) => (Beside, OfAnswers) switch
        {
            ([], false) => Book.Lasting(Key, tell),
            ([], true) => Book.Answered(Key, tell),
            ([var figures], false) => figures.Figure(Key, tell),
            _ => Book.Once(Key, tell),
        };

        public IReadOnlyList<T> List<T>(string which, Func<IReadOnlyList<T>> tell)
        {
            var key = Key is null ? null : $"{Key}|{which}";
            return (Beside, OfAnswers) switch
            {
                ([], false) => Book.LastingList(key, tell),
                ([], true) => Book.AnsweredList(key, tell),
                ([var figures], false) => figures.List(key, tell),
                _ => Book.List(key, tell),
            };
        }

        /// <summary>True where everything that is counted stands in the book's entries, and all of them are asked for.</summary>
        private bool OfEntries => Definition.Facts.Topic == ReportTopic.Retention && Key is not null && Places.Length == Book.Accounts.Count
            && !(new ReportDimension?[] { Definition.Rows, Definition.Columns }.Any(by => by is ReportDimension.SavedSegment or ReportDimension.Band or ReportDimension.Stage));

        /// <summary>Everything that is counted, part by part of the accounts.</summary>
        public IReadOnlyList<ReportSums> Sums()
        {
            if (Lack is not null || Periods.Count == 0)
            {
                return [];
            }

            if (OfEntries)
            {
                return Book.Sums($"{Key}|{Book.FirstPaid:O}|{Periods[0].Start:O}|{Periods[^1].End:O}", Book.Accounts, some => Sum([.. Enumerable.Range(Book.PlaceOf(some[0].AccountNo), some.Count)]));
            }

            var chunks = Places.Chunk(AtOnce).ToArray();
            var sums = new ReportSums[chunks.Length];
            BlockSums.AtOnce(chunks.Length, chunk => sums[chunk] = Sum(chunks[chunk]));
            return sums;
        }

        /// <summary>An account can be in several saved segments, and is one thing of everything else.</summary>
        public ReportSums NewSums() => new(Definition.Facts, Definition.Rows != ReportDimension.SavedSegment && Definition.Columns != ReportDimension.SavedSegment);

        private ReportSums Sum(int[] places)
        {
            var sums = NewSums();
            Tell(places, (in PlacedPart part) => sums.Add(part.Part, Keys(Definition.Rows, part), Definition.Columns is { } by ? Keys(by, part) : Everything));
            sums.Close();
            return sums;
        }

        /// <summary>Tells the parts of some of the accounts.</summary>
        public void Tell(int[] places, PartSeen seen)
        {
            if (Lack is null && Periods.Count > 0)
            {
                Counted.Tell(places, Periods, seen);
            }
        }

        /// <summary>The values of a dimension under which a part is counted: one, but for saved segments.</summary>
        public string[] Keys(ReportDimension dimension, in PlacedPart part)
        {
            var entry = Book.Accounts[part.Place];
            if (dimension is not (ReportDimension.Plan or ReportDimension.Product) || part.Change is not { } change)
            {
                return KeysOf(dimension, entry, part);
            }

            // what runs is the same until the next change of contracts: most months are like the one before
            ref var last = ref dimension == ReportDimension.Plan ? ref _lastPlan : ref _lastProduct;
            if (!ReferenceEquals(last.Entry, entry) || last.Change != change)
            {
                last = (entry, change, KeysOf(dimension, entry, part));
            }

            return last.Keys;
        }

        private string[] KeysOf(ReportDimension dimension, BookEntry entry, in PlacedPart part)
        {
            return dimension switch
            {
                ReportDimension.Month or ReportDimension.Quarter or ReportDimension.Year => _periods[part.Period],
                ReportDimension.SavedSegment => Stays!.GetValueOrDefault(entry.AccountNo) ?? Unknown,
                ReportDimension.Segment => One(entry.Segment.On(part.Day)),
                ReportDimension.Plan => One(entry.Contracts.PlanOn(part.Day)),
                ReportDimension.Owner => One(entry.Owner.On(part.Day)),
                ReportDimension.Region => One(entry.Region.On(part.Day)),
                ReportDimension.Country => One(entry.Country),
                ReportDimension.Industry => One(entry.Industry),
                ReportDimension.Start => One(entry.FirstMonthEnd is { } first ? RetentionPeriod.FiscalYear(first, Book.Settings.FiscalStartMonth).ToString(Invariant) : null),
                ReportDimension.Band => One(Sources.Run is { } run && run.Accounts.TryGetValue(entry.AccountNo, out var score) ? HealthBands.Of(score.Health, Book.Settings)?.ToString() : null),
                ReportDimension.Stage => StagesOf(part.Period)[part.Place] is { } stage ? StageKeys[(int)stage] : Unknown,
                _ => One(entry.Contracts.ProductOn(part.Day)),
            };
        }

        /// <summary>The values of a dimension in their order.</summary>
        public IReadOnlyList<ReportValue> Values(ReportDimension dimension, IReadOnlyDictionary<string, ReportTally> tallies) => dimension switch
        {
            _ when dimension.IsTime() => [.. Periods.Select(period => new ReportValue(Write(period), period))],
            ReportDimension.Start => [.. tallies.Keys.Order(StringComparer.Ordinal).Select(value => new ReportValue(value))],
            ReportDimension.Band or ReportDimension.Stage => [.. tallies.Keys.OrderBy(Rank).Select(value => new ReportValue(value))],
            _ =>
            [
                .. tallies.Select(tally => (tally.Key, Cell: tally.Value.Cell())).OrderBy(one => one.Key == RetentionScope.Unknown).ThenByDescending(one => Definition.Facts.Kind == MeasureKind.Rate ? one.Cell.N : Math.Abs(one.Cell.Value ?? 0)).ThenBy(one => one.Key, StringComparer.Ordinal)
                    .Select(one => new ReportValue(one.Key, null, dimension == ReportDimension.SavedSegment ? Segments.GetValueOrDefault(one.Key) : null)),
            ],
        };

        private static int Rank(string value) => Enum.TryParse<HealthBand>(value, out var band) ? (int)band : Enum.TryParse<CustomerStage>(value, out var stage) ? (int)stage : int.MaxValue;

        private static string Write(RetentionPeriod period) => string.Create(Invariant, $"{period.Start:yyyy-MM}_{period.End:yyyy-MM}");

        private StageSheet StagesOf(int period) => _stages[period] ??= Sources.Customers!.Stages(Periods[period].End);

        private string[] One(string? value)
        {
            if (string.IsNullOrWhiteSpace(value))
            {
                return Unknown;
            }

            return _keys.GetOrAdd(value, static one => [one]);
        }
    }
}
