using System.Text.Json;
using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Core.Segments;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Playbooks;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Segments;

/// <summary>
/// What a score run knows of its accounts, as far as some conditions ask for it. Whole columns are read, by queries that mean the same on both databases,
/// and conditions are asked row by row in memory: 100,000 accounts with a handful of features are some ten megabytes.
/// </summary>
internal sealed class RunTable
{
    private readonly CompanySettings _settings;
    private readonly FeatureReader _features;
    private readonly OtherFields _others;
    private readonly Dictionary<int, StandingFacts>? _standing;
    private readonly Dictionary<int, IReadOnlyList<Driver>>? _drivers;
    private readonly IReadOnlyDictionary<string, Condition> _segments;

    private RunTable(AccountScore[] scores, CompanySettings settings, FeatureReader features, OtherFields others, Dictionary<int, StandingFacts>? standing, Dictionary<int, IReadOnlyList<Driver>>? drivers, IReadOnlyDictionary<string, Condition> segments) =>
        (Scores, _settings, _features, _others, _standing, _drivers, _segments) = (scores, settings, features, others, standing, drivers, segments);

    /// <summary>The run's accounts by number, those among them that are leaving.</summary>
    public AccountScore[] Scores { get; }

    /// <summary>Reads what some conditions ask for.</summary>
    /// <param name="context">The store.</param>
    /// <param name="run">A finished run.</param>
    /// <param name="conditions">What will be asked.</param>
    /// <param name="segments">What the saved segments say, by id.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <param name="further">Fields that are read beside those of the conditions.</param>
    public static async Task<RunTable> ReadAsync(CustomerSuccessContext context, ScoreRun run, IEnumerable<Condition> conditions, IReadOnlyDictionary<string, Condition> segments, CancellationToken cancellation, IEnumerable<string>? further = null)
    {
        var fields = FieldsOf(conditions, segments);
        fields.UnionWith(further ?? []);
        var settings = ScoreRunQuery.SettingsOf(run);
        var scores = await context.AccountScores.AsNoTracking().Where(score => score.ScoreRunId == run.ScoreRunId).OrderBy(score => score.AccountNo).ToArrayAsync(cancellation);
        var features = await FeaturesAsync(context, run, scores, FeaturesOf(fields), cancellation);
        var standing = fields.Overlaps((string[])[SegmentFields.FailedInvoices, SegmentFields.OverdueInvoices, SegmentFields.EscalatedInquiries]) ? await StandingFactsQuery.ReadAsync(context, run.AsOf, settings, cancellation) : null;
        var drivers = fields.Contains(SegmentFields.Drivers) ? await DriversAsync(context, run, cancellation) : null;
        return new(scores, settings, new(features), await OtherFields.ReadAsync(context, fields, run.AsOf, settings, cancellation), standing, drivers, segments);
    }

    /// <summary>Every field that some conditions ask for, those of the segments that they name among them.</summary>
    public static HashSet<string> FieldsOf(IEnumerable<Condition> conditions, IReadOnlyDictionary<string, Condition> segments)
    {
        var fields = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<Condition>(conditions);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (open.TryPop(out var condition))
        {
            foreach (var field in condition.Fields)
            {
                fields.Add(field);
                if (ConditionRules.SegmentOf(field) is { } id && seen.Add(id) && segments.TryGetValue(id, out var other))
                {
                    open.Push(other);
                }
            }
        }

        return fields;
    }

    /// <summary>What is known of the account in a row.</summary>
    public AccountSigns At(int row)
    {
        var score = Scores[row];
        return new(_features, row, _settings, score.RuleScore)
        {
            Score = score,
            Standing = _standing is null ? null : _standing.GetValueOrDefault(score.AccountNo),
            Drivers = _drivers?.GetValueOrDefault(score.AccountNo) ?? [],
            Others = _others.Of(score.AccountNo),
            Segments = _segments,
        };
    }

