using System.CommandLine;
using System.Globalization;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Engine.Modelling;
using CustomerSuccess.Engine.Settings;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace CustomerSuccess.Cli.Commands;

/// <summary><c>cs models list|export|import|promote|rollback|watch</c>: the registry.</summary>
internal static class ModelsCommand
{
    public static Command Create() => new("models", "List models, copy them, put them in use") { List(), Export(), Import(), Promote(), RollBack(), Watch() };

    private static Command List()
    {
        var command = new Command("list", "Every model with its verdict, the newest first");
        command.SetAction((parsed, cancellation) => CommandLine.WithEngineAsync(parsed, async (services, output) =>
        {
            var models = await services.GetRequiredService<ModelRegistry>().ListAsync(null, cancellation);
            output.Write(new { Models = models }, () => Print(models));
            return ExitCode.Success;
        }, cancellation));
        return command;
    }

    private static Command Export()
    {
        var (target, version) = Which();
        var folder = new Option<string?>("--out") { Description = "Folder (default: the setting models.folder)" };
        var command = new Command("export", "Write model.zip and card.json to FOLDER/TARGET/VERSION") { target, version, folder };
        command.SetAction((parsed, cancellation) => CommandLine.WithEngineAsync(parsed, async (services, output) =>
        {
            var into = parsed.GetValue(folder) ?? (await services.GetRequiredService<SettingsStore>().ReadAsync(cancellation)).ModelsFolder;
            var written = await services.GetRequiredService<ModelRegistry>().ExportAsync(Target(parsed.GetValue(target)!), parsed.GetValue(version)!, into, cancellation);
            output.Write(new { Folder = written }, () => Console.WriteLine($"Written to {written}"));
            return ExitCode.Success;
        }, cancellation));
        return command;
    }

    private static Command Import()
    {
        var folder = new Argument<string>("folder") { Description = "Holds model.zip and card.json" };
        var command = new Command("import", "Register a model from its files, as a challenger") { folder };
        command.SetAction((parsed, cancellation) => CommandLine.WithEngineAsync(parsed, async (services, output) =>
        {
            var model = await services.GetRequiredService<ModelRegistry>().ImportAsync(Viewer.System, parsed.GetValue(folder)!, cancellation);
            output.Write(model, () => Print([model]));
            return ExitCode.Success;
        }, cancellation));
        return command;
    }

    private static Command Promote()
    {
        var (target, version) = Which();
        var command = new Command("promote", "Put a registered model in use") { target, version };
        command.SetAction((parsed, cancellation) => CommandLine.WithEngineAsync(parsed, async (services, output) =>
        {
            var model = await services.GetRequiredService<ModelRegistry>().PromoteAsync(Viewer.System, Target(parsed.GetValue(target)!), parsed.GetValue(version)!, cancellation);
            output.Write(model, () => Print([model]));
            return ExitCode.Success;
        }, cancellation));
        return command;
    }

    private static Command RollBack()
    {
        var (target, _) = Which();
        var version = new Argument<string?>("version") { Description = "A version that was in use before (default: the last one)", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("rollback", "Put the model that was in use before in use again") { target, version };
        command.SetAction((parsed, cancellation) => CommandLine.WithEngineAsync(parsed, async (services, output) =>
        {
            var model = await services.GetRequiredService<ModelRegistry>().RollBackAsync(Viewer.System, Target(parsed.GetValue(target)!), parsed.GetValue(version), cancellation);
            output.Write(model, () => Print([model]));
            return ExitCode.Success;
        }, cancellation));
        return command;
    }

    private static Command Watch()
    {
        var command = new Command("watch", "What every scoring found of inputs that moved and probabilities that came true, the newest first");
        command.SetAction((parsed, cancellation) => CommandLine.WithEngineAsync(parsed, async (services, output) =>
        {
            var reports = await services.GetRequiredService<WatchModels>().ListAsync(cancellation: cancellation);
            output.Write(new { Reports = reports }, () => Print(reports));
            return ExitCode.Success;
        }, cancellation));
        return command;
    }

    private static void Print(IReadOnlyList<WatchedModel> reports)
    {
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumns("as of", "target", "model", "level", "inputs that moved", "outcomes: expected, observed (95% range, p)");
        foreach (var watched in reports)
        {
            var report = watched.Report;
            table.AddRow(
                FormattableString.Invariant($"{watched.AsOf:yyyy-MM-dd}"),
                watched.Target.ToString(),
                watched.Version,
                watched.Level.ToString(),
                report.Compared == 0 ? "not compared" : FormattableString.Invariant($"{report.Moved.Count} of {report.Compared}{(report.Moved.Count > 0 ? $": {string.Join(", ", report.Moved.Take(3).Select(input => FormattableString.Invariant($"{input.Feature} {input.Index:0.00}")))}" : "")}"),
                report.Calibration is { } c ? FormattableString.Invariant($"{c.Expected:0.0}, {c.Observed} ({c.Lower}-{c.Upper}, {c.PValue:0.000})") : "too few known");
        }

        Output.Print(table);
    }

    private static (Argument<string> Target, Argument<string> Version) Which()
    {
        var target = new Argument<string>("target") { Description = "churn, upsell or product_churn" };
        target.AcceptOnlyFromAmong("churn", "upsell", "product_churn");
        return (target, new Argument<string>("version") { Description = "Such as 2024-12-31-1" });
    }

    private static Target Target(string word) => word switch
    {
        "churn" => Core.Modelling.Target.Churn,
        "upsell" => Core.Modelling.Target.Upsell,
        _ => Core.Modelling.Target.ProductChurn,
    };

    private static void Print(IReadOnlyList<RegisteredModel> models)
    {
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumns("target", "version", "status", "verdict", "ROC-AUC", "log loss", "outcomes (training, test)");
        foreach (var model in models)
        {
            table.AddRow(
                Markup.Escape(model.Card.Product is { } product ? $"{model.Target} ({product})" : model.Target.ToString()),
                model.Version,
                model.Status.ToString(),
                model.Verdict.ToString(),
                Figure(model.Card.Metrics?.Model.RocAuc),
                Figure(model.Card.Metrics?.Model.LogLoss),
                FormattableString.Invariant($"{model.Card.Train.Outcomes}, {model.Card.Test.Outcomes}"));
        }

        Output.Print(table);
    }

    private static string Figure(Estimate? estimate) => estimate?.Value.ToString("0.0000", CultureInfo.InvariantCulture) ?? "–";
}
