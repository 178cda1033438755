using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Health;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Core.Segments;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Features;
using CustomerSuccess.Engine.Segments;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Playbooks;

/// <summary>How a play would have fired at a month end.</summary>
/// <param name="Month">The month end.</param>
/// <param name="Accounts">Accounts looked at.</param>
/// <param name="Matching">Those that a trigger held for.</param>
/// <param name="New">Those of them that none held for a month earlier; null for the first month.</param>
/// <param name="Known">Those of the matching ones of which it is known by now whether they left within the horizon.</param>
/// <param name="Left">Those of these that left.</param>
/// <param name="KnownOfAll">Of all accounts looked at, of which it is known.</param>
/// <param name="LeftOfAll">Those of these that left.</param>
public sealed record PastMonth(DateOnly Month, int Accounts, int Matching, int? New, int Known, int Left, int KnownOfAll, int LeftOfAll);

/// <summary>How a play would have fired in past months.</summary>
/// <param name="Months">Oldest first.</param>
/// <param name="IsSample">True where not all accounts were looked at.</param>
/// <param name="UnknownFields">Fields that the play asks for and that are not known of the past: they count as missing.</param>
/// <param name="HorizonDays">Days within which a churn counts, from the lead on.</param>
public sealed record PastFirings(IReadOnlyList<PastMonth> Months, bool IsSample, IReadOnlyList<string> UnknownFields, int HorizonDays)
{
    /// <summary>True for a play that wins back: those looked at had left, and who "left" of them came back.</summary>
    public bool IsWinBack { get; init; }
}

/// <summary>Tries a play out on the past: features as of each month end, which see nothing later, and what became of the accounts.</summary>
public sealed class PlayHistory(Database database, SettingsStore settingsStore, AsOfDates reaches, BuildObservations observations, BuildFeatures features)
{
    public const int MostMonths = 12;

    /// <summary>Accounts that are looked at, the same ones in every month.</summary>
    public const int MostAccounts = 4_000;

