using System.CommandLine;
using System.Globalization;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Products;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Engine.Risk;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace CustomerSuccess.Cli.Commands;

/// <summary><c>cs queue</c>: the risk queue of the newest score run.</summary>
internal static class QueueCommand
{
    private const int PageRows = 1000;

    public static Command Create()
    {
        var owner = new Option<string?>("--owner") { Description = "Only accounts of this owner (e-mail)" };
        var product = new Option<string?>("--product") { Description = "Only accounts that pay for this product (- for terms that name none)" };
        var top = new Option<int>("--top") { Description = "How many accounts", DefaultValueFactory = _ => 20 };
        top.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && int.TryParse(result.Tokens[0].Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var n) && n < 0)
            {
                result.AddError("--top must not be below 0");
            }
        });
        var command = new Command("queue", "Print the risk queue: whom to contact, why, with what") { owner, product, top };
        command.SetAction((parsed, cancellation) => CommandLine.WithEngineAsync(parsed, async (services, output) =>
        {
            var (page, rows) = await ReadAsync(services.GetRequiredService<RiskQueueQuery>(), new RiskQueueFilter { Owner = parsed.GetValue(owner), Product = parsed.GetValue(product) is { } name ? ProductKey.Listed(ProductKey.Of(name)) : null }, parsed.GetValue(top), cancellation);
            if (page.Run is not { } run)
            {
                Output.Note("Nothing has been scored yet. `cs score` does it.");
                return ExitCode.Failure;
            }

            output.Write(new { Run = ScoreCommand.Document(run), Mode = run.IsFallback ? "rule_score" : "model", page.Total, Accounts = rows.Select(row => Document(row, run)) }, () => Print(run, page.Total, rows));
            return ExitCode.Success;
        }, cancellation));
        return command;
    }

    private static async Task<(RiskQueuePage First, IReadOnlyList<RiskQueueRow> Rows)> ReadAsync(RiskQueueQuery queue, RiskQueueFilter filter, int top, CancellationToken cancellation)
    {
        var first = await queue.PageAsync(Viewer.System, filter, QueueSort.Rank, false, 0, Math.Min(top, PageRows), cancellation);
        var rows = first.Rows.ToList();
        while (rows.Count < Math.Min(top, first.Total))
        {
            var next = await queue.PageAsync(Viewer.System, filter, QueueSort.Rank, false, rows.Count, Math.Min(top - rows.Count, PageRows), cancellation);
            if (next.Rows.Count == 0)
            {
                break;
            }

            rows.AddRange(next.Rows);
        }

        return (first, rows);
    }

    private static object Document(RiskQueueRow row, RunSummary run) => new
    {
        row.Rank,
        row.AccountId,
        row.Namespace,
        row.Name,
        row.State,
        row.OwnerEmail,
        row.Segment,
        row.Plan,
        row.Mrr,
        run.Currency,
        row.RenewsOn,
        Mode = run.IsFallback ? "rule_score" : "model",
        row.Probability,
        row.RuleScore,
        row.ExpectedLoss,
        Ltv = row.Lifetime?.Value,
        LtvLower = row.Lifetime?.Lower,
        LtvUpper = row.Lifetime?.Upper,
        row.RenewalProbability,
        row.Health,
        HealthBand = row.Band,
        row.ValuePerMinute,
        row.FitsToday,
        row.Drivers,
        Suggestions = row.Suggestions.Select(s => new { s.Rank, s.Play, s.IsUpsell, s.Channel, s.ReasonCode, s.ReasonArgs, s.Minutes, s.Effect, s.Value, s.ValuePerMinute, s.State }),
    };

    private static void Print(RunSummary run, int total, IReadOnlyList<RiskQueueRow> rows)
    {
        Console.WriteLine(ScoreCommand.Explain(run));
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn(new TableColumn("#").RightAligned());
        table.AddColumn("Account");
        table.AddColumn("Name");
        table.AddColumn(new TableColumn(run.IsFallback ? "Rule score" : "Risk %").RightAligned());
        table.AddColumn(new TableColumn("Health").RightAligned());
        table.AddColumn(new TableColumn($"MRR {run.Currency}").RightAligned());
        table.AddColumn("Renews");
        table.AddColumn("Top reason");
        table.AddColumn("Next step");
        foreach (var row in rows)
        {
            table.AddRow([.. new[]
            {
                row.Rank?.ToString(CultureInfo.InvariantCulture) ?? "leaving",
                row.AccountId,
                row.Name,
                run.IsFallback ? Number(row.RuleScore, "0") : Number(row.Probability * 100, "0.0"),
                Number(row.Health, "0"),
                row.Mrr.ToString("0.##", CultureInfo.InvariantCulture),
                row.RenewsOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "",
                Reason(row),
                row.Suggestions.Count > 0 ? row.Suggestions[0].Play : "",
            }.Select(Markup.Escape)]);
        }

        Output.Print(table);
        Console.WriteLine(FormattableString.Invariant($"{rows.Count} of {total} accounts, as of {run.AsOf:yyyy-MM-dd}."));
    }

    private static string Reason(RiskQueueRow row)
    {
        if (row.Drivers.FirstOrDefault(driver => driver.Points > 0) is not { } driver)
        {
            return "";
        }

        var value = driver.Text ?? driver.Value?.ToString("0.##", CultureInfo.InvariantCulture) ?? "missing";
        return FormattableString.Invariant($"{driver.Feature} = {value} (+{driver.Points * 100:0.#})");
    }

    private static string Number(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "";
}
