using System.Runtime.InteropServices;
using System.Text.Json;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Engine.Modelling;

namespace CustomerSuccess.Engine.Analytics;

/// <summary>Puts the reasons of a score run, or of a month end as its model sees it, into a sheet that pages read.</summary>
internal static class DriverFigures
{
    /// <summary>Accounts of which the model is asked for the shape of its features; the density is of all accounts.</summary>
    private const int MostRows = 4_000;

    /// <summary>Themes and features of a theme that are shaped.</summary>
    private const int MostThemes = 16, MostFeatures = 2;

    /// <summary>A feature that moves probabilities by less, on average, is not shaped.</summary>
    private const double LeastPoints = 0.0002;

    /// <summary>A category with more values is an id.</summary>
    private const int MostLevels = 40;

    private const int Seed = 1;

    /// <summary>The figures of a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="accounts">Its accounts that have a score.</param>
    /// <param name="table">Their features, row by row.</param>
    /// <param name="themes">The themes of the parts.</param>
    /// <param name="parts">Base and points by theme of each account, as <see cref="ThemeParts"/> packs them.</param>
    /// <param name="churn">The model that was asked; null where rules scored.</param>
    public static RunFigure OfRun(ScoreRun run, IReadOnlyList<AccountScore> accounts, FeatureTable table, IReadOnlyList<string> themes, IReadOnlyList<byte[]> parts, ChampionModel? churn)
    {
        var (basis, points) = Unpack(parts, themes.Count);
        double[] mrr = [.. accounts.Select(account => (double)account.Mrr)];
        IReadOnlyList<(FeatureShape, float[])> shapes = churn is null ? [] : Shapes(churn.Model, table, themes, points, mrr);
        var sheet = DriverSheet.Of(
            themes, table.AccountNo, mrr, [.. accounts.Select(account => account.Segment)], basis, points, shapes,
            churn is { Card.Drivers.Count: > 0 } ? [.. churn.Card.Drivers.Where(driver => driver.IsBorneOut).Select(driver => driver.Theme)] : null);
        return Kept(run, run.AsOf, sheet);
    }

    /// <summary>The figures of a month end before the run, as the run's model sees it.</summary>
    /// <param name="run">The run.</param>
    /// <param name="day">The month end.</param>
    /// <param name="table">Features of the accounts that paid then.</param>
    /// <param name="mrr">Their MRR.</param>
    /// <param name="model">The model; null for the rules.</param>
    public static RunFigure OfMonth(ScoreRun run, DateOnly day, FeatureTable table, double[] mrr, ScoringModel? model)
    {
        var themes = new ThemeParts([.. table.Columns.Select(column => column.Name)]);
        var reader = new FeatureReader(table);
        var none = new Dictionary<string, double>();
        IReadOnlyList<byte[]> parts = model is null
            ? [.. Enumerable.Range(0, table.Rows).Select(row => themes.Pack(Drivers.OfRules(reader, row, none)))]
            : [.. model.Predict(table).Select(prediction => themes.Pack(prediction))];
        var (basis, points) = Unpack(parts, themes.Themes.Count);
        return Kept(run, day, DriverSheet.Of(themes.Themes, table.AccountNo, mrr, [.. Enumerable.Range(0, table.Rows).Select(row => reader.Category(FeatureNames.Attribute + "segment", row))], basis, points, []));
    }

    private static RunFigure Kept(ScoreRun run, DateOnly day, DriverSheet sheet) => new()
    {
        ScoreRunId = run.ScoreRunId,
        Name = RunFigure.Drivers,
        AsOf = day,
        ModelId = run.ChurnModelId,
        HeadJson = JsonSerializer.Serialize(sheet.Head),
        Sheet = sheet.Pack(),
    };

    private static (float[] Basis, float[][] Points) Unpack(IReadOnlyList<byte[]> parts, int themes)
    {
        var basis = new float[parts.Count];
        var points = Enumerable.Range(0, themes).Select(_ => new float[parts.Count]).ToArray();
        for (var row = 0; row < parts.Count; row++)
        {
            var values = MemoryMarshal.Cast<byte, float>(parts[row]);
            basis[row] = values[0];
            for (var theme = 0; theme < themes; theme++)
            {
                points[theme][row] = values[theme + 1];
            }
        }

        return (basis, points);
    }

