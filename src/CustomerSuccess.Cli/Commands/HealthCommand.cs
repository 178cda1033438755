using System.CommandLine;
using System.Globalization;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Health;
using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Core.Products;
using CustomerSuccess.Engine.Health;
using CustomerSuccess.Engine.Products;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace CustomerSuccess.Cli.Commands;

/// <summary><c>cs health [learn|set|undo|history]</c>: weights and bands, what outcomes say of them, and their versions.</summary>
internal static class HealthCommand
{
    private static readonly Option<string?> Comment = new("--comment") { Description = "Why, kept with the version" };

    public static Command Create()
    {
        var command = new Command("health", "Weights and bands of health, what outcomes say of them, and their versions") { Learn(), Set(), Undo(), History() };
        command.SetAction((parsed, cancellation) => CommandLine.WithEngineAsync(parsed, async (services, output) =>
        {
            var scheme = await services.GetRequiredService<HealthSchemes>().InForceAsync(cancellation);
            Write(output, scheme, await services.GetRequiredService<StudyHealth>().NewestAsync(cancellation), await services.GetRequiredService<ProductQuery>().StandingsAsync(Viewer.System, cancellation));
            return ExitCode.Success;
        }, cancellation));
        return command;
    }

    private static Command Learn()
    {
        var use = new Option<bool>("--use") { Description = "Put what is learned in force" };
        var command = new Command("learn", "Learn weights from what became of accounts, and test them on later months") { use, Comment };
        command.SetAction((parsed, cancellation) => CommandLine.WithEngineAsync(parsed, async (services, output) =>
        {
            var schemes = services.GetRequiredService<HealthSchemes>();
            var study = await Output.WithStatusAsync("Learning health", progress => services.GetRequiredService<StudyHealth>().RunAsync(progress, cancellation));
            var scheme = await schemes.InForceAsync(cancellation);
            if (!parsed.GetValue(use))
            {
                Write(output, scheme, study, await services.GetRequiredService<ProductQuery>().StandingsAsync(Viewer.System, cancellation));
                return ExitCode.Success;
            }

            if (study.Learned is not { } learned)
            {
                Output.Note("Too few outcomes to learn from; nothing was changed.");
                return ExitCode.Failure;
            }

            return Done(output, await schemes.SaveAsync(Viewer.System, learned.In(scheme?.Rule() ?? HealthRule.Default), parsed.GetValue(Comment), null, cancellation));
        }, cancellation));
        return command;
    }

    private static Command Set()
    {
        var weights = new Option<string?>("--weights") { Description = "Six numbers: adoption,engagement,support,sentiment,commercial,relationship" };
        var segment = new Option<string?>("--segment") { Description = "Only for this segment" };
        var asCompany = new Option<bool>("--as-company") { Description = "Give the segment the company's weights again" };
        var good = new Option<double?>("--good") { Description = "Health from which an account is good" };
        var watch = new Option<double?>("--watch") { Description = "Health from which an account is to be watched" };
        var judgement = new Option<double?>("--judgement") { Description = "What a CSM's judgement weighs where all dimensions together weigh 100" };
        var command = new Command("set", "Put weights or bands in force") { weights, segment, asCompany, good, watch, judgement, Comment };
        command.SetAction((parsed, cancellation) => CommandLine.WithEngineAsync(parsed, async (services, output) =>
        {
            var schemes = services.GetRequiredService<HealthSchemes>();
            var rule = (await schemes.InForceAsync(cancellation))?.Rule() ?? HealthRule.Default;
            var own = parsed.GetValue(segment);
            if (parsed.GetValue(weights) is { } text)
            {
                if (Weights(text) is not { } read)
                {
                    Output.Note("--weights wants six numbers of 0 or more, not all of them 0: adoption,engagement,support,sentiment,commercial,relationship.");
                    return ExitCode.BadUsage;
                }

                rule = own is null ? rule with { Company = read } : rule with { Segments = new Dictionary<string, HealthWeights>(rule.Segments) { [own] = read } };
            }
            else if (own is not null && parsed.GetValue(asCompany))
            {
                rule = rule with { Segments = rule.Segments.Where(other => other.Key != own).ToDictionary() };
            }
            else if (own is not null || parsed.GetValue(asCompany))
            {
                Output.Note("--segment wants --weights or --as-company, and --as-company wants --segment.");
                return ExitCode.BadUsage;
            }

            rule = rule with { Good = parsed.GetValue(good) ?? rule.Good, Watch = parsed.GetValue(watch) ?? rule.Watch, JudgementWeight = parsed.GetValue(judgement) ?? rule.JudgementWeight };
            return Done(output, await schemes.SaveAsync(Viewer.System, rule, parsed.GetValue(Comment), null, cancellation));
        }, cancellation));
        return command;
    }

