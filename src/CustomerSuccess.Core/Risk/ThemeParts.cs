using System.Runtime.InteropServices;
using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Modelling;

namespace CustomerSuccess.Core.Risk;

/// <summary>The themes of a table's columns, and an account's contributions by theme in few bytes, so that two runs can be told apart exactly.</summary>
public sealed class ThemeParts
{
    public ThemeParts(IReadOnlyList<string> features)
    {
        Themes = [.. features.Select(FeatureThemes.Of).Distinct(StringComparer.Ordinal)];
        var index = Themes.Select((theme, i) => (theme, i)).ToDictionary(pair => pair.theme, pair => pair.i, StringComparer.Ordinal);
        ThemeOf = [.. features.Select(feature => index[FeatureThemes.Of(feature)])];
    }

    /// <summary>In the order of their first feature.</summary>
    public IReadOnlyList<string> Themes { get; }

    /// <summary>By feature, the position of its theme.</summary>
    public IReadOnlyList<int> ThemeOf { get; }

    /// <summary>Sums of points by theme.</summary>
    public double[] Sums(ReadOnlySpan<double> points)
    {
        var sums = new double[Themes.Count];
        for (var i = 0; i < points.Length; i++)
        {
            sums[ThemeOf[i]] += points[i];
        }

        return sums;
    }

    /// <summary>The base probability, then the points of every theme, as singles: together they are the probability.</summary>
    public byte[] Pack(in Prediction prediction) => Pack(prediction.BaseProbability, Sums(prediction.Points));

    /// <summary>The points of the rules by theme, out of 100, upon nothing.</summary>
    public byte[] Pack(IEnumerable<Driver> rules)
    {
        var sums = new double[Themes.Count];
        for (var i = 0; i < sums.Length; i++)
        {
            sums[i] = rules.Where(rule => FeatureThemes.Of(rule.Feature) == Themes[i]).Sum(rule => rule.Points);
        }

        return Pack(0, sums);
    }

    /// <summary>Reads the base and the points by theme back; null where the bytes do not fit the themes.</summary>
    public static (double Base, IReadOnlyDictionary<string, double> Points)? Read(byte[]? bytes, IReadOnlyList<string> themes)
    {
        if (bytes is null || bytes.Length != (themes.Count + 1) * sizeof(float))
        {
            return null;
        }

        var values = MemoryMarshal.Cast<byte, float>(bytes).ToArray();
        return (values[0], themes.Select((theme, i) => (theme, i)).ToDictionary(pair => pair.theme, pair => (double)values[pair.i + 1], StringComparer.Ordinal));
    }

    private static byte[] Pack(double basis, double[] sums)
    {
        var values = new float[sums.Length + 1];
        values[0] = (float)basis;
        for (var i = 0; i < sums.Length; i++)
        {
            values[i + 1] = (float)sums[i];
        }

        return MemoryMarshal.AsBytes(values.AsSpan()).ToArray();
    }
}
