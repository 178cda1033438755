namespace CustomerSuccess.Web.Shared.Charts;

/// <summary>Chart values as text.</summary>
internal static class ChartText
{
    public static string Of(double? value, ChartFormat format) => format switch
    {
        ChartFormat.Percent => Format.Percent(value),
        ChartFormat.Score => Format.Score(value),
        ChartFormat.Ratio => Format.Number(value, 2),
        _ => Format.Number(value, 1),
    };
}
