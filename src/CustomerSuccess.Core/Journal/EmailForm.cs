using System.Text.RegularExpressions;

namespace CustomerSuccess.Core.Journal;

/// <summary>The form of mail addresses that people enter: one sign, a name before it and a domain after it. Whether anybody reads there is another question.</summary>
public static partial class EmailForm
{
    public static bool IsAddress(string text) => text.Length <= 254 && Form().IsMatch(text);

    [GeneratedRegex(@"^[^\s@<>(),;:""\[\]]{1,64}@[^\s@<>(),;:""\[\].]+(?:\.[^\s@<>(),;:""\[\].]+)+$")]
    private static partial Regex Form();
}
