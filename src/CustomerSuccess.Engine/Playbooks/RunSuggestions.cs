using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Core.Segments;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Effects;
using CustomerSuccess.Engine.Gateways;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Engine.Segments;
using CustomerSuccess.Engine.Storage;

namespace CustomerSuccess.Engine.Playbooks;

/// <summary>Chooses the touches of a run's accounts, by everything that bears upon them: plays, limits, what stands open, segments, who is held out. A score run asks it of all accounts, an event of one.</summary>
internal sealed class RunSuggestions
{
    private readonly CompanySettings _settings;
    private readonly FeatureReader _features;
    private readonly IReadOnlyList<Play> _plays;
    private readonly StandingDraws _draws;
    private readonly Dictionary<int, TouchLimits> _limits;
    private readonly Dictionary<int, StandingFacts> _standing;
    private readonly IReadOnlyDictionary<string, Condition> _segments;
    private readonly OtherFields _others;
    private readonly GatewayReach _gateways;
    private readonly LateSigns _late;

    private RunSuggestions(CompanySettings settings, FeatureReader features, IReadOnlyList<Play> plays, StandingDraws draws, Dictionary<int, TouchLimits> limits, Dictionary<int, StandingFacts> standing, IReadOnlyDictionary<string, Condition> segments, OtherFields others, GatewayReach gateways, LateSigns late) =>
        (_settings, _features, _plays, _draws, _limits, _standing, _segments, _others, _gateways, _late) = (settings, features, plays, draws, limits, standing, segments, others, gateways, late);

    /// <param name="context">The store.</param>
    /// <param name="asOf">The day of the features.</param>
    /// <param name="until">The day up to which contacts count.</param>
    /// <param name="now">Decisions count up to this instant, UTC.</param>
    /// <param name="features">The accounts' features.</param>
    /// <param name="plays">The plays that are on, with what was learned of them.</param>
    /// <param name="draws">Who is held out of what; whatever is added later is heeded.</param>
    /// <param name="settings">The company's settings.</param>
    /// <param name="late">What came in after the day.</param>
    /// <param name="accounts">Some accounts alone; null for all.</param>
    /// <param name="further">What is asked beside the plays' triggers.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static async Task<RunSuggestions> ReadAsync(CustomerSuccessContext context, DateOnly asOf, DateOnly until, DateTime now, FeatureReader features, IReadOnlyList<Play> plays, StandingDraws draws, CompanySettings settings, LateSigns late, IReadOnlyCollection<int>? accounts, IEnumerable<Condition> further, CancellationToken cancellation)
    {
        var segments = await SegmentMembers.ConditionsAsync(context, cancellation);
        var fields = FieldsOf(plays, further, segments);
        return new(settings, features, plays, draws,
            await TouchLimitsQuery.ReadAsync(context, until, now, settings, cancellation, accounts),
            await StandingFactsQuery.ReadAsync(context, asOf, settings, cancellation, accounts),
            segments,
            await OtherFields.ReadAsync(context, fields, asOf, settings, cancellation, accounts),
            await GatewayReach.ReadAsync(context, plays, asOf, accounts, cancellation),
            late);
    }

    /// <summary>Everything that some plays ask for.</summary>
    public static HashSet<string> FieldsOf(IReadOnlyList<Play> plays, IEnumerable<Condition> further, IReadOnlyDictionary<string, Condition> segments)
    {
        var fields = RunTable.FieldsOf(PlayQuery.ConditionsOf(plays).Concat(further), segments);
        fields.UnionWith(PlayQuery.FieldsOf(plays));
        return fields;
    }

