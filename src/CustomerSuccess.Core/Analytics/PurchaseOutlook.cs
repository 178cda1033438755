using System.Globalization;

namespace CustomerSuccess.Core.Analytics;

/// <summary>A customer with all that the BG/NBD model needs of it.</summary>
/// <param name="CustomerId">As the source writes it.</param>
/// <param name="Summary">Its purchases.</param>
public sealed record PurchaseOutlook(string CustomerId, PurchaseSummary Summary)
{
    /// <summary>Customers out of a table with the columns ID, frequency, recency and T (weeks), as the publications give it.</summary>
    /// <param name="lines">The lines of a comma-separated file, its header first.</param>
    /// <exception cref="FormatException">A column is missing, or a cell is no number that makes sense there.</exception>
    public static IReadOnlyList<PurchaseOutlook> Parse(IReadOnlyList<string> lines)
    {
        string[] names = ["ID", "frequency", "recency", "T"];
        var header = (lines.Count == 0 ? "" : lines[0].TrimStart('\uFEFF')).Split(',').Select(cell => cell.Trim()).ToList();
        var places = Array.ConvertAll(names, name => header.FindIndex(cell => string.Equals(cell, name, StringComparison.OrdinalIgnoreCase)));
        if (Array.IndexOf(places, -1) is >= 0 and var missing)
        {
            throw new FormatException($"The column {names[missing]} is missing; the columns are {string.Join(", ", names)}.");
        }

        var customers = new List<PurchaseOutlook>(lines.Count);
        for (var line = 1; line < lines.Count; line++)
        {
            if (lines[line].Length == 0)
            {
                continue;
            }

            var cells = lines[line].Split(',');
            double Number(int column) => places[column] < cells.Length && double.TryParse(cells[places[column]], NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= 0 && double.IsFinite(number)
                ? number
                : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"Row {line + 1}, column {names[column]}: a number of 0 or more is asked for."));
            var summary = new PurchaseSummary((int)Number(1), Number(2), Number(3));
            if (summary.Recency > summary.Age || summary.Frequency != Number(1))
            {
                throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"Row {line + 1}: frequency is a whole number, and recency at most T."));
            }

            customers.Add(new(places[0] < cells.Length ? cells[places[0]].Trim() : "", summary));
        }

        return customers;
    }
}
