using System.CommandLine;
using System.Globalization;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Health;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Products;
using CustomerSuccess.Engine.Health;
using CustomerSuccess.Engine.Products;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace CustomerSuccess.Cli.Commands;

/// <summary><c>cs products [assign]</c>: health and risk by product, what became of their bands, and which metrics are part of what.</summary>
internal static class ProductsCommand
{
    public static Command Create()
    {
        var command = new Command("products", "Health and risk by product, and which metrics are part of which") { Assign() };
        command.SetAction((parsed, cancellation) => CommandLine.WithEngineAsync(parsed, async (services, output) =>
        {
            var standings = await services.GetRequiredService<ProductQuery>().StandingsAsync(Viewer.System, cancellation);
            var study = await services.GetRequiredService<StudyHealth>().NewestAsync(cancellation);
            var metrics = await services.GetRequiredService<ProductMetrics>().ListAsync(cancellation);
            output.Write(new { Products = standings.Select(product => Document(product, study)), Metrics = metrics }, () =>
            {
                Print(standings, study);
                Print(metrics);
            });
            return ExitCode.Success;
        }, cancellation));
        return command;
    }

    /// <summary>A product as both verbs that speak of health print it.</summary>
    public static object Document(ProductStanding product, HealthStudy? study) => new
    {
        product.Product,
        product.Name,
        product.Accounts,
        product.Leaving,
        product.Mrr,
        Health = product.Average,
        product.Good,
        product.Watch,
        product.Danger,
        product.ExpectedLoss,
        RiskBasis = product.Basis,
        Bands = study?.Products.FirstOrDefault(own => own.Product == product.Product) is { } own ? new { own.Test.Order, own.Test.From, own.Test.To, own.Test.MonthEnds, own.Test.Bands } : null,
    };

    /// <summary>A table for people; a line where there is nothing to tell.</summary>
    public static void Print(IReadOnlyList<ProductStanding> standings, HealthStudy? study)
    {
        if (standings.Count == 0)
        {
            Console.WriteLine("Nothing is told by product: contracts name fewer than two, or nothing has been scored yet.");
            return;
        }

        var table = new Table { Title = new TableTitle($"By product; lost: the account left or dropped it within {study?.HorizonDays ?? 0} days"), Border = TableBorder.Simple };
        table.AddColumn("product");
        foreach (var column in new[] { "accounts", "leaving", "MRR", "health", "good", "watch", "danger", "expected loss", "lost of good", "of watch", "of danger" })
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        foreach (var product in standings)
        {
            var bands = study?.Products.FirstOrDefault(own => own.Product == product.Product)?.Test.Bands;
            table.AddRow([.. new[]
            {
                Name(product.Name),
                Number(product.Accounts),
                Number(product.Leaving),
                Number((double)product.Mrr),
                Number(product.Average),
                Number(product.Good),
                Number(product.Watch),
                Number(product.Danger),
                Number((double?)product.ExpectedLoss),
                Lost(bands, HealthBand.Good),
                Lost(bands, HealthBand.Watch),
                Lost(bands, HealthBand.Danger),
            }.Select(Markup.Escape)]);
        }

        Output.Print(table);
    }

    public static string Name(string name) => name.Length == 0 ? "(no product named)" : name;

    private static void Print(IReadOnlyList<MetricPart> metrics)
    {
        var table = new Table { Title = new TableTitle("Metrics"), Border = TableBorder.Simple };
        table.AddColumns("metric", "part of");
        foreach (var part in metrics)
        {
            table.AddRow(Markup.Escape(part.Metric), Markup.Escape(part.Product is null ? "" : part.IsSold ? part.Product : $"{part.Product} (no contract names it)"));
        }

        Output.Print(table);
    }

    private static Command Assign()
    {
        var metric = new Argument<string>("metric") { Description = "A metric's name" };
        var product = new Argument<string?>("product") { Description = "A product that contracts name (default: none)", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("assign", "Say which product a metric is part of") { metric, product };
        command.SetAction((parsed, cancellation) => CommandLine.WithEngineAsync(parsed, async (services, output) =>
        {
            var (which, part) = (parsed.GetValue(metric)!, parsed.GetValue(product));
            switch ((await services.GetRequiredService<ProductMetrics>().AssignAsync(Viewer.System, which, part, cancellation: cancellation)).Outcome)
            {
                case ActOutcome.Done or ActOutcome.Unchanged:
                    output.Write(new { Metric = which, Product = part }, () => Console.WriteLine(part is null ? $"{which} is part of no product; the next `cs score` goes by it." : $"{which} is part of {part}; the next `cs score` goes by it."));
                    return ExitCode.Success;
                case ActOutcome.NotFound:
                    Output.Note($"There is no metric {which}.");
                    return ExitCode.BadUsage;
                default:
                    Output.Note($"No contract names a product {part}.");
                    return ExitCode.BadUsage;
            }
        }, cancellation));
        return command;
    }

    private static string Lost(IReadOnlyList<BandOutcome>? bands, HealthBand band) => bands?.FirstOrDefault(own => own.Band == band) is { Rate: { } rate } outcome
        ? FormattableString.Invariant($"{100 * rate:0.0}% of {outcome.Rows}")
        : "-";

    private static string Number(double? value) => value?.ToString("#,##0", CultureInfo.InvariantCulture) ?? "-";
}
