using System.CommandLine;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Engine.Gateways;
using CustomerSuccess.Engine.Mail;
using CustomerSuccess.Engine.Outreach;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerSuccess.Cli.Commands;

/// <summary><c>cs gateway ...</c>: the services by which SMS, LINE and the like go.</summary>
internal static class GatewayCommand
{
    private const string TestText = "Test of CustomerSuccess";

    public static Command Create() => new("gateway", "Look at gateways for SMS, LINE and the like, and try them")
    {
        List(),
        Test(),
        Wish("stop", "Record that a contact wants nothing more by a channel", isStop: true),
        Wish("resume", "Record that a contact may be written to by a channel again", isStop: false),
    };

    private static Command Wish(string name, string description, bool isStop)
    {
        var account = new Option<string>("--account") { Description = "The account (id)", Required = true };
        var contact = new Option<string>("--contact") { Description = "The contact (id)", Required = true };
        var channel = new Option<string>("--channel") { Description = "sms, line or message", DefaultValueFactory = _ => Channels.Sms };
        channel.AcceptOnlyFromAmong([.. Channels.OfGateways]);
        var how = new Option<string?>("--how") { Description = "How it was said" };
        var command = new Command(name, description) { account, contact, channel, how };
        command.SetAction((parsed, cancellation) => CommandLine.WithEngineAsync(parsed, async (services, output) =>
        {
            if (await services.GetRequiredService<MailQuery>().AddresseeAsync(Viewer.System, parsed.GetValue(account)!, parsed.GetValue(contact), cancellation) is not (var accountNo, { } contactNo))
            {
                Output.Note("There is no such account or contact.");
                return ExitCode.BadUsage;
            }

            var wishes = services.GetRequiredService<ContactWishes>();
            var outcome = isStop
                ? (await wishes.StopAsync(Viewer.System, accountNo, contactNo, null, parsed.GetValue(channel)!, null, parsed.GetValue(how), cancellation)).Outcome
                : (await wishes.LiftAsync(Viewer.System, accountNo, contactNo, parsed.GetValue(channel)!, cancellation)).Outcome;
            output.Write(new { Outcome = outcome.ToString().ToLowerInvariant() }, () => Console.WriteLine(outcome == ActOutcome.Done ? "Recorded." : "It was so already."));
            return ExitCode.Success;
        }, cancellation, waitsForImports: false));
        return command;
    }

    private static Command List()
    {
        var command = new Command("list", "Print the gateways; secrets are never printed");
        command.SetAction((parsed, cancellation) => CommandLine.WithEngineAsync(parsed, async (services, output) =>
        {
            var gateways = await services.GetRequiredService<GatewayBook>().ListAsync(cancellation);
            output.Write(
                new { Gateways = gateways.Select(gateway => new { gateway.GatewayId, gateway.Name, gateway.Channel, gateway.IsOn, gateway.Url, gateway.AddressFrom, gateway.MaxLength, HasSecret = gateway.Secret.Length > 0 }) },
                () =>
                {
                    if (gateways.Count == 0)
                    {
                        Output.Note("There are no gateways yet.");
                    }

                    foreach (var gateway in gateways)
                    {
                        Console.WriteLine($"{gateway.GatewayId}  {(gateway.IsOn ? "on " : "off")}  {gateway.Channel,-8}{gateway.Name}  {gateway.Url}");
                    }
                });
            return ExitCode.Success;
        }, cancellation, waitsForImports: false));
        return command;
    }

    private static Command Test()
    {
        var channel = new Option<string>("--channel") { Description = "The channel whose gateway is on: sms, line or message", DefaultValueFactory = _ => Channels.Sms };
        channel.AcceptOnlyFromAmong([.. Channels.OfGateways]);
        var id = new Option<string?>("--id") { Description = "Another gateway, by its id as list prints it" };
        var to = new Option<string>("--to") { Description = "The number or id to send to", Required = true };
        var text = new Option<string>("--text") { Description = "What to send", DefaultValueFactory = _ => TestText };
        var command = new Command("test", "Send a test by a gateway at once, and print what it says") { channel, id, to, text };
        command.SetAction((parsed, cancellation) => CommandLine.WithEngineAsync(parsed, async (services, output) =>
        {
            var book = services.GetRequiredService<GatewayBook>();
            var wanted = parsed.GetValue(id) ?? (await book.OnAsync(cancellation)).GetValueOrDefault(parsed.GetValue(channel)!)?.GatewayId;
            if (wanted is null)
            {
                Output.Note($"No gateway for {parsed.GetValue(channel)} is on: turn one on on the page of gateways, or name one by --id.");
                return ExitCode.BadUsage;
            }

            var result = await book.TryAsync(Viewer.System, wanted, parsed.GetValue(to)!, parsed.GetValue(text)!, cancellation);
            if (result.Value is not { } trial)
            {
                Output.Note(result.Outcome == ActOutcome.NotFound
                    ? $"There is no gateway '{wanted}'; 'cs gateway list' prints them."
                    : string.Join('\n', result.Problems.Select(problem => problem switch
                    {
                        { Key: "to" } => $"'{parsed.GetValue(to)}' is no address that this gateway can send to: a telephone number for SMS, the service's own id for others.",
                        { Key: "text", Value: "missing" } => "The text is empty.",
                        { Key: "text" } => "The text is longer than this gateway takes.",
                        { Key: "secret" } => "The gateway's secret cannot be read with this machine's key: enter it anew on the page of gateways.",
                        _ => $"{problem.Key}: {problem.Value}",
                    })));
                return ExitCode.BadUsage;
            }

            output.Write(
                new { trial.MessageId, Status = trial.IsTaken ? "sent" : "failed", trial.Answer, trial.ProviderId },
                () => Console.WriteLine(trial.IsTaken ? $"Sent {trial.MessageId}: {trial.Answer}{(trial.ProviderId is { } given ? $" (its id {given})" : "")}" : $"Not sent: {trial.Answer}"));
            return trial.IsTaken ? ExitCode.Success : ExitCode.Failure;
        }, cancellation, waitsForImports: false));
        return command;
    }
}
