using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.Reports;

namespace CustomerSuccess.Engine.Reports;

/// <summary>Why a report shows nothing.</summary>
public enum ReportLack
{
    /// <summary>No contracts, answers or whatever it counts.</summary>
    NoData,

    /// <summary>No score run yet.</summary>
    NoRun,

    /// <summary>The newest run rests on rules: it foretells no loss.</summary>
    NoModel,

    /// <summary>The company goes by purchases: days of use are not kept.</summary>
    NoUse,

    /// <summary>The saved segment is gone.</summary>
    NoSegment,
}

/// <summary>A value of a dimension.</summary>
/// <param name="Key">As addresses name it; <see cref="Analytics.RetentionScope.Unknown"/> for what was not known.</param>
/// <param name="Period">Of a dimension of time.</param>
/// <param name="Name">Of a saved segment; null where the key says it.</param>
public sealed record ReportValue(string Key, RetentionPeriod? Period = null, string? Name = null);

/// <summary>A row of a report.</summary>
/// <param name="Value">Which.</param>
/// <param name="Cells">One for each column.</param>
/// <param name="Total">Over all columns; null where they do not go together, or there is one.</param>
public sealed record ReportRow(ReportValue Value, IReadOnlyList<ReportCell> Cells, ReportCell? Total);

/// <summary>A report.</summary>
/// <param name="Definition">What was asked for.</param>
/// <param name="Period">The time that it is about; of what stands today, the day at both ends.</param>
/// <param name="Currency">Of money.</param>
/// <param name="FiscalStart">The month in which fiscal years begin.</param>
/// <param name="Rows">Time in its order, everything else the greatest first.</param>
/// <param name="Columns">One without a key where there is no second dimension.</param>
/// <param name="Totals">Over all rows, by column; null where rows do not go together.</param>
/// <param name="Whole">Everything; null likewise.</param>
/// <param name="Lack">Why there is nothing; null where there is something.</param>
/// <param name="WithinName">The saved segment that it is narrowed to.</param>
public sealed record ReportTable(
    ReportDefinition Definition, RetentionPeriod Period, string Currency, int FiscalStart, IReadOnlyList<ReportRow> Rows, IReadOnlyList<ReportValue> Columns, IReadOnlyList<ReportCell>? Totals, ReportCell? Whole, ReportLack? Lack, string? WithinName);

/// <summary>A customer behind a cell with what it adds.</summary>
public sealed record ReportAccount(int AccountNo, string AccountId, string Namespace, string Name, string? Segment, string? Owner, ReportCell Cell);

/// <summary>A stretch of the customers behind a cell, the greatest first.</summary>
/// <param name="Rows">Of the stretch.</param>
/// <param name="Total">Customers of the whole list.</param>
/// <param name="Cell">The cell itself.</param>
/// <param name="Row">Which row; null for all.</param>
/// <param name="Column">Which column; null for all.</param>
/// <param name="Table">The report.</param>
public sealed record ReportAccounts(IReadOnlyList<ReportAccount> Rows, int Total, ReportCell Cell, ReportValue? Row, ReportValue? Column, ReportTable Table);
