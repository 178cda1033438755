namespace CustomerSuccess.Core.Modelling;

/// <summary>Scores of labelled rows, sorted once, so that each draw of a bootstrap is one pass.</summary>
public sealed class RankedScores
{
    private const int Bins = 10;
    private const double Top = 0.1;

    private readonly double[] _scores;
    private readonly bool[] _labels;
    private readonly bool _areProbabilities;
    private readonly double _capacity;
    private readonly int[] _order;
    private readonly int[] _orderInDates;
    private readonly int[] _dates;
    private readonly double[] _losses;

    /// <param name="scores">Higher means the outcome is likelier.</param>
    /// <param name="labels">What happened.</param>
    /// <param name="areProbabilities">False for a score that only ranks.</param>
    /// <param name="dates">By row, a number of its as-of date.</param>
    /// <param name="capacity">Rows of each date that can be acted on.</param>
    public RankedScores(double[] scores, bool[] labels, bool areProbabilities, int[] dates, double capacity)
    {
        _scores = scores;
        _labels = labels;
        _areProbabilities = areProbabilities;
        _dates = dates;
        _capacity = capacity;
        _order = [.. Enumerable.Range(0, scores.Length).OrderByDescending(i => scores[i])];
        _orderInDates = [.. _order.OrderBy(i => dates[i])];
        _losses = areProbabilities ? [.. scores.Select((p, i) => -Math.Log(Math.Clamp(labels[i] ? p : 1 - p, 1e-15, 1)))] : [];
    }

    public MetricValues Measure(double[] weights)
    {
        double all = 0, positive = 0, loss = 0, brier = 0;
        for (var i = 0; i < _scores.Length; i++)
        {
            var w = weights[i];
            all += w;
            var y = _labels[i] ? 1.0 : 0.0;
            positive += w * y;
            if (_areProbabilities)
            {
                loss += w * _losses[i];
                brier += w * (_scores[i] - y) * (_scores[i] - y);
            }
        }

        double negative = all - positive, seen = 0, seenPositive = 0, concordant = 0, averagePrecision = 0, top = 0;
        double binMass = 0, binScore = 0, binPositive = 0, calibrationError = 0;
        var closed = 0;
        for (var i = 0; i < _order.Length;)
        {
            double groupMass = 0, groupPositive = 0;
            var score = _scores[_order[i]];
            for (; i < _order.Length && _scores[_order[i]] == score; i++)
            {
                var w = weights[_order[i]];
                groupMass += w;
                if (_labels[_order[i]])
                {
                    groupPositive += w;
                }
            }

            if (groupMass == 0)
            {
                continue;
            }

            var belowNegative = negative - (seen - seenPositive) - (groupMass - groupPositive);
            concordant += groupPositive * (belowNegative + ((groupMass - groupPositive) / 2));
            if (seen < Top * all)
            {
                // a group of equal scores that crosses the cut counts in proportion
                top += groupPositive * Math.Min(1, ((Top * all) - seen) / groupMass);
            }

            seen += groupMass;
            seenPositive += groupPositive;
            averagePrecision += groupPositive * seenPositive / seen;
            binMass += groupMass;
            binScore += groupMass * score;
            binPositive += groupPositive;
            if (seen >= (closed + 1) * all / Bins * (1 - 1e-12))
            {
                calibrationError += Math.Abs(binScore - binPositive);
                (binMass, binScore, binPositive) = (0, 0, 0);
                closed = (int)Math.Floor(seen * Bins / all * (1 + 1e-12));
            }
        }

        calibrationError += binMass > 0 ? Math.Abs(binScore - binPositive) : 0;
        var rate = positive / all;
        var precision = top / (Top * all);
        var atCapacity = PrecisionAtCapacity(weights);
        return new MetricValues(
            concordant / (positive * negative),
            averagePrecision / positive,
            _areProbabilities ? loss / all : double.NaN,
            _areProbabilities ? brier / all : double.NaN,
            _areProbabilities ? calibrationError / all : double.NaN,
            precision / rate,
            precision,
            atCapacity / rate,
            atCapacity);
    }

    private double PrecisionAtCapacity(double[] weights)
    {
        double taken = 0, hit = 0, left = 0;
        var date = -1;
        for (var i = 0; i < _orderInDates.Length;)
        {
            if (_dates[_orderInDates[i]] != date)
            {
                date = _dates[_orderInDates[i]];
                left = _capacity;
            }

            double mass = 0, positive = 0;
            var score = _scores[_orderInDates[i]];
            for (; i < _orderInDates.Length && _scores[_orderInDates[i]] == score && _dates[_orderInDates[i]] == date; i++)
            {
                mass += weights[_orderInDates[i]];
                positive += _labels[_orderInDates[i]] ? weights[_orderInDates[i]] : 0;
            }

            if (mass > 0 && left > 0)
            {
                var share = Math.Min(1, left / mass);
                taken += share * mass;
                hit += share * positive;
                left -= share * mass;
            }
        }

        return taken > 0 ? hit / taken : double.NaN;
    }
}
