using CustomerSuccess.Core.Products;

namespace CustomerSuccess.Core.Accounts;

/// <summary>What a figure needs of one term.</summary>
/// <param name="Product">By <see cref="ProductKey"/>.</param>
/// <param name="Plan">Null where the source names none.</param>
/// <param name="Seats">Null where the source counts none.</param>
/// <param name="Mrr">In <paramref name="Currency"/>.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="StartedOn">First paid day.</param>
/// <param name="EndedOn">First unpaid day; null while the term runs.</param>
/// <param name="EndReason">As the source says it.</param>
public readonly record struct TermLine(string Product, string? Plan, int? Seats, decimal Mrr, string Currency, DateOnly StartedOn, DateOnly? EndedOn, string? EndReason)
{
    /// <summary>True on days on which the term is paid.</summary>
    public bool RunsOn(DateOnly day) => StartedOn <= day && (EndedOn is null || EndedOn > day);
}

/// <summary>One account's terms, with the MRR that they add up to.</summary>
/// <param name="Mrr">Day by day.</param>
/// <param name="Terms">Those that are paid on at least one day.</param>
public sealed record AccountContracts(MrrTimeline Mrr, IReadOnlyList<TermLine> Terms)
{
    /// <summary>The contracts of one account. Voided terms, and terms that end before they count a day, are left out.</summary>
    /// <param name="terms">Of one account.</param>
    /// <param name="same">Gives a text that was met before for one that is equal, so that many accounts share it; null keeps each.</param>
    public static AccountContracts Of(IReadOnlyCollection<Subscription> terms, Func<string, string>? same = null)
    {
        string? Shared(string? text) => text is null || same is null ? text : same(text);
        return new(
            MrrTimeline.Of(terms),
            [
                .. terms.Where(term => term.VoidedBy is null && (term.EndedOn is not { } end || end > term.StartedOn)).Select(term =>
                    new TermLine(Shared(ProductKey.Of(term.Product))!, Shared(term.Plan), term.Seats, term.Mrr, Shared(term.Currency)!, term.StartedOn, term.EndedOn, Shared(term.EndReason))),
            ]);
    }

    /// <summary>The plan that is paid most for on a day, ties by name; null where none is named or nothing is paid.</summary>
    public string? PlanOn(DateOnly day) => MostPaid(day, static (in TermLine term) => term.Plan);

    /// <summary>The product that is paid most for on a day, ties by name; null where none is named or nothing is paid.</summary>
    public string? ProductOn(DateOnly day) => MostPaid(day, static (in TermLine term) => term.Mrr > 0 ? term.Product : null) is { Length: > 0 } named ? named : null;

    /// <summary>Why the account stopped paying by a day on which it does not pay: the reason of the terms that ended last, of those the dearest that names one. Null where nobody said.</summary>
    public string? LeftBecause(DateOnly day)
    {
        var last = Terms.Where(term => term.EndedOn <= day && term.Mrr > 0).Select(term => term.EndedOn).Max();
        return Terms.Where(term => term.EndedOn == last && last is not null && !string.IsNullOrWhiteSpace(term.EndReason))
            .OrderByDescending(term => term.Mrr).ThenBy(term => term.EndReason, StringComparer.Ordinal).FirstOrDefault().EndReason;
    }

    private string? MostPaid(DateOnly day, NameOf nameOf)
    {
        var (most, mrr) = ((string?)null, 0m);
        for (var i = 0; i < Terms.Count; i++)
        {
            var term = Terms[i];
            if (term.RunsOn(day) && nameOf(term) is { } name && (most is null || term.Mrr > mrr || (term.Mrr == mrr && string.CompareOrdinal(name, most) < 0)))
            {
                (most, mrr) = (name, term.Mrr);
            }
        }

        return most;
    }

    private delegate string? NameOf(in TermLine term);
}
