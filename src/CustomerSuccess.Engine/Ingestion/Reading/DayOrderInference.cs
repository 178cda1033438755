using CustomerSuccess.Core.Ingestion;

namespace CustomerSuccess.Engine.Ingestion.Reading;

/// <summary>Finds out whether 01-04-2024 is the first of April or the fourth of January, from every date of the file. Asked only once such a date occurs.</summary>
internal static class DayOrderInference
{
    /// <param name="file">The file, read again from its beginning.</param>
    /// <param name="plan">Tells which columns hold dates.</param>
    /// <param name="asked">The cell that needs the order.</param>
    /// <exception cref="UnreadableFileException">No row decides, or rows contradict each other.</exception>
    public static DayOrder Infer(TextFile file, ColumnPlan plan, string asked)
    {
        var dates = DateColumns(plan);
        long dayFirst = 0, monthFirst = 0;
        (long Line, string Header) where = (0, "");
        using var rows = file.OpenRows(out _);
        rows.Read();
        while (rows.Read())
        {
            if (rows.Count != plan.Columns.Count)
            {
                continue;
            }

            foreach (var column in dates)
            {
                var cell = rows[column];
                if (!DateCell.TryOpenParts(cell, out var first, out var second))
                {
                    continue;
                }

                if (where.Line == 0 && first != second && cell.Trim().SequenceEqual(asked.AsSpan().Trim()))
                {
                    where = (rows.Line, plan.Columns[column].Header);
                }

                if (first is > 12 and <= 31 && second is >= 1 and <= 12 && dayFirst == 0)
                {
                    dayFirst = rows.Line;
                }
                else if (second is > 12 and <= 31 && first is >= 1 and <= 12 && monthFirst == 0)
                {
                    monthFirst = rows.Line;
                }
            }
        }

        return (dayFirst, monthFirst) switch
        {
            (0, 0) => throw new UnreadableFileException("date_order_ambiguous", ("value", asked), ("line", where.Line), ("column", where.Header)),
            ( > 0, > 0) => throw new UnreadableFileException("date_order_contradictory", ("day_first_line", dayFirst), ("month_first_line", monthFirst)),
            ( > 0, _) => DayOrder.DayFirst,
            _ => DayOrder.MonthFirst,
        };
    }

    private static List<int> DateColumns(ColumnPlan plan)
    {
        var fields = plan.Record.Fields.Concat(plan.Record.Inputs)
            .Where(field => field.Type is FieldType.Day or FieldType.Instant or FieldType.Month)
            .Select(field => plan.ColumnOf(field.Name));
        var derived = plan.Rule is null ? [] : plan.Rule.Derived.Values.Select(column => plan.IndexOfHeader(column.From));
        return [.. fields.Concat(derived).Where(column => column >= 0).Distinct()];
    }
}
