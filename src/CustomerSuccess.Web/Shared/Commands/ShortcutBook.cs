namespace CustomerSuccess.Web.Shared.Commands;

/// <summary>Keys and what they do.</summary>
/// <param name="Keys">As they are printed, apart by blanks: <c>g q</c>, <c>j</c>.</param>
/// <param name="Does">What they do, in words.</param>
public sealed record KeyHint(string Keys, string Does);

/// <summary>The keys that work on the page that is open; components note theirs while they stand.</summary>
public sealed class ShortcutBook
{
    private readonly List<KeyHint> _hints = [];

    public IReadOnlyList<KeyHint> Hints => [.. _hints.DistinctBy(hint => (hint.Keys, hint.Does))];

    internal void Note(KeyHint hint) => _hints.Add(hint);

    internal void Forget(KeyHint hint) => _hints.Remove(hint);
}
