namespace CustomerSuccess.Engine.Mail.Sending;

/// <summary>What a worker did.</summary>
public sealed class SendTally
{
    /// <summary>Taken by the server for at least one recipient.</summary>
    public int Sent { get; internal set; }

    /// <summary>Refused for good by all, or given up.</summary>
    public int Failed { get; internal set; }

    /// <summary>To be tried again.</summary>
    public int PutOff { get; internal set; }

    /// <summary>Handed over without an answer; tried again and possibly doubled.</summary>
    public int AnswersLost { get; internal set; }

    /// <summary>Moved to later by limits on contacts.</summary>
    public int Delayed { get; internal set; }

    /// <summary>Held until somebody decides.</summary>
    public int Held { get; internal set; }

    /// <summary>Worthless by now.</summary>
    public int Expired { get; internal set; }

    /// <summary>Moved to later by limits per minute.</summary>
    public int Throttled { get; internal set; }

    internal void Add(SendTally other)
    {
        Sent += other.Sent;
        Failed += other.Failed;
        PutOff += other.PutOff;
        AnswersLost += other.AnswersLost;
        Delayed += other.Delayed;
        Held += other.Held;
        Expired += other.Expired;
        Throttled += other.Throttled;
    }
}
