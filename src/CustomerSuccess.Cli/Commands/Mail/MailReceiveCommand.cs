using System.CommandLine;
using CustomerSuccess.Engine.Mail;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerSuccess.Cli.Commands;

/// <summary><c>cs mail receive PATH...</c>: takes in messages from files, folders or standard input.</summary>
internal static class MailReceiveCommand
{
    public static Command Create()
    {
        var paths = new Argument<string[]>("path") { Description = "Files, folders of .eml files, or - for one message on standard input", Arity = ArgumentArity.OneOrMore };
        var done = new Option<DirectoryInfo?>("--done") { Description = "Move files that were taken in to this folder" };
        var command = new Command("receive", "Take in answers, bounces and complaints") { paths, done };
        command.SetAction((parsed, cancellation) => CommandLine.WithEngineAsync(parsed, async (services, output) =>
        {
            var receive = services.GetRequiredService<ReceiveMail>();
            var reports = new List<object>();
            var failed = false;
            foreach (var path in parsed.GetValue(paths)!.SelectMany(Files))
            {
                try
                {
                    var report = await receive.ReceiveAsync(await ReadAsync(path, cancellation), cancellation);
                    reports.Add(new { Path = path, report.ReceivedId, report.Kind, report.Known, report.AccountNo, report.MailId, report.From, report.Subject });
                    if (!output.IsJson)
                    {
                        Console.WriteLine($"{path}: {(report.Known ? "known already" : report.Kind.ToString().ToLowerInvariant())}{(report.MailId is { } mail ? $", to {mail}" : "")}, from {report.From}");
                    }

                    if (parsed.GetValue(done) is { } folder && path != "-")
                    {
                        folder.Create();
                        File.Move(path, Path.Combine(folder.FullName, Path.GetFileName(path)), overwrite: true);
                    }
                }
                catch (Exception error) when (error is FormatException or IOException or UnauthorizedAccessException)
                {
                    failed = true;
                    reports.Add(new { Path = path, Error = error.Message });
                    Output.Note($"{path}: {error.Message}");
                }
            }

            output.Write(new { Received = reports }, () => { });
            return failed ? ExitCode.SomeRowsRejected : ExitCode.Success;
        }, cancellation));
        return command;
    }

    private static IEnumerable<string> Files(string path) =>
        path != "-" && Directory.Exists(path) ? Directory.EnumerateFiles(path, "*.eml").Order(StringComparer.Ordinal) : [path];

    private static async Task<byte[]> ReadAsync(string path, CancellationToken cancellation)
    {
        await using var source = path == "-" ? Console.OpenStandardInput() : File.OpenRead(path);
        using var bytes = new MemoryStream();
        var buffer = new byte[81920];
        int read;
        while ((read = await source.ReadAsync(buffer, cancellation)) > 0)
        {
            bytes.Write(buffer, 0, read);
            if (bytes.Length > ReceiveMail.LargestBytes)
            {
                throw new FormatException($"The message is larger than {ReceiveMail.LargestBytes >> 20} MB.");
            }
        }

        return bytes.ToArray();
    }
}
