using System.CommandLine;
using System.Globalization;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Outreach;
using CustomerSuccess.Engine.Mail;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerSuccess.Cli.Commands;

/// <summary><c>cs mail write</c>, <c>cs mail cancel</c> and <c>cs mail release</c>.</summary>
internal static class MailWriteCommands
{
    public static Command Write()
    {
        var account = new Option<string>("--account") { Description = "The account (id)", Required = true };
        var contact = new Option<string?>("--contact") { Description = "The contact (id)" };
        var to = new Option<string?>("--to") { Description = "An address instead of the contact's" };
        var template = new Option<string?>("--template") { Description = "The template (id)" };
        var subject = new Option<string?>("--subject") { Description = "The subject, with fields" };
        var body = new Option<FileInfo?>("--body") { Description = "A file with the text: light markup, with fields" };
        var purpose = new Option<Purpose?>("--purpose") { Description = "transactional, proactive or promotional (default: the template's, else proactive)" };
        var language = new Option<string?>("--language") { Description = "en or ja (default: the recipient's)" };
        var notBefore = new Option<DateTimeOffset?>("--not-before") { Description = "Not earlier than this moment" };
        var queue = new Option<bool>("--queue") { Description = "Queue it; otherwise it stays a draft" };
        var preview = new Option<bool>("--preview") { Description = "Only print what it would be and what would become of it" };
        var command = new Command("write", "Write a message to a customer") { account, contact, to, template, subject, body, purpose, language, notBefore, queue, preview };
        command.SetAction((parsed, cancellation) => CommandLine.WithEngineAsync(parsed, async (services, output) =>
        {
            if (await services.GetRequiredService<MailQuery>().AddresseeAsync(Viewer.System, parsed.GetValue(account)!, parsed.GetValue(contact), cancellation) is not var (accountNo, contactNo))
            {
                Output.Note("There is no such account or contact.");
                return ExitCode.BadUsage;
            }

            var mail = new NewMail
            {
                AccountNo = accountNo,
                ContactNo = contactNo,
                ToAddress = parsed.GetValue(to),
                TemplateId = parsed.GetValue(template),
                Subject = parsed.GetValue(subject),
                Body = parsed.GetValue(body) is { } file ? await File.ReadAllTextAsync(file.FullName, cancellation) : null,
                Purpose = parsed.GetValue(purpose),
                Language = parsed.GetValue(language),
                NotBefore = parsed.GetValue(notBefore)?.UtcDateTime,
            };
            var mailbox = services.GetRequiredService<Mailbox>();
            if (parsed.GetValue(preview))
            {
                var shown = await mailbox.PreviewAsync(Viewer.System, mail, cancellation);
                if (shown.Value is not { } detail)
                {
                    Output.Note(MailTexts.Problem(shown));
                    return ExitCode.BadUsage;
                }

                output.Write(detail, () => MailListCommands.Print(detail));
                return ExitCode.Success;
            }

            var written = parsed.GetValue(queue) ? await mailbox.SendAsync(Viewer.System, mail, cancellation) : await mailbox.DraftAsync(Viewer.System, mail, cancellation);
            return Report(written, output);
        }, cancellation));
        return command;
    }

    public static Command Change(string name, string description, bool release)
    {
        var command = new Command(name, description) { MailListCommands.MailId };
        command.SetAction((parsed, cancellation) => CommandLine.WithEngineAsync(parsed, async (services, output) =>
        {
            var id = parsed.GetValue(MailListCommands.MailId)!;
            var query = services.GetRequiredService<MailQuery>();
            if (await query.AccountOfAsync(Viewer.System, id, cancellation) is not { } accountNo || await query.FindAsync(Viewer.System, accountNo, id, cancellation) is not { } mail)
            {
                Output.Note($"There is no message '{id}'.");
                return ExitCode.Failure;
            }

            var mailbox = services.GetRequiredService<Mailbox>();
            return Report(release ? await mailbox.QueueAsync(Viewer.System, accountNo, id, mail.Summary.Version, cancellation: cancellation) : await mailbox.CancelAsync(Viewer.System, accountNo, id, cancellation: cancellation), output);
        }, cancellation, waitsForImports: false));
        return command;
    }

    private static int Report(Core.Journal.ActResult<MailSummary> result, Output output)
    {
        if (result.Value is not { } mail || !result.Holds)
        {
            Output.Note(MailTexts.Problem(result));
            return ExitCode.Failure;
        }

        output.Write(mail, () =>
        {
            var later = mail.Status == MailStatus.Queued && mail.NotBefore > TimeProvider.System.GetUtcNow().UtcDateTime ? string.Create(CultureInfo.InvariantCulture, $", not before {MailTexts.Time(mail.NotBefore)}") : "";
            Console.WriteLine($"{mail.MailId}: {MailTexts.Status(mail.Status)}{later}");
            foreach (var reason in mail.Reasons)
            {
                Console.WriteLine($"  {MailTexts.Reason(reason)}");
            }
        });
        return ExitCode.Success;
    }
}
