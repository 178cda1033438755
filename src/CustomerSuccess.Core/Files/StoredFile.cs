using CustomerSuccess.Core.Journal;

namespace CustomerSuccess.Core.Files;

/// <summary>A letter, a material that was sent, a signed order: a file of an account. Its bytes stand in <see cref="FileChunk"/>.</summary>
public sealed class StoredFile : IEdited
{
    /// <summary>Characters of a name.</summary>
    public const int LongestName = 200;

    /// <summary>Characters of a description.</summary>
    public const int LongestDescription = 1_000;

    /// <summary>Days for which a deleted file can be brought back.</summary>
    public const int DaysKept = 30;

    public int AccountNo { get; set; }

    /// <summary>A version 7 UUID.</summary>
    public required string FileId { get; set; }

    /// <summary>As it was called where it came from, without a folder.</summary>
    public required string Name { get; set; }

    /// <summary>By which versions of one file find each other: the name as <see cref="Accounts.SortKey"/> gives it.</summary>
    public required string NameKey { get; set; }

    /// <summary>Counts files of the same name from 1.</summary>
    public int Revision { get; set; }

    /// <summary>What its bytes say it is; see <see cref="FileKind"/>.</summary>
    public required string MediaType { get; set; }

    /// <summary>Bytes.</summary>
    public long Size { get; set; }

    /// <summary>In hex, lower case.</summary>
    public required string Sha256 { get; set; }

    public string? Description { get; set; }

    /// <summary>The person at the customer who sent or got it.</summary>
    public int? ContactNo { get; set; }

    public DateTime At { get; set; }

    /// <summary>The sign-in of whoever put it here.</summary>
    public required string ByUser { get; set; }

    public string? ByEmail { get; set; }

    public DateTime? DeletedAt { get; set; }

    /// <summary>Counts up with every change of what is said about it.</summary>
    public int Version { get; set; }
}

/// <summary>A stretch of a file's bytes. All but the last have <see cref="Length"/> bytes.</summary>
public sealed class FileChunk
{
    /// <summary>Bytes of a whole chunk.</summary>
    public const int Length = 256 * 1024;

    public int AccountNo { get; set; }

    public required string FileId { get; set; }

    /// <summary>From 0.</summary>
    public int ChunkNo { get; set; }

    public required byte[] Bytes { get; set; }
}
