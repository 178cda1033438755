using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace CustomerSuccess.Core.Modelling;

/// <summary>A model's canonical text: JSON with fixed order of keys, shortest numbers that read back exactly, no white space. The hash is over its UTF-8 bytes.</summary>
public static class ModelText
{
    /// <summary>The format of models whose calibration is Platt's, and of the others.</summary>
    private const int Format = 1;
    private const int CurvedFormat = 2;

    public static string Hash(ScoringModel model) => Convert.ToHexStringLower(SHA256.HashData(Write(model)));

    public static byte[] Write(ScoringModel model)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteNumber("format", model.Calibrator.Kind == CalibrationKind.Platt ? Format : CurvedFormat);
            json.WriteStartArray("columns");
            foreach (var column in model.Encoder.Columns)
            {
                Write(json, column);
            }

            json.WriteEndArray();
            json.WriteNumber("tree_weight", model.TreeWeight);
            json.WriteNumber("tree_scale", model.Trees.Scale);
            json.WriteStartArray("trees");
            foreach (var tree in model.Trees.Trees)
            {
                json.WriteStartObject();
                Numbers(json, "input", tree.Input, json.WriteNumberValue);
                Numbers(json, "threshold", tree.Threshold, json.WriteNumberValue);
                Numbers(json, "left", tree.Left, json.WriteNumberValue);
                Numbers(json, "right", tree.Right, json.WriteNumberValue);
                Numbers(json, "leaf", tree.Leaf, json.WriteNumberValue);
                Numbers(json, "cover", tree.LeafCover, json.WriteNumberValue);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartObject("linear");
            json.WriteNumber("intercept", model.Linear.Intercept);
            json.WriteNumber("penalty", model.Linear.Penalty);
            Numbers(json, "weight", model.Linear.Weight, json.WriteNumberValue);
            Numbers(json, "mean", model.Linear.Mean, json.WriteNumberValue);
            Numbers(json, "deviation", model.Linear.Deviation, json.WriteNumberValue);
            json.WriteEndObject();
            json.WriteStartObject("calibrator");
            json.WriteNumber("slope", model.Calibrator.Slope);
            json.WriteNumber("offset", model.Calibrator.Offset);
            if (model.Calibrator.UpperSlope is { } upper)
            {
                json.WriteNumber("upper_slope", upper);
            }

            if (model.Calibrator.Knots.Count > 0)
            {
                Numbers(json, "knots", model.Calibrator.Knots, json.WriteNumberValue);
                Numbers(json, "values", model.Calibrator.Values, json.WriteNumberValue);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    /// <summary>Reads a canonical text back.</summary>
    /// <exception cref="FormatException">It is no model, or one of a later format.</exception>
    public static ScoringModel Read(ReadOnlyMemory<byte> text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            if (root.GetProperty("format").GetInt32() is not (Format or CurvedFormat))
            {
                throw new FormatException($"This model has format {root.GetProperty("format").GetInt32()}; this version reads {Format} and {CurvedFormat}.");
            }

            var trees = root.GetProperty("trees").EnumerateArray().Select(tree => new Tree(
                Whole(tree, "input"),
                [.. tree.GetProperty("threshold").EnumerateArray().Select(x => x.GetSingle())],
                Whole(tree, "left"),
                Whole(tree, "right"),
                Doubles(tree, "leaf"),
                Doubles(tree, "cover")));
            var linear = root.GetProperty("linear");
            var calibrator = root.GetProperty("calibrator");
            return new ScoringModel(
                new Encoder([.. root.GetProperty("columns").EnumerateArray().Select(ReadColumn)]),
                new TreeEnsemble([.. trees], root.GetProperty("tree_scale").GetDouble()),
                new LinearModel(linear.GetProperty("intercept").GetDouble(), Doubles(linear, "weight"), Doubles(linear, "mean"), Doubles(linear, "deviation"), linear.GetProperty("penalty").GetDouble()),
                root.GetProperty("tree_weight").GetDouble(),
                new Calibrator(calibrator.GetProperty("slope").GetDouble(), calibrator.GetProperty("offset").GetDouble())
                {
                    UpperSlope = calibrator.TryGetProperty("upper_slope", out var upper) ? upper.GetDouble() : null,
                    Knots = calibrator.TryGetProperty("knots", out _) ? Doubles(calibrator, "knots") : [],
                    Values = calibrator.TryGetProperty("values", out _) ? Doubles(calibrator, "values") : [],
                });
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException($"This is not the text of a model: {error.Message}", error);
        }
    }

    private static void Write(Utf8JsonWriter json, ColumnEncoding column)
    {
        json.WriteStartObject();
        json.WriteString("name", column.Name);
        json.WriteString("kind", KindName(column.Kind));
        json.WriteBoolean("has_missing", column.HasMissing);
        if (column.Kind == EncodingKind.Number)
        {
            json.WriteNumber("missing_code", column.MissingCode);
            json.WriteBoolean("log", column.Log);
            json.WriteNumber("low", column.Low);
            json.WriteNumber("high", column.High);
            json.WriteNumber("mean", column.Mean);
            Numbers(json, "knots", column.Knots, json.WriteNumberValue);
        }
        else
        {
            json.WriteStartArray("levels");
            foreach (var level in column.Levels)
            {
                json.WriteStringValue(level);
            }

            json.WriteEndArray();
            if (column.Kind == EncodingKind.Rate)
            {
                Numbers(json, "rates", column.Rates, json.WriteNumberValue);
                json.WriteNumber("missing_rate", column.MissingRate);
                json.WriteNumber("unseen_rate", column.UnseenRate);
            }
        }

        json.WriteEndObject();
    }

    private static ColumnEncoding ReadColumn(JsonElement column)
    {
        var name = column.GetProperty("name").GetString()!;
        var missing = column.GetProperty("has_missing").GetBoolean();
        IReadOnlyList<string> Levels() => [.. column.GetProperty("levels").EnumerateArray().Select(level => level.GetString()!)];
        return column.GetProperty("kind").GetString() switch
        {
            "number" => new ColumnEncoding(name, EncodingKind.Number)
            {
                HasMissing = missing,
                MissingCode = column.GetProperty("missing_code").GetSingle(),
                Log = column.GetProperty("log").GetBoolean(),
                Low = column.GetProperty("low").GetDouble(),
                High = column.GetProperty("high").GetDouble(),
                Mean = column.GetProperty("mean").GetDouble(),
                Knots = Doubles(column, "knots"),
            },
            "levels" => new ColumnEncoding(name, EncodingKind.Levels) { HasMissing = missing, Levels = Levels() },
            "rate" => new ColumnEncoding(name, EncodingKind.Rate)
            {
                HasMissing = missing,
                Levels = Levels(),
                Rates = Doubles(column, "rates"),
                MissingRate = column.GetProperty("missing_rate").GetDouble(),
                UnseenRate = column.GetProperty("unseen_rate").GetDouble(),
            },
            var other => throw new FormatException($"A model's column has the unknown kind '{other}'."),
        };
    }

    public static string KindName(EncodingKind kind) => kind switch
    {
        EncodingKind.Number => "number",
        EncodingKind.Levels => "levels",
        _ => "rate",
    };

    private static void Numbers<T>(Utf8JsonWriter json, string name, IEnumerable<T> values, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            write(value);
        }

        json.WriteEndArray();
    }

    private static int[] Whole(JsonElement owner, string name) => [.. owner.GetProperty(name).EnumerateArray().Select(x => x.GetInt32())];

    private static double[] Doubles(JsonElement owner, string name) => [.. owner.GetProperty(name).EnumerateArray().Select(x => x.GetDouble())];
}
