using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Engine.Ingestion;
using CustomerSuccess.Engine.Ingestion.Staging;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Storage;

namespace CustomerSuccess.Engine.Tests.Ingestion;

/// <summary>Imports rows that a test writes down itself, by the staging and applying that files go through.</summary>
internal sealed class Staged(TestDatabase test)
{
    public static readonly DateOnly Today = new(2024, 7, 1);

    public DateOnly ImportDay { get; init; } = Today;

    public Database Database => test.Database;

    public bool BlankClears { get; init; } = true;

    public bool Full { get; init; }

    public bool CreateAccounts { get; init; }

    public string Source { get; init; } = "files";

    public DateOnly? CompleteUntil { get; init; }

    /// <summary>Imports rows of a record; a row is column=value pairs, with <c>id</c>, <c>deleted</c> and <c>valid_from</c> beside the contract's columns.</summary>
    public async Task<ImportFileResult> ImportAsync(string record, params (string Column, object? Value)[][] rows)
    {
        var type = ImportContract.Find(record)!;
        return await StageAsync(type, sink =>
        {
            var line = 1L;
            foreach (var row in rows)
            {
                sink.Accept(Build(type, row, ++line), new Text($"line {line}"));
            }
        });
    }

    public Task<ImportFileResult> ImportUsageAsync(params CheckedUsage[] rows) =>
        StageAsync(ImportContract.Find("usage")!, sink => Array.ForEach(rows, row => sink.Accept(row, new Text($"line {row.Line}"))));

    public async Task<ImportFileResult> StageAsync(RecordType record, Action<StagingSink> read)
    {
        var run = await HandOverAsync(record, read);
        await new PendingImports(test.Database, TimeProvider.System).ApplyAsync(run, null, CancellationToken.None);
        return await ResultAsync(run);
    }

    public async Task<ImportFileResult> ResultAsync(int run)
    {
        using var session = await BulkSession.OpenAsync(test.Database);
        return new ImportBooks(session, TimeProvider.System).Result(run, isDryRun: false).Files[0];
    }

    /// <summary>Stages a file and hands it over without applying it.</summary>
    public async Task<int> HandOverAsync(RecordType record, Action<StagingSink> read)
    {
        using var session = await BulkSession.OpenAsync(test.Database);
        var books = new ImportBooks(session, TimeProvider.System);
        var source = books.SourceOf(Source, null);
        var run = books.OpenRun(source, null, "test", "{}", _ => { });
        var file = books.OpenFile(run, $"{record.Name}.csv");
        var header = new StagedHeader
        {
            Record = record.Name,
            SourceId = source,
            IsFull = Full,
            CreateAccounts = CreateAccounts,
            BlankClears = BlankClears,
            ImportDay = ImportDay,
            CompleteUntil = CompleteUntil,
            TimeZone = "Asia/Tokyo",
            Currency = "USD",
            GivesUsers = true,
        };
        using var sink = new StagingSink(await StagingArea.Of(test.Database).OpenWriterAsync(file, CancellationToken.None), new KnownAccounts(session), header);
        read(sink);
        sink.Complete();
        books.HandOver(run, [new StagedFile(file) { Record = record.Name, RowsRead = sink.RowsRead, Aggregated = sink.AggregatedRows, IgnoredByReason = sink.IgnoredByReason }]);
        return run;
    }

    public async Task<List<T>> QueryAsync<T>(string sql, Func<System.Data.Common.DbDataReader, T> read)
    {
        using var session = await BulkSession.OpenAsync(test.Database);
        return session.Query(sql, read);
    }

    public async Task<List<string>> TextsAsync(string sql) =>
        await QueryAsync(sql, reader => string.Join("|", Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "" : Convert.ToString(reader.GetValue(i), System.Globalization.CultureInfo.InvariantCulture))));

    private static CheckedRow Build(RecordType type, (string Column, object? Value)[] cells, long line)
    {
        var row = new CheckedRow(type) { Line = line };
        foreach (var (column, value) in cells)
        {
            if (column == "id")
            {
                row.FactId = (string)value!;
            }
            else if (column == "deleted")
            {
                row.IsDeleted = (bool)value!;
            }
            else if (column == "valid_from")
            {
                row.ValidFrom = (DateOnly?)value;
            }
            else if (type.IndexOf(column) is var i and >= 0)
            {
                row.Values[i] = value is int whole ? (long)whole : value;
                row.Present[i] = true;
            }
            else
            {
                row.Custom.Add(KeyValuePair.Create(column, (string?)value));
            }
        }

        return row;
    }

    public sealed record Text(string RawRow) : IRowText;
}
