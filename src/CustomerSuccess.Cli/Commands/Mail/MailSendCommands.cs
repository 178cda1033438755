using System.CommandLine;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Outreach;
using CustomerSuccess.Engine.Mail;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerSuccess.Cli.Commands;

/// <summary><c>cs mail test</c> and <c>cs mail send</c>.</summary>
internal static class MailSendCommands
{
    public static Command Test()
    {
        var to = new Option<string>("--to") { Description = "The address to send to", Required = true };
        var language = new Option<string>("--language") { Description = "en or ja", DefaultValueFactory = _ => "en" };
        language.AcceptOnlyFromAmong("en", "ja");
        var command = new Command("test", "Send a test message by the settings and print the server's answer") { to, language };
        command.SetAction((parsed, cancellation) => CommandLine.WithEngineAsync(parsed, async (services, output) =>
        {
            var words = parsed.GetValue(language)!;
            var written = await services.GetRequiredService<Mailbox>().SendAsync(Viewer.System, new NewMail
            {
                AccountNo = 0,
                ToAddress = parsed.GetValue(to),
                Purpose = Purpose.Transactional,
                Origin = MailOrigin.Test,
                Language = words,
                Subject = MailWords.TestSubject(words),
                Body = MailWords.TestBody(words),
                NotAfter = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(10),
            }, cancellation);
            if (written.Value is not { Status: MailStatus.Queued } mail)
            {
                Output.Note(MailTexts.Problem(written));
                return ExitCode.Failure;
            }

            var report = await services.GetRequiredService<SendMail>().DrainAsync(mail.MailId, cancellation);
            var sent = (await services.GetRequiredService<MailQuery>().FindAsync(Viewer.System, 0, mail.MailId, cancellation))!;
            if (sent.Summary.Status != MailStatus.Sent)
            {
                // a test that comes hours later tells nobody anything
                await services.GetRequiredService<Mailbox>().CancelAsync(Viewer.System, 0, mail.MailId, "test", cancellation);
            }

            output.Write(
                new { sent.Summary.MailId, sent.Summary.MessageId, Status = sent.Summary.Status == MailStatus.Sent ? "sent" : "failed", Answer = sent.Recipients[0].Answer ?? sent.Summary.LastAnswer, report.Unreachable },
                () => Console.WriteLine(sent.Summary.Status == MailStatus.Sent
                    ? $"Sent {sent.Summary.MessageId}: {sent.Recipients[0].Answer}"
                    : $"Not sent: {report.Unreachable ?? sent.Recipients[0].Answer ?? sent.Summary.LastAnswer}"));
            return sent.Summary.Status == MailStatus.Sent ? ExitCode.Success : ExitCode.Failure;
        }, cancellation, waitsForImports: false));
        return command;
    }

    public static Command Send()
    {
        var command = new Command("send", "Send everything that is due, and end");
        command.SetAction((parsed, cancellation) => CommandLine.WithEngineAsync(parsed, async (services, output) =>
        {
            var report = await Output.WithStatusAsync("Sending", _ => services.GetRequiredService<SendMail>().DrainAsync(cancellation: cancellation));
            output.Write(new { report.Tally.Sent, report.Tally.Failed, report.Tally.PutOff, report.Tally.AnswersLost, report.Tally.Delayed, report.Tally.Held, report.Tally.Expired, report.Tally.Throttled, report.Unreachable }, () =>
            {
                var tally = report.Tally;
                Console.WriteLine($"{tally.Sent} sent, {tally.Failed} failed for good, {tally.PutOff} put off, {tally.Delayed} moved to later by limits, {tally.Held} held, {tally.Expired} expired, {tally.Throttled} throttled");
                if (tally.AnswersLost > 0)
                {
                    Console.WriteLine($"{tally.AnswersLost} without an answer: they are sent again and may arrive twice (cs mail queue --doubled)");
                }

                if (report.Unreachable is { } error)
                {
                    Console.WriteLine($"The server cannot be reached: {error}");
                }
            });
            return report.Unreachable is null ? ExitCode.Success : ExitCode.Failure;
        }, cancellation, waitsForImports: false));
        return command;
    }
}
