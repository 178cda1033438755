using System.Buffers;

namespace CustomerSuccess.Engine.Ingestion.Reading;

/// <summary>Finds a file's delimiter: the one by which most of the first rows have as many cells as the header, more than one.</summary>
internal static class DelimiterDetection
{
    private const int Rows = 200;
    private static readonly SearchValues<char> OtherDelimiters = SearchValues.Create("|^~，、｜");

    /// <param name="head">The beginning of the text.</param>
    /// <param name="isWhole">False where the head may end within a row.</param>
    /// <param name="limits">What no row may pass.</param>
    public static char Detect(string head, bool isWhole, ReadingLimits limits)
    {
        var best = ',';
        var bestScore = -1.0;
        foreach (var delimiter in ",\t;")
        {
            var score = Score(head, isWhole, delimiter, limits);
            if (score > bestScore)
            {
                (best, bestScore) = (delimiter, score);
            }
        }

        return best;
    }

    /// <summary>True where a header of one cell holds signs that other programs put between cells: no name of a column has them.</summary>
    public static bool LooksDividedOtherwise(IReadOnlyList<string> headers) => headers.Count == 1 && headers[0].AsSpan().ContainsAny(OtherDelimiters);

    /// <summary>-1 where the header is one cell; else the share of fitting rows, by more columns at equal shares.</summary>
    private static double Score(string head, bool isWhole, char delimiter, ReadingLimits limits)
    {
        using var rows = new CsvTokenizer(new StringReader(head), delimiter, limits);
        if (!rows.Read() || rows.Count < 2)
        {
            return -1;
        }

        var columns = rows.Count;
        int fitting = 0, read = 0;
        var lastFits = false;
        while (read < Rows && rows.Read())
        {
            if (rows.IsBlank)
            {
                continue;
            }

            read++;
            lastFits = rows.Count == columns;
            fitting += lastFits ? 1 : 0;
        }

        if (!isWhole && read is > 0 and < Rows)
        {
            // the last row may be cut off
            read--;
            fitting -= lastFits ? 1 : 0;
        }

        return (read == 0 ? 1 : (double)fitting / read) + (columns * 1e-6);
    }
}
