using System.Globalization;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Ingestion;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Engine.Settings;

namespace CustomerSuccess.Web.Startup;

/// <summary>The demo company: whether a database wants it, its files, and its sign-in.</summary>
internal sealed class DemoCompany(Users users, ImportsQuery imports, ImportRunner runner, RiskQueueQuery queue, SettingsStore settings)
{
    /// <summary>The files as they were built into the application.</summary>
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "demo");

    private const string Currency = "JPY";

    /// <summary>True where the demo's files are here at all.</summary>
    public static bool Exists => Directory.Exists(Folder);

    /// <summary>True where the database holds the demo company, wholly or in part.</summary>
    public async Task<bool> IsLoadedAsync(CancellationToken cancellation) =>
        (await users.ListAsync(cancellation)).Any(user => string.Equals(user.Email, DemoSignIn.Email, StringComparison.OrdinalIgnoreCase));

    /// <summary>True where nobody has signed in or imported anything.</summary>
    public async Task<bool> IsNewDatabaseAsync(CancellationToken cancellation) =>
        await users.IsEmptyAsync(cancellation) && (await imports.ListAsync(Viewer.System, 0, 1, cancellation)).Total == 0;

    /// <summary>True where a queue can be shown.</summary>
    public async Task<bool> IsScoredAsync(CancellationToken cancellation) =>
        (await queue.PageAsync(Viewer.System, new(), Core.Risk.QueueSort.Rank, false, 0, 1, cancellation)).Run is not null;

    /// <summary>Makes the demo's sign-in, which marks the database as the demo's, then imports its files. Done again after an interruption, it changes nothing twice.</summary>
    public async Task LoadAsync(Action<string> progress, CancellationToken cancellation)
    {
        if (!await IsLoadedAsync(cancellation))
        {
            var made = await users.AddAsync(Viewer.System, DemoSignIn.Email, DemoSignIn.Password, [Roles.Administrator, Roles.Csm], "Demo");
            if (!made.Succeeded)
            {
                throw new InvalidOperationException(string.Join(' ', made.Errors));
            }
        }

        await settings.SetAsync(Viewer.System, "company.currency", Currency, cancellation);
        var result = await runner.ImportAsync(
            Viewer.System,
            new ImportRequest([Folder]),
            new Reported(p => progress(string.Create(CultureInfo.InvariantCulture, $"{p.File} {Math.Max(p.RowsRead, p.RowsApplied):N0}"))),
            cancellation);
        if (result.FailedAny)
        {
            throw new InvalidOperationException(string.Join(", ", result.Files.Where(file => file.File.FailureCode is not null).Select(file => $"{file.File.FileName}: {file.File.FailureCode}")));
        }
    }

    private sealed class Reported(Action<Core.Ingestion.ImportProgress> report) : IProgress<Core.Ingestion.ImportProgress>
    {
        public void Report(Core.Ingestion.ImportProgress value) => report(value);
    }
}