    /// <summary>Of the themes with most at stake the features that move probabilities most.</summary>
    private static List<(FeatureShape, float[])> Shapes(ScoringModel model, FeatureTable table, IReadOnlyList<string> themes, float[][] points, double[] mrr)
    {
        var columns = model.Encoder.Columns.Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        int[] drawn = AccountSample.AtMost(MostRows, table.AccountNo, [.. Enumerable.Range(0, table.Rows)], Seed);
        if (drawn.Length == 0)
        {
            return [];
        }

        var sample = table.Take(drawn);
        sample = sample with { Columns = [.. sample.Columns.Where(column => columns.Contains(column.Name))] };
        var predictions = model.Predict(sample);
        double[] strength = [.. Enumerable.Range(0, sample.Columns.Count).Select(c => predictions.Average(prediction => Math.Abs(prediction.Points[c])))];
        var stake = themes.Select((theme, t) => (theme, Sum: points[t].Select((p, row) => Math.Max(0, p) * mrr[row]).Sum())).OrderByDescending(pair => pair.Sum).Take(MostThemes).Select(pair => pair.theme).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. Enumerable.Range(0, sample.Columns.Count).GroupBy(c => FeatureThemes.Of(sample.Columns[c].Name)).Where(theme => stake.Contains(theme.Key))
                .SelectMany(theme => theme.Where(c => strength[c] >= LeastPoints).OrderByDescending(c => strength[c]).ThenBy(c => c).Take(MostFeatures))
                .Select(c => Shape(model, table.Find(sample.Columns[c].Name)!, sample, c, predictions, strength[c])).OfType<(FeatureShape, float[])>(),
        ];
    }

    private static (FeatureShape, float[])? Shape(ScoringModel model, FeatureColumn all, FeatureTable sample, int place, Prediction[] predictions, double strength)
    {
        var theme = FeatureThemes.Of(all.Name);
        if (all.Codes is { } codes)
        {
            var byLevel = sample.Columns[place].Codes!.Select((code, row) => (code, row)).ToLookup(pair => pair.code, pair => predictions[pair.row].Points[place]);
            var levels = codes.GroupBy(code => code)
                .Select(same => new LevelEffect(same.Key < 0 ? null : all.Levels[same.Key], same.Count(), byLevel[same.Key].DefaultIfEmpty(0).Average()))
                .OrderByDescending(level => level.Rows).ThenBy(level => level.Level, StringComparer.Ordinal).ToList();
            var places = levels.Select((level, i) => (Level: level.Level ?? "", i)).ToDictionary(pair => pair.Level, pair => (float)pair.i, StringComparer.Ordinal);
            return levels.Count is < 2 or > MostLevels ? null : (new(all.Name, theme, strength, null, levels), Array.ConvertAll(codes, code => places[code < 0 ? "" : all.Levels[code]]));
        }

        // kept as singles: intervals are made of what is kept, so that each account lies in the interval that counts it
        var values = Array.ConvertAll(all.Numbers!, number => double.IsFinite(number) ? (float)number : float.NaN);
        double[] kept = Array.ConvertAll(values, value => (double)value);
        var edges = AccumulatedEffect.EdgesOf(kept);
        double[] drawn = Array.ConvertAll(sample.Columns[place].Numbers!, number => double.IsFinite(number) ? (double)(float)number : double.NaN);
        var curve = AccumulatedEffect.Of(drawn, edges, replaced => model.Probabilities(sample with { Columns = [.. sample.Columns.Select((column, c) => c == place ? FeatureColumn.OfNumbers(column.Name, replaced) : column)] }));
        if (curve is null)
        {
            return null;
        }

        var rows = new int[curve.Rows.Count];
        foreach (var value in kept)
        {
            if (AccumulatedEffect.IntervalOf(edges, value) is >= 0 and var interval)
            {
                rows[interval]++;
            }
        }

        return (new FeatureShape(all.Name, theme, strength, curve with { Rows = rows, Missing = kept.Length - rows.Sum() }, []).WithDensity(values), values);
    }
}
