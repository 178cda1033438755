using System.CommandLine;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Engine.Access;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerSuccess.Cli.Commands;

/// <summary><c>cs user add|list|password|disable|enable</c>: sign-ins, the first administrator among them.</summary>
internal static class UserCommand
{
    private static readonly Argument<string> Email = new("email") { Description = "The address to sign in with" };

    private static readonly Option<bool> PasswordStdin = new("--password-stdin")
    {
        Description = "Read the password from standard input (one line)",
        Required = true,
    };

    public static Command Create() => new("user", "Add, list, disable and change sign-ins")
    {
        Add(),
        List(),
        Change("password", "Set another password and end open sessions", async (users, parsed, email) =>
            await users.SetPasswordAsync(Viewer.System, email, await ReadPasswordAsync()), PasswordStdin),
        Change("disable", "Let nobody sign in as the user; open sessions end within a minute", (users, _, email) => users.SetDisabledAsync(Viewer.System, email, true)),
        Change("enable", "Let the user sign in again", (users, _, email) => users.SetDisabledAsync(Viewer.System, email, false)),
    };

    private static Command Add()
    {
        var role = new Option<string[]>("--role") { Description = $"One or several of {string.Join(", ", Roles.All)}", Required = true, AllowMultipleArgumentsPerToken = true };
        var name = new Option<string?>("--name") { Description = "The name to show" };
        var own = new Option<bool>("--own-portfolio") { Description = "Show only accounts that the user owns" };
        var command = new Command("add", "Add a sign-in") { Email, role, name, own, PasswordStdin };
        command.SetAction((parsed, cancellation) => CommandLine.WithEngineAsync(parsed, async (services, output) =>
        {
            await using var scope = services.CreateAsyncScope();
            var users = scope.ServiceProvider.GetRequiredService<Users>();
            var email = parsed.GetValue(Email)!;
            var change = await users.AddAsync(Viewer.System, email, await ReadPasswordAsync(), parsed.GetValue(role)!, parsed.GetValue(name), parsed.GetValue(own));
            return Report(change, output, email);
        }, cancellation));
        return command;
    }

    private static Command List()
    {
        var command = new Command("list", "List sign-ins and their roles");
        command.SetAction((parsed, cancellation) => CommandLine.WithEngineAsync(parsed, async (services, output) =>
        {
            await using var scope = services.CreateAsyncScope();
            var entries = await scope.ServiceProvider.GetRequiredService<Users>().ListAsync(cancellation);
            output.Write(entries, () =>
            {
                foreach (var entry in entries)
                {
                    Console.WriteLine($"{entry.Email}\t{string.Join(", ", entry.Roles)}{(entry.OwnPortfolioOnly ? "\town portfolio" : "")}{(entry.Disabled ? "\tdisabled" : "")}");
                }
            });
            return ExitCode.Success;
        }, cancellation));
        return command;
    }

    private static Command Change(string name, string description, Func<Users, ParseResult, string, Task<UserChange>> change, params Option[] options)
    {
        var command = new Command(name, description) { Email };
        foreach (var option in options)
        {
            command.Add(option);
        }

        command.SetAction((parsed, cancellation) => CommandLine.WithEngineAsync(parsed, async (services, output) =>
        {
            await using var scope = services.CreateAsyncScope();
            var email = parsed.GetValue(Email)!;
            return Report(await change(scope.ServiceProvider.GetRequiredService<Users>(), parsed, email), output, email);
        }, cancellation));
        return command;
    }

    private static int Report(UserChange change, Output output, string email)
    {
        foreach (var error in change.Errors)
        {
            Output.Note(error);
        }

        if (change.Succeeded)
        {
            output.Write(new { Email = email, Changed = true }, () => Console.WriteLine($"{email}: done."));
        }

        return change.Succeeded ? ExitCode.Success : ExitCode.Failure;
    }

    private static async Task<string> ReadPasswordAsync() => await Console.In.ReadLineAsync() ?? "";
}
