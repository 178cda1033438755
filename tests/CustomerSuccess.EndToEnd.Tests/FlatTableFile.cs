using System.Globalization;

namespace CustomerSuccess.EndToEnd.Tests;

/// <summary>A table for <c>cs evaluate</c>, <c>table.csv</c>: two of six numbers and a plan tell who leaves. Its two folds stand in <c>folds.csv</c>.</summary>
internal static class FlatTableFile
{
    public static void Write(TemporaryFolder folder, int rows)
    {
        var random = new Random(4);
        var lines = new List<string> { "id,left,plan,a,b,c,d,e,f" };
        for (var i = 0; i < rows; i++)
        {
            double[] x = [.. Enumerable.Range(0, 6).Select(_ => random.NextDouble())];
            var plan = random.Next(3);
            var left = random.NextDouble() < 0.08 + (0.05 * plan) + (0.4 * x[0] * x[1]);
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"{i},{(left ? "yes" : "no")},p{plan},{string.Join(',', x.Select(value => value.ToString("0.000", CultureInfo.InvariantCulture)))}"));
        }

        File.WriteAllLines(Path.Combine(folder.Path, "table.csv"), lines);
        File.WriteAllLines(Path.Combine(folder.Path, "folds.csv"), ["row_id,fold", .. Enumerable.Range(0, rows).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i},{i % 2}"))]);
    }
}
