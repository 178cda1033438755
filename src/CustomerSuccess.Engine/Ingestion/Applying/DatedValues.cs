namespace CustomerSuccess.Engine.Ingestion.Applying;

/// <summary>A value from a day on, and what applying made of it.</summary>
internal sealed class DatedValue
{
    public string? Value { get; set; }

    public int BroughtBy { get; set; }

    public bool IsNew { get; init; }

    public bool IsChanged { get; set; }
}

/// <summary>The history of one attribute of one account or person.</summary>
internal sealed class DatedValues
{
    private readonly SortedList<int, DatedValue> _values = [];

    public IEnumerable<KeyValuePair<int, DatedValue>> All => _values;

    public int LatestDay => _values.Count == 0 ? -1 : _values.Keys[^1];

    public void Load(int day, string? value, int broughtBy) => _values.Add(day, new DatedValue { Value = value, BroughtBy = broughtBy });

    /// <summary>Sets the value from a day on.</summary>
    /// <param name="day">First day of validity.</param>
    /// <param name="isStated">True where the file names the day: the value is then kept even if it says what held already.</param>
    /// <param name="isStatic">True where the first value ever also holds for every earlier day.</param>
    /// <param name="value">Canonical text; null clears.</param>
    /// <param name="broughtBy">The import file.</param>
    /// <returns>Null where nothing changes; else the day from which it does, and what stood at that very day before (null where nothing did).</returns>
    public (int Day, DatedValue? Earlier)? Set(int day, bool isStated, bool isStatic, string? value, int broughtBy)
    {
        if (_values.Count == 0 && value is null)
        {
            return null;
        }

        if (isStatic && _values.Count == 0)
        {
            day = 0;
        }

        if (_values.TryGetValue(day, out var exact))
        {
            if (exact.Value == value)
            {
                return null;
            }

            var earlier = new DatedValue { Value = exact.Value, BroughtBy = exact.BroughtBy };
            (exact.Value, exact.BroughtBy, exact.IsChanged) = (value, broughtBy, true);
            return (day, earlier);
        }

        var valid = On(day);
        if ((!isStated || isStatic) && (valid is null ? value is null : valid.Value == value))
        {
            return null;
        }

        _values.Add(day, new DatedValue { Value = value, BroughtBy = broughtBy, IsNew = true, IsChanged = true });
        return (day, null);
    }

    /// <summary>What holds on a day; null where nothing is known of it.</summary>
    public DatedValue? On(int day)
    {
        DatedValue? valid = null;
        foreach (var (from, value) in _values)
        {
            if (from > day)
            {
                break;
            }

            valid = value;
        }

        return valid;
    }
}
