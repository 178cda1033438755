using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using CustomerSuccess.Core.Ingestion;

namespace CustomerSuccess.Engine.Ingestion.Reading;

/// <summary>The ids of one file's facts: given, joined from several columns, or made from content and occurrence.</summary>
internal sealed class FactIds
{
    private readonly Dictionary<UInt128, int> _occurrences = [];
    private readonly StringBuilder _text = new();

    /// <summary>Joins parts so that no two lists of parts give the same id.</summary>
    public string Join(IEnumerable<string> parts)
    {
        _text.Clear();
        foreach (var part in parts)
        {
            if (_text.Length > 0)
            {
                _text.Append('|');
            }

            _text.Append(part.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal));
        }

        return _text.ToString();
    }

    /// <summary>The same content has the same id in every import; the second row of a content in a file is a second fact.</summary>
    public string FromContent(CheckedRow row)
    {
        _text.Clear();
        for (var i = 0; i < row.Values.Length; i++)
        {
            if (row.Values[i] is { } value)
            {
                Write(row.Record.Fields[i].Name, Canonical(value));
            }
        }

        foreach (var (name, value) in row.Custom)
        {
            Write(name, value ?? "");
        }

        Span<byte> digest = stackalloc byte[32];
        SHA256.HashData(MemoryMarshal.AsBytes(_text.ToString().AsSpan()), digest);
        var occurrence = ++CollectionsMarshal.GetValueRefOrAddDefault(_occurrences, MemoryMarshal.Read<UInt128>(digest), out _);
        var id = Convert.ToHexStringLower(digest[..16]);
        return occurrence == 1 ? id : string.Create(CultureInfo.InvariantCulture, $"{id}-{occurrence}");
    }

    /// <summary>A value as text that does not depend on how the file wrote it.</summary>
    public static string Canonical(object value) => value switch
    {
        DateOnly day => CellReader.Iso(day),
        DateTime instant => instant.ToString("O", CultureInfo.InvariantCulture),
        decimal money => money.ToString("0.####", CultureInfo.InvariantCulture),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private void Write(string name, string value) =>
        _text.Append(name).Append('=').Append(value.Length).Append(':').Append(value).Append(';');
}
