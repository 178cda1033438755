using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Demo;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Demo;

/// <summary>
/// What a database has to do with the demo company: a row among the settings, which no key of theirs names.
/// A database whose demo was loaded before there was such a row is recognised by the demo's sign-in.
/// </summary>
public sealed class DemoMark(Database database, TimeProvider clock)
{
    /// <summary>The demo company's name, which has to be typed before it is thrown away.</summary>
    public const string Company = "Kumo Software";

    /// <summary>The sign-in that comes with the demo company.</summary>
    public const string SignIn = "demo@customersuccess.example";

    internal const string Key = "demo.state";

    /// <summary>Whoever sets what the demo company needs: settings that nobody changed since go with it.</summary>
    public static Viewer Setter { get; } = Viewer.System with { UserId = "demo" };

    /// <summary>Colleagues at the demo's desk. Nobody knows their passwords, so nobody signs in as them.</summary>
    public static IReadOnlyList<(string Email, string Name)> Agents { get; } = [("support1@cs.example", "佐藤 健"), ("support2@cs.example", "Maya Patel"), ("support3@cs.example", "田中 由美")];

    /// <summary>Those who look after the demo's accounts. Nobody signs in as them either.</summary>
    public static IReadOnlyList<(string Email, string Name)> Owners { get; } = [("aoi.tanaka@cs.example", "田中 葵"), ("ken.mori@cs.example", "森 健"), ("sara.lee@cs.example", "Sara Lee")];

    /// <summary>Everybody who comes with the demo beside its sign-in.</summary>
    public static IEnumerable<(string Email, string Name)> Colleagues => Agents.Concat(Owners);

    public async Task<DemoState> ReadAsync(CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        return await ReadAsync(context, cancellation);
    }

    /// <summary>Notes that the demo company's data are coming. Changes nothing where they are here.</summary>
    public async Task LoadingAsync(CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        await WriteAsync(context, DemoState.Present, clock, cancellation);
    }

    internal static async Task<DemoState> ReadAsync(CustomerSuccessContext context, CancellationToken cancellation)
    {
        var row = await context.Settings.AsNoTracking().FirstOrDefaultAsync(setting => setting.Key == Key, cancellation);
        return row is not null ? Enum.Parse<DemoState>(row.Value)
            : await context.Users.AnyAsync(user => user.Email == SignIn, cancellation) ? DemoState.Present
            : DemoState.None;
    }

    internal static async Task WriteAsync(CustomerSuccessContext context, DemoState state, TimeProvider clock, CancellationToken cancellation)
    {
        if (await context.Settings.FindAsync([Key], cancellation) is not { } row)
        {
            row = new Setting { Key = Key, Value = "", ChangedBy = "" };
            context.Settings.Add(row);
        }

        (row.Value, row.ChangedAt, row.ChangedBy) = (state.ToString(), clock.GetUtcNow().UtcDateTime, Setter.UserId);
        await context.SaveChangesAsync(cancellation);
    }
}
