namespace CustomerSuccess.Engine.Storage;

/// <summary>A key that protects cookies and tokens.</summary>
public sealed class ProtectionKey
{
    public required string KeyId { get; set; }

    public required string Xml { get; set; }
}
