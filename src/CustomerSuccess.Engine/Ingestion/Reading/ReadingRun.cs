using CustomerSuccess.Core.Ingestion;

namespace CustomerSuccess.Engine.Ingestion.Reading;

/// <summary>Reading of all files of one command: what one file tells another (accounts of joined records, counters summed over files) lives here.</summary>
public sealed class ReadingRun
{
    /// <exception cref="UnreadableFileException">A stated record or encoding does not exist.</exception>
    public ReadingRun(ReadingOptions options)
    {
        if (options.Record is not null && ImportContract.Find(options.Record) is null)
        {
            throw new UnreadableFileException("record_not_in_contract", ("record", options.Record));
        }

        if (options.Encoding is not null)
        {
            _ = TextEncodings.Named(options.Encoding);
        }

        Options = options;
        Joins = new AccountJoins(options);
    }

    public ReadingOptions Options { get; }

    /// <summary>Counters of aggregated rows; emit them once all files have been read.</summary>
    public UsageAggregation Aggregation { get; } = new();

    internal AccountJoins Joins { get; }

    /// <summary>Checks a file's bytes and header; no row is read yet. Files are read in the order of their records in <see cref="ImportContract.Records"/>.</summary>
    /// <exception cref="UnreadableFileException">The file cannot be taken as it is.</exception>
    public FileReading Open(SourceFile file) => FileReading.Open(file, this);
}
