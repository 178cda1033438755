using System.Text.Json;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Analytics;

/// <summary>Use of every feature by every customer, and users against customers who are alike, in one ordered reading of all usage.</summary>
internal sealed class AdoptionFigures
{
    /// <summary>Features that are looked at one by one: those with most rows in three months.</summary>
    private const int MostMetrics = 24;

    private const int RecentDays = 91;

    /// <summary>Customers that are compared; of more, every second, third, ... is drawn.</summary>
    private const int MostCompared = 20_000;

    /// <summary>Days whose customers are followed, a quarter apart, and for how many days.</summary>
    private const int MostDays = 8, Followed = 90;

    private const int BufferRows = 4096;

    private readonly CompanyBook _book;
    private readonly int _asOf;
    private readonly int[] _places;
    private readonly Dictionary<int, int> _rowOf;
    private readonly DateOnly[] _days;
    private readonly float[][] _columns;
    private readonly int[] _firstUse;
    private readonly int[] _lastUse;
    private readonly List<Witness> _witnesses = [];
    private readonly string[] _metrics;

    // of the account being read
    private readonly HashSet<int>[] _people;
    private readonly double[,] _count;
    private readonly int[,] _active;

    private sealed record Witness(int Account, int Day, string? Plan, int Age, double Size, bool Left, float[] Counts, int Adopts);

    private AdoptionFigures(CompanyBook book, DateOnly asOf, IReadOnlyList<(int Id, string Name)> metrics, int mostId)
    {
        (_book, _asOf) = (book, asOf.DayNumber);
        _metrics = [.. metrics.Select(metric => metric.Name)];
        _places = new int[mostId + 1];
        Array.Fill(_places, -1);
        for (var place = 0; place < metrics.Count; place++)
        {
            _places[metrics[place].Id] = place;
        }

        _lastUse = new int[mostId + 1];
        _rowOf = book.Accounts.Select((account, row) => (account.AccountNo, row)).ToDictionary(pair => pair.AccountNo, pair => pair.row);
        _columns = [.. Enumerable.Range(0, metrics.Count * AdoptionSheet.Width).Select(_ => new float[book.Accounts.Count])];
        _firstUse = new int[book.Accounts.Count * metrics.Count];
        _days = Days(book, asOf);
        _people = [.. metrics.Select(_ => new HashSet<int>())];
        _count = new double[_days.Length, metrics.Count];
        _active = new int[_days.Length, metrics.Count];
    }

    /// <summary>The figures; null where the company has no usage.</summary>
    public static async Task<RunFigure?> OfAsync(ScoreRun run, CompanyBook book, Database database, CancellationToken cancellation)
    {
        if (run.UsageUntil is not { } until)
        {
            return null;
        }

        var asOf = until < run.AsOf ? until : run.AsOf;
        await using var snapshot = await Snapshot.OpenAsync(database, cancellation);
        var names = await snapshot.Context.Metrics.OrderBy(metric => metric.MetricId).Select(metric => new { metric.MetricId, metric.Name }).ToListAsync(cancellation);
        if (names.Count == 0)
        {
            return null;
        }

        var after = asOf.AddDays(-RecentDays);
        var used = await (
            from account in snapshot.Context.Accounts
            join usage in snapshot.Context.Usage on account.AccountNo equals usage.AccountNo
            where usage.Day > after && usage.Day <= asOf && usage.Count > 0
            group usage by usage.MetricId into metric
            select new { MetricId = metric.Key, Rows = metric.LongCount() }).ToListAsync(cancellation);
        var name = names.ToDictionary(metric => metric.MetricId, metric => metric.Name);
        var chosen = used.OrderByDescending(metric => metric.Rows).ThenBy(metric => name[metric.MetricId], StringComparer.Ordinal).Take(MostMetrics).Select(metric => (metric.MetricId, name[metric.MetricId])).ToList();
        var figures = new AdoptionFigures(book, asOf, chosen, names[^1].MetricId);
        var from = await Task.Run(() => figures.Read(snapshot, cancellation), cancellation);
        if (from is not { } first)
        {
            return null;
        }

        var quiet = names.Where(metric => used.All(other => other.MetricId != metric.MetricId)).Select(metric => new QuietMetric(metric.Name, figures._lastUse[metric.MetricId] is > 0 and var last ? DateOnly.FromDayNumber(last) : null)).ToList();
        var sheet = figures.ToSheet(asOf, first, quiet, used.Count - chosen.Count);
        return new() { ScoreRunId = run.ScoreRunId, Name = RunFigure.Adoption, AsOf = run.AsOf, HeadJson = JsonSerializer.Serialize(sheet.Head), Sheet = sheet.Pack() };
    }

