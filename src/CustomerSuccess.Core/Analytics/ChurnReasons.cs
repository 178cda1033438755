using CustomerSuccess.Core.Accounts;

namespace CustomerSuccess.Core.Analytics;

/// <summary>Whether a customer chose to leave.</summary>
public enum ChurnWill
{
    /// <summary>Nobody said why.</summary>
    Untold,

    /// <summary>A reason is given, and it is not one of those below.</summary>
    Voluntary,

    /// <summary>The reason says that the customer did not choose, such as a payment that failed.</summary>
    Involuntary,
}

/// <summary>Reads the reasons that sources give for the end of a term.</summary>
/// <param name="involuntaryWords">Comma-separated words that mark a reason as involuntary, as the settings have them.</param>
public sealed class ChurnReasons(string involuntaryWords)
{
    private readonly string[] _words = [.. involuntaryWords.Split([',', '、'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(SortKey.Of).Where(word => word.Length > 0)];
    private readonly Dictionary<string, ChurnWill> _known = new(StringComparer.Ordinal);

    public ChurnWill Of(string? reason)
    {
        if (string.IsNullOrWhiteSpace(reason))
        {
            return ChurnWill.Untold;
        }

        if (!_known.TryGetValue(reason, out var will))
        {
            var key = SortKey.Of(reason);
            _known[reason] = will = _words.Any(word => key.Contains(word, StringComparison.Ordinal)) ? ChurnWill.Involuntary : ChurnWill.Voluntary;
        }

        return will;
    }
}
