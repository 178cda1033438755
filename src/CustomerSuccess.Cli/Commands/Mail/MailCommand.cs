using System.CommandLine;

namespace CustomerSuccess.Cli.Commands;

/// <summary><c>cs mail ...</c>: messages to customers, what comes back, and what people want to be sent.</summary>
internal static class MailCommand
{
    public static Command Create() => new("mail", "Write, send, receive and look at mail")
    {
        MailSendCommands.Test(),
        MailSendCommands.Send(),
        MailListCommands.Queue(),
        MailListCommands.Show(),
        MailListCommands.Held(),
        MailWishCommands.May(),
        MailWriteCommands.Write(),
        MailWriteCommands.Change("cancel", "Take back a message that nobody has sent yet", release: false),
        MailWriteCommands.Change("release", "Queue a held message again, or a draft", release: true),
        MailReceiveCommand.Create(),
        MailTemplateCommands.Create(),
        MailTemplateCommands.Lists(),
        MailWishCommands.Wishes(),
        MailWishCommands.Stop(),
        MailWishCommands.Resume(),
        MailWishCommands.Consent(),
    };
}
