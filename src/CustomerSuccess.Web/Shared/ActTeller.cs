using CustomerSuccess.Core.Journal;
using Microsoft.Extensions.Localization;

namespace CustomerSuccess.Web.Shared;

/// <summary>Says what became of an act: at the window's foot where it concerns the whole, and in words for a field where a value breaks a rule.</summary>
public sealed class ActTeller(Toasts toasts, IStringLocalizer<ActTeller> text)
{
    /// <summary>Tells an outcome.</summary>
    /// <param name="result">Of the act.</param>
    /// <param name="done">What holds now; null to say nothing.</param>
    /// <param name="undo">Takes it back; null where that is not offered.</param>
    /// <returns>True where it holds. A conflict and broken rules are told by whoever asked, beside what was typed.</returns>
    public bool Tell<T>(ActResult<T> result, string? done = null, Func<Task>? undo = null)
        where T : class
    {
        switch (result.Outcome)
        {
            case ActOutcome.Done when done is not null && undo is not null:
                toasts.TellWithUndo(done, undo);
                break;
            case ActOutcome.Done when done is not null:
                toasts.Tell(done);
                break;
            case ActOutcome.Forbidden:
                toasts.Warn(text["Forbidden"]);
                break;
            case ActOutcome.NotFound:
                toasts.Warn(text["NotFound"]);
                break;
        }

        return result.Holds;
    }

    /// <summary>Tells an outcome of an act that has no form in which to stand: a conflict and a broken rule too.</summary>
    public bool TellAll<T>(ActResult<T> result, string? done = null, Func<Task>? undo = null)
        where T : class
    {
        if (result.Outcome == ActOutcome.Conflict)
        {
            toasts.Warn(text["Conflict"]);
        }
        else if (result.Outcome == ActOutcome.Invalid)
        {
            toasts.Warn(Problem(result.Problems.Values.First())!);
        }

        return Tell(result, done, undo);
    }

    /// <summary>What is wrong with a value and how to mend it; null for no code.</summary>
    /// <param name="code">Of the rule that it breaks.</param>
    /// <param name="arguments">What the sentence speaks of, such as the most characters.</param>
    public string? Problem(string? code, params object[] arguments) =>
        code is null ? null : text["Problem_" + code, arguments] is { ResourceNotFound: false } sentence ? sentence.Value : text["Problem"];

    /// <summary>What is wrong with a field; null where nothing is.</summary>
    public string? Problem(IReadOnlyDictionary<string, string> problems, string field, params object[] arguments) => Problem(problems.GetValueOrDefault(field), arguments);
}
