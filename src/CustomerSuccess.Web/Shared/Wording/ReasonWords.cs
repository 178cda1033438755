using System.Text.Json;
using System.Text.RegularExpressions;
using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Engine.Ingestion;
using Microsoft.Extensions.Localization;

namespace CustomerSuccess.Web.Shared.Wording;

/// <summary>Why a file or a row was refused, and what else an import has to say, as sentences in the reader's language.</summary>
public sealed partial class ReasonWords(IStringLocalizer<ReasonWords> text)
{
    /// <summary>The sentence of a code.</summary>
    /// <param name="code">Out of <see cref="Reasons.Codes"/>.</param>
    /// <param name="argsJson">The sentence's arguments as a JSON object.</param>
    public string Sentence(string code, string argsJson)
    {
        using var document = JsonDocument.Parse(argsJson);
        return Fill(code, document.RootElement.EnumerateObject().ToDictionary(property => property.Name, property => Written(property.Name, property.Value)));
    }

    /// <summary>Why a file cannot be taken.</summary>
    public string Sentence(UnreadableFileException failure) => Sentence(failure.Code, JsonSerializer.Serialize(failure.Args));

    /// <summary>What a reader should know beside the counts.</summary>
    public string Note(ImportNote note) => Fill("note_" + note.Code, note.Args.ToDictionary(arg => arg.Key, arg => Written(arg.Key, arg.Value)));

    /// <summary>An encoding as people write it: UTF-8, Shift_JIS.</summary>
    public static string Encoding(string name) => name == "shift_jis" ? "Shift_JIS" : name.ToUpperInvariant();

    private string Fill(string code, IReadOnlyDictionary<string, string> args) =>
        text[code] is { ResourceNotFound: false } sentence
            ? Place().Replace(sentence.Value, match => args.GetValueOrDefault(match.Groups[1].Value) ?? Format.Missing)
            : code;

    private string Written(string name, JsonElement value) => name == "encoding" ? Encoding(value.ToString()) : Written(value);

    private string Written(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => string.Join(text["list_separator"], value.EnumerateArray().Select(Written)),
        JsonValueKind.Number when value.TryGetInt64(out var whole) => Format.Count(whole),
        _ => value.ToString(),
    };

    [GeneratedRegex(@"\{([a-z_0-9]+)\}")]
    private static partial Regex Place();
}
