using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Health;
using CustomerSuccess.Core.Products;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Health;

/// <summary>What health is computed from beside features: versions of the scheme, segments, and judgements that still count.</summary>
internal sealed class HealthInputs
{
    private readonly (DateOnly From, HealthScheme Scheme)[] _schemes;
    private readonly Dictionary<int, string?> _segments;
    private readonly ILookup<int, Judgement> _judgements;

    private HealthInputs((DateOnly From, HealthScheme Scheme)[] schemes, Dictionary<int, string?> segments, ILookup<int, Judgement> judgements)
    {
        _schemes = schemes;
        _segments = segments;
        _judgements = judgements;
    }

    public HealthScheme? InForce => _schemes.Length > 0 ? _schemes[^1].Scheme : null;

    public static async Task<HealthInputs> ReadAsync(Database database, CompanySettings settings, CancellationToken cancellation)
    {
        await using var context = database.OpenContext();
        var schemes = await context.HealthSchemes.AsNoTracking().OrderBy(scheme => scheme.SchemeNo).ToListAsync(cancellation);
        var segments = await context.Accounts.AsNoTracking().Select(account => new { account.AccountNo, account.Segment }).ToDictionaryAsync(account => account.AccountNo, account => account.Segment, cancellation);
        var judgements = await context.Judgements.AsNoTracking().Where(judgement => judgement.WithdrawnAt == null).OrderByDescending(judgement => judgement.At).ToListAsync(cancellation);
        return new([.. schemes.Select(scheme => (settings.DayOf(scheme.InForceFrom), scheme))], segments, judgements.ToLookup(judgement => judgement.AccountNo));
    }

    /// <summary>Points as they are shown now: by the version in force, with judgements up to a day.</summary>
    public HealthPoint[] Now(FeatureTable table, IReadOnlyList<Observation> accounts, DateOnly judgedUntil) =>
        Points(table, accounts, _ => InForce, _ => judgedUntil);

    /// <summary>Points as they would have been shown on their own days: by the version then in force, so that a later one does not rewrite them.</summary>
    public HealthPoint[] Then(FeatureTable table, IReadOnlyList<Observation> accounts) =>
        Points(table, accounts, On, day => day);

    /// <summary>Points of products as they are shown now; a judgement is of the account and does not count.</summary>
    public (ProductHealthPoint[] Points, int[] Payers) ProductsNow(ProductTable table) => Products(table, _ => InForce);

    /// <summary>Points of products as they would have been shown on their own days.</summary>
    public ProductHealthPoint[] ProductsThen(ProductTable table) => Products(table, On).Points;

    private HealthScheme? On(DateOnly day) => Array.FindLast(_schemes, scheme => scheme.From <= day).Scheme;

    private (ProductHealthPoint[] Points, int[] Payers) Products(ProductTable table, Func<DateOnly, HealthScheme?> schemeOn)
    {
        var schemes = table.Table.AsOf.Distinct().ToDictionary(day => day, schemeOn);
        string? Segment(int row) => _segments.GetValueOrDefault(table.Table.AccountNo[row]);
        var (points, payers) = ProductHealth.Of(table, row => (schemes[table.Table.AsOf[row]]?.Rule() ?? HealthRule.Default).For(Segment(row)));
        return ([.. points.Select((point, row) =>
        {
            (point.SchemeNo, point.Segment) = (schemes[point.AsOf]?.SchemeNo ?? 0, Segment(row));
            return ProductHealthPoint.Of(table.KeyOf(row), point);
        })], payers);
    }

    private HealthPoint[] Points(FeatureTable table, IReadOnlyList<Observation> accounts, Func<DateOnly, HealthScheme?> schemeOn, Func<DateOnly, DateOnly> judgedUntil)
    {
        var schemes = table.AsOf.Distinct().ToDictionary(day => day, schemeOn);
        HealthRule Rule(int row) => schemes[table.AsOf[row]]?.Rule() ?? HealthRule.Default;
        string? Segment(int row) => _segments.GetValueOrDefault(table.AccountNo[row]);
        var points = HealthScore.Of(table, row => Rule(row).For(Segment(row)));
        var rules = RuleScore.Of(table);
        for (var row = 0; row < points.Length; row++)
        {
            var point = points[row];
            point.SchemeNo = schemes[point.AsOf]?.SchemeNo ?? 0;
            point.Segment = Segment(row);
            point.RuleScore = accounts[row].Leaving ? null : rules[row];
            if (point.Total is { } health && _judgements.Contains(point.AccountNo))
            {
                var until = judgedUntil(point.AsOf);
                var newest = _judgements[point.AccountNo].FirstOrDefault(judgement => judgement.Day <= until);
                var moved = Judgement.Points(health, newest, until, Rule(row).JudgementWeight);
                if (moved != 0)
                {
                    (point.JudgementPoints, point.Total) = (moved, health + moved);
                }
            }
        }

        return points;
    }
}
