using System.IO.Compression;
using System.Security.Cryptography;
using CustomerSuccess.Core.Modelling;

namespace CustomerSuccess.Engine.Modelling;

/// <summary>The bytes of <c>model.zip</c>: the served model's canonical text as <c>served.json</c>, the tested one's as <c>tested.json</c>. Equal models give equal bytes.</summary>
internal static class ModelArchive
{
    private const string ServedEntry = "served.json";
    private const string TestedEntry = "tested.json";
    private const int LargestText = 256 << 20;

    public static byte[] Pack(ScoringModel served, ScoringModel tested)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create))
        {
            Write(zip, ServedEntry, ModelText.Write(served));
            Write(zip, TestedEntry, ModelText.Write(tested));
        }

        return stream.ToArray();
    }

    public static ScoringModel Served(byte[] content) => ModelText.Read(Read(content, ServedEntry));

    public static ScoringModel Tested(byte[] content) => ModelText.Read(Read(content, TestedEntry));

    /// <summary>The served model, if the bytes are those that were registered.</summary>
    /// <exception cref="FormatException">They are damaged, or hold another model.</exception>
    public static ScoringModel Served(byte[] content, string? hash) => Checked(content, ServedEntry, hash);

    /// <inheritdoc cref="Served(byte[], string?)"/>
    public static ScoringModel Tested(byte[] content, string? hash) => Checked(content, TestedEntry, hash);

    private static ScoringModel Checked(byte[] content, string entry, string? hash)
    {
        var text = Read(content, entry);
        return Convert.ToHexStringLower(SHA256.HashData(text)) is var found && found == hash
            ? ModelText.Read(text)
            : throw new FormatException($"The model file's {entry} has the hash {found}, but card.json speaks of {hash ?? "none"}.");
    }

    private static void Write(ZipArchive zip, string name, byte[] text)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.Optimal);
        entry.LastWriteTime = new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
        using var stream = entry.Open();
        stream.Write(text);
    }

    private static byte[] Read(byte[] content, string name)
    {
        try
        {
            using var zip = new ZipArchive(new MemoryStream(content));
            var entry = zip.GetEntry(name) ?? throw new FormatException($"The model file holds no {name}.");
            if (entry.Length > LargestText)
            {
                throw new FormatException($"The model file's {name} is larger than {LargestText >> 20} MB.");
            }

            using var stream = entry.Open();
            var text = new byte[entry.Length];
            stream.ReadExactly(text);
            return text;
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException)
        {
            throw new FormatException($"The model file is no readable zip file: {error.Message}", error);
        }
    }
}
