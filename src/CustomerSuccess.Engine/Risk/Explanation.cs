using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Core.Risk;

namespace CustomerSuccess.Engine.Risk;

/// <summary>What a run says of one account.</summary>
internal readonly record struct Explained(double? Churn, double? Upsell, double Months, IReadOnlyList<Driver> ChurnDrivers, IReadOnlyList<Driver> UpsellDrivers, byte[] ChurnParts, IReadOnlyList<Relief> Reliefs);

/// <summary>Asks the models for probabilities and reasons, some accounts at a time; without a churn model the rules give the reasons.</summary>
internal sealed class Explanation
{
    private readonly FeatureTable _table;
    private readonly ScoringModel? _churn;
    private readonly ScoringModel? _upsell;
    private readonly IReadOnlyList<string?> _segments;
    private readonly double[] _medians;
    private readonly Dictionary<string, double> _medianOf;
    private readonly SegmentLife _life;
    private readonly ThemeParts _parts;

    public Explanation(FeatureTable table, ScoringModel? churn, ScoringModel? upsell, IReadOnlyList<string?> segments, int horizonDays)
    {
        (_table, _churn, _upsell, _segments) = (table, churn, upsell, segments);
        Features = new FeatureReader(table);
        _medians = Drivers.Medians(table);
        _parts = new ThemeParts([.. table.Columns.Select(column => column.Name)]);
        _medianOf = table.Columns.Select((column, i) => (column.Name, i)).ToDictionary(pair => pair.Name, pair => _medians[pair.i], StringComparer.Ordinal);
        _life = new SegmentLife(churn is null ? [] : [.. churn.Probabilities(table).Select((p, row) => (segments[row], p))], horizonDays);
    }

    public FeatureReader Features { get; }

    /// <summary>The themes in the order of the parts.</summary>
    public IReadOnlyList<string> Themes => _parts.Themes;

    public Explained[] Block(int from, int rows)
    {
        var part = _table.Take([.. Enumerable.Range(from, rows)]);
        var reader = new FeatureReader(part);
        var churn = _churn?.Predict(part);
        var upsell = _upsell?.Predict(part);
        var reliefs = new ReliefSearch(part, _churn).Run(churn is null ? RuleScore.Of(part).Select(score => score / 100) : churn.Select(prediction => prediction.Probability));
        return [.. Enumerable.Range(0, rows).Select(i =>
        {
            var drivers = churn is null ? Drivers.OfRules(Features, from + i, _medianOf) : Drivers.Of(part, i, churn[i].Points, _medians, _parts, reader);
            return new Explained(
                churn?[i].Probability,
                upsell?[i].Probability,
                _life.MonthsOf(_segments[from + i]),
                drivers,
                upsell is null ? [] : Drivers.Of(part, i, upsell[i].Points, _medians, _parts, reader),
                churn is null ? _parts.Pack(drivers) : _parts.Pack(churn[i]),
                reliefs[i]);
        })];
    }
}
