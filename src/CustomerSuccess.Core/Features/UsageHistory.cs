namespace CustomerSuccess.Core.Features;

/// <summary>
/// One account's usage, taken in once in the order of its key (day, metric, contact, source) and asked at ascending as-of dates.
/// Buffers are kept from account to account. Days are day numbers.
/// </summary>
/// <remarks>
/// Of one day and metric the account's own rows win over its people's; sources add up. A day is active when anything was counted on it.
/// Windows that reach back before <paramref name="dataFrom"/>, the first day on which the company has usage at all, are missing.
/// </remarks>
public sealed class UsageHistory(DateOnly? dataFrom)
{
    /// <summary>How much a trend can say: three times as much again.</summary>
    private const double MostTrend = 3;

    private readonly int _dataFrom = dataFrom?.DayNumber ?? int.MaxValue;
    private readonly PeopleHistory _people = new();
    private readonly IntervalHistory _intervals = new();
    private readonly List<int> _used = [];
    private MetricSeries?[] _metrics = new MetricSeries?[64];

    private int _days;
    private int[] _day = new int[512];

    /// <summary>At i: sums over the first i active days.</summary>
    private double[] _count = new double[513];
    private double[] _users = new double[513];
    private int[] _daysWithUsers = new int[513];

    private int _openDay = -1;
    private int _openMetric = -1;
    private bool _accountRow;
    private bool _personActive;
    private double _metricCount;
    private long _metricUsers;
    private double _dayCount;
    private long _dayUsers;

    /// <summary>The first day on which the company has usage at all; null where it has none.</summary>
    public DateOnly? DataFrom => dataFrom;

    /// <summary>Forgets the account, to begin with the next.</summary>
    public void Clear()
    {
        foreach (var metric in _used)
        {
            _metrics[metric]!.Clear();
        }

        _used.Clear();
        _people.Clear();
        _intervals.Clear();
        _days = 0;
        _openDay = -1;
        _openMetric = -1;
    }

    /// <summary>Takes a counter in.</summary>
    /// <param name="day">Day number, not before the one added last.</param>
    /// <param name="metric">The metric's internal number.</param>
    /// <param name="contact">0 for the account as a whole.</param>
    /// <param name="count">The counter, not negative.</param>
    /// <param name="users">Distinct people behind it; 0 where unknown.</param>
    public void Add(int day, int metric, int contact, double count, int users)
    {
        if (day != _openDay)
        {
            CloseDay();
            _openDay = day;
            _openMetric = metric;
        }
        else if (metric != _openMetric)
        {
            CloseMetric();
            _openMetric = metric;
        }

        if (contact == 0)
        {
            _accountRow = true;
            _metricCount += count;
            _metricUsers += users;
        }
        else
        {
            if (!_accountRow)
            {
                _metricCount += count;
            }

            if (count > 0)
            {
                _personActive = true;
                _people.Add(day, contact);
            }
        }
    }

    /// <summary>Ends the account: everything has been added.</summary>
    public void Complete()
    {
        CloseDay();
        _openDay = -1;
    }

    /// <summary>The features as of a day, which is not before the one asked last of this account.</summary>
    public UsageFeatures At(int t)
    {
        var to = UpTo(t);
        var features = new UsageFeatures
        {
            Usage7 = Sum(t, 7, to),
            Usage28 = Sum(t, 28, to),
            Usage91 = Sum(t, 91, to),
            ActiveDays7 = ActiveDays(t, 7, to),
            ActiveDays28 = ActiveDays(t, 28, to),
            ActiveDays91 = ActiveDays(t, 91, to),
            Breadth28 = IsKnown(t, 28) ? Breadth(t) : double.NaN,
            BreadthChange28 = double.NaN,
            Trend28 = double.NaN,
            Trend91 = double.NaN,
            DaysSinceUse = double.NaN,
            SilenceRatio = double.NaN,
            Users28 = IsKnown(t, 28) ? Users(t, to) : double.NaN,
            UsersBefore28 = double.NaN,
            UsersTrend28 = double.NaN,
        };
        if (to == 0)
        {
            return features;
        }

        var age = t - _day[0] + 1;
        var since = t - _day[to - 1];
        features = features with { DaysSinceUse = since, SilenceRatio = since / _intervals.Usual(_day, to) };
        if (age >= 56)
        {
            var before = Users(t - 28, UpTo(t - 28));
            features = features with
            {
                Trend28 = Trend(features.Usage28, Between(t - 56, t - 28)),
                BreadthChange28 = features.Breadth28 - Breadth(t - 28),
                UsersBefore28 = before,
                UsersTrend28 = before > 0 ? Math.Min(MostTrend, (features.Users28 / before) - 1) : double.NaN,
            };
        }

        return age >= 91 ? features with { Trend91 = Trend(features.Usage28, features.Usage91 * 28 / 91) } : features;
    }

