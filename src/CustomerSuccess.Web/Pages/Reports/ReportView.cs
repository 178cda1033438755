using System.Globalization;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Reports;
using CustomerSuccess.Web.Shared.Lists;

namespace CustomerSuccess.Web.Pages.Reports;

/// <summary>What the page shows, as its address says it: the report, and the saved one that it was opened from.</summary>
/// <param name="Definition">The report.</param>
/// <param name="Saved">The number of a saved report; null for none.</param>
public sealed record ReportView(ReportDefinition Definition, int? Saved = null)
{
    public const string Path = "/reports", SavedKey = "saved";

    public static ReportView Parse(ListAddress address) => new(ReportDefinition.Read(key => address[key]), Number(address[SavedKey]));

    public string ToAddress() => Address(Path).ToString();

    /// <summary>The report at another path, such as that of a file.</summary>
    public ListAddress Address(string path) =>
        Definition.Values.Aggregate(ListAddress.Parse(path), (address, pair) => address.With(pair.Key, pair.Value)).With(SavedKey, Saved?.ToString(CultureInfo.InvariantCulture));

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var no) ? no : null;
}

/// <summary>Whose accounts are listed, as the address says it.</summary>
/// <param name="Report">The report.</param>
/// <param name="Row">The row's key; null for all.</param>
/// <param name="Column">The column's key; null for all.</param>
public sealed record ReportAccountsView(ReportView Report, string? Row, string? Column)
{
    public const string Path = "/reports/accounts", RowKey = "row", ColumnKey = "column";

    /// <summary>The address of the customers behind a measure in the month of a day.</summary>
    public static string OfMonth(ReportMeasure measure, DateOnly day) =>
        new ReportAccountsView(new(new ReportDefinition(measure, ReportDimension.Month) { From = new DateOnly(day.Year, day.Month, 1), To = MonthEnds.OnOrAfter(day) }), null, null).ToAddress();

    public static ReportAccountsView Parse(ListAddress address) => new(ReportView.Parse(address), address[RowKey], address[ColumnKey]);

    public string ToAddress() => Address(Path);

    /// <summary>The list at another path, such as that of a file.</summary>
    public string Address(string path) => Report.Address(path).With(RowKey, Row).With(ColumnKey, Column).ToString();
}
