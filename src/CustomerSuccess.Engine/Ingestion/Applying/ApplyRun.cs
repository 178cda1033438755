using CustomerSuccess.Engine.Storage;

namespace CustomerSuccess.Engine.Ingestion.Applying;

/// <summary>What the files applied one after another share.</summary>
internal sealed class ApplyRun(BulkSession session, Tables tables, TimeProvider clock)
{
    public Tables Tables { get; } = tables;

    public AccountDirectory Accounts { get; } = new(session, tables);

    public ContactDirectory Contacts { get; } = new(session, tables);

    /// <summary>Writing goes on for so long before it is committed; what one batch takes comes on top.</summary>
    public TimeSpan Budget { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Called within every transaction before it is committed: makes sure that the right to write is still held.</summary>
    public Action BeforeCommit { get; init; } = () => { };

    /// <summary>Called after every commit with the staged row reached.</summary>
    public Action<long> AfterCommit { get; init; } = _ => { };

    /// <summary>The present in stored milliseconds.</summary>
    public long Now() => Stored.Instant(clock.GetUtcNow().UtcDateTime);
}
