using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Engine.Ingestion.Staging;

namespace CustomerSuccess.Engine.Ingestion.Applying;

/// <summary>Applies counters: finds the numbers behind their texts, has them written in bulk, and keeps what they replaced.</summary>
internal sealed class UsageApplier : IDisposable
{
    private readonly ApplyScope _scope;
    private readonly MetricDirectory _metrics;
    private readonly UsageWriter _writer;
    private readonly List<string> _texts = [];
    private readonly ResolvedUsage[] _rows;
    private readonly StagedUsage[] _sources;
    private readonly UsageResult[] _results;

    /// <summary>By number of text: account or metric number; 0 not looked for yet, -1 unknown.</summary>
    private int[] _accounts = [];
    private int[] _metricIds = [];
    private int _count;
    private int _touched;
    private int _touchedFrom;

    public UsageApplier(ApplyScope scope, MetricDirectory metrics)
    {
        _scope = scope;
        _metrics = metrics;
        _writer = UsageWriter.Open(scope.Session, scope.Header.SourceId, scope.ImportFileId, scope.Header is { GivesUsers: true, BlankClears: true });
        _rows = new ResolvedUsage[_writer.BatchRows];
        _sources = new StagedUsage[_writer.BatchRows];
        _results = new UsageResult[_writer.BatchRows];
    }

    public int BatchRows => _writer.BatchRows;

    public void AddTexts(Block block)
    {
        using var from = new BinaryReader(new MemoryStream(block.Payload), Encoding.UTF8);
        for (var i = 0; i < block.Rows; i++)
        {
            _texts.Add(from.ReadString());
        }

        Array.Resize(ref _accounts, _texts.Count);
        Array.Resize(ref _metricIds, _texts.Count);
    }

    /// <summary>Applies at most <see cref="BatchRows"/> staged rows.</summary>
    public void Apply(ReadOnlySpan<StagedUsage> rows)
    {
        foreach (ref readonly var row in rows)
        {
            Add(row);
        }

        Write();
    }

    /// <summary>Applies a counter whose text was kept.</summary>
    public void Apply(StagedUsageText staged)
    {
        var row = staged.Row;
        var carrier = new StagedRow
        {
            Record = _scope.Record,
            Line = row.Line,
            Namespace = row.Namespace,
            Values = [],
            Present = [],
            RawRow = staged.RawRow,
        };
        var accountNo = _scope.AccountOf(carrier, row.AccountId);
        var contactNo = accountNo == 0 || row.ContactId is null ? 0 : _scope.ContactOf(carrier, accountNo, row.ContactId);
        if (accountNo == 0 || (row.ContactId is not null && contactNo == 0))
        {
            return;
        }

        Add(
            new ResolvedUsage { AccountNo = accountNo, Day = row.Day.DayNumber, MetricId = _metrics.FindOrAdd(row.Metric), ContactNo = contactNo, Count = row.Count, Users = row.Users ?? -1, IsDeleted = row.IsDeleted },
            new StagedUsage { Line = row.Line });
        Write();
    }

    public void Dispose() => _writer.Dispose();

    private void Add(in StagedUsage row)
    {
        var accountNo = _accounts[row.Account];
        if (accountNo == 0)
        {
            accountNo = _accounts[row.Account] = FindAccount(row);
        }

        ref var metricId = ref _metricIds[row.Metric];
        if (metricId == 0)
        {
            metricId = _metrics.FindOrAdd(_texts[row.Metric]);
        }

        var contactNo = 0;
        if (accountNo > 0 && row.Contact >= 0)
        {
            contactNo = FindContact(row, accountNo);
        }

        if (accountNo < 0 || contactNo < 0)
        {
            RejectUnknown(row, accountNo < 0 ? "account" : "contact");
            return;
        }

        Add(
            new ResolvedUsage
            {
                AccountNo = accountNo,
                Day = row.Day,
                MetricId = metricId,
                ContactNo = contactNo,
                Count = row.Count,
                Users = (row.Flags & StagedUsage.HasUsers) != 0 ? row.Users : -1,
                IsDeleted = (row.Flags & StagedUsage.IsDeleted) != 0,
            },
            row);
    }

    private void Add(in ResolvedUsage row, in StagedUsage source)
    {
        if (_count == _rows.Length)
        {
            Write();
        }

        _rows[_count] = row;
        _sources[_count++] = source;
    }