    /// <summary>The rows in which a condition holds.</summary>
    public List<int> Matching(Condition condition)
    {
        var rows = new List<int>();
        for (var row = 0; row < Scores.Length; row++)
        {
            if (condition.Holds(At(row)))
            {
                rows.Add(row);
            }
        }

        return rows;
    }

    /// <summary>The features that fields are told by.</summary>
    private static HashSet<string> FeaturesOf(HashSet<string> fields)
    {
        var features = fields.Where(field => !field.Contains('.', StringComparison.Ordinal) || field.StartsWith(FeatureNames.MetricShare, StringComparison.Ordinal) || field.StartsWith(FeatureNames.MetricUsage28, StringComparison.Ordinal))
            .Where(field => !field.StartsWith(FeatureNames.Attribute, StringComparison.Ordinal) && ConditionRules.SegmentOf(field) is null).ToHashSet(StringComparer.Ordinal);
        Add(SegmentFields.Stage, FeatureNames.ContractAge);
        Add(SegmentFields.NoticeNear, FeatureNames.DaysToNotice);
        Add(SegmentFields.RenewalNear, FeatureNames.DaysToRenewal);
        return features;

        void Add(string field, string feature)
        {
            if (fields.Contains(field))
            {
                features.Add(feature);
            }
        }
    }

    private static async Task<FeatureTable> FeaturesAsync(CustomerSuccessContext context, ScoreRun run, AccountScore[] scores, HashSet<string> wanted, CancellationToken cancellation)
    {
        var columns = wanted.ToDictionary(name => name, _ => Missing(scores.Length), StringComparer.Ordinal);
        if (wanted.Count > 0)
        {
            var catalogues = await context.FeatureCatalogues.AsNoTracking().ToDictionaryAsync(catalogue => catalogue.Hash, catalogue => catalogue.Text, cancellation);
            var rows = scores.Select((score, row) => (score.AccountNo, row)).ToDictionary(pair => pair.AccountNo, pair => pair.row);
            var packed = from score in context.AccountScores.AsNoTracking()
                         where score.ScoreRunId == run.ScoreRunId
                         join snapshot in context.FeatureSnapshots.AsNoTracking() on score.AccountNo equals snapshot.AccountNo
                         where snapshot.AsOf == run.AsOf
                         select new { snapshot.AccountNo, snapshot.Catalogue, snapshot.Values };
            await foreach (var snapshot in packed.AsAsyncEnumerable().WithCancellation(cancellation))
            {
                var row = rows[snapshot.AccountNo];
                foreach (var value in PackedFeatures.Unpack(snapshot.Values, catalogues[snapshot.Catalogue]))
                {
                    if (columns.TryGetValue(value.Name, out var column))
                    {
                        column[row] = value.Number;
                    }
                }
            }
        }

        return new([.. scores.Select(score => score.AccountNo)], [.. Enumerable.Repeat(run.AsOf, scores.Length)], [.. columns.Select(column => FeatureColumn.OfNumbers(column.Key, column.Value))]);
    }

    private static double[] Missing(int rows)
    {
        var numbers = new double[rows];
        Array.Fill(numbers, double.NaN);
        return numbers;
    }

    private static async Task<Dictionary<int, IReadOnlyList<Driver>>> DriversAsync(CustomerSuccessContext context, ScoreRun run, CancellationToken cancellation)
    {
        var drivers = new Dictionary<int, IReadOnlyList<Driver>>();
        var stored = context.AccountDrivers.AsNoTracking().Where(own => own.ScoreRunId == run.ScoreRunId).Select(own => new { own.AccountNo, own.ChurnJson });
        await foreach (var own in stored.AsAsyncEnumerable().WithCancellation(cancellation))
        {
            drivers[own.AccountNo] = JsonSerializer.Deserialize<List<Driver>>(own.ChurnJson) ?? [];
        }

        return drivers;
    }
}
