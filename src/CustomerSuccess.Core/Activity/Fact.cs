namespace CustomerSuccess.Core.Activity;

/// <summary>What every dated fact of an account carries. Its key is (account, source, id): a fact that changes account is voided there and inserted here.</summary>
public abstract class Fact
{
    public int AccountNo { get; set; }

    public int SourceId { get; set; }

    /// <summary>The source's id, or one made from content and occurrence where the source has none.</summary>
    public required string FactId { get; set; }

    /// <summary>The import file that brought the current values.</summary>
    public int ImportFileId { get; set; }

    /// <summary>The import file that voided the fact; null while it stands. Voided facts are never read for figures.</summary>
    public int? VoidedBy { get; set; }
}
