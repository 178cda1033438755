using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Engine.Ingestion.Presets;

namespace CustomerSuccess.Engine.Ingestion.Reading;

/// <summary>One file: what it is, and its rows into a sink.</summary>
public sealed class FileReading
{
    /// <summary>Reason with which a row without any value is ignored.</summary>
    public const string BlankRow = "blank_row";

    private const int LongestValue = 500, MostOfHeader = 80;
    private static readonly JsonSerializerOptions ArgsOptions = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };
    private readonly ReadingRun _run;
    private readonly TextFile? _text;
    private readonly ColumnPlan? _plan;
    private readonly DayOrder _statedOrder;
    private readonly int[] _ignoringColumns = [];
    private OpenedBytes? _bytes;

    private FileReading(SourceFile file, ReadingRun run, TextFile? text, string? headerLine)
    {
        File = file;
        _run = run;
        _text = text;
        HeaderLine = headerLine;
        var options = run.Options;
        _statedOrder = options.DayOrder != DayOrder.Unknown ? options.DayOrder : options.Preset?.DayOrder ?? DayOrder.Unknown;
    }

    private FileReading(SourceFile file, ReadingRun run, TextFile text, string headerLine, ColumnPlan plan)
        : this(file, run, text, headerLine)
    {
        _plan = plan;
        _ignoringColumns = [.. (plan.Rule?.IgnoredRows ?? []).Select(rule => plan.IndexOfHeader(rule.Column))];
    }

    public SourceFile File { get; }

    /// <summary>Of the file's or entry's bytes, in hex; null for a file that is ignored and is no text.</summary>
    public string? Sha256 => _text?.Sha256;

    /// <summary>As detected or stated.</summary>
    public string? Encoding => _text?.EncodingName;

    /// <summary>A comma, a tab or a semicolon.</summary>
    public string? Delimiter => _text?.Delimiter.ToString();

    /// <summary>The header row as it stands in the file.</summary>
    public string? HeaderLine { get; }

    /// <summary>What the rows are; null where the file is ignored whole.</summary>
    public RecordType? Record => _plan?.Record;

    /// <summary>Why the preset ignores the file whole; null where it does not.</summary>
    public string? IgnoredReason { get; private init; }

    /// <summary>The file's columns in its own order; empty where it is ignored whole.</summary>
    public IReadOnlyList<FileColumn> Columns => _plan?.Columns ?? [];

    /// <summary>Attributes (custom ones by header) that the preset declares to hold for every earlier day too.</summary>
    public IReadOnlyList<string> StaticAttributes => _plan?.Rule?.Static ?? [];

    /// <summary>True where the rows are summed to counters that <see cref="ReadingRun.Aggregation"/> emits.</summary>
    public bool IsAggregated => _plan?.Rule?.Aggregate is not null;

    /// <summary>Bytes read so far, of <see cref="BytesTotal"/>; packed bytes of a compressed file.</summary>
    public long BytesRead => _bytes?.Packed.Count ?? 0;

    public long BytesTotal => _bytes?.Length ?? 0;

    internal static FileReading Open(SourceFile file, ReadingRun run)
    {
        var options = run.Options;
        var rule = options.Preset?.RuleFor(file.BaseName);
        var ignored = options.Preset is not null && rule is null ? options.Preset.WhyIgnored(file.BaseName) : null;
        TextFile text;
        string headerLine;
        List<string> headers;
        try
        {
            text = TextFile.Open(file, options.Encoding ?? options.Preset?.Encoding, options.Limits);
            (headerLine, headers) = ReadHeader(text, options.Limits, isIgnored: ignored is not null);
        }
        catch (UnreadableFileException) when (ignored is not null)
        {
            return new FileReading(file, run, null, null) { IgnoredReason = ignored };
        }

        if (ignored is not null)
        {
            return new FileReading(file, run, text, headerLine) { IgnoredReason = ignored };
        }

        if (DelimiterDetection.LooksDividedOtherwise(headers))
        {
            throw new UnreadableFileException("delimiter_unknown", ("header", headers[0].Length > MostOfHeader ? headers[0][..MostOfHeader] + "…" : headers[0]));
        }

        var record = rule is not null ? ImportContract.Find(rule.Record)! : RecordDetection.Detect(file, headers, options.Record);
        return new FileReading(file, run, text, headerLine, ColumnPlan.Make(record, headers, rule));
    }

    /// <summary>Reads the rows. Every row ends in exactly one call of the sink; blank lines are no rows.</summary>
    /// <param name="sink">Takes the rows.</param>
    /// <param name="mostRows">Stops after so many rows; for a preview.</param>
    /// <param name="cancellation">Stops between two rows.</param>
    /// <exception cref="UnreadableFileException">The file as a whole cannot be taken: what the sink has been given is void.</exception>
    public void Read(IRowSink sink, long mostRows, CancellationToken cancellation)
    {
        if (_text is null)
        {
            return;
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var rows = _text.OpenRows(out _bytes, hash);
        rows.Read();
        ReadRows(rows, sink, mostRows, cancellation);
        if (mostRows == long.MaxValue && !_bytes.Packed.DrainsTo(hash, _text.Sha256))
        {
            throw new UnreadableFileException("file_changed");
        }
    }

    /// <summary>Reads every row.</summary>
    public void Read(IRowSink sink, CancellationToken cancellation) => Read(sink, long.MaxValue, cancellation);

    private void ReadRows(CsvTokenizer rows, IRowSink sink, long mostRows, CancellationToken cancellation)
    {
        if (_plan is null)
        {
            for (var read = 0L; read < mostRows && Next(rows, 2, read, cancellation); read++)
            {
                sink.Ignore(rows.Line, IgnoredReason!);
            }

            return;
        }

        var cells = new CellReader(_run.Options, _statedOrder, asked => DayOrderInference.Infer(_text!, _plan, asked));
        if (_plan.Record.Name == "usage")
        {
            ReadUsage(rows, new UsageReader(_plan, cells, _run.Options, _run.Joins), sink, mostRows, cancellation);
        }
        else
        {
            ReadRecords(rows, new RecordReader(_plan, cells, _run.Options, _statedOrder, _run.Joins), sink, mostRows, cancellation);
        }
    }

    private void ReadRecords(CsvTokenizer rows, RecordReader reader, IRowSink sink, long mostRows, CancellationToken cancellation)
    {
        for (var read = 0L; read < mostRows && Next(rows, _plan!.Columns.Count, read, cancellation); read++)
        {
            if (!IsTaken(rows, sink))
            {
                continue;
            }

            var row = reader.TryRead(rows, out var column, out var problem);
            if (row is null)
            {
                Reject(rows, sink, column, problem!);
            }
            else
            {
                sink.Accept(row, rows);
            }
        }
    }

    private void ReadUsage(CsvTokenizer rows, UsageReader reader, IRowSink sink, long mostRows, CancellationToken cancellation)
    {
        var aggregate = _plan!.Rule?.Aggregate;
        for (var read = 0L; read < mostRows && Next(rows, _plan.Columns.Count, read, cancellation); read++)
        {
            if (!IsTaken(rows, sink))
            {
                continue;
            }

            if (!reader.TryRead(rows, out var usage, out var column, out var problem))
            {
                Reject(rows, sink, column, problem!);
            }
            else if (aggregate is null)
            {
                sink.Accept(usage, rows);
            }
            else if (!sink.Knows(usage.Namespace, usage.AccountId))
            {
                Reject(rows, sink, reader.AccountColumn, new Problem("account_unknown", ("account_id", usage.AccountId)));
            }
            else
            {
                // an event taken back leaves its counter standing without it
                _run.Aggregation.Add(usage.IsDeleted ? usage with { Count = 0, Users = null } : usage, aggregate.Users == "sum");
                sink.Aggregated(rows.Line);
            }
        }
    }

    /// <summary>Goes to the next row that is one: in a file of several columns an empty line is none.</summary>
    private static bool Next(CsvTokenizer rows, int columns, long read, CancellationToken cancellation)
    {
        if ((read & 0x3FF) == 0)
        {
            cancellation.ThrowIfCancellationRequested();
        }

        while (rows.Read())
        {
            if (!rows.IsBlank || columns == 1)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>False where the row is malformed, ragged, without a value, or ignored by the preset; the sink then has it.</summary>
    private bool IsTaken(CsvTokenizer rows, IRowSink sink)
    {
        if (rows.Malformed is not null)
        {
            Reject(rows, sink, -1, new Problem(rows.Malformed));
            return false;
        }

        if (rows.Count != _plan!.Columns.Count)
        {
            Reject(rows, sink, -1, new Problem("row_ragged", ("cells", rows.Count), ("columns", _plan.Columns.Count)));
            return false;
        }

        if (IsAllBlank(rows))
        {
            sink.Ignore(rows.Line, BlankRow);
            return false;
        }

        if (_plan.Rule is { IgnoredRows.Count: > 0 } rule && WhyIgnored(rows, rule) is { } reason)
        {
            sink.Ignore(rows.Line, reason);
            return false;
        }

        return true;
    }

    private string? WhyIgnored(CsvTokenizer rows, PresetFile rule)
    {
        for (var i = 0; i < _ignoringColumns.Length; i++)
        {
            var cell = rows[_ignoringColumns[i]].Trim();
            foreach (var value in rule.IgnoredRows[i].Values)
            {
                if (cell.Equals(value, StringComparison.OrdinalIgnoreCase))
                {
                    return rule.IgnoredRows[i].Reason;
                }
            }
        }

        return null;
    }

    private void Reject(CsvTokenizer rows, IRowSink sink, int column, Problem problem)
    {
        sink.Reject(new RejectedRow
        {
            Line = rows.Line,
            Column = column < 0 ? problem.Field : _plan!.Columns[column].Header,
            Value = column < 0 ? null : CellText.Cut(rows[column], LongestValue),
            ReasonCode = problem.Code,
            ReasonArgsJson = JsonSerializer.Serialize(problem.Args.ToDictionary(arg => arg.Name, arg => arg.Value), ArgsOptions),
            RawRow = rows.Raw.ToString(),
        });
    }

    private static bool IsAllBlank(CsvTokenizer rows)
    {
        for (var i = 0; i < rows.Count; i++)
        {
            if (!rows[i].IsWhiteSpace())
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsBlankToItsEnd(TextFile text)
    {
        using var rows = text.OpenRows(out _);
        while (rows.Read())
        {
            if (!IsAllBlank(rows))
            {
                return false;
            }
        }

        return true;
    }

    private static (string Line, List<string> Headers) ReadHeader(TextFile text, ReadingLimits limits, bool isIgnored)
    {
        using var rows = text.OpenRows(out _);
        if (!rows.Read() || (rows.Malformed is null && IsAllBlank(rows) && IsBlankToItsEnd(text)))
        {
            throw new UnreadableFileException("file_empty");
        }

        if (rows.Malformed is not null && !isIgnored)
        {
            throw new UnreadableFileException("header_malformed");
        }

        if (rows.Count > limits.RowCells)
        {
            throw new UnreadableFileException("too_many_columns", ("columns", rows.Count), ("most", limits.RowCells));
        }

        return (rows.Raw.ToString(), [.. Enumerable.Range(0, rows.Count).Select(i => rows[i].Trim().ToString())]);
    }
}
