namespace CustomerSuccess.Core.Mail;

/// <summary>A way of sending that does not work at present. No row: it works, as far as is known.</summary>
public sealed class MailOutage
{
    /// <summary>The transport and its server.</summary>
    public required string Name { get; set; }

    /// <summary>When it was first found not to work, UTC.</summary>
    public DateTime Since { get; set; }

    /// <summary>When it was last tried, UTC.</summary>
    public DateTime LastAt { get; set; }

    public int Failures { get; set; }

    public required string Error { get; set; }
}

/// <summary>When a limited way may be used next.</summary>
public sealed class MailPaceMark
{
    /// <summary><c>all</c>, or a recipient's domain behind <c>domain:</c>.</summary>
    public required string Name { get; set; }

    /// <summary>UTC.</summary>
    public DateTime NextAt { get; set; }
}
