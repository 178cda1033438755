using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.Modelling;

namespace CustomerSuccess.Core.Reports;

/// <summary>A value with what it rests on.</summary>
/// <param name="Value">Null where nothing was counted.</param>
/// <param name="N">Customers, answers or inquiries that were counted.</param>
/// <param name="Lower">Lower end of the 95 % interval; null where the measure has none.</param>
/// <param name="Upper">Upper end.</param>
public readonly record struct ReportCell(double? Value, int N, double? Lower, double? Upper)
{
    /// <summary>Below so many a rate says little.</summary>
    public const int Few = 10;
}

/// <summary>What one customer, answer or inquiry adds to a report.</summary>
/// <param name="Amount">Of a flow or stock what is summed; of a rate the upper part.</param>
/// <param name="Of">Of a rate, what it is a share of.</param>
/// <param name="N">How many are counted: 0 or 1.</param>
public readonly record struct ReportPart(decimal Amount, decimal Of, int N)
{
    /// <summary>An answer to the question of recommendation.</summary>
    public NpsGroup? Group { get; init; }

    /// <summary>How long something took, or has run so far, in the measure's unit.</summary>
    public double? Time { get; init; }

    /// <summary>True where it has not happened yet.</summary>
    public bool Running { get; init; }
}

/// <summary>Adds up one cell of a report. The same parts give a customer's own value, a slice's and the whole's.</summary>
public sealed class ReportTally(MeasureFacts measure)
{
    private int[]? _groups;
    private WaitingTimes? _waiting;
    private decimal _sum, _of;
    private int _n;

    /// <summary>Counts a part in.</summary>
    public void Add(in ReportPart part)
    {
        _sum += part.Amount;
        _of += part.Of;
        _n += part.N;
        if (part.Group is { } group)
        {
            (_groups ??= new int[3])[(int)group]++;
        }
        else if (part.Time is { } time)
        {
            (_waiting ??= new()).Add(time, part.Running);
        }
    }

    /// <summary>Counts everything in that another tally of the measure counted.</summary>
    public void Add(ReportTally other)
    {
        (_sum, _of, _n) = (_sum + other._sum, _of + other._of, _n + other._n);
        for (var group = 0; group < other._groups?.Length; group++)
        {
            (_groups ??= new int[3])[group] += other._groups[group];
        }

        if (other._waiting is { } times)
        {
            (_waiting ??= new()).Add(times);
        }
    }

    /// <summary>The value; an amount is not rounded.</summary>
    public ReportCell Cell()
    {
        switch (measure)
        {
            case { Kind: not MeasureKind.Rate }:
                return new((double)_sum, _n, null, null);
            case { Unit: MeasureUnit.Score }:
                var score = _groups is null ? null : NetPromoter.Of(_groups);
                return new(score?.Score, _n, score?.Lower, score?.Upper);
            case { Unit: MeasureUnit.Minutes or MeasureUnit.Hours }:
                return new(_waiting?.Percentile(0.5), _n, null, null);
            case { Unit: MeasureUnit.Share, Measure: not (ReportMeasure.Nrr or ReportMeasure.Grr) }:
                var interval = _of > 0 ? TestCurves.Wilson((int)_sum, (int)_of) : ((double Lower, double Upper)?)null;
                return new(Ratio, _n, interval?.Lower, interval?.Upper);
            default:
                return new(Ratio, _n, null, null);
        }
    }

    /// <summary>What was summed, exactly.</summary>
    public decimal Sum => _sum;

    private double? Ratio => _of == 0 ? null : (double)(_sum / _of);
}
