using System.Text;
using CustomerSuccess.Core.Ingestion;

namespace CustomerSuccess.Engine.Ingestion.Reading;

/// <summary>Where a file is valid in no encoding: in which of them it was most likely written, so that the line is named on which that one breaks off.</summary>
internal static class BrokenReading
{
    /// <summary>What a wrong byte is decoded to; no file holds it, for it is no character.</summary>
    private const char Wrong = '\uFFFF';

    /// <summary>The encoding whose reading of the file's beginning knows the header, else looks most like Japanese; UTF-8, the first, where none does.</summary>
    /// <param name="sample">The file's beginning.</param>
    /// <param name="tried">Each encoding with the first line that is broken in it; null where none was found.</param>
    /// <param name="knownCells">How many cells of a header are known and not of ASCII.</param>
    public static (Encoding Encoding, long Line) Likeliest(byte[] sample, IReadOnlyList<(Encoding Encoding, long? Line)> tried, Func<string, int> knownCells)
    {
        var readings = tried.Select(one => (one.Encoding, one.Line, Read: Read(sample, one.Encoding, knownCells))).ToList();
        var (encoding, line, read) = readings.Where(one => (one.Line ?? one.Read.BrokenLine) is not null && (one.Read.KnownCells > 0 || one.Read.Likeness > 0))
            .OrderByDescending(one => one.Read.KnownCells).ThenByDescending(one => one.Read.Likeness)
            .FirstOrDefault(readings[0]);
        return (encoding, read.BrokenLine ?? line ?? 1);
    }

    private static Reading Read(byte[] sample, Encoding encoding, Func<string, int> knownCells)
    {
        var lenient = (Encoding)encoding.Clone();
        lenient.DecoderFallback = new DecoderReplacementFallback(Wrong.ToString());
        var (line, known, likeness) = (0L, 0, 0L);
        var rest = sample.AsSpan();
        long? broken = null;
        while (rest.Length > 0)
        {
            line++;
            var end = rest.IndexOf((byte)'\n');
            var text = lenient.GetString(end < 0 ? rest : rest[..end]);
            rest = end < 0 ? [] : rest[(end + 1)..];
            known += line == 1 ? knownCells(text.TrimEnd('\r')) : 0;
            if (text.Any(c => c == Wrong || TextEncodings.IsForeign(c)))
            {
                // a sample may end amid a character
                broken ??= rest.Length == 0 && sample.Length >= SampleLength ? null : line;
                continue;
            }

            likeness += Likeness(text);
        }

        return new Reading(known, likeness, broken);
    }

    /// <summary>Kana and neighbouring wide characters speak for Japanese; narrow katakana are what another encoding's bytes turn into, and a single wide character among Western ones is an accented letter with its neighbour.</summary>
    private static long Likeness(string text)
    {
        var (sum, last) = (0L, '\0');
        foreach (var c in text)
        {
            sum += c switch
            {
                >= 'ぁ' and <= 'ヿ' => 3,
                >= '｡' and <= 'ﾟ' => -1,
                >= '一' and <= '龠' when last >= 'ぁ' => 1,
                _ => 0,
            };
            last = c;
        }

        return sum;
    }

    /// <summary>From this size on a sample may have been cut.</summary>
    private const int SampleLength = 64 * 1024;

    private readonly record struct Reading(int KnownCells, long Likeness, long? BrokenLine);
}
