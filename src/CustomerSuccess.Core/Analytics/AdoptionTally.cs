namespace CustomerSuccess.Core.Analytics;

/// <summary>Use of one feature.</summary>
/// <param name="Metric">The counter.</param>
/// <param name="Accounts">Customers who used it in the last 28 days.</param>
/// <param name="Mrr">Their MRR.</param>
/// <param name="Users">Their people who used it, as far as that is counted.</param>
/// <param name="Uses">Uses.</param>
/// <param name="MedianUses">Of a customer who uses it; null where nobody does.</param>
/// <param name="Months">Customers who used it in each of the last twelve months, oldest first.</param>
/// <param name="NewCustomers">New customers of whom it is known whether they used it within 90 days.</param>
/// <param name="Within30">Of these, who used it within 30 days.</param>
/// <param name="Within90">Within 90.</param>
/// <param name="MedianDays">Days to the first use of those who used it within 90; null where nobody did.</param>
public sealed record FeatureAdoption(string Metric, int Accounts, double Mrr, int Users, double Uses, double? MedianUses, IReadOnlyList<int> Months, int NewCustomers, int Within30, int Within90, double? MedianDays);

/// <summary>Features used together in the last 28 days.</summary>
/// <param name="First">A counter.</param>
/// <param name="Second">Another.</param>
/// <param name="Both">Customers who used both.</param>
public sealed record FeaturePair(string First, string Second, int Both);

/// <summary>Use of all features over some customers.</summary>
/// <param name="Paying">Customers who pay on the day; all where nobody has contracts.</param>
/// <param name="Mrr">Their MRR.</param>
/// <param name="Features">Most customers first.</param>
/// <param name="Pairs">Of the features that most customers use, each pair once.</param>
public sealed record AdoptionTally(int Paying, double Mrr, IReadOnlyList<FeatureAdoption> Features, IReadOnlyList<FeaturePair> Pairs)
{
    /// <summary>Features whose use together is counted.</summary>
    public const int MostPaired = 12;

    /// <param name="sheet">The uses.</param>
    /// <param name="counts">Which rows count; null for all.</param>
    public static AdoptionTally Of(AdoptionSheet sheet, Func<int, bool>? counts)
    {
        int[] rows = [.. Enumerable.Range(0, sheet.Rows).Where(row => counts is null || counts(row))];
        var features = sheet.Head.Metrics.Select((metric, place) => (Place: place, Feature: Of(sheet, metric.Metric, place, rows)))
            .OrderByDescending(feature => feature.Feature.Accounts).ThenByDescending(feature => feature.Feature.Uses).ThenBy(feature => feature.Feature.Metric, StringComparer.Ordinal).ToList();
        var paired = features.Where(feature => feature.Feature.Accounts > 0).Take(MostPaired).ToList();
        return new(
            rows.Count(sheet.IsCustomer), rows.Sum(row => sheet.Mrr[row]), [.. features.Select(feature => feature.Feature)],
            [
                .. from first in Enumerable.Range(0, paired.Count)
                   from second in Enumerable.Range(first + 1, paired.Count - first - 1)
                   select new FeaturePair(paired[first].Feature.Metric, paired[second].Feature.Metric, rows.Count(row => sheet.Uses28(paired[first].Place, row) && sheet.Uses28(paired[second].Place, row))),
            ]);
    }

    private static FeatureAdoption Of(AdoptionSheet sheet, string metric, int place, int[] rows)
    {
        int[] using28 = [.. rows.Where(row => sheet.Uses28(place, row))];
        float[] delays = [.. rows.Select(row => sheet.Delay(place, row)).Where(delay => !float.IsNaN(delay))];
        float[] soon = [.. delays.Where(delay => delay <= AdoptionSheet.FirstDays)];
        return new(
            metric, using28.Length, using28.Sum(row => sheet.Mrr[row]), using28.Sum(row => sheet.Users(place, row)), using28.Sum(row => sheet.Uses(place, row)), Median([.. using28.Select(row => sheet.Uses(place, row))]),
            [.. Enumerable.Range(0, AdoptionSheet.Months).Select(month => rows.Count(row => sheet.UsedIn(place, row, AdoptionSheet.Months - 1 - month)))],
            delays.Length, soon.Count(delay => delay <= 30), soon.Length, Median([.. soon.Select(delay => (double)delay)]));
    }

    private static double? Median(double[] values)
    {
        if (values.Length == 0)
        {
            return null;
        }

        Array.Sort(values);
        var middle = values.Length / 2;
        return values.Length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
