namespace CustomerSuccess.Core.Journal;

/// <summary>A record of an account that people write, change, delete and bring back.</summary>
public interface IEdited
{
    /// <summary>Whose record; 0 where it belongs to no account.</summary>
    int AccountNo { get; }

    /// <summary>Counts up with every change, so that nobody overwrites what he or she has not seen.</summary>
    int Version { get; set; }

    /// <summary>When it was deleted; null while it stands.</summary>
    DateTime? DeletedAt { get; set; }
}
