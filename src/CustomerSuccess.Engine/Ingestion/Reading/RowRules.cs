using System.Globalization;
using CustomerSuccess.Core.Ingestion;

namespace CustomerSuccess.Engine.Ingestion.Reading;

/// <summary>What must hold between the cells of one row, and the values that follow from others.</summary>
internal sealed class RowRules
{
    private readonly RecordType _record;
    private readonly bool _inclusiveEnds;
    private readonly bool[] _isDayOnly;
    private readonly (int Start, int End)[] _order;
    private readonly int[] _ends;

    public RowRules(RecordType record, bool inclusiveEnds, bool[] isDayOnly)
    {
        _record = record;
        _inclusiveEnds = inclusiveEnds;
        _isDayOnly = isDayOnly;
        (string Start, string End)[] order = record.Name switch
        {
            "subscriptions" => [("started_on", "ended_on"), ("started_on", "term_ends_on")],
            "inquiries" => [("opened_at", "first_response_at"), ("opened_at", "closed_at"), ("opened_at", "escalated_at")],
            "deals" => [("opened_on", "closed_on")],
            _ => [],
        };
        _order = [.. order.Select(pair => (record.IndexOf(pair.Start), record.IndexOf(pair.End)))];
        _ends = record.Name == "subscriptions" ? [record.IndexOf("ended_on"), record.IndexOf("term_ends_on")] : [];
    }

    /// <summary>Completes the row and checks it.</summary>
    public Problem? Apply(CheckedRow row)
    {
        foreach (var (start, end) in _order)
        {
            if (CheckOrder(row, start, end) is { } problem)
            {
                return problem;
            }
        }

        if (_inclusiveEnds)
        {
            foreach (var end in _ends)
            {
                if (row.Values[end] is DateOnly day && day < DateOnly.MaxValue)
                {
                    row.Values[end] = day.AddDays(1);
                }
            }
        }

        return _record.Name == "nps" ? CheckScale(row) : null;
    }

    /// <summary>An end before its start is refused. Where one of the two times is a day alone and both fall on that day, the end is not before the start; it is set to it.</summary>
    private Problem? CheckOrder(CheckedRow row, int start, int end)
    {
        if (row.Values[start] is not IComparable from || row.Values[end] is not { } to || from.CompareTo(to) <= 0)
        {
            return null;
        }

        if (from is DateTime opened && to is DateTime closed && _isDayOnly[end] && opened - closed < TimeSpan.FromDays(1))
        {
            row.Values[end] = opened;
            return null;
        }

        return new Problem("end_before_start", ("start", FactIds.Canonical(from))) { Field = _record.Fields[end].Name };
    }

    private Problem? CheckScale(CheckedRow row)
    {
        int kind = _record.IndexOf("kind"), least = _record.IndexOf("scale_min"), most = _record.IndexOf("scale_max");
        Default(row, kind, "nps");
        var (defaultLeast, defaultMost) = row.Values[kind] switch { "csat" => (1d, 5d), "ces" => (1d, 7d), _ => (0d, 10d) };
        Default(row, least, defaultLeast);
        Default(row, most, defaultMost);
        if (row.Values[_record.IndexOf("score")] is not double score || row.Values[least] is not double from || row.Values[most] is not double to)
        {
            return null;
        }

        if (from >= to)
        {
            return new Problem("scale_invalid") { Field = "scale_max" };
        }

        return score < from || score > to
            ? new Problem("score_outside_scale", ("least", from.ToString(CultureInfo.InvariantCulture)), ("most", to.ToString(CultureInfo.InvariantCulture))) { Field = "score" }
            : null;
    }

    private static void Default(CheckedRow row, int field, object value)
    {
        row.Values[field] ??= value;
        row.Present[field] = true;
    }
}
