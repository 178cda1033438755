using System.CommandLine;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Engine.Mail;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerSuccess.Cli.Commands;

/// <summary><c>cs mail template ...</c> and <c>cs mail lists ...</c>.</summary>
internal static class MailTemplateCommands
{
    private static readonly Argument<string> Id = new("id") { Description = "The template's id: lower case letters, digits, underscores" };

    public static Command Create() => new("template", "List, show, add and retire templates")
    {
        List(),
        Show(),
        Add(),
        Retire(),
        Fields(),
    };

    public static Command Lists()
    {
        var add = new Option<string?>("--add") { Description = "The id of a list to add or rename" };
        var en = new Option<string?>("--en") { Description = "Its name in English" };
        var ja = new Option<string?>("--ja") { Description = "Its name in Japanese" };
        var command = new Command("lists", "Print the lists that people can leave, or add one") { add, en, ja };
        command.SetAction((parsed, cancellation) => CommandLine.WithEngineAsync(parsed, async (services, output) =>
        {
            var templates = services.GetRequiredService<MailTemplates>();
            if (parsed.GetValue(add) is { } id)
            {
                var saved = await templates.SaveListAsync(Viewer.System, id, parsed.GetValue(en) ?? "", parsed.GetValue(ja) ?? "", cancellation);
                if (!saved.Holds)
                {
                    Output.Note(MailTexts.Problem(saved));
                    return ExitCode.BadUsage;
                }
            }

            var lists = await templates.ListsAsync(cancellation);
            output.Write(lists.Select(list => new { list.ListId, list.NameEn, list.NameJa }), () =>
            {
                foreach (var list in lists)
                {
                    Console.WriteLine($"{list.ListId}\t{list.NameEn}\t{list.NameJa}");
                }
            });
            return ExitCode.Success;
        }, cancellation, waitsForImports: false));
        return command;
    }

    private static Command List()
    {
        var command = new Command("list", "Print the templates");
        command.SetAction((parsed, cancellation) => CommandLine.WithEngineAsync(parsed, async (services, output) =>
        {
            var templates = await services.GetRequiredService<MailTemplates>().ListAsync(cancellation: cancellation);
            output.Write(templates.Select(template => new { template.TemplateId, template.Version, template.Name, template.Purpose, template.List, Languages = Languages(template) }), () =>
            {
                foreach (var template in templates)
                {
                    Console.WriteLine($"{template.TemplateId}\tversion {template.Version}\t{template.Purpose.ToString().ToLowerInvariant()}\t{string.Join(" ", Languages(template))}\t{template.Name}");
                }
            });
            return ExitCode.Success;
        }, cancellation, waitsForImports: false));
        return command;
    }

    private static Command Show()
    {
        var command = new Command("show", "Print a template as a file that `add` reads") { Id };
        command.SetAction((parsed, cancellation) => CommandLine.WithEngineAsync(parsed, async (services, output) =>
        {
            if (await services.GetRequiredService<MailTemplates>().HistoryAsync(parsed.GetValue(Id)!, cancellation) is not [var template, ..])
            {
                Output.Note($"There is no template '{parsed.GetValue(Id)}'.");
                return ExitCode.Failure;
            }

            output.Write(template, () => Console.Write(TemplateFile.Write(template)));
            return ExitCode.Success;
        }, cancellation, waitsForImports: false));
        return command;
    }

    private static Command Add()
    {
        var file = new Argument<FileInfo>("file") { Description = "The template as a file" };
        var further = new Option<string[]>("--field") { Description = "A field that only its sender knows, such as survey.link", AllowMultipleArgumentsPerToken = true };
        var command = new Command("add", "Add a template, or a version of one, from a file") { Id, file, further };
        command.SetAction((parsed, cancellation) => CommandLine.WithEngineAsync(parsed, async (services, output) =>
        {
            var templates = services.GetRequiredService<MailTemplates>();
            var id = parsed.GetValue(Id)!;
            var text = TemplateFile.Read(await File.ReadAllTextAsync(parsed.GetValue(file)!.FullName, cancellation));
            var seen = await templates.HistoryAsync(id, cancellation) is [var newest, ..] ? newest.Version : 0;
            var saved = await templates.SaveAsync(Viewer.System, id, seen, new(text.Name, text.Purpose, text.List, text.SubjectEn, text.BodyEn, text.SubjectJa, text.BodyJa), parsed.GetValue(further), cancellation);
            if (saved.Value is not { } template || !saved.Holds)
            {
                Output.Note(MailTexts.Problem(saved));
                return ExitCode.Failure;
            }

            output.Write(new { template.TemplateId, template.Version }, () => Console.WriteLine($"{template.TemplateId}: version {template.Version}"));
            return ExitCode.Success;
        }, cancellation, waitsForImports: false));
        return command;
    }

    private static Command Retire()
    {
        var command = new Command("retire", "No longer offer a template") { Id };
        command.SetAction((parsed, cancellation) => CommandLine.WithEngineAsync(parsed, async (services, output) =>
        {
            var retired = await services.GetRequiredService<MailTemplates>().RetireAsync(Viewer.System, parsed.GetValue(Id)!, cancellation);
            if (!retired.Holds)
            {
                Output.Note(MailTexts.Problem(retired));
                return ExitCode.Failure;
            }

            output.Write(new { retired.Value!.TemplateId, Retired = true }, () => Console.WriteLine($"{retired.Value.TemplateId}: retired"));
            return ExitCode.Success;
        }, cancellation, waitsForImports: false));
        return command;
    }

    private static Command Fields()
    {
        var command = new Command("fields", "Print the fields that templates may name");
        command.SetAction((parsed, cancellation) => CommandLine.WithEngineAsync(parsed, async (services, output) =>
        {
            var fields = await services.GetRequiredService<MailTemplates>().FieldsAsync(cancellation);
            output.Write(fields, () =>
            {
                foreach (var (field, formats) in fields)
                {
                    Console.WriteLine(formats is null ? field : $"{field}\t{string.Join(" ", formats)}");
                }
            });
            return ExitCode.Success;
        }, cancellation, waitsForImports: false));
        return command;
    }

    private static string[] Languages(MailTemplate template) => [.. new[] { "en", "ja" }.Where(language => template.In(language) is not null)];
}
