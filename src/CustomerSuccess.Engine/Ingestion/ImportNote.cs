using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace CustomerSuccess.Engine.Ingestion;

/// <summary>What a reader of an import's result should know beside the counts.</summary>
/// <param name="Code"><c>columns_unused</c> (columns) or <c>full_not_applied</c> (rows were rejected, so that nothing was voided).</param>
/// <param name="Args">Arguments of the sentence.</param>
public sealed record ImportNote(string Code, IReadOnlyDictionary<string, JsonElement> Args)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>Reads the notes of a file as stored.</summary>
    public static List<ImportNote> Parse(string json) => json.Length == 0 ? [] : JsonSerializer.Deserialize<List<ImportNote>>(json, Options)!;

    public static string Write(IReadOnlyList<ImportNote> notes) => JsonSerializer.Serialize(notes, Options);

    public static ImportNote Of(string code, params ReadOnlySpan<(string Name, object? Value)> args)
    {
        var elements = new Dictionary<string, JsonElement>();
        foreach (var (name, value) in args)
        {
            elements.Add(name, JsonSerializer.SerializeToElement(value, Options));
        }

        return new ImportNote(code, elements);
    }
}
