namespace CustomerSuccess.Engine.Mail.Sending;

/// <summary>A sealed message on its way, with the recipients that are still to be reached.</summary>
internal sealed record OutgoingMail(int AccountNo, string MailId, string MessageId, string From, byte[] Raw, IReadOnlyList<OutgoingRecipient> Recipients)
{
    /// <summary>How it goes, out of <c>Channels</c>.</summary>
    public required string Channel { get; init; }
}

internal sealed record OutgoingRecipient(int RecipientNo, string Address);

/// <summary>What a server made of a message.</summary>
internal enum DeliveryOutcome
{
    /// <summary>It answers now for all recipients that it did not refuse.</summary>
    Taken,

    /// <summary>Not now.</summary>
    PutOff,

    /// <summary>Never.</summary>
    Refused,

    /// <summary>The connection broke before the message was handed over: nobody has it.</summary>
    BrokenOff,

    /// <summary>The connection broke after it was handed over and before the answer came: the server has it, or has not.</summary>
    AnswerLost,
}

/// <summary>A recipient whom the server did not take.</summary>
/// <param name="ForGood">True where trying again is useless (5xx).</param>
internal sealed record RefusedRecipient(int RecipientNo, bool ForGood, string Answer);

/// <summary>The outcome of handing a message over.</summary>
/// <param name="Answer">The server's words, or what went wrong.</param>
/// <param name="Refused">Recipients that it did not take.</param>
internal sealed record Delivery(DeliveryOutcome Outcome, string Answer, IReadOnlyList<RefusedRecipient> Refused)
{
    /// <summary>How long the server wants to be left alone before the next try; null where it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The id that a gateway gave the message; null for none.</summary>
    public string? ProviderId { get; init; }

    public static Delivery Of(DeliveryOutcome outcome, string answer) => new(outcome, answer, []);
}

/// <summary>The server cannot be reached, or lets nobody send.</summary>
internal sealed class MailUnreachableException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>A way out of the house, used by one at a time.</summary>
internal abstract class MailTransport : IAsyncDisposable
{
    /// <summary>What it is called where it does not work.</summary>
    public abstract string Name { get; }

    /// <summary>Makes sure that messages can be handed over, before one is.</summary>
    /// <exception cref="MailUnreachableException">They cannot.</exception>
    public abstract Task ReadyAsync(CancellationToken cancellation);

    /// <summary>Hands a message over and waits for the answer. Does not throw for what servers do.</summary>
    public abstract Task<Delivery> DeliverAsync(OutgoingMail mail, CancellationToken cancellation);

    public virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
