using System.CommandLine;
using System.Globalization;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Engine.Mail;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace CustomerSuccess.Cli.Commands;

/// <summary><c>cs mail queue</c> and <c>cs mail show</c>.</summary>
internal static class MailListCommands
{
    public static Argument<string> MailId { get; } = new("mail-id") { Description = "The message's id, as lists print it" };

    public static Command Queue()
    {
        var status = new Option<MailStatus?>("--status") { Description = "Only messages that stand so" };
        var account = new Option<string?>("--account") { Description = "Only messages to this account (id)" };
        var origin = new Option<MailOrigin?>("--origin") { Description = "Only messages of this kind of origin" };
        var originId = new Option<string?>("--origin-id") { Description = "Only messages of this play, campaign or survey" };
        var doubled = new Option<bool>("--doubled") { Description = "Only messages that may have arrived twice, because an answer was lost" };
        var top = new Option<int>("--top") { Description = "How many messages", DefaultValueFactory = _ => 20 };
        var command = new Command("queue", "Print how the outbox stands, and messages, newest first") { status, account, origin, originId, doubled, top };
        command.SetAction((parsed, cancellation) => CommandLine.WithEngineAsync(parsed, async (services, output) =>
        {
            var query = services.GetRequiredService<MailQuery>();
            int? accountNo = null;
            if (parsed.GetValue(account) is { } id)
            {
                if (await query.AddresseeAsync(Viewer.System, id, null, cancellation) is not { } found)
                {
                    Output.Note($"There is no account '{id}'.");
                    return ExitCode.BadUsage;
                }

                accountNo = found.AccountNo;
            }

            var filter = new MailFilter { AccountNo = accountNo, Status = parsed.GetValue(status), Origin = parsed.GetValue(origin), OriginId = parsed.GetValue(originId), Doubled = parsed.GetValue(doubled) };
            var state = await query.StateAsync(cancellation);
            var mails = await query.ListAsync(Viewer.System, filter, 0, Math.Clamp(parsed.GetValue(top), 0, 100_000), cancellation);
            output.Write(
                new
                {
                    Counts = state.Counts.OrderBy(count => count.Key).ToDictionary(count => MailTexts.Status(count.Key), count => count.Value),
                    state.Due,
                    state.OldestDue,
                    state.Outages,
                    mails.Total,
                    Messages = mails.Rows,
                },
                () => Print(state, mails.Total, mails.Rows));
            return ExitCode.Success;
        }, cancellation, waitsForImports: false));
        return command;
    }

    public static Command Show()
    {
        var raw = new Option<bool>("--raw") { Description = "Print the message as it goes over the wire" };
        var command = new Command("show", "Print a message with its text, recipients and history") { MailId, raw };
        command.SetAction((parsed, cancellation) => CommandLine.WithEngineAsync(parsed, async (services, output) =>
        {
            var query = services.GetRequiredService<MailQuery>();
            var id = parsed.GetValue(MailId)!;
            if (await query.AccountOfAsync(Viewer.System, id, cancellation) is not { } accountNo || await query.FindAsync(Viewer.System, accountNo, id, cancellation) is not { } mail)
            {
                Output.Note($"There is no message '{id}'.");
                return ExitCode.Failure;
            }

            if (parsed.GetValue(raw))
            {
                if (await query.RawAsync(Viewer.System, accountNo, id, cancellation) is not { } bytes)
                {
                    Output.Note("It was never queued.");
                    return ExitCode.Failure;
                }

                await using var stdout = Console.OpenStandardOutput();
                await stdout.WriteAsync(bytes, cancellation);
                return ExitCode.Success;
            }

            output.Write(mail, () => Print(mail));
            return ExitCode.Success;
        }, cancellation, waitsForImports: false));
        return command;
    }

    public static Command Held()
    {
        var top = new Option<int>("--top") { Description = "How many", DefaultValueFactory = _ => 20 };
        var command = new Command("held", "Print what was held back or moved to later, and why, newest first") { top };
        command.SetAction((parsed, cancellation) => CommandLine.WithEngineAsync(parsed, async (services, output) =>
        {
            var held = await services.GetRequiredService<MailQuery>().HeldBackAsync(Viewer.System, null, 0, Math.Clamp(parsed.GetValue(top), 0, 100_000), cancellation);
            output.Write(new { held.Total, Held = held.Rows }, () =>
            {
                foreach (var row in held.Rows)
                {
                    Console.WriteLine($"{MailTexts.Time(row.At)} {(row.IsHeld ? "held" : $"moved to {MailTexts.Time(row.Mail.NotBefore)}")} {row.Mail.MailId} to {row.Mail.ToAddress}: {string.Join("; ", row.Reasons.Select(MailTexts.Reason))}");
                }

                if (held.Total == 0)
                {
                    Console.WriteLine("Nothing was held back.");
                }
            });
            return ExitCode.Success;
        }, cancellation, waitsForImports: false));
        return command;
    }

    public static void Print(MailDetail mail)
    {
        Console.WriteLine($"{mail.Summary.Subject}\nfrom {mail.FromName} <{mail.FromAddress}>, {MailTexts.Status(mail.Summary.Status)}, not before {MailTexts.Time(mail.Summary.NotBefore)}");
        foreach (var reason in mail.Summary.Reasons)
        {
            Console.WriteLine($"  {MailTexts.Reason(reason)}");
        }

        foreach (var recipient in mail.Recipients)
        {
            Console.WriteLine($"{recipient.Role.ToString().ToLowerInvariant()} {recipient.Name} <{recipient.Address}>: {recipient.State.ToString().ToLowerInvariant()} {recipient.Answer}");
        }

        Console.WriteLine($"\n{mail.Text}");
        foreach (var happened in mail.Events)
        {
            Console.WriteLine($"{MailTexts.Time(happened.At)} {happened.Kind.ToString().ToLowerInvariant()} {happened.Detail} {happened.Link}{(happened.ByMachine ? " (a machine)" : "")}");
        }
    }

    private static void Print(OutboxState state, int total, IReadOnlyList<MailSummary> mails)
    {
        Console.WriteLine(string.Join(", ", state.Counts.OrderBy(count => count.Key).Select(count => $"{count.Value} {MailTexts.Status(count.Key)}")) is { Length: > 0 } counts ? counts : "The outbox is empty.");
        if (state.OldestDue is { } since)
        {
            Console.WriteLine($"{state.Due} due, the oldest since {MailTexts.Time(since)}");
        }

        foreach (var outage in state.Outages)
        {
            Console.WriteLine($"{outage.Name} does not work since {MailTexts.Time(outage.Since)}: {outage.Error}");
        }

        if (mails.Count == 0)
        {
            return;
        }

        var table = new Table().AddColumns("id", "status", "to", "subject", "not before", "tries", "reasons, or the server's answer");
        foreach (var mail in mails)
        {
            table.AddRow(new[]
            {
                mail.MailId,
                MailTexts.Status(mail.Status) + (mail.PossiblyDoubled ? ", possibly doubled" : ""),
                mail.ToAddress,
                mail.Subject,
                MailTexts.Time(mail.NotBefore),
                mail.Attempts.ToString(CultureInfo.InvariantCulture),
                mail.Reasons.Count > 0 ? string.Join("; ", mail.Reasons.Select(MailTexts.Reason)) : mail.LastAnswer ?? "",
            }.Select(Markup.Escape).ToArray());
        }

        Output.Print(table);
        if (total > mails.Count)
        {
            Console.WriteLine($"{total - mails.Count} more (--top)");
        }
    }
}
