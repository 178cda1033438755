using System.Numerics;

namespace CustomerSuccess.Core.Analytics;

/// <summary>The days on which an account used the product, a bit each: three years take 150 bytes.</summary>
public sealed class ActiveDays
{
    private const int Width = 64;

    private readonly int _first;
    private readonly ulong[] _bits;

    /// <param name="days">Day numbers, ascending; a day may come more than once.</param>
    public ActiveDays(IReadOnlyList<int> days)
    {
        if (days.Count == 0)
        {
            _bits = [];
            return;
        }

        _first = days[0];
        _bits = new ulong[((days[^1] - _first) / Width) + 1];
        foreach (var day in days)
        {
            _bits[(day - _first) / Width] |= 1UL << ((day - _first) % Width);
        }
    }

    public bool TellsTheSameAs(ActiveDays other) => _first == other._first && _bits.AsSpan().SequenceEqual(other._bits);

    /// <summary>The last active day of all; null without any.</summary>
    public DateOnly? Last => LastUntil(DateOnly.MaxValue);

    /// <summary>The last active day up to a day; null for none.</summary>
    public DateOnly? LastUntil(DateOnly day)
    {
        var at = Math.Min(day.DayNumber - _first, (_bits.Length * Width) - 1);
        if (at < 0)
        {
            return null;
        }

        var bits = _bits[at / Width] << (Width - 1 - (at % Width));
        if (bits != 0)
        {
            return DateOnly.FromDayNumber(_first + at - BitOperations.LeadingZeroCount(bits));
        }

        for (var word = (at / Width) - 1; word >= 0; word--)
        {
            if (_bits[word] != 0)
            {
                return DateOnly.FromDayNumber(_first + (word * Width) + Width - 1 - BitOperations.LeadingZeroCount(_bits[word]));
            }
        }

        return null;
    }

    /// <summary>How many active days lie after the first day, up to the last one.</summary>
    public int Between(DateOnly after, DateOnly until)
    {
        var from = Math.Max(0, after.DayNumber + 1 - _first);
        var to = Math.Min(until.DayNumber - _first, (_bits.Length * Width) - 1);
        if (to < from)
        {
            return 0;
        }

        var count = 0;
        for (var word = from / Width; word <= to / Width; word++)
        {
            var bits = _bits[word];
            if (word == from / Width)
            {
                bits &= ulong.MaxValue << (from % Width);
            }

            if (word == to / Width)
            {
                bits &= ulong.MaxValue >> (Width - 1 - (to % Width));
            }

            count += BitOperations.PopCount(bits);
        }

        return count;
    }
}
