namespace CustomerSuccess.Engine.Mail.Sending;

/// <summary>Writes each message as a file named by its Message-ID. A message that is written again replaces itself, so that none is there twice or in part.</summary>
internal sealed class FolderTransport(string folder) : MailTransport
{
    public override string Name => $"folder {folder}";

    public override Task ReadyAsync(CancellationToken cancellation)
    {
        try
        {
            Directory.CreateDirectory(folder);
            return Task.CompletedTask;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new MailUnreachableException(error.Message, error);
        }
    }

    public override async Task<Delivery> DeliverAsync(OutgoingMail mail, CancellationToken cancellation)
    {
        var name = FileName(mail.MessageId);
        var temporary = Path.Combine(folder, $".{name}.{Environment.ProcessId}.tmp");
        try
        {
            await using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                await file.WriteAsync(mail.Raw, cancellation);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, Path.Combine(folder, name), overwrite: true);
            return Delivery.Of(DeliveryOutcome.Taken, name);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            File.Delete(temporary);
            return Delivery.Of(DeliveryOutcome.PutOff, error.Message);
        }
    }

    public static string FileName(string messageId) =>
        string.Concat(messageId.Trim('<', '>').Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '@' ? c : '_')) + ".eml";
}
