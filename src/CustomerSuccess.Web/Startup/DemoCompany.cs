using System.Globalization;
using System.Security.Cryptography;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Demo;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Demo;
using CustomerSuccess.Engine.Ingestion;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Engine.Settings;

namespace CustomerSuccess.Web.Startup;

/// <summary>The demo company: whether a database wants it, its files, and its sign-in.</summary>
internal sealed class DemoCompany(Users users, ImportsQuery imports, ImportRunner runner, RiskQueueQuery queue, SettingsStore settings, Colleagues colleagues, FillDemoDesk desk, DemoMark mark)
{
    /// <summary>The files as they were built into the application.</summary>
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "demo");

    private const string Currency = "JPY";

    /// <summary>True where the demo's files are here at all.</summary>
    public static bool Exists => Directory.Exists(Folder);

    /// <summary>True where the database holds the demo company, wholly or in part.</summary>
    public async Task<bool> IsLoadedAsync(CancellationToken cancellation) =>
        await mark.ReadAsync(cancellation) == DemoState.Present;

    /// <summary>True where its sign-in works, on this machine.</summary>
    public async Task<bool> MaySignInAsync(CancellationToken cancellation) =>
        (await users.ListAsync(cancellation)).Any(user => !user.Disabled && string.Equals(user.Email, DemoSignIn.Email, StringComparison.OrdinalIgnoreCase));

    /// <summary>True where nobody has signed in or imported anything.</summary>
    public async Task<bool> IsNewDatabaseAsync(CancellationToken cancellation) =>
        await users.IsEmptyAsync(cancellation) && (await imports.ListAsync(Viewer.System, 0, 1, cancellation)).Total == 0;

    /// <summary>True where a queue can be shown.</summary>
    public async Task<bool> IsScoredAsync(CancellationToken cancellation) =>
        (await queue.PageAsync(Viewer.System, new(), Core.Risk.QueueSort.Rank, false, 0, 1, cancellation)).Run is not null;

    /// <summary>Marks the database as the demo's, makes its sign-in, then imports its files. Done again after an interruption, it changes nothing twice.</summary>
    public async Task LoadAsync(Action<string> progress, CancellationToken cancellation)
    {
        await mark.LoadingAsync(cancellation);
        if (!(await users.ListAsync(cancellation)).Any(user => string.Equals(user.Email, DemoSignIn.Email, StringComparison.OrdinalIgnoreCase)))
        {
            var made = await users.AddAsync(Viewer.System, DemoSignIn.Email, DemoSignIn.Password, [Roles.Administrator, Roles.Csm], "Demo");
            if (!made.Succeeded)
            {
                throw new InvalidOperationException(string.Join(' ', made.Errors));
            }
        }

        await settings.SetAsync(DemoMark.Setter, "company.currency", Currency, cancellation);
        var result = await runner.ImportAsync(
            Viewer.System,
            new ImportRequest([Folder]),
            new Reported(p => progress(string.Create(CultureInfo.InvariantCulture, $"{p.File} {Math.Max(p.RowsRead, p.RowsApplied):N0}"))),
            cancellation);
        if (result.FailedAny)
        {
            throw new InvalidOperationException(string.Join(", ", result.Files.Where(file => file.File.FailureCode is not null).Select(file => $"{file.File.FileName}: {file.File.FailureCode}")));
        }

        await FillDeskAsync(cancellation);
    }

    /// <summary>Lets the desk look as if it had been worked at until now.</summary>
    private async Task FillDeskAsync(CancellationToken cancellation)
    {
        await settings.SetAsync(DemoMark.Setter, "company.name", DemoMark.Company, cancellation);
        await settings.SetAsync(DemoMark.Setter, "inquiries.public_form", "true", cancellation);
        foreach (var (email, name) in DemoMark.Colleagues)
        {
            await users.AddAsync(Viewer.System, email, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)), [Roles.Csm], name);
        }

        await desk.RunAsync([.. await ViewersAsync(cancellation)], cancellation);
    }

    /// <summary>Those who answer, the demo's own sign-in first.</summary>
    private async Task<IEnumerable<Viewer>> ViewersAsync(CancellationToken cancellation)
    {
        var order = DemoMark.Agents.Select(agent => agent.Email).Prepend(DemoSignIn.Email).ToList();
        var known = await colleagues.ListAsync(cancellation);
        return order.SelectMany(email => known.Where(colleague => colleague.Email == email)).Select(colleague => new Viewer(colleague.UserId, colleague.Email, new HashSet<string> { Roles.Csm }, false));
    }

    private sealed class Reported(Action<Core.Ingestion.ImportProgress> report) : IProgress<Core.Ingestion.ImportProgress>
    {
        public void Report(Core.Ingestion.ImportProgress value) => report(value);
    }
}
