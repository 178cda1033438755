using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using CustomerSuccess.Core.Segments;

namespace CustomerSuccess.Core.Playbooks;

/// <summary>Plays as JSON text: as they are stored, and as files that one company hands to another.</summary>
public static class PlayText
{
    /// <summary>Says what a file is.</summary>
    public const string FileKind = "customersuccess-plays";

    public const int FileVersion = 1;

    /// <summary>Plays that one file may hold.</summary>
    public const int MostPlays = 200;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        WriteIndented = false,
        Converters = { new ConditionConverter(), new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    private static readonly JsonSerializerOptions Indented = new(Json) { WriteIndented = true };

    public static string Write(Play play) => JsonSerializer.Serialize(play, Json);

    /// <exception cref="FormatException">The text is no play; the message says where and why, in English.</exception>
    public static Play Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<Play>(text, Json) ?? throw new FormatException("A play is expected, not null");
        }
        catch (JsonException error)
        {
            throw Broken(error);
        }
    }

    public static string WriteFile(IReadOnlyList<Play> plays) => JsonSerializer.Serialize(new PlayFile(FileKind, FileVersion, plays), Indented) + "\n";

    /// <exception cref="FormatException">The text is no file of plays; the message says where and why, in English.</exception>
    public static IReadOnlyList<Play> ReadFile(string text)
    {
        try
        {
            var file = JsonSerializer.Deserialize<PlayFile>(text, Json) ?? throw new FormatException("A file of plays is expected, not null");
            if (file.Kind != FileKind || file.Version != FileVersion)
            {
                throw new FormatException($"\"kind\" must be \"{FileKind}\" and \"version\" {FileVersion}");
            }

            if (file.Plays.Count is 0 or > MostPlays)
            {
                throw new FormatException($"A file holds 1 to {MostPlays} plays, not {file.Plays.Count}");
            }

            return file.Plays.GroupBy(play => play.Key).FirstOrDefault(own => own.Count() > 1) is { } twice
                ? throw new FormatException($"The play \"{twice.Key}\" stands in the file twice")
                : file.Plays;
        }
        catch (JsonException error)
        {
            throw Broken(error);
        }
    }

    private static FormatException Broken(JsonException error) =>
        new(error.InnerException is FormatException inner ? $"{error.Path}: {inner.Message}" : error.Message, error);

    private sealed record PlayFile(string Kind, int Version, IReadOnlyList<Play> Plays);

    private sealed class ConditionConverter : JsonConverter<Condition>
    {
        public override bool CanConvert(Type typeToConvert) => typeof(Condition).IsAssignableFrom(typeToConvert);

        public override Condition Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            using var document = JsonDocument.ParseValue(ref reader);
            try
            {
                return ConditionText.Read(document.RootElement);
            }
            catch (FormatException error)
            {
                throw new JsonException(error.Message, error);
            }
        }

        public override void Write(Utf8JsonWriter writer, Condition value, JsonSerializerOptions options) => ConditionText.Write(writer, value);
    }
}
