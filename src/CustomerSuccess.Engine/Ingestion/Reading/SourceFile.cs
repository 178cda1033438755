using System.IO.Compression;
using System.Text;
using CustomerSuccess.Core.Ingestion;

namespace CustomerSuccess.Engine.Ingestion.Reading;

/// <summary>One file to import: on disk, or an entry of an archive.</summary>
/// <param name="Path">The file on disk.</param>
/// <param name="Entry">Full name of the entry; null for a file of its own.</param>
public sealed record SourceFile(string Path, string? Entry = null)
{
    private static readonly byte[] GzipMark = [0x1F, 0x8B];

    /// <summary>What people read: the file's name, with the entry's behind it.</summary>
    public string Name => Entry is null ? System.IO.Path.GetFileName(Path) : $"{System.IO.Path.GetFileName(Path)}/{Entry}";

    /// <summary>The name that presets and record names are compared with: without folders, and without <c>.gz</c>.</summary>
    public string BaseName
    {
        get
        {
            var name = System.IO.Path.GetFileName(Entry ?? Path);
            return name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? name[..^3] : name;
        }
    }

    /// <summary>The files behind paths: folders give their files by name, archives their entries, hidden files are left out.</summary>
    /// <exception cref="UnreadableFileException">A path does not exist, or an archive is damaged or beyond the limits.</exception>
    public static IReadOnlyList<SourceFile> Expand(IEnumerable<string> paths, ReadingLimits? limits = null)
    {
        var files = new List<SourceFile>();
        foreach (var path in paths)
        {
            if (Directory.Exists(path))
            {
                var inside = Directory.EnumerateFiles(path).Where(file => !IsHidden(System.IO.Path.GetFileName(file))).Order(StringComparer.Ordinal);
                foreach (var file in inside)
                {
                    AddFile(files, file, limits ?? new ReadingLimits());
                }
            }
            else
            {
                AddFile(files, path, limits ?? new ReadingLimits());
            }
        }

        return files;
    }

    /// <summary>Opens the unpacked bytes, counting what goes through.</summary>
    internal OpenedBytes Open(ReadingLimits limits)
    {
        try
        {
            return Entry is null ? OpenFile(limits) : OpenEntry(limits);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UnreadableFileException("file_missing");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw Unreadable(error);
        }
    }

    internal static UnreadableFileException Unreadable(Exception error) => error is InvalidDataException
        ? new("file_damaged", new Dictionary<string, object?>(), error)
        : new("file_unreadable", new Dictionary<string, object?> { ["detail"] = error.Message }, error);

    private OpenedBytes OpenFile(ReadingLimits limits)
    {
        var file = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.Read, 128 * 1024, FileOptions.SequentialScan);
        var packed = new CountedStream(file);
        Span<byte> mark = stackalloc byte[2];
        var read = file.ReadAtLeast(mark, 2, throwOnEndOfStream: false);
        file.Position = 0;
        if (read < 2 || !mark.SequenceEqual(GzipMark))
        {
            return new OpenedBytes(packed, packed, file.Length, []);
        }

        var gzip = new GZipStream(packed, CompressionMode.Decompress);
        return new OpenedBytes(new LimitedStream(gzip, packed, limits), packed, file.Length, []);
    }

    private OpenedBytes OpenEntry(ReadingLimits limits)
    {
        var archive = OpenArchive(Path);
        try
        {
            var entry = archive.GetEntry(Entry!) ?? throw new UnreadableFileException("file_missing");
            if (entry.IsEncrypted)
            {
                throw new UnreadableFileException("archive_encrypted");
            }

            var packed = new CountedStream(entry.Open());
            // the ratio is that of the entry: what the archive says of its size is not believed
            return new OpenedBytes(new LimitedStream(packed, entry.CompressedLength, limits), packed, entry.Length, [archive]);
        }
        catch
        {
            archive.Dispose();
            throw;
        }
    }

    private static void AddFile(List<SourceFile> files, string path, ReadingLimits limits)
    {
        if (!path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
        {
            files.Add(new SourceFile(path));
            return;
        }

        if (!File.Exists(path))
        {
            throw new UnreadableFileException("file_missing");
        }

        try
        {
            using var archive = OpenArchive(path);
            var entries = archive.Entries.Where(entry => entry.Name.Length > 0 && !IsHidden(entry.Name) && !entry.FullName.StartsWith("__MACOSX/", StringComparison.Ordinal)).ToList();
            if (entries.Count > limits.ArchiveFiles)
            {
                throw new UnreadableFileException("archive_too_many_files", ("files", entries.Count), ("most", limits.ArchiveFiles));
            }

            files.AddRange(entries.Select(entry => new SourceFile(path, entry.FullName)).OrderBy(file => file.Entry, StringComparer.Ordinal));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw Unreadable(error);
        }
    }

    private static ZipArchive OpenArchive(string path) =>
        new(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read), ZipArchiveMode.Read, leaveOpen: false, TextEncodings.LenientShiftJis);

    private static bool IsHidden(string name) => name.StartsWith('.');
}
