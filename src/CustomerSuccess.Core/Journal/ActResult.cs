namespace CustomerSuccess.Core.Journal;

/// <summary>What became of a change that somebody asked for.</summary>
public enum ActOutcome
{
    /// <summary>It holds now.</summary>
    Done,

    /// <summary>It held already; nothing was changed.</summary>
    Unchanged,

    /// <summary>There is no such record, or the viewer may not see it.</summary>
    NotFound,

    /// <summary>The viewer may not do this.</summary>
    Forbidden,

    /// <summary>A value breaks a rule; nothing was changed.</summary>
    Invalid,

    /// <summary>Somebody else changed the record after the viewer read it; nothing was changed.</summary>
    Conflict,
}

/// <summary>The outcome of a change, and what stands now.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Value">The record as it stands now; in a conflict the one that somebody else made. Null where there is none.</param>
/// <param name="Problems">The rules that values broke, by field: codes that the page puts into words. Empty unless invalid.</param>
public sealed record ActResult<T>(ActOutcome Outcome, T? Value, IReadOnlyDictionary<string, string> Problems)
    where T : class
{
    /// <summary>True where what was asked for holds now.</summary>
    public bool Holds => Outcome is ActOutcome.Done or ActOutcome.Unchanged;

    /// <summary>The same outcome, told with another record.</summary>
    public ActResult<TOther> To<TOther>(Func<T, TOther> with)
        where TOther : class => new(Outcome, Value is null ? null : with(Value), Problems);
}

/// <summary>Makes outcomes.</summary>
public static class ActResult
{
    private static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>();

    public static ActResult<T> Done<T>(T value)
        where T : class => new(ActOutcome.Done, value, None);

    public static ActResult<T> Unchanged<T>(T value)
        where T : class => new(ActOutcome.Unchanged, value, None);

    public static ActResult<T> NotFound<T>()
        where T : class => new(ActOutcome.NotFound, null, None);

    public static ActResult<T> Forbidden<T>()
        where T : class => new(ActOutcome.Forbidden, null, None);

    /// <param name="theirs">The record as somebody else left it.</param>
    public static ActResult<T> Conflict<T>(T? theirs)
        where T : class => new(ActOutcome.Conflict, theirs, None);

    public static ActResult<T> Invalid<T>(string field, string code)
        where T : class => new(ActOutcome.Invalid, null, new Dictionary<string, string> { [field] = code });

    public static ActResult<T> Invalid<T>(IReadOnlyDictionary<string, string> problems)
        where T : class => new(ActOutcome.Invalid, null, problems);
}
