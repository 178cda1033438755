using System.Collections.Immutable;

namespace CustomerSuccess.Web.Shared.Lists;

/// <summary>Which stretch of a list is asked for.</summary>
/// <param name="Offset">Rows before it.</param>
/// <param name="Limit">Most rows to give.</param>
public readonly record struct ListRequest(int Offset, int Limit);

/// <summary>A stretch of a list.</summary>
/// <param name="Rows">In the order asked for.</param>
/// <param name="Total">Rows of the whole list, shown or not.</param>
public sealed record ListStretch<TRow>(IReadOnlyList<TRow> Rows, int Total);

/// <summary>How a list is ordered.</summary>
/// <param name="Key">The column's key.</param>
/// <param name="Descending">True for the largest first.</param>
public sealed record ListSort(string Key, bool Descending)
{
    /// <summary>The order after a click on a column's header: its useful direction first, turned round on the second ask.</summary>
    public static ListSort After(ListSort? now, string key, bool descendingFirst) =>
        now?.Key == key ? now with { Descending = !now.Descending } : new(key, descendingFirst);
}

/// <summary>Which rows are selected: those named, or all that the filters leave but those named.</summary>
/// <param name="All">True where the whole filtered list is selected, the rows named excepted.</param>
/// <param name="Keys">Row keys.</param>
public sealed record ListSelection(bool All, ImmutableHashSet<string> Keys)
{
    public static ListSelection None { get; } = new(false, []);

    public static ListSelection Everything { get; } = new(true, []);

    public bool IsEmpty => !All && Keys.Count == 0;

    public bool Has(string key) => All != Keys.Contains(key);

    /// <summary>How many rows of a list are selected.</summary>
    public int Count(int total) => All ? Math.Max(0, total - Keys.Count) : Keys.Count;

    /// <summary>With rows selected, or no longer.</summary>
    public ListSelection With(IEnumerable<string> keys, bool selected) =>
        this with { Keys = All == selected ? Keys.Except(keys) : Keys.Union(keys) };
}

/// <summary>Where a column stands on a phone, where each row is a card.</summary>
public enum CardPlace
{
    /// <summary>The card's first line.</summary>
    Title,

    /// <summary>At the end of the first line.</summary>
    TitleEnd,

    /// <summary>A line of its own, without its label.</summary>
    Line,

    /// <summary>Half a line, with its label.</summary>
    Fact,

    /// <summary>Not on the card.</summary>
    Nowhere,
}

/// <summary>A row with its place, and the row before it, by which groups are told.</summary>
internal sealed record ListRow<TRow>(int Index, TRow Row, bool HasBefore, TRow? Before);

/// <summary>Names the words of <see cref="DataList{TRow}"/>, whatever its rows are.</summary>
public sealed class DataList;
