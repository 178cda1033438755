using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace CustomerSuccess.Core.Segments;

/// <summary>
/// Conditions as text: <c>{"all":[…]}</c>, <c>{"any":[…]}</c>, <c>{"not":{…}}</c>, <c>{"field":"nps_last","is":"at_most","values":["6"]}</c>.
/// The writing is canonical: equal conditions have equal texts.
/// </summary>
public static class ConditionText
{
    private static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);

    private static readonly IReadOnlyDictionary<string, TestKind> Kinds = Enum.GetValues<TestKind>().ToDictionary(NameOf, StringComparer.Ordinal);

    /// <summary>The name of a kind of test in texts and resources.</summary>
    public static string NameOf(TestKind kind) => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString());

    public static string Write(Condition condition)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = Encoder }))
        {
            Write(json, condition);
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    /// <exception cref="FormatException">The text is no condition; the message says where and why, in English.</exception>
    public static Condition Read(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return Read(document.RootElement);
        }
        catch (JsonException error)
        {
            throw new FormatException($"This is not JSON: {error.Message}", error);
        }
    }

    /// <inheritdoc cref="Read(string)"/>
    public static Condition Read(JsonElement json) => Read(json, "$", 0);

    public static void Write(Utf8JsonWriter json, Condition condition)
    {
        json.WriteStartObject();
        switch (condition)
        {
            case AllOf all:
                WriteParts(json, "all", all.Parts);
                break;
            case AnyOf any:
                WriteParts(json, "any", any.Parts);
                break;
            case NotOf not:
                json.WritePropertyName("not");
                Write(json, not.Part);
                break;
            case FieldTest test:
                json.WriteString("field", test.Field);
                json.WriteString("is", NameOf(test.Kind));
                if (test.Values.Count > 0)
                {
                    json.WriteStartArray("values");
                    foreach (var value in test.Values)
                    {
                        json.WriteStringValue(value);
                    }

                    json.WriteEndArray();
                }

                break;
        }

        json.WriteEndObject();
    }

    private static void WriteParts(Utf8JsonWriter json, string name, IReadOnlyList<Condition> parts)
    {
        json.WriteStartArray(name);
        foreach (var part in parts)
        {
            Write(json, part);
        }

        json.WriteEndArray();
    }

    private static Condition Read(JsonElement json, string path, int depth)
    {
        // deeper than any condition that is allowed, so that a foreign file cannot exhaust the stack
        if (depth > 4 * Condition.Deepest)
        {
            throw new FormatException($"{path}: groups stand too deep within each other");
        }

        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException($"{path}: an object is expected, not {json.ValueKind}");
        }

        string[] names = [.. json.EnumerateObject().Select(property => property.Name)];
        return names switch
        {
            ["all"] => new AllOf(Parts(json.GetProperty("all"), path + ".all", depth)),
            ["any"] => new AnyOf(Parts(json.GetProperty("any"), path + ".any", depth)),
            ["not"] => new NotOf(Read(json.GetProperty("not"), path + ".not", depth + 1)),
            _ when names.Contains("field") => Test(json, path),
            _ => throw new FormatException($"{path}: one of \"all\", \"any\", \"not\" or \"field\" is expected, not {string.Join(", ", names)}"),
        };
    }

    private static List<Condition> Parts(JsonElement json, string path, int depth) => json.ValueKind == JsonValueKind.Array
        ? [.. json.EnumerateArray().Select((part, i) => Read(part, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{path}[{i}]"), depth + 1))]
        : throw new FormatException($"{path}: a list is expected, not {json.ValueKind}");

    private static FieldTest Test(JsonElement json, string path)
    {
        foreach (var property in json.EnumerateObject())
        {
            if (property.Name is not ("field" or "is" or "values"))
            {
                throw new FormatException($"{path}: \"{property.Name}\" is not known here");
            }
        }

        if (json.GetProperty("field") is not { ValueKind: JsonValueKind.String } field)
        {
            throw new FormatException($"{path}.field: a name is expected");
        }

        if (!json.TryGetProperty("is", out var kind) || kind.ValueKind != JsonValueKind.String || !Kinds.TryGetValue(kind.GetString()!, out var asked))
        {
            throw new FormatException($"{path}.is: one of {string.Join(", ", Kinds.Keys)} is expected");
        }

        List<string> values = [];
        if (json.TryGetProperty("values", out var list))
        {
            if (list.ValueKind != JsonValueKind.Array)
            {
                throw new FormatException($"{path}.values: a list is expected, not {list.ValueKind}");
            }

            foreach (var value in list.EnumerateArray())
            {
                values.Add(value.ValueKind switch
                {
                    JsonValueKind.String => value.GetString()!,
                    JsonValueKind.Number => value.GetRawText(),
                    _ => throw new FormatException($"{path}.values: texts and numbers are expected, not {value.ValueKind}"),
                });
            }
        }

        return new FieldTest(field.GetString()!, asked, values);
    }
}