    /// <summary>The touches of an account, and what lists sort and filter by out of them.</summary>
    /// <param name="score">The account.</param>
    /// <param name="row">Its row of the features.</param>
    /// <param name="found">What the models say of it.</param>
    /// <param name="mrr">Null where it has no terms.</param>
    /// <param name="suggested">Plays that stand suggested, and those of them on which somebody has acted: they are chosen no more.</param>
    /// <param name="ended">The contract that has ended, and how often such customers come back; null for an account that pays.</param>
    public IReadOnlyList<Suggestion> Suggest(AccountScore score, int row, in Explained found, decimal? mrr, (IReadOnlySet<string> Open, IReadOnlySet<string> Done)? suggested = null, (EndedContract Contract, double ReturnRate)? ended = null)
    {
        var late = _late.RowOf(score.AccountNo);
        if (late is { } at)
        {
            score.Nps = Known(_late.Features.Number(FeatureNames.NpsLast, at)) ?? score.Nps;
            score.OpenInquiries = (int?)Known(_late.Features.Number(FeatureNames.OpenInquiries, at)) ?? score.OpenInquiries;
        }

        var candidate = new TouchCandidate(score.AccountNo, late ?? row, score.RuleScore, found.Churn, found.Upsell, mrr, found.Months)
        {
            Standing = _late.StandingOf(score.AccountNo) ?? _standing.GetValueOrDefault(score.AccountNo),
            Drivers = found.ChurnDrivers,
            Score = score,
            Others = late is null ? _others.Of(score.AccountNo) : _late.OthersOf(score.AccountNo),
            Segments = _segments,
            Ended = ended?.Contract,
            ReturnRate = ended?.ReturnRate,
        };
        var limits = _gateways.Within(score.AccountNo, _limits.GetValueOrDefault(score.AccountNo, TouchLimits.None));
        if (_draws.HeldOut(score.AccountNo) is { } heldOut)
        {
            limits = limits with { Plays = limits.Plays.Union(heldOut).ToHashSet(StringComparer.Ordinal) };
        }

        if (suggested is { } standing)
        {
            limits = limits with { Suggested = standing.Open, Plays = limits.Plays.Union(standing.Done).ToHashSet(StringComparer.Ordinal) };
        }

        var touches = SuggestTouches.For(candidate, late is null ? _features : _late.Features, _settings, limits, _plays);
        foreach (var touch in touches)
        {
            touch.ScoreRunId = score.ScoreRunId;
        }

        Follow(score, touches, found.Upsell, mrr);
        return touches;
    }

    /// <summary>What is known of an account by now, for conditions that are asked beside the plays' triggers.</summary>
    public AccountSigns SignsOf(AccountScore score, int row, IReadOnlyList<Driver> drivers)
    {
        var late = _late.RowOf(score.AccountNo);
        return new(late is null ? _features : _late.Features, late ?? row, _settings, score.RuleScore)
        {
            Standing = _late.StandingOf(score.AccountNo) ?? _standing.GetValueOrDefault(score.AccountNo),
            Score = score,
            Drivers = drivers,
            Others = late is null ? _others.Of(score.AccountNo) : _late.OthersOf(score.AccountNo),
            Segments = _segments,
        };
    }

    /// <summary>Sets what lists sort and filter by out of an account's suggestions.</summary>
    public static void Follow(AccountScore score, IReadOnlyList<Suggestion> touches, double? expansion, decimal? mrr)
    {
        var (saving, selling) = (touches.FirstOrDefault(touch => !touch.IsUpsell), touches.FirstOrDefault(touch => touch.IsUpsell));
        score.Plays = touches.Count > 0 ? $"|{string.Join('|', touches.Select(touch => touch.Play))}|" : "";
        (score.TopPlay, score.TopMinutes) = (saving?.Play, saving?.Minutes ?? 0);
        score.ValuePerMinute = saving is null ? 0 : touches.Where(touch => !touch.IsUpsell).Max(touch => touch.ValuePerMinute);
        (score.UpsellPlay, score.UpsellMinutes) = (selling?.Play, selling?.Minutes ?? 0);
        score.UpsellValuePerMinute = selling is null ? null : touches.Where(touch => touch.IsUpsell).Max(touch => touch.ValuePerMinute);
        score.Growth = selling is not null && mrr is { } worth ? decimal.Round((decimal)((expansion ?? PlayCatalogue.ExpansionPrior) * PlayCatalogue.ExpansionShare) * worth, 4) : null;
    }

    private static double? Known(double number) => double.IsFinite(number) ? number : null;
}
