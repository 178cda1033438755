using System.CommandLine;
using System.Globalization;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Demo;
using CustomerSuccess.Engine.Demo;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerSuccess.Cli.Commands;

/// <summary><c>cs demo</c>: writes a simulated company as import files, with the true probabilities beside them. Touches no database.</summary>
internal static class DemoCommand
{
    private static readonly string[] Currencies = ["USD", "JPY"];

    public static Command Create()
    {
        var accounts = new Option<int>("--accounts") { Description = "Customers, 1-1000000", DefaultValueFactory = _ => 300 };
        var months = new Option<int>("--months") { Description = "Months covered, 3-240", DefaultValueFactory = _ => 30 };
        var seed = new Option<int>("--seed") { Description = "Where all randomness comes from", DefaultValueFactory = _ => 1 };
        var folder = new Option<string>("--out") { Description = "Folder that receives the files", Required = true };
        var until = new Option<string>("--until") { Description = "Last month, such as 2026-09", DefaultValueFactory = _ => "2026-09" };
        var currency = new Option<string>("--currency") { Description = "USD, or JPY with a file of rates to USD", DefaultValueFactory = _ => "USD" };
        var products = new Option<int>("--products") { Description = "Products sold, 1-3: the core product, and add-ons that some customers buy", DefaultValueFactory = _ => 3 };
        var automation = new Option<bool>("--automation") { Description = "With a feature that truly keeps customers" };
        var shiftJis = new Option<string[]>("--shift-jis") { Description = "File to write in Shift_JIS, such as contacts; may be repeated" };
        var compress = new Option<bool>("--compress") { Description = "Write usage as one .csv.gz for each year" };
        accounts.Validators.Add(result => Within(result, accounts, 1, 1_000_000));
        months.Validators.Add(result => Within(result, months, 3, 240));
        products.Validators.Add(result => Within(result, products, 1, 3));
        until.Validators.Add(result =>
        {
            if (!TryMonth(result.GetValueOrDefault<string>(), out _))
            {
                result.AddError("--until takes a month such as 2026-09.");
            }
        });
        currency.Validators.Add(result =>
        {
            if (!Currencies.Contains(result.GetValueOrDefault<string>()))
            {
                result.AddError("--currency takes USD or JPY.");
            }
        });
        shiftJis.Validators.Add(result =>
        {
            foreach (var name in (result.GetValueOrDefault<string[]>() ?? []).Where(name => !DemoFiles.OfAccounts.Any(file => file.Name == name)))
            {
                result.AddError($"--shift-jis: there is no file '{name}'.");
            }
        });
        var command = new Command("demo", "Write a simulated company as import files, with the true probabilities beside them") { accounts, months, seed, folder, until, currency, products, automation, shiftJis, compress };
        command.SetAction(async (parsed, cancellation) =>
        {
            TryMonth(parsed.GetValue(until)!, out var last);
            var plan = new DemoPlan(parsed.GetValue(accounts), parsed.GetValue(months), parsed.GetValue(seed)) { Until = last, Currency = parsed.GetValue(currency)!, Products = parsed.GetValue(products), Automation = parsed.GetValue(automation) };
            var layout = new DemoLayout { ShiftJis = new HashSet<string>(parsed.GetValue(shiftJis) ?? []), CompressUsage = parsed.GetValue(compress) };
            return await CommandLine.WithoutEngineAsync(parsed, async output =>
            {
                var files = await Output.WithStatusAsync("Simulating", report => Task.Run(
                    () => WriteDemo.Run(plan, layout, parsed.GetValue(folder)!, done => report($"Simulating: {done} of {plan.Accounts} customers"), cancellation), cancellation));
                output.Write(
                    new { plan.Accounts, plan.Months, plan.Seed, plan.First, plan.Last, plan.Currency, plan.Products, Files = files },
                    () =>
                    {
                        foreach (var file in files)
                        {
                            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{file.Rows,10:N0}  {file.Path}"));
                        }
                    });
                return ExitCode.Success;
            });
        });
        command.Add(CreateDiscard());
        return command;
    }

    /// <summary><c>cs demo discard</c>: throws the demo company in a database away. Its name has to be typed.</summary>
    private static Command CreateDiscard()
    {
        var confirm = new Option<string?>("--confirm") { Description = $"The demo company's name, {DemoMark.Company}; without it, it is asked for" };
        var command = new Command("discard", "Throw away the demo company in the database, with all that was derived from it and written on it; sign-ins, settings and templates stay") { confirm };
        command.SetAction((parsed, cancellation) => CommandLine.WithEngineAsync(parsed, async (services, output) =>
        {
            var discard = services.GetRequiredService<DiscardDemo>();
            if (await services.GetRequiredService<DemoMark>().ReadAsync(cancellation) is DemoState.None or DemoState.Discarded)
            {
                Output.Note("This database holds no demo company.");
                return ExitCode.Failure;
            }

            if (parsed.GetValue(confirm) is not { } typed)
            {
                var lost = await discard.LossesAsync(cancellation);
                Output.Note(string.Create(CultureInfo.InvariantCulture, $"{lost.Accounts:N0} accounts, {lost.Models:N0} models, {lost.Notes:N0} notes, {lost.Tasks:N0} tasks, {lost.Files:N0} files and {lost.Mails:N0} messages go, {lost.OtherImports:N0} imports of your own with them. Type {DemoMark.Company} to discard them:"));
                typed = await Console.In.ReadLineAsync(cancellation) ?? "";
            }

            if (typed.Trim() != DemoMark.Company)
            {
                Output.Note("That is not the demo company's name; nothing was changed.");
                return ExitCode.BadUsage;
            }

            var outcome = await Output.WithStatusAsync("Discarding", _ => discard.RunAsync(Viewer.System, cancellation));
            if (outcome == DiscardOutcome.ImportRuns)
            {
                Output.Note("An import is being read. Wait for its end, then try again.");
                return ExitCode.Failure;
            }

            output.Write(new { Discarded = outcome == DiscardOutcome.Done }, () => Console.WriteLine("The demo company is gone. Import your own files with `cs import FOLDER`."));
            return ExitCode.Success;
        }, cancellation));
        return command;
    }

    private static void Within(System.CommandLine.Parsing.OptionResult result, Option<int> option, int least, int most)
    {
        if (result.Tokens.Count > 0 && result.GetValue(option) is var value && (value < least || value > most))
        {
            result.AddError(string.Create(CultureInfo.InvariantCulture, $"{option.Name} takes {least} to {most}."));
        }
    }

    private static bool TryMonth(string? text, out DateOnly month) =>
        DateOnly.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out month);
}
