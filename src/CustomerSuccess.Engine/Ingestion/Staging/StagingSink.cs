using System.Text;
using System.Text.Json;
using CustomerSuccess.Core.Ingestion;

namespace CustomerSuccess.Engine.Ingestion.Staging;

/// <summary>Takes what a reader read of one file and stages it, counting every source row.</summary>
internal sealed class StagingSink : IRowSink, IDisposable
{
    private const int FlushAt = 1 << 18;

    private readonly StagedWriter _writer;
    private readonly KnownAccounts _known;
    private readonly StagedHeader _header;
    private readonly Action<long>? _progress;
    private readonly MemoryStream _frames = new();
    private readonly BinaryWriter _to;
    private readonly UsageStager _usage;
    private int _frameRows;

    /// <param name="writer">Takes the staged pieces.</param>
    /// <param name="known">Accounts that rows may refer to; grows with the accounts of this file.</param>
    /// <param name="header">What applying needs to know.</param>
    /// <param name="progress">Called now and then with the number of source rows read.</param>
    public StagingSink(StagedWriter writer, KnownAccounts known, StagedHeader header, Action<long>? progress = null)
    {
        _writer = writer;
        _known = known;
        _header = header;
        _progress = progress;
        _to = new BinaryWriter(_frames, Encoding.UTF8);
        _usage = new UsageStager(writer);
        writer.Append(BlockKind.Header, 0, JsonSerializer.SerializeToUtf8Bytes(header));
    }

    /// <summary>Source rows seen.</summary>
    public long RowsRead { get; private set; }

    public long AggregatedRows { get; private set; }

    /// <summary>Rows that reading rejected.</summary>
    public long RejectedRows { get; private set; }

    public Dictionary<string, long> IgnoredByReason { get; } = [];

    public void Accept(CheckedRow row, IRowText text)
    {
        CountRow();
        if (row.Record.Name == "accounts")
        {
            _known.Add(KnownAccounts.KeyOf(row.Namespace, row.Values[row.Record.IndexOf("account_id")] as string ?? row.FactId));
        }
        else if (row.Record.Name == "contacts" && row.Values[row.Record.IndexOf("account_id")] is string account)
        {
            _known.Add(KnownAccounts.KeyOf(row.Namespace, account), row.FactId);
        }

        RowCodec.Write(_to, row, text.RawRow);
        AfterFrame();
    }

    public void Accept(in CheckedUsage row, IRowText? text)
    {
        if (text is null)
        {
            _usage.Add(row, fromAggregate: true);
            return;
        }

        CountRow();
        if (IsKnown(row))
        {
            _usage.Add(row, fromAggregate: false);
        }
        else
        {
            // most likely rejected when it is applied: its text will be needed
            RowCodec.Write(_to, row, text.RawRow);
            AfterFrame();
        }
    }

    public void Aggregated(long line)
    {
        CountRow();
        AggregatedRows++;
    }

    public void Reject(RejectedRow row)
    {
        CountRow();
        RejectedRows++;
        RowCodec.Write(_to, row);
        AfterFrame();
    }

    public void Ignore(long line, string reason)
    {
        CountRow();
        IgnoredByReason[reason] = IgnoredByReason.GetValueOrDefault(reason) + 1;
    }

    public bool Knows(string accountNamespace, string accountId) =>
        _header.CreateAccounts || _known.Holds(KnownAccounts.KeyOf(accountNamespace, accountId));

    /// <summary>Returns when everything is staged durably.</summary>
    public void Complete()
    {
        FlushFrames();
        _usage.Flush();
        _writer.Complete();
    }

    /// <summary>Waits for what is being written and closes the writer.</summary>
    public void Dispose()
    {
        try
        {
            _usage.Settle();
        }
        finally
        {
            _to.Dispose();
            _frames.Dispose();
            _writer.Dispose();
        }
    }

    private string? _lastNamespace;
    private string? _lastAccount;
    private string _lastKey = "";
    private bool _lastKnown;

    private bool IsKnown(in CheckedUsage row)
    {
        if (_header.CreateAccounts)
        {
            return true;
        }

        if (!ReferenceEquals(_lastAccount, row.AccountId) || !ReferenceEquals(_lastNamespace, row.Namespace))
        {
            (_lastNamespace, _lastAccount) = (row.Namespace, row.AccountId);
            _lastKey = KnownAccounts.KeyOf(row.Namespace, row.AccountId);
            _lastKnown = _known.Holds(_lastKey);
        }

        return _lastKnown && (row.ContactId is null || _known.Holds(_lastKey, row.ContactId));
    }

    private void CountRow()
    {
        if ((++RowsRead & 0xFFF) == 0)
        {
            _progress?.Invoke(RowsRead);
        }
    }

    private void AfterFrame()
    {
        _frameRows++;
        if (_frames.Length >= FlushAt)
        {
            FlushFrames();
        }
    }

    private void FlushFrames()
    {
        if (_frameRows == 0)
        {
            return;
        }

        _to.Flush();
        _usage.Settle();
        _writer.Append(BlockKind.Rows, _frameRows, _frames.GetBuffer().AsSpan(0, (int)_frames.Length));
        _frames.SetLength(0);
        _frameRows = 0;
    }
}