    /// <summary>Month ends of whose customers it is known who left within the time they are followed, newest first.</summary>
    private static DateOnly[] Days(CompanyBook book, DateOnly asOf)
    {
        if (book.ContractsUntil is not { } until)
        {
            return [];
        }

        var newest = until.AddDays(-Followed - book.Settings.GraceDays);
        var day = MonthEnds.OnOrBefore(newest < asOf ? newest : asOf);
        return [.. Enumerable.Range(0, MostDays).Select(quarter => MonthEnds.OnOrAfter(new DateOnly(day.Year, day.Month, 1).AddMonths(-3 * quarter)))];
    }

    /// <summary>Reads all usage; returns its first day.</summary>
    private DateOnly? Read(Snapshot snapshot, CancellationToken cancellation)
    {
        using var scan = new UsageScan(snapshot.Connection, snapshot.Transaction, "1 = 1");
        var buffer = new ScannedUsage[BufferRows];
        var (account, day, metric, row, first) = (-1, -1, -1, -1, int.MaxValue);
        var (own, people, ofAccount, users) = (0.0, 0.0, false, 0);
        var read = new HashSet<int>();
        for (var count = scan.Read(buffer); count > 0; count = scan.Read(buffer))
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (ref readonly var usage in buffer.AsSpan(0, count))
            {
                if (usage.Day > _asOf)
                {
                    continue;
                }

                if (usage.AccountNo != account || usage.Day != day || usage.MetricId != metric)
                {
                    Take(row, day, metric, ofAccount ? own : people, users);
                    if (usage.AccountNo != account)
                    {
                        Finish(row);
                        account = usage.AccountNo;
                        row = _rowOf.GetValueOrDefault(account, -1);
                        read.Add(row);
                    }

                    (day, metric, own, people, ofAccount, users) = (usage.Day, usage.MetricId, 0, 0, false, 0);
                }

                // of one day and metric the account's own rows win over its people's; sources add up
                if (usage.ContactNo == 0)
                {
                    (own, ofAccount, users) = (own + usage.Count, true, users + usage.Users);
                }
                else
                {
                    people += usage.Count;
                    if (usage.Count > 0 && row >= 0 && usage.Day > _asOf - AdoptionSheet.Days && _places[usage.MetricId] is >= 0 and var place)
                    {
                        _people[place].Add(usage.ContactNo);
                    }
                }

                first = usage.Count > 0 ? Math.Min(first, usage.Day) : first;
            }
        }

        Take(row, day, metric, ofAccount ? own : people, users);
        Finish(row);
        for (var silent = 0; silent < _book.Accounts.Count; silent++)
        {
            if (!read.Contains(silent))
            {
                Finish(silent);
            }
        }

