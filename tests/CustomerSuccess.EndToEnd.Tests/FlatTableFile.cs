using System.Globalization;

namespace CustomerSuccess.EndToEnd.Tests;

/// <summary>A table for <c>cs evaluate</c>: two of six numbers and a plan tell who leaves.</summary>
internal static class FlatTableFile
{
    public static void Write(string path, int rows)
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

        File.WriteAllLines(path, lines);
    }
}