    private static Command Undo()
    {
        var version = new Argument<int?>("version") { Description = "The version to bring back (default: the one before)", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("undo", "Bring back an earlier version, as a new one that equals it") { version, Comment };
        command.SetAction((parsed, cancellation) => CommandLine.WithEngineAsync(parsed, async (services, output) =>
        {
            var schemes = services.GetRequiredService<HealthSchemes>();
            return Done(output, parsed.GetValue(version) is { } wanted
                ? await schemes.RestoreAsync(Viewer.System, wanted, parsed.GetValue(Comment), cancellation)
                : await schemes.UndoAsync(Viewer.System, parsed.GetValue(Comment), cancellation));
        }, cancellation));
        return command;
    }

    private static Command History()
    {
        var command = new Command("history", "Every version, the newest first");
        command.SetAction((parsed, cancellation) => CommandLine.WithEngineAsync(parsed, async (services, output) =>
        {
            var versions = await services.GetRequiredService<HealthSchemes>().HistoryAsync(cancellation);
            output.Write(new { Versions = versions.Select(Document) }, () =>
            {
                var table = new Table().AddColumns("version", "from", "by", "weights", "good", "watch", "restores", "comment");
                foreach (var v in versions)
                {
                    table.AddRow(Number(v.SchemeNo), v.InForceFrom.ToString("u", CultureInfo.InvariantCulture), Markup.Escape(v.ByEmail ?? v.ByUser), v.Source.ToString(), Number(v.Good), Number(v.Watch), v.Restores is { } r ? Number(r) : "", Markup.Escape(v.Comment ?? ""));
                }

                Output.Print(table);
            });
            return ExitCode.Success;
        }, cancellation));
        return command;
    }

    private static int Done(Output output, SchemeResult result)
    {
        switch (result.Outcome)
        {
            case SchemeOutcome.Saved:
                output.Write(Document(result.InForce), () => Console.WriteLine($"Version {result.InForce!.SchemeNo} is in force; the next `cs score` uses it."));
                return ExitCode.Success;
            case SchemeOutcome.Unchanged:
                output.Write(Document(result.InForce), () => Console.WriteLine("That is what is in force already."));
                return ExitCode.Success;
            case SchemeOutcome.Invalid:
                Output.Note("The bands must satisfy 0 <= watch < good <= 100, and the judgement's weight must be 0 to 100.");
                return ExitCode.BadUsage;
            case SchemeOutcome.NotFound:
                Output.Note("There is no such version.");
                return ExitCode.BadUsage;
            default:
                Output.Note("Somebody else changed it meanwhile; look at it and try again.");
                return ExitCode.Failure;
        }
    }

    private static void Write(Output output, HealthScheme? scheme, HealthStudy? study, IReadOnlyList<ProductStanding> products) => output.Write(
        new
        {
            InForce = Document(scheme),
            Bands = Document(study?.Bands),
            Learned = study?.Learned is { } learned
                ? new { Weights = Document(learned.In(HealthRule.Default)), learned.Penalty, learned.SegmentPenalty, Bands = Document(learned.Bands) }
                : null,
            Auc = study is null ? null : new { study.InForce, study.Equal, Learned = study.Learned?.Skill, study.RuleScore },
            Study = study is null ? null : new { study.MadeAt, study.SchemeNo, study.LeadDays, study.HorizonDays, study.AccountShare, study.Train, study.Test },
            Products = products.Select(product => ProductsCommand.Document(product, study)),
        },
        () =>
        {
            Print(scheme, study);
            if (products.Count > 0)
            {
                ProductsCommand.Print(products, study);
            }
        });

    private static object Document(HealthScheme? scheme)
    {
        var rule = scheme?.Rule() ?? HealthRule.Default;
        return new
        {
            Version = scheme?.SchemeNo ?? 0,
            scheme?.InForceFrom,
            Source = scheme?.Source ?? WeightSource.Equal,
            By = scheme?.ByEmail ?? scheme?.ByUser,
            scheme?.Comment,
            scheme?.Restores,
            rule.Good,
            rule.Watch,
            rule.JudgementWeight,
            Weights = Document(rule),
        };
    }

    private static object Document(HealthRule rule) => new { Company = Shares(rule.Company), Segments = rule.Segments.ToDictionary(own => own.Key, own => Shares(own.Value)) };

    private static Dictionary<string, double> Shares(HealthWeights weights) => HealthWeights.Dimensions.ToDictionary(Word, weights.Share);

    private static object? Document(BandTest? test) => test is null ? null : new { test.Order, test.From, test.To, test.MonthEnds, Bands = test.Bands };

    private static void Print(HealthScheme? scheme, HealthStudy? study)
    {
        var rule = scheme?.Rule() ?? HealthRule.Default;
        Console.WriteLine(scheme is null
            ? "Equal weights; nobody has decided yet."
            : $"Version {scheme.SchemeNo} by {scheme.ByEmail ?? scheme.ByUser} since {scheme.InForceFrom:yyyy-MM-dd}.");
        var table = new Table().AddColumns(["weights", .. HealthWeights.Dimensions.Select(Word)]);
        AddRows(table, "in force", rule);
        if (study?.Learned is { } learned)
        {
            AddRows(table, "learned", learned.In(rule));
        }

        Output.Print(table);
        if (study is null)
        {
            Console.WriteLine("No study yet: `cs health learn` tests health against what became of accounts.");
            return;
        }

        if (study.SchemeNo != (scheme?.SchemeNo ?? 0))
        {
            Console.WriteLine($"What follows tested version {study.SchemeNo}, not the one in force; `cs health learn` tests again.");
        }

        var skill = new Table().AddColumns("AUC on later months", "value", "95%", "over equal weights");
        foreach (var (name, own) in new[] { ("in force", study.InForce), ("equal", study.Equal), ("learned", study.Learned?.Skill), ("rule score", study.RuleScore) })
        {
            skill.AddRow(name, Figure(own?.Auc), Range(own?.Auc), own?.OverEqual is { } over ? $"{over.Value.ToString("+0.000;-0.000", CultureInfo.InvariantCulture)} ({Range(over)})" : "");
        }

        Output.Print(skill);
        var bands = new Table().AddColumns("band", "from", "accounts at month ends", $"left within {study.HorizonDays} days", "95%", "MRR kept");
        foreach (var band in study.Bands.Bands)
        {
            var from = band.Band switch { HealthBand.Good => rule.Good, HealthBand.Watch => rule.Watch, _ => 0 };
            bands.AddRow(Word(band.Band), Number(from), Number(band.Rows), Percent(band.Rate), $"{Percent(band.Lower)} to {Percent(band.Upper)}", Percent(band.MrrKept));
        }

        Output.Print(bands);
        Console.WriteLine(study.Bands.Order switch
        {
            BandOrder.Ordered => "The bands order what happened: the better the band, the fewer left.",
            BandOrder.Uncertain => "The better the band, the fewer left; but the steps between them may be chance.",
            BandOrder.Wrong => "The bands do not order what happened: a better band lost as many or more.",
            _ => "Too few accounts or departures to test the bands.",
        });
    }

    private static void AddRows(Table table, string name, HealthRule rule)
    {
        foreach (var (segment, weights) in rule.Segments.Select(own => ((string?)own.Key, own.Value)).Prepend((null, rule.Company)))
        {
            table.AddRow([Markup.Escape(segment is null ? name : $"{name}, {segment}"), .. HealthWeights.Dimensions.Select(d => Percent(weights.Share(d)))]);
        }
    }

    private static HealthWeights? Weights(string text)
    {
        var parts = text.Split(',');
        var values = new double[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (!double.TryParse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out values[i]))
            {
                return null;
            }
        }

        return HealthWeights.AreValid(values) ? new(values) : null;
    }

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static string Percent(double? share) => share is { } s ? (100 * s).ToString("0.0", CultureInfo.InvariantCulture) + " %" : "-";

    private static string Figure(Estimate? estimate) => estimate?.Value.ToString("0.000", CultureInfo.InvariantCulture) ?? "-";

    private static string Range(Estimate? estimate) => estimate is { Lower: { } lower, Upper: { } upper }
        ? string.Create(CultureInfo.InvariantCulture, $"{lower:0.000} to {upper:0.000}")
        : "-";
}
