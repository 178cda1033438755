using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace CustomerSuccess.Core.Journal;

/// <summary>A field's value before and after, in the import contract's writing (invariant numbers, ISO dates); null for none.</summary>
public sealed record FieldChange(string? Before, string? After);

/// <summary>Which fields of a record changed, in the order in which they were noted.</summary>
public sealed class FieldChanges
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    private readonly Dictionary<string, FieldChange> _fields = [];

    public bool Any => _fields.Count > 0;

    /// <summary>Notes a field where its value changed; the same value twice is no change.</summary>
    public FieldChanges Note(string field, string? before, string? after)
    {
        if (before != after)
        {
            _fields[field] = new(before, after);
        }

        return this;
    }

    public override string ToString() => JsonSerializer.Serialize(_fields, Json);

    /// <summary>What an entry tells; nothing where it tells nothing.</summary>
    public static IReadOnlyDictionary<string, FieldChange> Read(string? json) =>
        json is null ? new Dictionary<string, FieldChange>() : JsonSerializer.Deserialize<Dictionary<string, FieldChange>>(json, Json) ?? [];
}
