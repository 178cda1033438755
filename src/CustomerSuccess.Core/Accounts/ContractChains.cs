using CustomerSuccess.Core.Timeline;

namespace CustomerSuccess.Core.Accounts;

/// <summary>A term within its contract.</summary>
/// <param name="Term">One term at one price.</param>
/// <param name="Kind">How it came about: one of <see cref="TimelineKinds"/>, from started to contracted.</param>
/// <param name="Former">The term before it; null for the first.</param>
public sealed record ChainedTerm(Subscription Term, string Kind, Subscription? Former);

/// <summary>Terms of one product that carry on one with another: what people call a contract.</summary>
/// <param name="Product">Null where the source names none.</param>
/// <param name="Terms">Newest start first.</param>
public sealed record ContractChain(string? Product, IReadOnlyList<ChainedTerm> Terms)
{
    /// <summary>The term that runs on the day asked for; null where none does.</summary>
    public Subscription? Running { get; init; }

    /// <summary>The end of the running term as agreed; null where none runs or none was agreed.</summary>
    public DateOnly? RenewsOn { get; init; }

    /// <summary>The last day on which notice can be given for it.</summary>
    public DateOnly? NoticeBy { get; init; }

    /// <summary>When notice was given for it.</summary>
    public DateOnly? NoticeOn { get; init; }

    /// <summary>Whether it goes on by itself unless notice is given; null where nobody said.</summary>
    public bool? AutoRenews { get; init; }

    /// <summary>Days from the day asked for to the renewal; below 0 where the term has passed its agreed end and runs on.</summary>
    public int? DaysLeft { get; init; }

    /// <summary>Days to the notice deadline; below 0 where it has passed.</summary>
    public int? DaysToNotice { get; init; }
}

/// <summary>Groups an account's terms into contracts.</summary>
public static class ContractChains
{
    /// <summary>Contracts: those that run by their renewal, the earliest first, then the ended ones, the latest first.</summary>
    /// <param name="terms">Of one account.</param>
    /// <param name="today">The day on which it is looked at.</param>
    public static IReadOnlyList<ContractChain> Of(IEnumerable<Subscription> terms, DateOnly today)
    {
        var ordered = terms.OrderBy(term => term.StartedOn).ThenBy(term => term.SourceId).ThenBy(term => term.FactId, StringComparer.Ordinal).ToList();
        var former = ContractEvents.Chain(ordered);
        var first = new Dictionary<Subscription, Subscription>();
        foreach (var term in ordered)
        {
            first[term] = former.TryGetValue(term, out var before) ? first[before] : term;
        }

        return
        [
            .. ordered.GroupBy(term => first[term]).Select(chain => Of([.. chain.Reverse().Select(term => new ChainedTerm(term, ContractEvents.KindOf(term, former.GetValueOrDefault(term)), former.GetValueOrDefault(term)))], today))
                .OrderBy(chain => chain.Running is null).ThenBy(chain => chain.RenewsOn ?? DateOnly.MaxValue).ThenByDescending(chain => chain.Terms[0].Term.StartedOn).ThenBy(chain => chain.Product, StringComparer.Ordinal),
        ];
    }

    private static ContractChain Of(IReadOnlyList<ChainedTerm> terms, DateOnly today)
    {
        var running = terms.Select(chained => chained.Term).FirstOrDefault(term => term.StartedOn <= today && (term.EndedOn is null || term.EndedOn > today));
        var noticeBy = running is { TermEndsOn: { } end, NoticeDays: { } days } && end.DayNumber >= days ? end.AddDays(-days) : (DateOnly?)null;
        return new(terms[0].Term.Product, terms)
        {
            Running = running,
            RenewsOn = running?.TermEndsOn,
            NoticeBy = noticeBy,
            NoticeOn = running?.NoticeOn,
            AutoRenews = running?.AutoRenew,
            DaysLeft = running?.TermEndsOn?.DayNumber - today.DayNumber,
            DaysToNotice = noticeBy?.DayNumber - today.DayNumber,
        };
    }
}