        return first == int.MaxValue ? null : DateOnly.FromDayNumber(first);
    }

    /// <summary>Takes in the uses of one feature on one day.</summary>
    private void Take(int row, int day, int metric, double count, int users)
    {
        if (row < 0 || count <= 0)
        {
            return;
        }

        _lastUse[metric] = Math.Max(_lastUse[metric], day);
        if (_places[metric] is not (>= 0 and var place))
        {
            return;
        }

        ref var first = ref _firstUse[(row * _metrics.Length) + place];
        first = first == 0 ? day : first;
        var (date, asOf) = (DateOnly.FromDayNumber(day), DateOnly.FromDayNumber(_asOf));
        var months = ((asOf.Year - date.Year) * 12) + asOf.Month - date.Month;
        if (months < AdoptionSheet.Months)
        {
            ref var mask = ref _columns[place * AdoptionSheet.Width][row];
            mask = (int)mask | (1 << months);
        }

        if (day > _asOf - AdoptionSheet.Days)
        {
            _columns[(place * AdoptionSheet.Width) + 1][row] += (float)count;
            ref var most = ref _columns[(place * AdoptionSheet.Width) + 2][row];
            most = Math.Max(most, users);
        }

        for (var d = 0; d < _days.Length; d++)
        {
            var end = _days[d].DayNumber;
            if (day <= end && day > end - AdoptionSheet.Days)
            {
                _count[d, place] += count;
                _active[d, place]++;
            }
        }
    }

    /// <summary>Notes what the account was at each of the days, and forgets it.</summary>
    private void Finish(int row)
    {
        if (row < 0)
        {
            return;
        }

        for (var place = 0; place < _metrics.Length; place++)
        {
            ref var users = ref _columns[(place * AdoptionSheet.Width) + 2][row];
            users = Math.Max(users, _people[place].Count);
            _people[place].Clear();
        }

        if (row % ((_book.Accounts.Count / MostCompared) + 1) == 0)
        {
            Witnesses(_book.Accounts[row]);
        }

        Array.Clear(_count);
        Array.Clear(_active);
    }

    private void Witnesses(BookEntry account)
    {
        var mrr = account.Contracts.Mrr;
        if (mrr.FirstPayingDay is not { } since)
        {
            return;
        }

        var left = mrr.ChurnEvents(_book.Settings.GraceDays);
        for (var d = 0; d < _days.Length; d++)
        {
            var day = _days[d];
            if (!mrr.IsPaying(day))
            {
                continue;
            }

            var counts = new float[_metrics.Length];
            var adopts = 0;
            for (var place = 0; place < counts.Length; place++)
            {
                counts[place] = (float)_count[d, place];
                adopts |= _active[d, place] >= AdoptionSheet.LeastDays ? 1 << place : 0;
            }

            var months = (day.DayNumber - since.DayNumber) / 30.4;
            _witnesses.Add(new(
                account.AccountNo, d, account.Contracts.PlanOn(day), months < 6 ? 0 : months < 12 ? 1 : months < 24 ? 2 : 3,
                (double)mrr.On(day, currency => _book.Rates.KnownOn(currency, day)), left.Any(end => end > day && end <= day.AddDays(Followed)), counts, adopts));
        }
    }

    private AdoptionSheet ToSheet(DateOnly asOf, DateOnly from, IReadOnlyList<QuietMetric> quiet, int further)
    {
        // before its days were counted in full nobody can be told from a non-user
        var known = Enumerable.Range(0, _days.Length).Where(d => _days[d].AddDays(1 - AdoptionSheet.Days) >= from).ToHashSet();
        var witnesses = _witnesses.Where(witness => known.Contains(witness.Day)).ToList();
        var metrics = _metrics.Select((metric, place) => new AdoptionMetric(metric, witnesses.Count == 0 ? null : Compare(witnesses, place))).ToList();
        for (var row = 0; row < _book.Accounts.Count; row++)
        {
            var since = _book.Accounts[row].Contracts.Mrr.FirstPayingDay;
            for (var place = 0; place < _metrics.Length; place++)
            {
                var first = _firstUse[(row * _metrics.Length) + place];
                _columns[(place * AdoptionSheet.Width) + 3][row] = since is not { } start || start <= from || start > asOf.AddDays(-AdoptionSheet.FirstDays) ? float.NaN
                    : first == 0 ? AdoptionSheet.Never
                    : Math.Max(0, first - start.DayNumber);
            }
        }

        return AdoptionSheet.Of(
            new() { AsOf = asOf, UsageFrom = from, Metrics = metrics, Quiet = quiet, Further = further, Days = [.. known.Order().Select(d => _days[d])], Followed = Followed },
            [.. _book.Accounts.Select(account => account.AccountNo)],
            [.. _book.Accounts.Select(account => (double)account.Contracts.Mrr.On(asOf, currency => _book.Rates.KnownOn(currency, asOf)))],
            _columns);
    }

    private MatchedComparison Compare(List<Witness> witnesses, int place)
    {
        var compared = _columns[(place * AdoptionSheet.Width) + 4];
        return MatchedComparison.Of(
            [.. witnesses.Select(witness => new ComparedUnit(witness.Account, (witness.Day, witness.Plan, witness.Age), (witness.Adopts & (1 << place)) != 0, witness.Size, Math.Max(0, witness.Counts.Sum() - witness.Counts[place]), witness.Left))],
            unit =>
            {
                var role = (unit.Adopts, unit.Left) switch { (true, false) => ComparedAs.UserKept, (true, true) => ComparedAs.UserLeft, (false, false) => ComparedAs.OtherKept, _ => ComparedAs.OtherLeft };
                ref var cell = ref compared[_rowOf[unit.Account]];
                cell = (int)cell | (int)role;
            });
    }
}
