using System.CommandLine;

namespace CustomerSuccess.Cli.Commands;

/// <summary><c>cs migrate</c>: brings the schema up to date.</summary>
internal static class MigrateCommand
{
    public static Command Create()
    {
        var command = new Command("migrate", "Create the database or bring its schema up to date");
        command.SetAction((parsed, cancellation) => CommandLine.WithEngineAsync(parsed, (_, output) =>
        {
            output.Write(new { Migrated = true }, () => Console.WriteLine("The database is up to date."));
            return Task.FromResult(ExitCode.Success);
        }, cancellation));
        return command;
    }
}
