using System.Buffers;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerSuccess.Core.Ingestion;

namespace CustomerSuccess.Engine.Ingestion.Presets;

/// <summary>Finds presets: a file by its path, else <c>data/presets/NAME.json</c> below the working folder, else one that ships with the product.</summary>
public static class PresetCatalogue
{
    private const string Folder = "data/presets";
    private const string ResourcePrefix = "preset.";
    private static readonly SearchValues<char> NameLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_");

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower), new OneOrMany() },
    };

    /// <summary>Names of the presets that ship with the product and of those in the working folder.</summary>
    public static IReadOnlyList<string> Names
    {
        get
        {
            var shipped = typeof(PresetCatalogue).Assembly.GetManifestResourceNames()
                .Where(name => name.StartsWith(ResourcePrefix, StringComparison.Ordinal))
                .Select(name => name[ResourcePrefix.Length..]);
            var local = Directory.Exists(Folder) ? Directory.EnumerateFiles(Folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)) : [];
            return [.. shipped.Concat(local).Distinct().Order(StringComparer.Ordinal)];
        }
    }

    /// <summary>The preset of a name or path.</summary>
    /// <exception cref="PresetException">There is none, or it does not hold together.</exception>
    public static Preset Find(string nameOrPath)
    {
        if (nameOrPath.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            return File.Exists(nameOrPath)
                ? Parse(Path.GetFileNameWithoutExtension(nameOrPath), File.ReadAllText(nameOrPath))
                : throw new PresetException(nameOrPath, ["the file does not exist"]);
        }

        if (!nameOrPath.AsSpan().ContainsAnyExcept(NameLetters))
        {
            var local = Path.Combine(Folder, nameOrPath + ".json");
            if (File.Exists(local))
            {
                return Parse(nameOrPath, File.ReadAllText(local));
            }

            using var shipped = Assembly.GetExecutingAssembly().GetManifestResourceStream(ResourcePrefix + nameOrPath);
            if (shipped is not null)
            {
                using var reader = new StreamReader(shipped);
                return Parse(nameOrPath, reader.ReadToEnd());
            }
        }

        throw new PresetException(nameOrPath, [$"there is none of this name; there are {string.Join(", ", Names)}"]);
    }

    /// <summary>Reads and checks a preset's JSON.</summary>
    /// <exception cref="PresetException">It is no JSON, or does not hold together.</exception>
    public static Preset Parse(string name, string json)
    {
        Preset preset;
        try
        {
            preset = (JsonSerializer.Deserialize<Preset>(json, Options) ?? throw new PresetException(name, ["it is empty"])) with { Name = name };
        }
        catch (JsonException error)
        {
            throw new PresetException(name, [error.Message.TrimEnd('.')]);
        }

        var problems = PresetCheck.Problems(preset);
        return problems.Count == 0 ? preset : throw new PresetException(name, problems);
    }

    /// <summary>Takes <c>"a"</c> where <c>["a"]</c> is meant.</summary>
    private sealed class OneOrMany : JsonConverter<IReadOnlyList<string>>
    {
        public override IReadOnlyList<string> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.String)
            {
                return [reader.GetString()!];
            }

            if (reader.TokenType != JsonTokenType.StartArray)
            {
                throw new JsonException("A text or a list of texts is expected");
            }

            var many = new List<string>();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                many.Add(reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw new JsonException("A list of texts is expected"));
            }

            return many;
        }

        public override void Write(Utf8JsonWriter writer, IReadOnlyList<string> value, JsonSerializerOptions options) => throw new NotSupportedException();
    }
}
