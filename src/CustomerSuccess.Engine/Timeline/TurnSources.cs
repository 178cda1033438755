using System.Globalization;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Health;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Timeline;
using CustomerSuccess.Engine.Playbooks;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;
using static CustomerSuccess.Engine.Timeline.FactSources;

namespace CustomerSuccess.Engine.Timeline;

/// <summary>Turns that many rows tell together: of contracts, usage, health, risk and what sources say of the account.</summary>
internal static class TurnSources
{
    /// <summary>A change of the churn probability that is told, since it was last told.</summary>
    private const double LeastRiskChange = 0.1;

    public static IReadOnlyList<TimelineSource> All { get; } =
    [
        new ComputedSource("contracts", TimelineGroups.Contracts, ContractsAsync),
        new ComputedSource("usage", TimelineGroups.Usage, UsageAsync),
        new ComputedSource("bands", TimelineGroups.Health, BandsAsync),
        new ComputedSource("risk", TimelineGroups.Health, RiskAsync),
        new ComputedSource("attributes", TimelineGroups.Changes, AttributesAsync),
        new DaySource<Contact>("people-left", TimelineGroups.Changes, reading =>
        {
            var all = reading.Context.Contacts.AsNoTracking().Where(contact => contact.AccountNo == reading.AccountNo && contact.VoidedBy == null && contact.LeftOn != null);
            all = reading.Filter.ContactNo is { } no ? all.Where(contact => contact.ContactNo == no) : all;
            return all.Select(contact => new Dated<Contact> { Day = contact.LeftOn!.Value, Order = contact.ContactNo, Id = "", Item = contact });
        }, contact => Entry(TimelineKinds.PersonLeft, contact.ContactId, contact: contact.ContactNo, values: [("title", contact.Title), ("champion", contact.IsChampion ? true : null), ("decision_maker", contact.IsDecisionMaker ? true : null)]))
        { NamesPeople = true },
    ];

    /// <summary>
    /// Days with use, one look into the key's order for each: the table holds many rows of a day, and none of them is read twice.
    /// </summary>
    public static async Task<IReadOnlyList<DateOnly>> DaysOfUseAsync(CustomerSuccessContext context, int accountNo, CancellationToken cancellation)
    {
        var days = await context.Database.SqlQuery<int>(
            $"""
            WITH RECURSIVE used(day) AS (
                SELECT (SELECT day FROM usage_day WHERE account_no = {accountNo} AND count > 0 ORDER BY day LIMIT 1)
                UNION ALL
                SELECT (SELECT u.day FROM usage_day u WHERE u.account_no = {accountNo} AND u.day > used.day AND u.count > 0 ORDER BY u.day LIMIT 1)
                FROM used WHERE used.day IS NOT NULL
            )
            SELECT day AS "Value" FROM used WHERE day IS NOT NULL
            """).ToListAsync(cancellation);
        return [.. days.Select(Stored.Day)];
    }

    private static async Task<IEnumerable<TimelineEntry>> ContractsAsync(TimelineReading reading)
    {
        var terms = await reading.Context.Subscriptions.AsNoTracking().Where(term => term.AccountNo == reading.AccountNo && term.VoidedBy == null).ToListAsync(reading.Cancellation);
        return ContractEvents.Of(terms, reading.Today).Select(happened =>
        {
            var (term, former) = (happened.Term, happened.Former);
            return Entry(happened.Kind, term.FactId, term.Product, values:
            [
                ("plan", term.Plan), ("seats", term.Seats), ("mrr", new MoneyAmount(term.Mrr, term.Currency)),
                ("former_plan", former?.Plan), ("former_seats", former?.Seats), ("former_mrr", former is null ? null : new MoneyAmount(former.Mrr, former.Currency)),
                ("term_ends_on", term.TermEndsOn), ("reason", happened.Kind == TimelineKinds.ContractEnded ? term.EndReason : null),
            ]) with
            {
                IsDay = true,
                Day = happened.Day,
                Id = string.Create(CultureInfo.InvariantCulture, $"{term.SourceId}:{term.FactId}:{happened.Kind}"),
            };
        });
    }

