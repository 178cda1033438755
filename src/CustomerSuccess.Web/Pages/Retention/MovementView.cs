using System.Globalization;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Web.Shared.Lists;

namespace CustomerSuccess.Web.Pages.Retention;

/// <summary>Which accounts and movements are listed, as the address says it.</summary>
public sealed record MovementView(MovementAsk Ask)
{
    public const string Path = "/retention/accounts", KindKey = "kind", PartKey = "of", ReasonKey = "reason", CohortKey = "cohort", LifeKey = "life";

    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    /// <summary>Null where the address names no period and no month of life: there is nothing to list.</summary>
    public static MovementView? Parse(ListAddress address)
    {
        var life = int.TryParse(address[LifeKey], NumberStyles.None, Invariant, out var month) && month is > 0 and < 2000 ? month : (int?)null;
        var period = RetentionView.PeriodOf(address[RetentionView.PeriodKey]);
        return period is null && life is null ? null : new(new MovementAsk(period ?? default, RetentionView.ScopeOf(address))
        {
            Kind = address.Choice<MovementKind>(KindKey) ?? MovementKind.All,
            Part = address.Choice<SplitPart>(PartKey),
            Reason = address[ReasonKey],
            Cohort = RetentionView.Month(address[CohortKey]),
            Life = life,
            AsClosed = address[RetentionView.FiguresKey] == RetentionView.ClosedValue,
            Sort = address.Choice<MovementSort>(ListAddress.SortKey) ?? MovementSort.Change,
            Descending = address[ListAddress.SortKey] is null || address[ListAddress.DirectionKey] == "desc",
        });
    }

    /// <summary>The address of the list.</summary>
    public static string Of(MovementAsk ask) => Address(ask, Path).ToString();

    /// <summary>The list at another path, such as that of a file.</summary>
    public static ListAddress Address(MovementAsk ask, string path)
    {
        var address = ListAddress.Parse(path)
            .With(RetentionView.PeriodKey, ask.Life is null ? RetentionView.Write(ask.Period) : null)
            .With(KindKey, ask.Kind == MovementKind.All ? null : ask.Kind.ToString().ToLowerInvariant())
            .With(PartKey, ask.Part?.ToString().ToLowerInvariant())
            .With(ReasonKey, ask.Reason)
            .With(CohortKey, ask.Cohort?.ToString("yyyy-MM", Invariant))
            .With(LifeKey, ask.Life?.ToString(Invariant))
            .With(RetentionView.FiguresKey, ask.AsClosed ? RetentionView.ClosedValue : null)
            .With(ask is { Sort: MovementSort.Change, Descending: true } ? null : new ListSort(ask.Sort.ToString().ToLowerInvariant(), ask.Descending));
        return RetentionView.With(address, ask.Scope);
    }
}
