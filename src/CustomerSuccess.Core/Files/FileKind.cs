using System.Text;

namespace CustomerSuccess.Core.Files;

/// <summary>What the first bytes of a file say it is. A name is never believed: it only tells kinds apart that begin alike.</summary>
/// <param name="MediaType">What browsers are told.</param>
/// <param name="IsShown">True where it may be shown in place: pictures and PDF, none of which can hold a script of ours.</param>
public sealed record FileKind(string MediaType, bool IsShown)
{
    /// <summary>What nothing else fits; browsers keep it and never look into it.</summary>
    public const string UnknownType = "application/octet-stream";

    /// <summary>Bytes from the beginning that are asked for.</summary>
    public const int HeadLength = 512;

    private static readonly FileKind Unknown = new(UnknownType, false);

    private static readonly (byte[] Sign, FileKind Kind)[] Signs =
    [
        ([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A], new("image/png", true)),
        ([0xFF, 0xD8, 0xFF], new("image/jpeg", true)),
        ([.. "GIF87a"u8], new("image/gif", true)),
        ([.. "GIF89a"u8], new("image/gif", true)),
        ([.. "%PDF-"u8], new("application/pdf", true)),
        ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], new("application/x-ole-storage", false)),
        ([.. "{\\rtf"u8], new("application/rtf", false)),
        ([0x1F, 0x8B], new("application/gzip", false)),
        ([.. "ID3"u8], new("audio/mpeg", false)),
        ([.. "OggS"u8], new("application/ogg", false)),
    ];

    private static readonly Dictionary<string, string> Packages = new(StringComparer.OrdinalIgnoreCase)
    {
        [".docx"] = "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        [".xlsx"] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        [".pptx"] = "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    };

    private static readonly Dictionary<string, string> OldOffice = new(StringComparer.OrdinalIgnoreCase)
    {
        [".doc"] = "application/msword",
        [".xls"] = "application/vnd.ms-excel",
        [".ppt"] = "application/vnd.ms-powerpoint",
    };

    /// <summary>The kind of a file.</summary>
    /// <param name="head">Its first <see cref="HeadLength"/> bytes, or all of it where it is shorter.</param>
    /// <param name="name">What it is called.</param>
    public static FileKind Of(ReadOnlySpan<byte> head, string name)
    {
        foreach (var (sign, kind) in Signs)
        {
            if (head.StartsWith(sign))
            {
                return kind.MediaType == "application/x-ole-storage" && OldOffice.TryGetValue(Ending(name), out var office) ? new(office, false) : kind;
            }
        }

        if (head.Length >= 12 && head.StartsWith("RIFF"u8) && head[8..].StartsWith("WEBP"u8))
        {
            return new("image/webp", true);
        }

        if (head.StartsWith("PK\u0003\u0004"u8) || head.StartsWith("PK\u0005\u0006"u8))
        {
            return new(Packages.GetValueOrDefault(Ending(name), "application/zip"), false);
        }

        return head.Length >= 12 && head[4..].StartsWith("ftyp"u8) ? new("video/mp4", false)
            : IsText(head) ? new("text/plain", false)
            : Unknown;
    }

    /// <summary>A media type as it is shown and served; unknown and changed ones are only kept.</summary>
    public static bool MayBeShown(string mediaType) => mediaType is "image/png" or "image/jpeg" or "image/gif" or "image/webp" or "application/pdf";

    /// <summary>A name without folder and without characters that a file system or a header takes amiss; never empty.</summary>
    public static string NameOf(string given)
    {
        var name = given[(given.LastIndexOfAny(['/', '\\']) + 1)..];
        var clean = new StringBuilder(name.Length);
        foreach (var rune in name.EnumerateRunes())
        {
            // marks that turn the direction of writing make "exe.pdf" of "fdp.exe"
            var hides = Rune.IsControl(rune) || rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0x200E or 0x200F or 0xFFFD;
            clean.Append(hides ? "" : "<>:\"|?*".Contains(rune.ToString(), StringComparison.Ordinal) ? "_" : rune.ToString());
        }

        var text = clean.ToString().Trim().TrimEnd('.');
        if (text.Length > StoredFile.LongestName)
        {
            var ending = Ending(text) is { Length: <= 16 } end ? end : "";
            text = string.Concat(Notes.NoteText.Cut(text[..^ending.Length], StoredFile.LongestName - ending.Length), ending);
        }

        return text.Length == 0 ? "file" : text;
    }

    private static string Ending(string name) => name.LastIndexOf('.') is > 0 and var at ? name[at..] : "";

    private static bool IsText(ReadOnlySpan<byte> head)
    {
        if (head.IsEmpty || head.Contains((byte)0))
        {
            return false;
        }

        // the last character may be cut through
        for (var cut = 0; cut <= Math.Min(3, head.Length - 1); cut++)
        {
            if (System.Text.Unicode.Utf8.IsValid(head[..^cut]))
            {
                return true;
            }
        }

        return false;
    }
}
