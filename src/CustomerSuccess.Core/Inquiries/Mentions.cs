using System.Text.RegularExpressions;

namespace CustomerSuccess.Core.Inquiries;

/// <summary>Colleagues whom a note calls, written as <c>@address@company.example</c>.</summary>
public static partial class Mentions
{
    /// <summary>The addresses that a text calls, as colleagues have them, each once; others are text.</summary>
    public static IReadOnlyList<string> In(string text, IEnumerable<string> colleagues)
    {
        var called = Call().Matches(text).Select(match => match.Groups[1].Value.TrimEnd('.')).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return called.Count == 0 ? [] : [.. colleagues.Where(called.Contains).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    [GeneratedRegex(@"(?<![\w.+-])@([\w.+-]+@[\w.-]*\w)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Call();
}
