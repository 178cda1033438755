using System.CommandLine;
using System.Globalization;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Health;
using CustomerSuccess.Core.Products;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Engine.Accounts;
using CustomerSuccess.Engine.Products;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace CustomerSuccess.Cli.Commands;

/// <summary><c>cs explain</c>: why an account has its score, what changed since a week ago, and what would lower the risk.</summary>
internal static class ExplainCommand
{
    public static Command Create()
    {
        var id = new Argument<string>("account") { Description = "The account's id, as the sources write it" };
        var ns = new Option<string>("--namespace") { Description = "Namespace of the id (default: the shared one)", DefaultValueFactory = _ => "" };
        var command = new Command("explain", "Say why an account has its score, what changed, and what would lower the risk") { id, ns };
        command.SetAction((parsed, cancellation) => CommandLine.WithEngineAsync(parsed, async (services, output) =>
        {
            var account = await services.GetRequiredService<AccountQuery>().FindAsync(Viewer.System, parsed.GetValue(id)!, parsed.GetValue(ns)!, cancellation)
                ?? throw new InvalidOperationException($"There is no account {parsed.GetValue(id)}.");
            if (account is not { Run: { } run, Score: { } score })
            {
                throw new InvalidOperationException($"Account {parsed.GetValue(id)} has no score: it was not paying, or nothing has been scored yet.");
            }

            var products = await services.GetRequiredService<ProductQuery>().OfAccountAsync(Viewer.System, account.Header.AccountNo, cancellation) ?? new([], null, null);
            output.Write(Document(account, run, score, products), () =>
            {
                Print(account, run, score);
                Print(products);
            });
            return ExitCode.Success;
        }, cancellation));
        return command;
    }

    private static object Document(AccountHead account, RunSummary run, AccountStanding score, AccountProducts products) => new
    {
        account.Header.AccountId,
        account.Header.Namespace,
        account.Header.Name,
        run.AsOf,
        Mode = run.IsFallback ? "rule_score" : "model",
        score.State,
        score.Probability,
        score.RuleScore,
        Drivers = score.Drivers.Select(Driver),
        UpsellDrivers = score.UpsellDrivers.Select(Driver),
        Change = account.RiskChange,
        score.Reliefs,
        Products = products.Products.Select(Document),
        ExpectedLoss = products.Loss is { } loss ? new { loss.Account, loss.Products, loss.Dropped, loss.Notice } : null,
    };

    private static object Document(AccountProduct product)
    {
        var score = product.Score;
        return new
        {
            score.Product,
            score.Name,
            score.State,
            score.Mrr,
            score.RenewsOn,
            score.Health,
            HealthBand = product.Band,
            HealthBefore = product.Before,
            Dimensions = HealthWeights.Dimensions.ToDictionary(
                dimension => dimension.ToString().ToLowerInvariant(),
                dimension => new { Value = Of(score, dimension), Source = ProductSources.Of(score.Told, dimension) }),
            score.Payers,
            RiskBasis = score.Basis,
            score.Probability,
            score.DropProbability,
            product.DroppedAlone,
            score.RuleScore,
            score.ExpectedLoss,
            Drivers = product.Drivers.Select(Driver),
        };
    }

    private static double? Of(ProductScore score, HealthDimension dimension) => dimension switch
    {
        HealthDimension.Adoption => score.Adoption,
        HealthDimension.Engagement => score.Engagement,
        HealthDimension.Support => score.Support,
        HealthDimension.Sentiment => score.Sentiment,
        HealthDimension.Commercial => score.Commercial,
        _ => score.Relationship,
    };

    private static object Driver(Driver driver) => new { driver.Theme, driver.Feature, driver.Value, driver.Text, driver.Points, driver.Reference, driver.From, driver.To };

