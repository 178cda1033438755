using System.CommandLine;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Outreach;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Engine.Mail;
using CustomerSuccess.Engine.Outreach;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerSuccess.Cli.Commands;

/// <summary><c>cs mail wishes|stop|resume|consent ADDRESS</c>: what people said about being sent mail.</summary>
internal static class MailWishCommands
{
    private static readonly Argument<string> Address = new("address") { Description = "The e-mail address" };

    public static Command Wishes()
    {
        var command = new Command("wishes", "Print what was said about an address: stops and consents") { Address };
        command.SetAction((parsed, cancellation) => CommandLine.WithEngineAsync(parsed, (services, output) => PrintAsync(services, output, parsed.GetValue(Address)!, cancellation), cancellation, waitsForImports: false));
        return command;
    }

    public static Command May()
    {
        var account = new Option<string>("--account") { Description = "The account (id)", Required = true };
        var contact = new Option<string?>("--contact") { Description = "The contact (id)" };
        var channel = new Option<string>("--channel") { Description = "email, call, sms, line or message", DefaultValueFactory = _ => Channels.Email };
        channel.AcceptOnlyFromAmong([Channels.Email, Channels.Call, .. Channels.OfGateways]);
        var purpose = new Option<Purpose>("--purpose") { Description = "transactional, proactive or promotional", DefaultValueFactory = _ => Purpose.Proactive };
        var list = new Option<string?>("--list") { Description = "The list it would go by" };
        var command = new Command("may", "Say whether somebody may be contacted, from when, and what speaks against it") { account, contact, channel, purpose, list };
        command.SetAction((parsed, cancellation) => CommandLine.WithEngineAsync(parsed, async (services, output) =>
        {
            if (await services.GetRequiredService<MailQuery>().AddresseeAsync(Viewer.System, parsed.GetValue(account)!, parsed.GetValue(contact), cancellation) is not var (accountNo, contactNo))
            {
                return Refused("There is no such account or contact.");
            }

            var decision = await services.GetRequiredService<ContactAdvice>().AskAsync(Viewer.System, accountNo, contactNo, parsed.GetValue(channel)!, parsed.GetValue(purpose), parsed.GetValue(list), cancellation: cancellation);
            output.Write(decision, () => Console.WriteLine(decision!.Outcome switch
            {
                ContactOutcome.Allowed => "Yes, now.",
                ContactOutcome.Later => $"From {MailTexts.Time(decision.From)}: {string.Join("; ", decision.Reasons.Select(MailTexts.Reason))}",
                _ => $"No: {string.Join("; ", decision.Reasons.Select(MailTexts.Reason))}",
            }));
            return ExitCode.Success;
        }, cancellation));
        return command;
    }

    public static Command Stop()
    {
        var list = new Option<string?>("--list") { Description = "Only this list (default: everything)" };
        var how = new Option<string>("--how") { Description = "How it was said", Required = true };
        var command = new Command("stop", "Send an address nothing more of our own accord") { Address, list, how };
        command.SetAction((parsed, cancellation) => CommandLine.WithEngineAsync(parsed, async (services, output) =>
        {
            var stopped = await services.GetRequiredService<ContactWishes>().StopAsync(Viewer.System, 0, null, parsed.GetValue(Address), Channels.Email, parsed.GetValue(list), parsed.GetValue(how), cancellation);
            return stopped.Holds ? await PrintAsync(services, output, parsed.GetValue(Address)!, cancellation) : Refused(MailTexts.Problem(stopped));
        }, cancellation, waitsForImports: false));
        return command;
    }

    public static Command Resume()
    {
        var command = new Command("resume", "Lift every stop of an address, also that it does not work") { Address };
        command.SetAction((parsed, cancellation) => CommandLine.WithEngineAsync(parsed, async (services, output) =>
        {
            var wishes = services.GetRequiredService<ContactWishes>();
            foreach (var stop in (await wishes.OfAsync(parsed.GetValue(Address)!, cancellation)).Stops.Where(stop => stop.LiftedAt is null))
            {
                await wishes.LiftAsync(Viewer.System, stop.AccountNo, stop.StopId, cancellation);
            }

            return await PrintAsync(services, output, parsed.GetValue(Address)!, cancellation);
        }, cancellation, waitsForImports: false));
        return command;
    }

    public static Command Consent()
    {
        var how = new Option<string>("--how") { Description = "How it was given: the form, the document, the conversation", Required = true };
        var at = new Option<DateTimeOffset?>("--at") { Description = "When (default: now)" };
        var withdraw = new Option<bool>("--withdraw") { Description = "It was withdrawn" };
        var command = new Command("consent", "Record that somebody consented to advertising, or withdrew that") { Address, how, at, withdraw };
        command.SetAction((parsed, cancellation) => CommandLine.WithEngineAsync(parsed, async (services, output) =>
        {
            var consent = await services.GetRequiredService<ContactWishes>().ConsentAsync(Viewer.System, 0, null, parsed.GetValue(Address)!, !parsed.GetValue(withdraw), parsed.GetValue(at)?.UtcDateTime, parsed.GetValue(how)!, cancellation);
            return consent.Holds ? await PrintAsync(services, output, parsed.GetValue(Address)!, cancellation) : Refused(MailTexts.Problem(consent));
        }, cancellation, waitsForImports: false));
        return command;
    }

    private static int Refused(string problem)
    {
        Output.Note(problem);
        return ExitCode.BadUsage;
    }

    private static async Task<int> PrintAsync(IServiceProvider services, Output output, string address, CancellationToken cancellation)
    {
        var (stops, consents) = await services.GetRequiredService<ContactWishes>().OfAsync(address, cancellation);
        output.Write(new { Stops = stops, Consents = consents }, () =>
        {
            foreach (var stop in stops)
            {
                Console.WriteLine($"{MailTexts.Time(stop.At)} no {stop.Channel}{(stop.List is { } list ? $" of the list {list}" : "")} ({stop.Cause.ToString().ToLowerInvariant()}, {stop.ByUser}) {stop.Evidence}{(stop.LiftedAt is { } lifted ? $", lifted {MailTexts.Time(lifted)} by {stop.LiftedBy}" : "")}");
            }

            foreach (var consent in consents)
            {
                Console.WriteLine($"{MailTexts.Time(consent.At)} consent {(consent.Given ? "given" : "withdrawn")} ({consent.ByUser}): {consent.How}");
            }

            if (stops.Count == 0 && consents.Count == 0)
            {
                Console.WriteLine("Nothing was said.");
            }
        });
        return ExitCode.Success;
    }
}
