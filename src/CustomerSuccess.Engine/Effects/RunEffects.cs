using CustomerSuccess.Core.Effects;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Features;
using CustomerSuccess.Engine.Playbooks;
using CustomerSuccess.Engine.Storage;

namespace CustomerSuccess.Engine.Effects;

/// <summary>What a score run knows of the plays' effects: what was learned, who is held out, and whether it may draw.</summary>
/// <param name="IsLive">True for a run of how things stand now.</param>
/// <param name="Today">The day of its draws.</param>
/// <param name="Plays">Every play by its key.</param>
/// <param name="PlaysInUse">Those that are on, in their order, with what was learned of them.</param>
/// <param name="Learned">By play; those that anybody was drawn for.</param>
/// <param name="Draws">Who is held out of what.</param>
internal sealed record RunEffects(bool IsLive, DateOnly Today, IReadOnlyDictionary<string, PlayEntry> Plays, IReadOnlyList<Play> PlaysInUse, IReadOnlyDictionary<string, LearnedEffects> Learned, StandingDraws Draws)
{
    /// <param name="database">The store.</param>
    /// <param name="run">The run that begins.</param>
    /// <param name="reaches">How far the facts reach.</param>
    /// <param name="settings">The company's settings: effects are measured by them, whatever a model was trained for.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static async Task<RunEffects> ReadAsync(Database database, ScoreRun run, FactReaches reaches, CompanySettings settings, CancellationToken cancellation)
    {
        await using var context = database.OpenContext();
        var isLive = run.AsOf == reaches.ScoreAsOf;
        // facts may lag behind: who is scored as of last week is offered something today
        var today = isLive && settings.DayOf(run.StartedAt) is var day && day > run.AsOf ? day : run.AsOf;
        var known = isLive || reaches.Contracts < run.AsOf ? reaches.Contracts : run.AsOf;
        var plays = await PlayQuery.ReadAsync(context, cancellation);
        var drawn = await DrawnAccounts.ReadAsync(context, plays.Select(entry => entry.Play), settings, known, today, cancellation);
        var learned = drawn.Learn(plays.Select(entry => entry.Play), settings, today);
        return new(
            isLive,
            today,
            plays.ToDictionary(entry => entry.Play.Key, StringComparer.Ordinal),
            [.. plays.Select(entry => entry.Play).Where(play => play.IsOn).Select(play => play with { Learned = learned.GetValueOrDefault(play.Key) })],
            learned,
            await StandingDraws.ReadAsync(context, settings, today, cancellation));
    }
}
