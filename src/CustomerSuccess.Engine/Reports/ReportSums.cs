using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CustomerSuccess.Core.Reports;

namespace CustomerSuccess.Engine.Reports;

/// <summary>The tallies of a report's cells, rows, columns and of its whole.</summary>
/// <param name="measure">What is counted.</param>
/// <param name="isOnce">True where each part belongs to one cell: the rest is then added up from the cells by <see cref="Complete"/>.</param>
internal sealed class ReportSums(MeasureFacts measure, bool isOnce)
{
    /// <summary>Cells by what they are told apart by while parts are counted: the same value comes as the same object nearly always.</summary>
    private Dictionary<(string[] Rows, string[] Columns), ReportTally>? _met;

    public Dictionary<(string Row, string Column), ReportTally> Cells { get; } = [];

    public Dictionary<string, ReportTally> Rows { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, ReportTally> Columns { get; } = new(StringComparer.Ordinal);

    public ReportTally Whole { get; } = new(measure);

    /// <summary>Counts a part in, in each row and column that it belongs to.</summary>
    public void Add(in ReportPart part, string[] rows, string[] columns)
    {
        if (isOnce)
        {
            ref var cell = ref CollectionsMarshal.GetValueRefOrAddDefault(_met ??= new(Alike.One), (rows, columns), out _);
            (cell ??= Of(Cells, (rows[0], columns[0]))).Add(part);
            return;
        }

        foreach (var row in rows)
        {
            foreach (var column in columns)
            {
                Of(Cells, (row, column)).Add(part);
            }
        }

        Whole.Add(part);
        foreach (var row in rows)
        {
            Of(Rows, row).Add(part);
        }

        foreach (var column in columns)
        {
            Of(Columns, column).Add(part);
        }
    }

    /// <summary>No more parts are counted in. What was needed for that is let go, since sums are kept.</summary>
    public void Close() => _met = null;

    /// <summary>Counts everything in that others of the same report counted.</summary>
    public void Add(ReportSums other)
    {
        Whole.Add(other.Whole);
        AddAll(Cells, other.Cells);
        AddAll(Rows, other.Rows);
        AddAll(Columns, other.Columns);
    }

    /// <summary>Nothing is counted in any more.</summary>
    public void Complete()
    {
        if (isOnce)
        {
            foreach (var ((row, column), cell) in Cells)
            {
                Whole.Add(cell);
                Of(Rows, row).Add(cell);
                Of(Columns, column).Add(cell);
            }
        }
    }

    private void AddAll<TKey>(Dictionary<TKey, ReportTally> own, Dictionary<TKey, ReportTally> others)
        where TKey : notnull
    {
        foreach (var (key, tally) in others)
        {
            Of(own, key).Add(tally);
        }
    }

    private ReportTally Of<TKey>(Dictionary<TKey, ReportTally> tallies, TKey key)
        where TKey : notnull
    {
        ref var tally = ref CollectionsMarshal.GetValueRefOrAddDefault(tallies, key, out _);
        return tally ??= new ReportTally(measure);
    }

    private sealed class Alike : IEqualityComparer<(string[] Rows, string[] Columns)>
    {
        public static readonly Alike One = new();

        public bool Equals((string[] Rows, string[] Columns) one, (string[] Rows, string[] Columns) other) => ReferenceEquals(one.Rows, other.Rows) && ReferenceEquals(one.Columns, other.Columns);

        public int GetHashCode((string[] Rows, string[] Columns) cell) => (RuntimeHelpers.GetHashCode(cell.Rows) * 31) + RuntimeHelpers.GetHashCode(cell.Columns);
    }
}
