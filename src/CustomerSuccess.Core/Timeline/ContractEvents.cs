using CustomerSuccess.Core.Accounts;

namespace CustomerSuccess.Core.Timeline;

/// <summary>What became of an account's contracts on a day.</summary>
/// <param name="Day">When.</param>
/// <param name="Kind">One of <see cref="TimelineKinds"/>.</param>
/// <param name="Term">The term that began or ended, or for which notice was given.</param>
/// <param name="Former">The term that it follows; null where it follows none.</param>
public sealed record ContractEvent(DateOnly Day, string Kind, Subscription Term, Subscription? Former);

/// <summary>
/// Reads terms as a story. A term that begins on the day on which another of the same product ends carries on with it: it is a renewal, an expansion, a contraction or a change of plan, and the other's end is not told.
/// </summary>
public static class ContractEvents
{
    /// <summary>Every event up to a day, oldest first.</summary>
    /// <param name="terms">Of one account.</param>
    /// <param name="until">Later starts and ends are agreed, not happened.</param>
    public static IReadOnlyList<ContractEvent> Of(IEnumerable<Subscription> terms, DateOnly until)
    {
        var all = terms.OrderBy(term => term.StartedOn).ThenBy(term => term.SourceId).ThenBy(term => term.FactId, StringComparer.Ordinal).ToList();
        var former = Chain(all);
        var carriedOn = former.Values.ToHashSet();
        var events = new List<ContractEvent>();
        foreach (var term in all)
        {
            var before = former.GetValueOrDefault(term);
            events.Add(new(term.StartedOn, KindOf(term, before), term, before));
            if (term.NoticeOn is { } notice)
            {
                events.Add(new(notice, TimelineKinds.NoticeGiven, term, null));
            }

            if (term.EndedOn is { } ended && !carriedOn.Contains(term))
            {
                events.Add(new(ended, TimelineKinds.ContractEnded, term, null));
            }
        }

        return [.. events.Where(happened => happened.Day <= until).OrderBy(happened => happened.Day)];
    }

    /// <summary>For each term that carries on with another, that other; each is carried on by one at most.</summary>
    /// <param name="ordered">By their start.</param>
    public static Dictionary<Subscription, Subscription> Chain(IReadOnlyList<Subscription> ordered)
    {
        var open = ordered.Where(term => term.EndedOn is not null)
            .GroupBy(term => (term.Product, End: term.EndedOn!.Value, term.Currency))
            .ToDictionary(ends => ends.Key, ends => ends.ToList());
        var former = new Dictionary<Subscription, Subscription>(ReferenceEqualityComparer.Instance);
        foreach (var term in ordered)
        {
            if (open.TryGetValue((term.Product, term.StartedOn, term.Currency), out var ended) && ended.FindIndex(other => other != term && other.StartedOn < term.StartedOn && SamePlanFirst(ended, other, term)) is >= 0 and var at)
            {
                former.Add(term, ended[at]);
                ended.RemoveAt(at);
            }
        }

        return former;
    }

    /// <summary>Of several that end on the day, one of the same plan is carried on with before another.</summary>
    private static bool SamePlanFirst(List<Subscription> ended, Subscription other, Subscription term) =>
        other.Plan == term.Plan || !ended.Exists(same => same.Plan == term.Plan && same != term && same.StartedOn < term.StartedOn);

    /// <summary>How a term came about: one of <see cref="TimelineKinds"/>.</summary>
    public static string KindOf(Subscription term, Subscription? former) =>
        former is null ? TimelineKinds.ContractStarted
        : term.Mrr > former.Mrr ? TimelineKinds.ContractExpanded
        : term.Mrr < former.Mrr ? TimelineKinds.ContractContracted
        : term.Plan != former.Plan || term.Seats != former.Seats ? TimelineKinds.ContractChanged
        : TimelineKinds.ContractRenewed;
}