    /// <summary>The counter of one metric over the last <paramref name="window"/> days up to t; missing where the window reaches back before the data.</summary>
    public double Metric(int metric, int t, int window) => !IsKnown(t, window) ? double.NaN
        : metric < _metrics.Length && _metrics[metric] is { } series ? series.Between(t - window, t) : 0;

    private static double Trend(double now, double before) => Math.Min(MostTrend, ((now + 1) / (before + 1)) - 1);

    private bool IsKnown(int t, int window) => t - window + 1 >= _dataFrom;

    /// <summary>How many active days there are up to a day.</summary>
    private int UpTo(int day) => MetricSeries.UpTo(_day, _days, day);

    private double Between(int after, int upTo) => _count[UpTo(upTo)] - _count[UpTo(after)];

    private double Sum(int t, int window, int to) => IsKnown(t, window) ? _count[to] - _count[UpTo(t - window)] : double.NaN;

    private double ActiveDays(int t, int window, int to) => IsKnown(t, window) ? to - UpTo(t - window) : double.NaN;

    private int Breadth(int t)
    {
        var breadth = 0;
        foreach (var metric in _used)
        {
            breadth += _metrics[metric]!.AnyBetween(t - 28, t) ? 1 : 0;
        }

        return breadth;
    }

    /// <summary>Active users of the 28 days up to t: distinct people where known, else the day's largest users over metrics, averaged over active days.</summary>
    private double Users(int t, int to)
    {
        var people = _people.Distinct(t - 28, t);
        if (people > 0)
        {
            return people;
        }

        var from = UpTo(t - 28);
        var days = _daysWithUsers[to] - _daysWithUsers[from];
        if (days > 0)
        {
            return (_users[to] - _users[from]) / days;
        }

        var known = _daysWithUsers[to] > 0 || _people.AnyUpTo(t);
        return known && to == from ? 0 : double.NaN;
    }

    private void CloseMetric()
    {
        if (_metricCount > 0)
        {
            if (_openMetric >= _metrics.Length)
            {
                Array.Resize(ref _metrics, Math.Max(_openMetric + 1, _metrics.Length * 2));
            }

            var series = _metrics[_openMetric] ??= new MetricSeries();
            if (series.IsEmpty)
            {
                _used.Add(_openMetric);
            }

            series.Add(_openDay, _metricCount);
        }

        _dayCount += _metricCount;
        _dayUsers = Math.Max(_dayUsers, _metricUsers);
        _metricCount = 0;
        _metricUsers = 0;
        _accountRow = false;
    }

    private void CloseDay()
    {
        if (_openDay < 0)
        {
            return;
        }

        CloseMetric();
        if (_dayCount > 0 || _dayUsers > 0 || _personActive)
        {
            if (_days == _day.Length)
            {
                Array.Resize(ref _day, _days * 2);
                Array.Resize(ref _count, (_days * 2) + 1);
                Array.Resize(ref _users, (_days * 2) + 1);
                Array.Resize(ref _daysWithUsers, (_days * 2) + 1);
            }

            _day[_days] = _openDay;
            _count[_days + 1] = _count[_days] + _dayCount;
            _users[_days + 1] = _users[_days] + _dayUsers;
            _daysWithUsers[_days + 1] = _daysWithUsers[_days] + (_dayUsers > 0 ? 1 : 0);
            _days++;
        }

        _dayCount = 0;
        _dayUsers = 0;
        _personActive = false;
    }
}