    private static void Print(AccountHead account, RunSummary run, AccountStanding score)
    {
        var now = run.IsFallback ? score.RuleScore / 100 : score.Probability ?? 0;
        Console.WriteLine(run.IsFallback
            ? FormattableString.Invariant($"{account.Header.Name}: rule score {score.RuleScore:0} of 100 (100 is worst; not a probability) as of {run.AsOf:yyyy-MM-dd}.")
            : FormattableString.Invariant($"{account.Header.Name}: {now:P1} probability of churn as of {run.AsOf:yyyy-MM-dd}."));
        var why = new Table { Title = new TableTitle("Why"), Border = TableBorder.Simple };
        why.AddColumns("reason", "value");
        why.AddColumn(new TableColumn("points").RightAligned());
        foreach (var driver in score.Drivers)
        {
            why.AddRow(Markup.Escape(driver.Theme == driver.Feature ? driver.Feature : $"{driver.Theme}: {driver.Feature}"), Markup.Escape(Value(driver)), Points(driver.Points));
        }

        Output.Print(why);
        if (account.RiskChange is { } change)
        {
            var changed = new Table { Title = new TableTitle(FormattableString.Invariant($"Since {change.EarlierAsOf:yyyy-MM-dd}: {change.Before * 100:0.0} to {change.Now * 100:0.0}")), Border = TableBorder.Simple };
            changed.AddColumn("reason");
            changed.AddColumn(new TableColumn("points").RightAligned());
            foreach (var part in change.Themes)
            {
                changed.AddRow(Markup.Escape(part.Theme), Points(part.Points));
            }

            changed.AddRow(change.OtherModel ? "another model, and the rest" : "the rest", Points(change.Rest + change.BaseChange));
            Output.Print(changed);
        }

        foreach (var relief in score.Reliefs)
        {
            Console.WriteLine(FormattableString.Invariant($"{relief.Change}{(relief.Count is { } count ? $" ({count:0})" : "")}: {now * 100:0.0} -> {relief.Probability * 100:0.0}"));
        }
    }

    private static void Print(AccountProducts products)
    {
        if (products.Products.Count == 0)
        {
            return;
        }

        var table = new Table { Title = new TableTitle("By product"), Border = TableBorder.Simple };
        table.AddColumn("product");
        foreach (var column in new[] { "MRR", "renews", "health", "lost %", "of it dropped alone", "rule score", "expected loss" })
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        table.AddColumns("basis", "why it may be dropped");
        foreach (var product in products.Products)
        {
            var score = product.Score;
            table.AddRow([.. new[]
            {
                ProductsCommand.Name(score.Name),
                Money(score.Mrr),
                score.RenewsOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "",
                score.Health?.ToString("0", CultureInfo.InvariantCulture) ?? "-",
                Percent(score.Probability),
                Percent(product.DroppedAlone),
                score.State == ScoreState.Leaving ? "" : score.RuleScore.ToString("0", CultureInfo.InvariantCulture),
                Money(score.ExpectedLoss),
                score.Basis.ToString(),
                product.Drivers.FirstOrDefault(driver => driver.Points > 0) is { } driver ? $"{driver.Feature} {Value(driver)}" : "",
            }.Select(Markup.Escape)]);
        }

        Output.Print(table);
        if (products.Loss is { } loss)
        {
            Console.WriteLine($"Expected loss of the account, all products together: {Money(loss.Account)}. Sum over products: {Money(loss.Products)}, of it {Money(loss.Dropped)} for products dropped while the account stays and {Money(loss.Notice)} for notice given.");
        }
    }

    private static string Percent(double? share) => share is { } s ? (100 * s).ToString("0.0", CultureInfo.InvariantCulture) : "-";

    private static string Money(decimal? amount) => amount?.ToString("#,##0", CultureInfo.InvariantCulture) ?? "-";

    private static string Value(Driver driver) => driver is { From: { } from, To: { } to }
        ? FormattableString.Invariant($"{from:0.##} -> {to:0.##}")
        : driver.Text ?? driver.Value?.ToString("0.##", CultureInfo.InvariantCulture) ?? "missing";

    private static string Points(double points) => (points * 100).ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture);
}
