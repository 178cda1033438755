using System.Runtime.InteropServices;
using System.Text;
using CustomerSuccess.Core.Ingestion;

namespace CustomerSuccess.Engine.Ingestion.Staging;

/// <summary>Stages counters: texts by number, rows sorted in large runs and written by another thread, so that an account's lie together when they are applied.</summary>
internal sealed class UsageStager(StagedWriter writer)
{
    /// <summary>Rows that are sorted together.</summary>
    public const int RunLength = 1 << 20;

    /// <summary>Rows of one block.</summary>
    public const int BlockLength = 1 << 16;

    private readonly Dictionary<string, int> _numbers = [];
    private readonly Dictionary<string, Dictionary<string, int>> _accounts = [];
    private List<string> _newTexts = [];
    private StagedUsage[] _filling = [];
    private StagedUsage[] _spare = [];
    private int _count;
    private Task _writing = Task.CompletedTask;
    private string? _lastNamespace;
    private string? _lastAccount;
    private int _lastAccountNumber;

    public void Add(in CheckedUsage row, bool fromAggregate)
    {
        if (_count == _filling.Length)
        {
            if (_count == RunLength)
            {
                Hand();
            }

            Array.Resize(ref _filling, Math.Max(_filling.Length, Math.Min(RunLength, Math.Max(4096, _count * 4))));
        }

        ref var staged = ref _filling[_count++];
        staged.Line = row.Line;
        staged.Count = row.Count;
        staged.Account = AccountNumber(row.Namespace, row.AccountId);
        staged.Day = row.Day.DayNumber;
        staged.Metric = Number(row.Metric);
        staged.Contact = row.ContactId is null ? -1 : Number(row.ContactId);
        staged.Users = row.Users ?? 0;
        staged.Flags = (row.IsDeleted ? StagedUsage.IsDeleted : 0) | (fromAggregate ? StagedUsage.FromAggregate : 0) | (row.Users is null ? 0 : StagedUsage.HasUsers);
    }

    /// <summary>Returns when every row so far is with the writer.</summary>
    public void Flush()
    {
        Hand();
        Settle();
    }

    /// <summary>Waits for the writing thread, so that others may use the writer.</summary>
    public void Settle() => _writing.GetAwaiter().GetResult();

    private int AccountNumber(string accountNamespace, string accountId)
    {
        if (ReferenceEquals(accountId, _lastAccount) && ReferenceEquals(accountNamespace, _lastNamespace))
        {
            return _lastAccountNumber;
        }

        if (!_accounts.TryGetValue(accountNamespace, out var ids))
        {
            _accounts.Add(accountNamespace, ids = []);
        }

        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(ids, accountId, out var known);
        if (!known)
        {
            number = Number(KnownAccounts.KeyOf(accountNamespace, accountId));
        }

        (_lastNamespace, _lastAccount, _lastAccountNumber) = (accountNamespace, accountId, number);
        return number;
    }

    private int Number(string text)
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, text, out var known);
        if (!known)
        {
            number = _numbers.Count - 1;
            _newTexts.Add(text);
        }

        return number;
    }

    private void Hand()
    {
        if (_count == 0)
        {
            return;
        }

        Settle();
        var (rows, count, texts) = (_filling, _count, _newTexts);
        (_filling, _spare, _count, _newTexts) = (_spare, _filling, 0, []);
        _writing = Task.Run(() => Write(rows.AsSpan(0, count), texts));
    }

    private void Write(Span<StagedUsage> rows, List<string> texts)
    {
        if (texts.Count > 0)
        {
            using var payload = new MemoryStream();
            using var to = new BinaryWriter(payload, Encoding.UTF8);
            texts.ForEach(to.Write);
            to.Flush();
            writer.Append(BlockKind.Strings, texts.Count, payload.GetBuffer().AsSpan(0, (int)payload.Length));
        }

        // the account's number of first appearance, then day: rows of one key keep their order by line
        rows.Sort(static (a, b) =>
            a.Account != b.Account ? a.Account.CompareTo(b.Account)
            : a.Day != b.Day ? a.Day.CompareTo(b.Day)
            : a.Metric != b.Metric ? a.Metric.CompareTo(b.Metric)
            : a.Contact != b.Contact ? a.Contact.CompareTo(b.Contact)
            : a.Line.CompareTo(b.Line));
        for (var start = 0; start < rows.Length; start += BlockLength)
        {
            var block = rows.Slice(start, Math.Min(BlockLength, rows.Length - start));
            writer.Append(BlockKind.Usage, block.Length, MemoryMarshal.AsBytes(block));
        }
    }
}
