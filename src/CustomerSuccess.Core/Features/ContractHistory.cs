using CustomerSuccess.Core.Accounts;

namespace CustomerSuccess.Core.Features;

/// <summary>What an account's contracts say of it at a day; NaN or null = missing.</summary>
public readonly record struct ContractFeatures
{
    public double ContractAge { get; init; }

    public double TermAge { get; init; }

    public double DaysToRenewal { get; init; }

    public double DaysToNotice { get; init; }

    public double AutoRenew { get; init; }

    public double NoticeShare { get; init; }

    public double Lapses { get; init; }

    public double Mrr { get; init; }

    public double MrrChange91 { get; init; }

    public double MrrChange365 { get; init; }

    public double MrrPerSeat { get; init; }

    public double PriceChange91 { get; init; }

    public double PriceChange182 { get; init; }

    public double Seats { get; init; }

    public double SeatsChange91 { get; init; }

    public string? Plan { get; init; }

    public string? Product { get; init; }

    /// <summary>An account without terms.</summary>
    public static ContractFeatures Missing { get; } = new()
    {
        ContractAge = double.NaN,
        TermAge = double.NaN,
        DaysToRenewal = double.NaN,
        DaysToNotice = double.NaN,
        AutoRenew = double.NaN,
        NoticeShare = double.NaN,
        Lapses = double.NaN,
        Mrr = double.NaN,
        MrrChange91 = double.NaN,
        MrrChange365 = double.NaN,
        MrrPerSeat = double.NaN,
        PriceChange91 = double.NaN,
        PriceChange182 = double.NaN,
        Seats = double.NaN,
        SeatsChange91 = double.NaN,
    };
}

/// <summary>One account's terms, asked as of any day. Of a term it uses what was agreed by then: its end and notice only where they lie at or before the day.</summary>
public sealed class ContractHistory
{
    private readonly IReadOnlyList<Subscription> _terms;
    private readonly MrrTimeline _mrr;
    private readonly IReadOnlyList<DateOnly> _falls;
    private readonly PriceHistory _prices;

    public ContractHistory(IEnumerable<Subscription> terms)
    {
        _terms = [.. terms.Where(term => term.VoidedBy is null).OrderBy(term => term.StartedOn).ThenBy(term => term.SourceId).ThenBy(term => term.FactId, StringComparer.Ordinal)];
        _mrr = MrrTimeline.Of(_terms);
        _falls = _mrr.ChurnEvents(0);
        _prices = new PriceHistory(_terms);
    }

    /// <param name="t">The as-of date.</param>
    /// <param name="rate">Units of the reporting currency for one unit of a currency, as known at t.</param>
    public ContractFeatures At(DateOnly t, Func<string, decimal> rate)
    {
        if (_terms.Count == 0 || _terms[0].StartedOn > t)
        {
            return ContractFeatures.Missing;
        }

        var mrr = _mrr.On(t, rate);
        var seats = SeatsOn(t);
        var features = ContractFeatures.Missing with
        {
            ContractAge = _mrr.FirstPayingDay <= t ? t.DayNumber - _mrr.FirstPayingDay.Value.DayNumber : double.NaN,
            Mrr = (double)mrr,
            MrrChange91 = Change(_mrr.On(t.AddDays(-91), rate), mrr),
            MrrChange365 = Change(_mrr.On(t.AddDays(-365), rate), mrr),
            Seats = seats,
            SeatsChange91 = SeatsOn(t.AddDays(-91)) is > 0 and var before ? (seats / before) - 1 : double.NaN,
            MrrPerSeat = seats > 0 ? (double)mrr / seats : double.NaN,
            PriceChange91 = _prices.Change(t.AddDays(-91), t, rate),
            PriceChange182 = _prices.Change(t.AddDays(-182), t, rate),
            Lapses = _falls.Count(day => day <= t),
        };
        return Active(features, t, mrr, rate);
    }

    /// <summary>What the terms that count at t add.</summary>
    private ContractFeatures Active(ContractFeatures features, DateOnly t, decimal mrr, Func<string, decimal> rate)
    {
        Subscription? largest = null, next = null, youngest = null;
        var noticed = 0m;
        foreach (var term in _terms)
        {
            if (!Counts(term, t))
            {
                continue;
            }

            var money = term.Mrr == 0 ? 0 : term.Mrr * rate(term.Currency);
            if (largest is null || money >= (largest.Mrr == 0 ? 0 : largest.Mrr * rate(largest.Currency)))
            {
                largest = term;
            }

            youngest = term;
            if (term.TermEndsOn >= t && !(next?.TermEndsOn <= term.TermEndsOn))
            {
                next = term;
            }

            noticed += term.NoticeOn <= t ? money : 0;
        }

        if (largest is null)
        {
            return features;
        }

        return features with
        {
            Plan = Named(largest.Plan),
            Product = Named(largest.Product),
            TermAge = t.DayNumber - youngest!.StartedOn.DayNumber,
            NoticeShare = mrr > 0 ? (double)(noticed / mrr) : double.NaN,
            DaysToRenewal = next is null ? double.NaN : next.TermEndsOn!.Value.DayNumber - t.DayNumber,
            DaysToNotice = next?.NoticeDays is { } days ? next.TermEndsOn!.Value.DayNumber - days - t.DayNumber : double.NaN,
            AutoRenew = next?.AutoRenew is { } renews ? (renews ? 1 : 0) : double.NaN,
        };
    }

    private double SeatsOn(DateOnly day)
    {
        var seats = double.NaN;
        foreach (var term in _terms)
        {
            if (term.Seats is { } own && Counts(term, day))
            {
                seats = double.IsNaN(seats) ? own : seats + own;
            }
        }

        return seats;
    }

    private static bool Counts(Subscription term, DateOnly day) => term.StartedOn <= day && !(term.EndedOn <= day);

    private static double Change(decimal before, decimal now) => before > 0 ? (double)((now / before) - 1) : double.NaN;

    private static string? Named(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
