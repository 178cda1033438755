using System.CommandLine;
using CustomerSuccess.Core.Modelling;

namespace CustomerSuccess.Cli.Commands;

/// <summary><c>--budget</c> of the verbs that learn.</summary>
internal static class BudgetOption
{
    public static Option<string?> Create(string without)
    {
        var option = new Option<string?>("--budget") { Description = $"How much is tried: quick, normal or thorough ({without}). Ctrl+C keeps the best so far" };
        option.AcceptOnlyFromAmong("quick", "normal", "thorough");
        return option;
    }

    public static Budget? Read(ParseResult parsed, Option<string?> option) =>
        parsed.GetValue(option) is { } word ? Enum.Parse<Budget>(word, ignoreCase: true) : null;
}
