namespace CustomerSuccess.Core.Features;

/// <summary>Which people of an account were active on which days.</summary>
internal sealed class PeopleHistory
{
    private readonly Dictionary<int, int> _person = [];

    /// <summary>By person: the last day added, and the last count in which he or she was seen.</summary>
    private readonly List<(int LastDay, int Seen)> _people = [];
    private int _length;
    private int[] _day = new int[64];
    private int[] _who = new int[64];
    private int _counts;

    public void Clear()
    {
        if (_length == 0)
        {
            return;
        }

        _person.Clear();
        _people.Clear();
        _length = 0;
    }

    /// <summary>Takes a person's active day in; days do not fall.</summary>
    public void Add(int day, int contact)
    {
        if (!_person.TryGetValue(contact, out var who))
        {
            _person[contact] = who = _people.Count;
            _people.Add((int.MinValue, 0));
        }
        else if (_people[who].LastDay == day)
        {
            return;
        }

        _people[who] = (day, _people[who].Seen);
        if (_length == _day.Length)
        {
            Array.Resize(ref _day, _length * 2);
            Array.Resize(ref _who, _length * 2);
        }

        _day[_length] = day;
        _who[_length++] = who;
    }

    public bool AnyUpTo(int day) => _length > 0 && _day[0] <= day;

    /// <summary>How many different people were active after the one day and up to the other.</summary>
    public int Distinct(int after, int upTo)
    {
        if (_length == 0)
        {
            return 0;
        }

        _counts++;
        var distinct = 0;
        for (int i = MetricSeries.UpTo(_day, _length, after), end = MetricSeries.UpTo(_day, _length, upTo); i < end; i++)
        {
            var (lastDay, seen) = _people[_who[i]];
            if (seen != _counts)
            {
                _people[_who[i]] = (lastDay, _counts);
                distinct++;
            }
        }

        return distinct;
    }
}
