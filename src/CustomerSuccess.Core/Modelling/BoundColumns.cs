using CustomerSuccess.Core.Features;

namespace CustomerSuccess.Core.Modelling;

/// <summary>A model's columns laid over a table's by name. A column that the table lacks, or holds as another kind, is missing in every row.</summary>
internal sealed class BoundColumns
{
    private readonly double[]?[] _numbers;
    private readonly int[]?[] _codes;
    private readonly int[][] _levels;

    public BoundColumns(IReadOnlyList<ColumnEncoding> encodings, FeatureTable table)
    {
        Encodings = [.. encodings];
        _numbers = new double[]?[Encodings.Length];
        _codes = new int[]?[Encodings.Length];
        _levels = new int[Encodings.Length][];
        TableColumn = new int[Encodings.Length];
        var byName = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var c = 0; c < table.Columns.Count; c++)
        {
            byName.TryAdd(table.Columns[c].Name, c);
        }

        for (var e = 0; e < Encodings.Length; e++)
        {
            var encoding = Encodings[e];
            _levels[e] = [];
            TableColumn[e] = byName.GetValueOrDefault(encoding.Name, -1);
            if (TableColumn[e] < 0)
            {
                continue;
            }

            var column = table.Columns[TableColumn[e]];
            if (encoding.Kind == EncodingKind.Number)
            {
                _numbers[e] = column.Numbers;
            }
            else if (column.Codes is not null)
            {
                var index = encoding.Levels.Select((level, i) => (level, i)).ToDictionary(x => x.level, x => x.i, StringComparer.Ordinal);
                _codes[e] = column.Codes;
                _levels[e] = [.. column.Levels.Select(level => index.GetValueOrDefault(level, -1))];
            }
        }
    }

    public ColumnEncoding[] Encodings { get; }

    /// <summary>The position of each encoding's column in the table; −1 where the table lacks it.</summary>
    public int[] TableColumn { get; }

    public double Cell(int encoding, int row)
    {
        if (_numbers[encoding] is { } numbers)
        {
            return double.IsFinite(numbers[row]) ? numbers[row] : double.NaN;
        }

        return _codes[encoding] is { } codes && codes[row] >= 0 ? _levels[encoding][codes[row]] : double.NaN;
    }
}
