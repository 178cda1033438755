using MailKit;

namespace CustomerSuccess.Engine.Mail.Sending;

/// <summary>
/// Listens to a conversation with a mail server for one thing: whether the message itself was begun to be handed over. From the server's 354 to DATA on,
/// or from the first BDAT, a broken connection leaves open whether the server has the message; before that it has not.
/// </summary>
internal sealed class SmtpConversation : IProtocolLogger
{
    public IAuthenticationSecretDetector? AuthenticationSecretDetector { get; set; }

    /// <summary>True from the moment on from which the server may have the message.</summary>
    public bool HandedOver { get; private set; }

    /// <summary>A new message begins.</summary>
    public void Begin() => HandedOver = false;

    public void LogConnect(Uri uri)
    {
    }

    public void LogClient(byte[] buffer, int offset, int count) => HandedOver |= buffer.AsSpan(offset, count).StartsWith("BDAT "u8);

    public void LogServer(byte[] buffer, int offset, int count)
    {
        var answer = buffer.AsSpan(offset, count);
        HandedOver |= answer.StartsWith("354"u8) || answer.IndexOf("\n354"u8) >= 0;
    }

    public void Dispose()
    {
    }
}
