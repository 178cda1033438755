using System.Globalization;
using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Modelling;
using Sylvan.Data.Csv;

namespace CustomerSuccess.Engine.Modelling;

/// <summary>What a flat table's columns are for.</summary>
/// <param name="Id">Names the account of a row; rows of one id are kept together.</param>
/// <param name="Label">The outcome.</param>
/// <param name="Positive">The label's value that is the outcome; null for the usual words.</param>
/// <param name="Ignore">Columns left out.</param>
/// <param name="Weight">Weights of the rows; null for equal ones.</param>
public sealed record FlatTableColumns(string Id, string Label, string? Positive, IReadOnlyList<string> Ignore, string? Weight);

/// <summary>A CSV file with one row for each customer, its types inferred: numbers where every filled cell is one, else categories; blank cells are missing.</summary>
internal static class FlatTable
{
    private static readonly string[] PositiveWords = ["1", "yes", "true", "y", "t", "churned"];

    /// <exception cref="FormatException">The file lacks a column, or a cell is not what its column needs.</exception>
    public static LabelledTable Read(string path, FlatTableColumns columns)
    {
        var (headers, cells) = ReadCells(path);
        int Position(string name) => Array.FindIndex(headers, h => string.Equals(h, name, StringComparison.OrdinalIgnoreCase)) is var at && at >= 0
            ? at
            : throw new FormatException($"{path}: there is no column '{name}'. There are: {string.Join(", ", headers)}.");
        int id = Position(columns.Id), label = Position(columns.Label);
        var weight = columns.Weight is null ? -1 : Position(columns.Weight);
        var ignored = columns.Ignore.Select(Position).Concat([id, label, weight]).ToHashSet();
        var rows = cells[id].Count;
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        int[] accounts = [.. cells[id].Select(value => numbers.TryGetValue(value, out var n) ? n : numbers[value] = numbers.Count + 1)];
        var labels = Labels(path, cells[label], columns);
        var table = new FeatureTable(
            accounts,
            new DateOnly[rows],
            [.. Enumerable.Range(0, headers.Length).Where(c => !ignored.Contains(c)).Select(c => Column(headers[c], cells[c]))]);
        return new LabelledTable(
            table,
            labels,
            [.. labels.Select((positive, i) => positive ? i : -1)],
            weight < 0 ? [.. labels.Select(_ => 1.0)] : [.. cells[weight].Select((text, i) => Weight(path, i, columns.Weight!, text))]);
    }

    /// <summary>A file with columns row_id (from 0) and fold: by row its fold, numbered from 0.</summary>
    public static int[] ReadFolds(string path, int rows)
    {
        var (headers, cells) = ReadCells(path);
        int row = Array.IndexOf(headers, "row_id"), fold = Array.IndexOf(headers, "fold");
        if (row < 0 || fold < 0)
        {
            throw new FormatException($"{path}: needs the columns row_id and fold.");
        }

        var folds = new int[rows];
        Array.Fill(folds, -1);
        var names = cells[fold].Distinct().Order(StringComparer.Ordinal).ToList();
        for (var i = 0; i < cells[row].Count; i++)
        {
            if (!int.TryParse(cells[row][i], NumberStyles.None, CultureInfo.InvariantCulture, out var r) || r >= rows || folds[r] >= 0)
            {
                throw new FormatException($"{path}, row {i + 2}: row_id '{cells[row][i]}' is not one of 0 to {rows - 1}, each once.");
            }

            folds[r] = names.IndexOf(cells[fold][i]);
        }

        return folds.Contains(-1)
            ? throw new FormatException($"{path}: row {Array.IndexOf(folds, -1)} has no fold.")
            : names.Count < 2 ? throw new FormatException($"{path}: at least two folds are needed.") : folds;
    }

    private static (string[] Headers, List<string>[] Cells) ReadCells(string path)
    {
        try
        {
            using var reader = CsvDataReader.Create(path, new CsvDataReaderOptions { BufferSize = 1 << 18 });
            var headers = Enumerable.Range(0, reader.FieldCount).Select(c => reader.GetName(c).Trim()).ToArray();
            var cells = headers.Select(_ => new List<string>()).ToArray();
            for (var line = 2; reader.Read(); line++)
            {
                if (reader.RowFieldCount != headers.Length)
                {
                    throw new FormatException($"{path}, row {line}: {reader.RowFieldCount} cells under {headers.Length} headers.");
                }

                for (var c = 0; c < headers.Length; c++)
                {
                    cells[c].Add(reader.GetString(c).Trim());
                }
            }

            return cells.Length > 0 && cells[0].Count > 0 ? (headers, cells) : throw new FormatException($"{path}: there are no rows.");
        }
        catch (CsvFormatException error)
        {
            throw new FormatException($"{path}: {error.Message}", error);
        }
    }

    private static bool[] Labels(string path, List<string> cells, FlatTableColumns columns)
    {
        if (cells.FindIndex(cell => cell.Length == 0) is var blank && blank >= 0)
        {
            throw new FormatException($"{path}, row {blank + 2}: {columns.Label} is blank.");
        }

        var values = cells.Distinct().Order(StringComparer.Ordinal).ToArray();
        var positive = columns.Positive ?? Array.Find(values, value => PositiveWords.Contains(value, StringComparer.OrdinalIgnoreCase));
        if (positive is null || !values.Contains(positive) || values.Length < 2)
        {
            throw new FormatException($"{path}: state by --positive which value of {columns.Label} is the outcome. There are: {string.Join(", ", values.Take(10))}.");
        }

        return [.. cells.Select(cell => cell == positive)];
    }

    private static double Weight(string path, int row, string column, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var weight) && weight > 0 && double.IsFinite(weight)
            ? weight
            : throw new FormatException($"{path}, row {row + 2}: {column} is '{text}'; a weight is a number above 0.");

    private static FeatureColumn Column(string name, List<string> cells)
    {
        var numbers = new double[cells.Count];
        for (var i = 0; i < numbers.Length; i++)
        {
            if (cells[i].Length == 0)
            {
                numbers[i] = double.NaN;
            }
            else if (!double.TryParse(cells[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]) || !double.IsFinite(numbers[i]))
            {
                return Categories(name, cells);
            }
        }

        return FeatureColumn.OfNumbers(name, numbers);
    }

    private static FeatureColumn Categories(string name, List<string> cells)
    {
        var levels = cells.Where(cell => cell.Length > 0).Distinct().Order(StringComparer.Ordinal).ToArray();
        var code = levels.Select((level, i) => (level, i)).ToDictionary(x => x.level, x => x.i, StringComparer.Ordinal);
        return FeatureColumn.OfCategories(name, [.. cells.Select(cell => cell.Length == 0 ? -1 : code[cell])], levels);
    }
}
