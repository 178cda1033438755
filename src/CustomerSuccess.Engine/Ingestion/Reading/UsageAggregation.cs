using System.Runtime.InteropServices;
using CustomerSuccess.Core.Ingestion;

namespace CustomerSuccess.Engine.Ingestion.Reading;

/// <summary>Sums raw rows to counters over all files of one command, so that a day split over several files is one counter.</summary>
public sealed class UsageAggregation
{
    private readonly Dictionary<Key, Sum> _sums = [];
    private readonly Dictionary<string, int> _numbers = [];
    private readonly List<string> _texts = [];

    /// <summary>Counters so far.</summary>
    public int Count => _sums.Count;

    /// <summary>Gives every counter to the sink, by account, day and metric, and forgets them.</summary>
    public void Emit(IRowSink sink, CancellationToken cancellation)
    {
        var rank = new int[_texts.Count];
        var order = Enumerable.Range(0, _texts.Count).ToArray();
        Array.Sort(order, (left, right) => string.CompareOrdinal(_texts[left], _texts[right]));
        for (var i = 0; i < order.Length; i++)
        {
            rank[order[i]] = i;
        }

        var keys = _sums.Keys.ToArray();
        Array.Sort(keys, (left, right) =>
        {
            var byAccount = (rank[left.Namespace], rank[left.Account], left.Day).CompareTo((rank[right.Namespace], rank[right.Account], right.Day));
            return byAccount != 0 ? byAccount : (rank[left.Metric], rank[left.Contact]).CompareTo((rank[right.Metric], rank[right.Contact]));
        });
        foreach (var key in keys)
        {
            cancellation.ThrowIfCancellationRequested();
            var sum = _sums[key];
            var contact = _texts[key.Contact];
            sink.Accept(
                new CheckedUsage(0, _texts[key.Namespace], _texts[key.Account], DateOnly.FromDayNumber(key.Day), _texts[key.Metric], contact.Length == 0 ? null : contact, sum.Count, sum.HasUsers ? sum.Users : null, IsDeleted: false),
                null);
        }

        _sums.Clear();
        _numbers.Clear();
        _texts.Clear();
    }

    internal void Add(in CheckedUsage row, bool sumUsers)
    {
        var key = new Key(Number(row.Namespace), Number(row.AccountId), row.Day.DayNumber, Number(row.Metric), Number(row.ContactId ?? ""));
        ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(_sums, key, out _);
        sum.Count += row.Count;
        if (row.Users is { } users)
        {
            sum.Users = sumUsers ? (int)Math.Min(int.MaxValue, (long)sum.Users + users) : Math.Max(sum.Users, users);
            sum.HasUsers = true;
        }
    }

    private int Number(string text)
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, text, out var known);
        if (!known)
        {
            number = _texts.Count;
            _texts.Add(text);
        }

        return number;
    }

    private readonly record struct Key(int Namespace, int Account, int Day, int Metric, int Contact);

    private struct Sum
    {
        public double Count;
        public int Users;
        public bool HasUsers;
    }
}
