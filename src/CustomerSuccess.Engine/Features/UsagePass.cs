using CustomerSuccess.Core.Features;
using CustomerSuccess.Engine.Products;
using CustomerSuccess.Engine.Storage;
using static CustomerSuccess.Core.Features.FeatureNames;

namespace CustomerSuccess.Engine.Features;

/// <summary>Usage, in one ordered pass that yields every day asked for at once.</summary>
internal sealed class UsagePass
{
    private const int BufferRows = 4096;

    private readonly FeatureRows _rows;
    private readonly ChampionPass _champions;
    private readonly ProductPass? _products;
    private readonly UsageHistory _history;
    private readonly (int Metric, double[] Share, double[] Usage28)[] _metrics;
    private readonly double[] _usage7, _usage28, _usage91, _trend28, _trend91, _active7, _active28, _active91, _since, _silence, _users, _usersBefore, _usersTrend, _breadth, _breadthChange;

    /// <param name="pass">What is asked for.</param>
    /// <param name="champions">Is told when a champion used the product.</param>
    /// <param name="dataFrom">The first day on which the company has usage at all.</param>
    /// <param name="metricIds">Internal numbers of metrics by name.</param>
    public UsagePass(FeaturePass pass, ChampionPass champions, DateOnly? dataFrom, Dictionary<string, int> metricIds)
    {
        _rows = pass.Rows;
        _champions = champions;
        _products = pass.Products;
        _history = new UsageHistory(dataFrom);
        var columns = pass.Columns;
        _metrics = [.. columns.Catalogue.Metrics.Select(metric => (metricIds.GetValueOrDefault(metric, int.MaxValue), columns.Numbers(MetricShare + metric), columns.Numbers(MetricUsage28 + metric)))];
        _usage7 = columns.Numbers(Usage7);
        _usage28 = columns.Numbers(Usage28);
        _usage91 = columns.Numbers(Usage91);
        _trend28 = columns.Numbers(UsageTrend28);
        _trend91 = columns.Numbers(UsageTrend91);
        _active7 = columns.Numbers(ActiveDays7);
        _active28 = columns.Numbers(ActiveDays28);
        _active91 = columns.Numbers(ActiveDays91);
        _since = columns.Numbers(DaysSinceUse);
        _silence = columns.Numbers(SilenceRatio);
        _users = columns.Numbers(Users28);
        _usersBefore = columns.Numbers(UsersBefore28);
        _usersTrend = columns.Numbers(UsersTrend28);
        _breadth = columns.Numbers(Breadth28);
        _breadthChange = columns.Numbers(BreadthChange28);
    }

    public void Run(Snapshot snapshot, CancellationToken cancellation)
    {
        using var scan = new UsageScan(snapshot.Connection, snapshot.Transaction, _rows.Condition());
        var buffer = new ScannedUsage[BufferRows];
        var done = 0;
        var current = 0;
        var position = -1;
        for (var count = scan.Read(buffer); count > 0; count = scan.Read(buffer))
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (ref readonly var row in buffer.AsSpan(0, count))
            {
                if (row.AccountNo != current)
                {
                    done = Finish(position, done);
                    current = row.AccountNo;
                    position = _rows.IndexOf(current);
                    if (position >= 0)
                    {
                        // those before it that never used anything
                        done = FillUpTo(position, done);
                        _products?.BeginUsage(position);
                    }
                }

                if (position < 0)
                {
                    continue;
                }

                _history.Add(row.Day, row.MetricId, row.ContactNo, row.Count, row.Users);
                _products?.Use(row.Day, row.MetricId, row.ContactNo, row.Count, row.Users);
                if (row.ContactNo != 0 && row.Count > 0)
                {
                    _champions.WasActive(position, row.ContactNo, row.Day);
                }
            }
        }

        done = Finish(position, done);
        FillUpTo(_rows.Accounts.Length, done);
    }

    /// <summary>Writes the account whose rows have ended.</summary>
    private int Finish(int position, int done)
    {
        if (position < 0)
        {
            return done;
        }

        _history.Complete();
        Fill(_history, position);
        _history.Clear();
        _products?.EndUsage(position);
        return position + 1;
    }

    /// <summary>Writes the accounts before a position that never used anything; returns up to where all are written.</summary>
    private int FillUpTo(int position, int done)
    {
        if (done >= position)
        {
            return done;
        }

        var nothing = new UsageHistory(_history.DataFrom);
        for (; done < position; done++)
        {
            Fill(nothing, done);
            _products?.BeginUsage(done);
            _products?.EndUsage(done);
        }

        return done;
    }

    /// <summary>Writes all but the features of single metrics.</summary>
    public static void Write(FeatureColumns columns, int row, in UsageFeatures features)
    {
        columns.Numbers(Usage7)[row] = features.Usage7;
        columns.Numbers(Usage28)[row] = features.Usage28;
        columns.Numbers(Usage91)[row] = features.Usage91;
        columns.Numbers(UsageTrend28)[row] = features.Trend28;
        columns.Numbers(UsageTrend91)[row] = features.Trend91;
        columns.Numbers(ActiveDays7)[row] = features.ActiveDays7;
        columns.Numbers(ActiveDays28)[row] = features.ActiveDays28;
        columns.Numbers(ActiveDays91)[row] = features.ActiveDays91;
        columns.Numbers(DaysSinceUse)[row] = features.DaysSinceUse;
        columns.Numbers(SilenceRatio)[row] = features.SilenceRatio;
        columns.Numbers(Users28)[row] = features.Users28;
        columns.Numbers(UsersBefore28)[row] = features.UsersBefore28;
        columns.Numbers(UsersTrend28)[row] = features.UsersTrend28;
        columns.Numbers(Breadth28)[row] = features.Breadth28;
        columns.Numbers(BreadthChange28)[row] = features.BreadthChange28;
    }

    private void Fill(UsageHistory history, int position)
    {
        var days = _rows.DaysAt(position);
        var places = _rows.PlacesAt(position);
        for (var i = 0; i < days.Length; i++)
        {
            var t = days[i].DayNumber;
            var row = places[i];
            var features = history.At(t);
            _usage7[row] = features.Usage7;
            _usage28[row] = features.Usage28;
            _usage91[row] = features.Usage91;
            _trend28[row] = features.Trend28;
            _trend91[row] = features.Trend91;
            _active7[row] = features.ActiveDays7;
            _active28[row] = features.ActiveDays28;
            _active91[row] = features.ActiveDays91;
            _since[row] = features.DaysSinceUse;
            _silence[row] = features.SilenceRatio;
            _users[row] = features.Users28;
            _usersBefore[row] = features.UsersBefore28;
            _usersTrend[row] = features.UsersTrend28;
            _breadth[row] = features.Breadth28;
            _breadthChange[row] = features.BreadthChange28;
            foreach (var (metric, share, usage28) in _metrics)
            {
                usage28[row] = history.Metric(metric, t, 28);
                share[row] = features.Usage91 > 0 ? history.Metric(metric, t, 91) / features.Usage91 : double.NaN;
            }
        }
    }
}
