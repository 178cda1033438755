namespace CustomerSuccess.Engine.Exports;

/// <summary>A table that is written for spreadsheets cell by cell, its headings first. What a cell is decides how the kind of file writes it.</summary>
public abstract class TableFile : IAsyncDisposable
{
    /// <summary>Text, such as a name. It never becomes a formula.</summary>
    public abstract TableFile Text(string? text);

    /// <param name="number">Blank where null or not finite.</param>
    /// <param name="format">Decimals, where the file is text.</param>
    public abstract TableFile Number(double? number, string format = "0.######");

    public abstract TableFile Number(int? number);

    /// <summary>An amount in the currency that the table names.</summary>
    public abstract TableFile Money(decimal? money);

    public abstract TableFile Day(DateOnly? day);

    /// <summary>An instant in UTC.</summary>
    public abstract TableFile Moment(DateTime? at);

    public abstract TableFile Flag(bool flag);

    /// <summary>Ends the line.</summary>
    public abstract Task EndAsync(CancellationToken cancellation = default);

    /// <summary>A line of text cells.</summary>
    public async Task RowAsync(IEnumerable<string?> cells, CancellationToken cancellation = default)
    {
        foreach (var cell in cells)
        {
            Text(cell);
        }

        await EndAsync(cancellation);
    }

    /// <summary>Writes out what is left.</summary>
    public abstract ValueTask DisposeAsync();
}
