using System.Globalization;
using System.IO.Compression;
using System.Text;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Analytics;

namespace CustomerSuccess.Core.Closing;

/// <summary>Packs accounts' amounts without losing a digit: a line for each, compressed. About ten bytes an account.</summary>
public static class ClosedSheet
{
    private const int Cells = 13;

    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    public static byte[] Pack(IEnumerable<ClosedAccount> accounts)
    {
        using var packed = new MemoryStream();
        using (var writer = new StreamWriter(new BrotliStream(packed, CompressionLevel.Fastest), new UTF8Encoding(false)))
        {
            foreach (var account in accounts)
            {
                var (mrr, split) = (account.Month.Mrr, account.Month.Split);
                writer.Write(string.Create(Invariant, $"{account.AccountNo}\t{(int)mrr.Kind}\t{mrr.Start}\t{mrr.Change}\t{mrr.Fx}\t{mrr.End}\t{split.Price}\t{split.Seats}\t{split.Products}\t{split.Untold}\t{account.YearStart}\t{account.YearChange}\t{OneLine(account.Month.Reason)}\n"));
            }
        }

        return packed.ToArray();
    }

    /// <exception cref="InvalidDataException">The bytes are none of a sheet.</exception>
    public static IReadOnlyList<ClosedAccount> Unpack(byte[] bytes)
    {
        var accounts = new List<ClosedAccount>();
        if (bytes.Length == 0)
        {
            return accounts;
        }

        using var reader = new StreamReader(new BrotliStream(new MemoryStream(bytes), CompressionMode.Decompress), Encoding.UTF8);
        Span<Range> cells = stackalloc Range[Cells];
        while (reader.ReadLine() is { } text)
        {
            ReadOnlySpan<char> line = text;
            if (line.Split(cells, '\t') != Cells)
            {
                throw new InvalidDataException("The closed figures are damaged.");
            }

            var mrr = new MrrMovement((MrrMovementKind)int.Parse(line[cells[1]], Invariant), Money(line[cells[2]]), Money(line[cells[3]]), Money(line[cells[4]]), Money(line[cells[5]]));
            var split = new MrrSplit(Money(line[cells[6]]), Money(line[cells[7]]), Money(line[cells[8]]), Money(line[cells[9]]));
            var reason = line[cells[12]] is { Length: > 0 } said ? said.ToString() : null;
            accounts.Add(new(int.Parse(line[cells[0]], Invariant), new(mrr, split, reason), Money(line[cells[10]]), Money(line[cells[11]])));
        }

        return accounts;
    }

    private static decimal Money(ReadOnlySpan<char> text) => decimal.Parse(text, NumberStyles.Number, Invariant);

    private static string? OneLine(string? text) => text is null || text.AsSpan().IndexOfAny('\t', '\r', '\n') < 0 ? text : text.Replace('\t', ' ').Replace('\r', ' ').Replace('\n', ' ');
}
