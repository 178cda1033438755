using System.Security.Cryptography;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Core.Start;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Modelling;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Start;
using CustomerSuccess.Web.Shared;

namespace CustomerSuccess.Web.Pages.Start;

/// <summary>The way to the first queue.</summary>
public sealed class StartViewModel(FirstStepsQuery query, SettingsStore settings, Users users, TrainModels training, ScoreAccounts scoring, CurrentViewer current)
{
    public FirstSteps Steps { get; private set; } = default!;

    public CompanySettings Settings { get; private set; } = default!;

    public Viewer Viewer { get; private set; } = default!;

    public bool IsAdministrator => Viewer.IsIn(Roles.Administrator);

    public async Task LoadAsync(CancellationToken cancellation)
    {
        Viewer = await current.GetAsync();
        Settings = await settings.ReadAsync(cancellation);
        Steps = await query.ReadAsync(cancellation);
    }

    /// <summary>Roles that may take a step.</summary>
    public static string RolesFor(StartStepKind step) => step switch
    {
        StartStepKind.Company or StartStepKind.Horizon or StartStepKind.Train or StartStepKind.Score => $"{Roles.CsOperations},{Roles.Administrator}",
        StartStepKind.Colleagues => Roles.Administrator,
        StartStepKind.Queue => Layout.PageRoles.Queue,
        _ => Layout.PageRoles.Imports,
    };

    public bool May(StartStepKind step) => RolesFor(step).Split(',').Any(role => Viewer.IsIn(role));

    /// <summary>Keeps settings as they are shown, changed or not: a value that was looked at counts as chosen.</summary>
    /// <returns>Keys whose value is none.</returns>
    public async Task<IReadOnlySet<string>> SaveAsync(StartStepKind step, IReadOnlyDictionary<string, string> values)
    {
        Require(step);
        var wrong = new HashSet<string>();
        foreach (var (key, value) in values)
        {
            if (value.Trim().Length == 0 || !await settings.SetAsync(Viewer, key, value))
            {
                wrong.Add(key);
            }
        }

        return wrong;
    }

    /// <summary>Trains on what is imported. It goes on when the page is left.</summary>
    public Task TrainAsync(Action<string> progress)
    {
        Require(StartStepKind.Train);
        return Task.Run(() => training.RunAsync(new TrainRequest(), progress, CancellationToken.None));
    }

    /// <summary>Scores all accounts. It goes on when the page is left.</summary>
    public Task ScoreAsync()
    {
        Require(StartStepKind.Score);
        return Task.Run(() => scoring.RunAsync());
    }

    /// <summary>Makes a sign-in with a password that is shown once.</summary>
    /// <returns>The password, or the reasons why there is none.</returns>
    public async Task<(string? Password, IReadOnlyList<string> Errors)> InviteAsync(string email, string? name, string role)
    {
        var password = Convert.ToBase64String(RandomNumberGenerator.GetBytes(15));
        var made = await users.AddAsync(Viewer, email.Trim(), password, [role], string.IsNullOrWhiteSpace(name) ? null : name.Trim());
        return made.Succeeded ? (password, []) : (null, made.Errors);
    }

    /// <summary>Lets nobody sign in with the demo's known password any more.</summary>
    public Task<UserChange> CloseDemoSignInAsync() => users.SetDisabledAsync(Viewer, Startup.DemoSignIn.Email, disabled: true);

    /// <summary>True where the reader is somebody else than the demo's sign-in, so that closing it locks nobody out.</summary>
    public bool MayCloseDemoSignIn => IsAdministrator && !string.Equals(Viewer.Email, Startup.DemoSignIn.Email, StringComparison.OrdinalIgnoreCase);

    private void Require(StartStepKind step)
    {
        if (!May(step))
        {
            throw new UnauthorizedAccessException("This step is for others.");
        }
    }
}