    private void Write()
    {
        _writer.Apply(_rows.AsSpan(0, _count), _results);
        var lastDay = 0;
        for (var i = 0; i < _count; i++)
        {
            ref readonly var row = ref _rows[i];
            ref readonly var result = ref _results[i];
            _scope.Tally.Count(result.Outcome, (_sources[i].Flags & StagedUsage.FromAggregate) != 0);
            lastDay = Math.Max(lastDay, row.Day);
            if (result.Outcome == RowOutcome.Unchanged)
            {
                continue;
            }

            Touch(row.AccountNo, row.Day);
            if (result.Outcome == RowOutcome.Updated)
            {
                Keep(row, result);
            }
        }

        if (_touched != 0)
        {
            _scope.Changes.Touch(_touched, _touchedFrom);
            _touched = 0;
        }

        if (lastDay > 0)
        {
            _scope.Reached(lastDay);
        }

        _count = 0;
    }

    /// <summary>Rows of an account stand together: one note for each stretch of them.</summary>
    private void Touch(int accountNo, int day)
    {
        if (accountNo != _touched)
        {
            if (_touched != 0)
            {
                _scope.Changes.Touch(_touched, _touchedFrom);
            }

            (_touched, _touchedFrom) = (accountNo, day);
        }

        _touchedFrom = Math.Min(_touchedFrom, day);
    }

    private void Keep(in ResolvedUsage row, in UsageResult before)
    {
        var earlier = new Dictionary<string, object?>();
        if (row.IsDeleted || before.EarlierCount != row.Count)
        {
            earlier.Add("count", before.EarlierCount);
        }

        if (row.IsDeleted || before.EarlierUsers != row.Users)
        {
            earlier.Add("users", before.EarlierUsers < 0 ? null : before.EarlierUsers);
        }

        _scope.Changes.Replaced(row.AccountNo, "usage", ChangeLog.KeyOf(_scope.Header.SourceId, KeyOf(row)), before.BroughtBy, earlier);
    }

    private static string KeyOf(in ResolvedUsage row) =>
        string.Create(CultureInfo.InvariantCulture, $"{DateOnly.FromDayNumber(row.Day):yyyy-MM-dd}/{row.MetricId}/{row.ContactNo}");

    private int FindAccount(in StagedUsage row)
    {
        var key = _texts[row.Account];
        var no = _scope.Accounts.Find(key);
        if (no == 0 && _scope.Header.CreateAccounts)
        {
            var (accountNamespace, accountId) = KnownAccounts.Split(key);
            no = _scope.Accounts.Create(accountNamespace, accountId, _scope.Header.SourceId, _scope.ImportFileId);
        }

        return no == 0 ? -1 : no;
    }

    private int FindContact(in StagedUsage row, int accountNo)
    {
        var no = _scope.Contacts.Find(accountNo, _texts[row.Contact]);
        if (no == 0 && _scope.Header.CreateAccounts)
        {
            no = _scope.Contacts.Create(accountNo, KnownAccounts.Split(_texts[row.Account]).Namespace, _texts[row.Contact], _scope.Header.SourceId, _scope.ImportFileId);
        }

        return no == 0 ? -1 : no;
    }

    /// <summary>An account or person that was known when the row was read and is not any more, or of an aggregated counter: the row's text was not kept, so it is written anew in the contract's columns.</summary>
    private void RejectUnknown(in StagedUsage row, string what)
    {
        var account = KnownAccounts.Split(_texts[row.Account]).AccountId;
        var contact = row.Contact < 0 ? "" : _texts[row.Contact];
        var text = string.Join(',', new[]
        {
            account, DateOnly.FromDayNumber(row.Day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), MetricKey.Split(_texts[row.Metric]).Metric, contact,
            row.Count.ToString("R", CultureInfo.InvariantCulture), (row.Flags & StagedUsage.HasUsers) != 0 ? row.Users.ToString(CultureInfo.InvariantCulture) : "",
        }.Select(cell => cell.AsSpan().IndexOfAny("\",\r\n") >= 0 ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell));
        _scope.Tally.Reject(row.Line, _scope.Header.Headers.GetValueOrDefault($"{what}_id", $"{what}_id"), what == "account" ? account : contact, $"{what}_unknown", "{}", text, counts: (row.Flags & StagedUsage.FromAggregate) == 0);
    }
}