    private static async Task<IEnumerable<TimelineEntry>> UsageAsync(TimelineReading reading)
    {
        var reaches = await reading.Context.SourceReaches.AsNoTracking().Where(reach => reach.Record == "usage").ToListAsync(reading.Cancellation);
        var days = await DaysOfUseAsync(reading.Context, reading.AccountNo, reading.Cancellation);
        return days.Count == 0 ? [] : UsageMilestones.Of(days, reaches.Max(reach => reach.CompleteUntil) ?? days[^1])
            .Select(turn => Entry(turn.Kind, "", values: [("days", turn.SilentDays > 0 ? turn.SilentDays : null)]) with { IsDay = true, Day = turn.Day, Id = turn.Kind });
    }

    private static async Task<IEnumerable<TimelineEntry>> BandsAsync(TimelineReading reading)
    {
        var points = await reading.Context.HealthPoints.AsNoTracking().Where(point => point.AccountNo == reading.AccountNo && point.Total != null).OrderBy(point => point.AsOf)
            .Select(point => new { point.AsOf, point.Total, point.SchemeNo }).ToListAsync(reading.Cancellation);
        if (points.Count < 2)
        {
            return [];
        }

        var schemes = await reading.Context.HealthSchemes.AsNoTracking().ToDictionaryAsync(scheme => scheme.SchemeNo, reading.Cancellation);
        var bands = points.Select(point => (point.AsOf, Total: point.Total!.Value, Band: (schemes.GetValueOrDefault(point.SchemeNo)?.Rule() ?? HealthRule.Default).Band(point.Total)!.Value)).ToList();
        return bands.Zip(bands.Skip(1)).Where(pair => pair.First.Band != pair.Second.Band)
            .Select(pair => Entry(TimelineKinds.HealthBandChanged, "", values: [("from", pair.First.Band), ("to", pair.Second.Band), ("before", pair.First.Total), ("health", pair.Second.Total)]) with { IsDay = true, Day = pair.Second.AsOf });
    }

    private static async Task<IEnumerable<TimelineEntry>> RiskAsync(TimelineReading reading)
    {
        var scores = await (
            from score in reading.Context.AccountScores.AsNoTracking()
            where score.AccountNo == reading.AccountNo && score.ChurnProbability != null
            join run in reading.Context.ScoreRuns on score.ScoreRunId equals run.ScoreRunId
            where run.FinishedAt != null
            orderby run.ScoreRunId
            select new { At = run.FinishedAt!.Value, run.ScoreRunId, Probability = score.ChurnProbability!.Value }).ToListAsync(reading.Cancellation);
        var entries = new List<TimelineEntry>();
        double? told = null;
        foreach (var score in scores)
        {
            if (told is { } before && Math.Abs(score.Probability - before) >= LeastRiskChange)
            {
                entries.Add(Entry(TimelineKinds.RiskChanged, "", values: [("from", before), ("to", score.Probability)]) with { At = score.At, Id = score.ScoreRunId.ToString("D9", CultureInfo.InvariantCulture) });
            }

            if (told is null || Math.Abs(score.Probability - told.Value) >= LeastRiskChange)
            {
                told = score.Probability;
            }
        }

        return entries;
    }

    /// <summary>What sources changed of the account's attributes, a day's changes together. Changes that people made here stand in the journal.</summary>
    private static async Task<IEnumerable<TimelineEntry>> AttributesAsync(TimelineReading reading)
    {
        var values = await (
            from value in reading.Context.AccountValues.AsNoTracking()
            where value.AccountNo == reading.AccountNo
            join attribute in reading.Context.Attributes on value.AttributeId equals attribute.AttributeId
            orderby value.AttributeId, value.ValidFrom
            select new { attribute.AttributeId, attribute.Name, value.ValidFrom, value.Value, value.ImportFileId }).ToListAsync(reading.Cancellation);
        return values.Zip(values.Skip(1)).Where(pair => pair.First.AttributeId == pair.Second.AttributeId && pair.First.Value != pair.Second.Value && pair.Second.ImportFileId != AppSource.NoImportFile)
            .GroupBy(pair => pair.Second.ValidFrom)
            .Select(day =>
            {
                var changes = new FieldChanges();
                foreach (var (before, after) in day)
                {
                    changes.Note(after.Name, before.Value, after.Value);
                }

                return Entry(TimelineKinds.AttributesImported, "") with { IsDay = true, Day = day.Key, Changes = FieldChanges.Read(changes.ToString()) };
            });
    }
}