    /// <summary>Fires a play at the last month ends. Takes seconds on a large company.</summary>
    /// <param name="play">Any play, kept or not.</param>
    /// <param name="cancellation">Ends the work.</param>
    public async Task<PastFirings> RunAsync(Play play, CancellationToken cancellation = default)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        await using var context = database.OpenContext();
        var segments = await SegmentMembers.ConditionsAsync(context, cancellation);
        var fields = RunTable.FieldsOf(PlayQuery.ConditionsOf([play]), segments);
        var known = await SegmentQuery.FieldsAsync(context, [], cancellation);
        string[] unknown = [.. fields.Where(field => known.TryGetValue(field, out var own) ? own.IsOfRun : ConditionRules.SegmentOf(field) is not null && !field.StartsWith(SegmentFields.Member, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        var all = await observations.AtMonthEndsAsync(cancellation: cancellation);
        if (play.IsWinBack)
        {
            return await OfEndedAsync(context, play, [.. all.Select(own => own.AsOf).Distinct().OrderDescending().Take(MostMonths).Order()], unknown, settings, segments, cancellation);
        }

        var months = all.Select(own => own.AsOf).Distinct().OrderDescending().Take(MostMonths).Order().ToList();
        var recent = all.Where(own => months.Count > 0 && own.AsOf >= months[0]).ToList();
        var accounts = recent.Select(own => own.AccountNo).Distinct().Order().ToList();
        var isSample = accounts.Count > MostAccounts;
        if (isSample)
        {
            // every so many-th: account numbers follow the order of arrival, so that old and new ones are in it alike
            var chosen = Enumerable.Range(0, MostAccounts).Select(i => accounts[(int)((long)i * accounts.Count / MostAccounts)]).ToHashSet();
            recent = [.. recent.Where(own => chosen.Contains(own.AccountNo))];
        }

        if (recent.Count == 0)
        {
            return new([], false, unknown, settings.HorizonDays);
        }

        var catalogue = await features.CatalogueAsync(months[^1], fields.Where(field => FeatureCatalogue.Describe(field) is not null && !field.StartsWith(FeatureNames.Attribute, StringComparison.Ordinal)), cancellation);
        var table = await features.RunAsync(recent, catalogue, cancellation);
        var reader = new FeatureReader(table);
        var rules = RuleScore.Of(table);
        var others = new Dictionary<DateOnly, (OtherFields Fields, Dictionary<int, StandingFacts> Standing, Dictionary<int, HealthPoint> Health)>();
        foreach (var month in months)
        {
            others[month] = (await OtherFields.ReadAsync(context, fields, month, settings, cancellation), await StandingFactsQuery.ReadAsync(context, month, settings, cancellation), await context.HealthPoints.AsNoTracking().Where(point => point.AsOf == month).ToDictionaryAsync(point => point.AccountNo, cancellation));
        }

        var found = new List<PastMonth>(months.Count);
        HashSet<int>? before = null;
        foreach (var month in Enumerable.Range(0, recent.Count).ToLookup(row => recent[row].AsOf).OrderBy(own => own.Key))
        {
            cancellation.ThrowIfCancellationRequested();
            var (fieldsThen, standing, health) = others[month.Key];
            var rows = month.Where(row => !recent[row].Leaving).ToList();
            var matching = rows.Where(row => play.Reasons(new AccountSigns(reader, row, settings, rules[row])
            {
                Score = ScoreThen(recent[row], reader, row, rules[row], health.GetValueOrDefault(recent[row].AccountNo)),
                Standing = standing.GetValueOrDefault(recent[row].AccountNo),
                Others = fieldsThen.Of(recent[row].AccountNo),
                Segments = segments,
            }).Any()).ToList();
            var now = matching.Select(row => recent[row].AccountNo).ToHashSet();
            found.Add(new(month.Key, rows.Count, matching.Count, before is null ? null : now.Count(account => !before.Contains(account)),
                matching.Count(row => recent[row].Churned is not null), matching.Count(row => recent[row].Churned == true), rows.Count(row => recent[row].Churned is not null), rows.Count(row => recent[row].Churned == true)));
            before = now;
        }

        return new(found, isSample, unknown, settings.HorizonDays);
    }

    /// <summary>A play that wins back is tried on those who had left by each month end, and what became of them is whether they came back.</summary>
    private async Task<PastFirings> OfEndedAsync(CustomerSuccessContext context, Play play, List<DateOnly> months, string[] unknown, CompanySettings settings, IReadOnlyDictionary<string, Core.Segments.Condition> segments, CancellationToken cancellation)
    {
        var known = (await reaches.ReachesAsync(cancellation)).Contracts;
        var ended = await EndedAccounts.ReadAsync(context, settings, known, cancellation);
        var plays = WinBackSuggestions.AboutEnded([play]);
        var names = await WinBackSuggestions.ScoresAsync(context, 0, months.SelectMany(ended.On).DistinctBy(own => own.AccountNo).ToDictionary(own => own.AccountNo, own => own.Contract), cancellation);
        var byAccount = names.ToDictionary(own => own.AccountNo);
        var found = new List<PastMonth>(months.Count);
        HashSet<int>? before = null;
        foreach (var month in months)
        {
            cancellation.ThrowIfCancellationRequested();
            var others = await OtherFields.ReadAsync(context, RunSuggestions.FieldsOf(plays, [], segments), month, settings, cancellation);
            var gone = ended.On(month).ToList();
            var reader = WinBackSuggestions.NoFeatures([.. gone.Select(own => own.AccountNo)], month);
            var matching = gone.Select((own, row) => (own.AccountNo, row)).Where(own => plays[0].Reasons(new AccountSigns(reader, own.row, settings, 0) { Score = byAccount[own.AccountNo], Others = others.Of(own.AccountNo), Segments = segments, Ended = gone[own.row].Contract }).Any()).Select(own => own.AccountNo).ToHashSet();
            var back = ended.CameBack(month, known);
            found.Add(new(month, gone.Count, matching.Count, before is null ? null : matching.Count(account => !before.Contains(account)),
                matching.Count(account => back[account] is not null), matching.Count(account => back[account] == true), gone.Count(own => back[own.AccountNo] is not null), gone.Count(own => back[own.AccountNo] == true)));
            before = matching;
        }

        return new(found, false, unknown, settings.HorizonDays) { IsWinBack = true };
    }

    /// <summary>What can be told today of the score that an account would have had, without what models would have said.</summary>
    private static AccountScore ScoreThen(Observation account, FeatureReader reader, int row, double rule, HealthPoint? health)
    {
        DateOnly? Day(double days) => double.IsNaN(days) ? null : account.AsOf.AddDays((int)days);
        return new AccountScore
        {
            AccountNo = account.AccountNo,
            State = ScoreState.Scored,
            Name = "",
            NameSort = "",
            Segment = reader.Category(FeatureNames.Attribute + "segment", row),
            Plan = reader.Category(FeatureNames.Plan, row),
            Product = reader.Category(FeatureNames.Product, row),
            Mrr = account.Mrr ?? 0,
            RenewsOn = Day(reader.Number(FeatureNames.DaysToRenewal, row)),
            LastTouchOn = Day(-reader.Number(FeatureNames.DaysSinceTouch, row)),
            RuleScore = rule,
            Health = health?.Total,
            Adoption = health?.Adoption,
            Engagement = health?.Engagement,
            Support = health?.Support,
            Sentiment = health?.Sentiment,
            Commercial = health?.Commercial,
            Relationship = health?.Relationship,
        };
    }
}
