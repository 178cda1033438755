using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Effects;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Engine.Gateways;
using CustomerSuccess.Engine.Segments;
using CustomerSuccess.Engine.Storage;

namespace CustomerSuccess.Engine.Playbooks;

/// <summary>Chooses the touches of a run's accounts, by everything that bears upon them: plays, limits, what stands open, segments, who is held out.</summary>
internal sealed class RunSuggestions
{
    private readonly CompanySettings _settings;
    private readonly FeatureReader _features;
    private readonly IReadOnlyList<Play> _plays;
    private readonly StandingDraws _draws;
    private readonly Dictionary<int, TouchLimits> _limits;
    private readonly Dictionary<int, StandingFacts> _standing;
    private readonly IReadOnlyDictionary<string, Core.Segments.Condition> _segments;
    private readonly OtherFields _others;
    private readonly GatewayReach _gateways;

    private RunSuggestions(CompanySettings settings, FeatureReader features, IReadOnlyList<Play> plays, StandingDraws draws, Dictionary<int, TouchLimits> limits, Dictionary<int, StandingFacts> standing, IReadOnlyDictionary<string, Core.Segments.Condition> segments, OtherFields others, GatewayReach gateways) =>
        (_settings, _features, _plays, _draws, _limits, _standing, _segments, _others, _gateways) = (settings, features, plays, draws, limits, standing, segments, others, gateways);

    /// <param name="context">The store.</param>
    /// <param name="run">The run.</param>
    /// <param name="features">Its accounts' features.</param>
    /// <param name="plays">The plays that are on, with what was learned of them.</param>
    /// <param name="draws">Who is held out of what; whatever is added later is heeded.</param>
    /// <param name="settings">The company's settings.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static async Task<RunSuggestions> ReadAsync(CustomerSuccessContext context, ScoreRun run, FeatureReader features, IReadOnlyList<Play> plays, StandingDraws draws, CompanySettings settings, CancellationToken cancellation)
    {
        var segments = await SegmentMembers.ConditionsAsync(context, cancellation);
        var fields = RunTable.FieldsOf(PlayQuery.ConditionsOf(plays), segments);
        fields.UnionWith(PlayQuery.FieldsOf(plays));
        return new(settings, features, plays, draws,
            await TouchLimitsQuery.ReadAsync(context, run.AsOf, run.StartedAt, settings, cancellation),
            await StandingFactsQuery.ReadAsync(context, run.AsOf, settings, cancellation),
            segments,
            await OtherFields.ReadAsync(context, fields, run.AsOf, settings, cancellation),
            await GatewayReach.ReadAsync(context, plays, run.AsOf, cancellation));
    }

    /// <summary>The touches of an account, and what lists sort and filter by out of them.</summary>
    /// <param name="score">The account.</param>
    /// <param name="row">Its row of the features.</param>
    /// <param name="found">What the models say of it.</param>
    /// <param name="mrr">Null where it has no terms.</param>
    public IReadOnlyList<Suggestion> Suggest(AccountScore score, int row, in Explained found, decimal? mrr)
    {
        var candidate = new TouchCandidate(score.AccountNo, row, score.RuleScore, found.Churn, found.Upsell, mrr, found.Months)
        {
            Standing = _standing.GetValueOrDefault(score.AccountNo),
            Drivers = found.ChurnDrivers,
            Score = score,
            Others = _others.Of(score.AccountNo),
            Segments = _segments,
        };
        var limits = _gateways.Within(score.AccountNo, _limits.GetValueOrDefault(score.AccountNo, TouchLimits.None));
        if (_draws.HeldOut(score.AccountNo) is { } heldOut)
        {
            limits = limits with { Plays = limits.Plays.Union(heldOut).ToHashSet(StringComparer.Ordinal) };
        }

        var touches = SuggestTouches.For(candidate, _features, _settings, limits, _plays);
        foreach (var touch in touches)
        {
            touch.ScoreRunId = score.ScoreRunId;
        }

        Follow(score, touches, found.Upsell, mrr);
        return touches;
    }

    private static void Follow(AccountScore score, IReadOnlyList<Suggestion> touches, double? expansion, decimal? mrr)
    {
        var (saving, selling) = (touches.FirstOrDefault(touch => !touch.IsUpsell), touches.FirstOrDefault(touch => touch.IsUpsell));
        score.Plays = touches.Count > 0 ? $"|{string.Join('|', touches.Select(touch => touch.Play))}|" : "";
        (score.TopPlay, score.TopMinutes) = (saving?.Play, saving?.Minutes ?? 0);
        score.ValuePerMinute = saving is null ? 0 : touches.Where(touch => !touch.IsUpsell).Max(touch => touch.ValuePerMinute);
        (score.UpsellPlay, score.UpsellMinutes) = (selling?.Play, selling?.Minutes ?? 0);
        score.UpsellValuePerMinute = selling is null ? null : touches.Where(touch => touch.IsUpsell).Max(touch => touch.ValuePerMinute);
        score.Growth = selling is not null && mrr is { } worth ? decimal.Round((decimal)((expansion ?? PlayCatalogue.ExpansionPrior) * PlayCatalogue.ExpansionShare) * worth, 4) : null;
    }
}
