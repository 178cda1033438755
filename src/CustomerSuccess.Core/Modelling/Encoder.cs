using CustomerSuccess.Core.Features;

namespace CustomerSuccess.Core.Modelling;

/// <summary>The columns of a model, fitted on its training rows and stored with it.</summary>
public sealed class Encoder
{
    public Encoder(IReadOnlyList<ColumnEncoding> columns)
    {
        Columns = columns;
        TreeColumn = [.. columns.SelectMany((column, i) => Enumerable.Repeat(i, column.TreeInputs))];
        LinearColumn = [.. columns.SelectMany((column, i) => Enumerable.Repeat(i, column.LinearInputs))];
    }

    public IReadOnlyList<ColumnEncoding> Columns { get; }

    /// <summary>For each input of the trees, the column it comes from.</summary>
    public int[] TreeColumn { get; }

    /// <summary>For each input of the regression, the column it comes from.</summary>
    public int[] LinearColumn { get; }

    /// <summary>The trees' inputs of the given rows, row by row.</summary>
    public float[] TreeInputs(FeatureTable table, IReadOnlyList<int> rows)
    {
        var bound = new BoundColumns(Columns, table);
        var width = TreeColumn.Length;
        var inputs = new float[(long)rows.Count * width];
        for (var i = 0; i < rows.Count; i++)
        {
            WriteTree(bound, rows[i], inputs.AsSpan(i * width, width));
        }

        return inputs;
    }

    /// <summary>The regression's inputs of the given rows, column by column, not yet standardised.</summary>
    public double[][] LinearInputs(FeatureTable table, IReadOnlyList<int> rows)
    {
        var bound = new BoundColumns(Columns, table);
        var inputs = LinearColumn.Select(_ => new double[rows.Count]).ToArray();
        var row = new double[LinearColumn.Length];
        for (var i = 0; i < rows.Count; i++)
        {
            WriteLinear(bound, rows[i], row);
            for (var j = 0; j < row.Length; j++)
            {
                inputs[j][i] = row[j];
            }
        }

        return inputs;
    }

    internal static void WriteTree(BoundColumns bound, int row, Span<float> to)
    {
        var at = 0;
        for (var e = 0; e < bound.Encodings.Length; e++)
        {
            var encoding = bound.Encodings[e];
            var count = encoding.TreeInputs;
            encoding.WriteTree(bound.Cell(e, row), to.Slice(at, count));
            at += count;
        }
    }

    internal static void WriteLinear(BoundColumns bound, int row, Span<double> to)
    {
        var at = 0;
        for (var e = 0; e < bound.Encodings.Length; e++)
        {
            var encoding = bound.Encodings[e];
            var count = encoding.LinearInputs;
            encoding.WriteLinear(bound.Cell(e, row), to.Slice(at, count));
            at += count;
        }
    }
}
