using CustomerSuccess.Engine.Storage;

namespace CustomerSuccess.Engine.Ingestion.Applying;

/// <summary>A counter with internal numbers in place of ids.</summary>
internal struct ResolvedUsage
{
    public int AccountNo;
    public int Day;
    public int MetricId;

    /// <summary>0 for the account as a whole.</summary>
    public int ContactNo;

    public double Count;

    /// <summary>-1 where the row says nothing.</summary>
    public int Users;

    public bool IsDeleted;

    public readonly bool HasKeyOf(in ResolvedUsage other) =>
        AccountNo == other.AccountNo && Day == other.Day && MetricId == other.MetricId && ContactNo == other.ContactNo;
}

/// <summary>What became of a counter, with what it replaced.</summary>
internal struct UsageResult
{
    public RowOutcome Outcome;
    public double EarlierCount;

    /// <summary>-1 where unknown.</summary>
    public int EarlierUsers;

    public int BroughtBy;
}

/// <summary>Writes counters of one source in bulk: inserts new ones, rewrites what differs, leaves the rest.</summary>
internal abstract class UsageWriter(int sourceId, int importFileId, bool blankUsersClear) : IDisposable
{
    protected int SourceId => sourceId;

    protected int ImportFileId => importFileId;

    /// <summary>Rows that are best given at once.</summary>
    public abstract int BatchRows { get; }

    public static UsageWriter Open(BulkSession session, int sourceId, int importFileId, bool blankUsersClear) => session switch
    {
        SqliteBulkSession sqlite => new SqliteUsageWriter(sqlite, sourceId, importFileId, blankUsersClear),
        PostgresBulkSession postgres => new PostgresUsageWriter(postgres, sourceId, importFileId, blankUsersClear),
        _ => throw new NotSupportedException(session.Kind.ToString()),
    };

    /// <summary>Applies rows in their order; equal keys follow one another.</summary>
    public abstract void Apply(ReadOnlySpan<ResolvedUsage> rows, Span<UsageResult> results);

    /// <summary>The users that hold after a row: what it does not say stays.</summary>
    protected int UsersAfter(in ResolvedUsage row, int before) => row.Users < 0 && !blankUsersClear ? before : row.Users;

    public virtual void Dispose()
    {
    }
}
