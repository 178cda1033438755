namespace CustomerSuccess.Engine.Storage;

/// <summary>A field of an account or a person that somebody changed here, with what the sources had said: a source that says the same again has no news, and the change stands.</summary>
public sealed class EditedField
{
    public int AccountNo { get; set; }

    /// <summary>0 for the account itself.</summary>
    public int ContactNo { get; set; }

    /// <summary>The contract's name of the column, or the custom attribute's.</summary>
    public required string Field { get; set; }

    /// <summary>What the sources had said, in the contract's writing; null where nothing.</summary>
    public string? SourceValue { get; set; }

    public DateTime At { get; set; }
}
