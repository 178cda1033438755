using System.CommandLine;
using System.Globalization;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Closing;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Engine.Closing;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerSuccess.Cli.Commands;

/// <summary><c>cs close [MONTH]</c>: closes a month, says what would be wrong with it, or opens it again.</summary>
internal static class CloseCommand
{
    public static Command Create()
    {
        var month = new Argument<DateOnly?>("month")
        {
            Description = "The month, such as 2026-09 (default: the next that can be closed)",
            Arity = ArgumentArity.ZeroOrOne,
            CustomParser = result =>
            {
                if (result.Tokens.Count == 0)
                {
                    return null;
                }

                if (DateOnly.TryParseExact(result.Tokens[0].Value, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                {
                    return day;
                }

                result.AddError($"A month is written as yyyy-MM, not '{result.Tokens[0].Value}'.");
                return null;
            },
        };
        var check = new Option<bool>("--check") { Description = "Only say what closing would keep, and what would be wrong with it" };
        var anyway = new Option<bool>("--anyway") { Description = "Close although something is wrong that may be accepted" };
        var note = new Option<string?>("--note") { Description = "What should be remembered" };
        var reopen = new Option<bool>("--reopen") { Description = "Open the last closed month again; needs --reason" };
        var reason = new Option<string?>("--reason") { Description = "Why it is opened again" };
        var command = new Command("close", "Close a month: its figures stay as they are now, and later changes of it are told as restatements") { month, check, anyway, note, reopen, reason };
        command.SetAction((parsed, cancellation) => CommandLine.WithEngineAsync(parsed, async (services, output) =>
        {
            var closes = services.GetRequiredService<MonthCloses>();
            if (parsed.GetValue(reopen))
            {
                var last = parsed.GetValue(month) ?? (await closes.ListAsync(Viewer.System, cancellation)).LastOrDefault(closed => closed.Stands)?.Close.Month;
                if (last is not { } closedMonth)
                {
                    Output.Note("No month is closed.");
                    return ExitCode.Failure;
                }

                return Told(output, MonthEnds.OnOrAfter(closedMonth), await closes.ReopenAsync(Viewer.System, closedMonth, parsed.GetValue(reason), cancellation), "open again");
            }

            if ((parsed.GetValue(month) ?? await closes.NextAsync(cancellation)) is not { } day || await closes.CheckAsync(Viewer.System, day, cancellation) is not { } found)
            {
                Output.Note("There are no contracts: there is no month to close.");
                return ExitCode.Failure;
            }

            if (parsed.GetValue(check))
            {
                output.Write(found, () => Tell(found));
                return found.Problem is null ? ExitCode.Success : ExitCode.Failure;
            }

            return Told(output, found.Month, await closes.CloseAsync(Viewer.System, new(day, parsed.GetValue(note), parsed.GetValue(anyway)), cancellation), "closed", found);
        }, cancellation));
        return command;
    }

    private static int Told(Output output, DateOnly month, ActResult<MonthClose> result, string done, CloseCheck? check = null)
    {
        if (result.Holds)
        {
            output.Write(new { Month = Text(month), State = done }, () => Console.WriteLine($"{Text(month)} is {done}."));
            return ExitCode.Success;
        }

        Output.Note(result.Outcome == ActOutcome.NotFound ? $"{Text(month)} does not stand closed."
            : result.Problems.ContainsKey("reason") ? "Say why with --reason."
            : result.Problems.ContainsKey("concerns") ? $"{Text(month)} was not closed:"
            : result.Problems.TryGetValue("month", out var problem) ? $"{Text(month)}: {Words(problem)}"
            : string.Join(", ", result.Problems.Select(one => $"{one.Key}: {one.Value}")));
        if (result.Problems.ContainsKey("concerns") && check is not null)
        {
            foreach (var concern in check.Concerns)
            {
                Output.Note("  " + Words(concern, check));
            }

            Output.Note("Close it all the same with --anyway.");
        }

        return ExitCode.Failure;
    }

    private static void Tell(CloseCheck check)
    {
        Console.WriteLine(check.Problem is { } problem ? $"{Text(check.Month)} cannot be closed: {Words(problem)}" : $"{Text(check.Month)} can be closed.");
        foreach (var concern in check.Concerns)
        {
            Console.WriteLine("  " + Words(concern, check));
        }

        foreach (var rate in check.MissingRates)
        {
            Console.WriteLine($"  There is no rate from {rate.Currency} to {check.Currency} for {Text(rate.Month)}.");
        }

        if (check.Figures is { } figures)
        {
            foreach (var figure in ClosedFigures.All)
            {
                if (figure.Value(figures) is { } value && value != 0)
                {
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {figure.Name} = {value:0.######}"));
                }
            }
        }
    }

    private static string Words(string code, CloseCheck? check = null) => code switch
    {
        CloseRules.NotOver => "The month is not over.",
        CloseRules.OutOfOrder => "Months are closed in order, and only the last one can be opened again.",
        CloseRules.AlreadyClosed => "The month, or a later one, is closed already.",
        CloseRules.NoContracts => "No contract had begun by its end.",
        CloseRules.MissingRate => "A rate is missing. Import it with a file of rates (currency, month, rate).",
        CloseRules.Unreconciled => string.Create(CultureInfo.InvariantCulture, $"The bridge differs from the contract rows by {check?.Difference:0.####} {check?.Currency}."),
        CloseRules.RejectedRows => $"Imports rejected {check?.RejectedRows} rows of contracts and rates since the last close.",
        CloseRules.Incomplete => $"Contracts are complete only until {check?.ContractsUntil:yyyy-MM-dd}.",
        _ => code,
    };

    private static string Text(DateOnly month) => month.ToString("yyyy-MM", CultureInfo.InvariantCulture);
}
