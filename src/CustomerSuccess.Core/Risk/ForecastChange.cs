namespace CustomerSuccess.Core.Risk;

/// <summary>Why a later forecast of a month expects another amount than an earlier one did.</summary>
public enum ForecastMove
{
    /// <summary>Terms that are due in the month now and were not before: new contracts, renewals agreed for another term, corrections.</summary>
    Entered,

    /// <summary>Terms that were due in the month and no longer are: renewed early, ended early, moved.</summary>
    Gone,

    /// <summary>Notice was given, or taken back.</summary>
    Notice,

    /// <summary>The MRR that is due changed.</summary>
    Amount,

    /// <summary>The probability of renewal changed.</summary>
    Likelihood,
}

/// <summary>One reason's part.</summary>
/// <param name="Move">The reason.</param>
/// <param name="Accounts">Accounts that it moved.</param>
/// <param name="Mrr">What it added to the amount expected, reporting currency.</param>
public sealed record ForecastStep(ForecastMove Move, int Accounts, decimal Mrr);

/// <summary>What one reason changed of one account.</summary>
/// <param name="AccountNo">The account; one whose amount and likelihood both changed has a step for each.</param>
/// <param name="Move">The reason.</param>
/// <param name="Before">Expected of the account in the month then; 0 where nothing was due.</param>
/// <param name="Now">Expected now.</param>
/// <param name="Mrr">The reason's part of the difference, never 0.</param>
public sealed record ForecastAccountStep(int AccountNo, ForecastMove Move, decimal Before, decimal Now, decimal Mrr);

/// <summary>From what an earlier run expected to be renewed in a month to what a later one expects. Before + Σ steps = Now, always.</summary>
/// <param name="Month">The month's last day.</param>
/// <param name="Before">Expected then.</param>
/// <param name="Now">Expected now.</param>
/// <param name="Steps">One for each reason, in the order of <see cref="ForecastMove"/>.</param>
public sealed record ForecastChange(DateOnly Month, decimal Before, decimal Now, IReadOnlyList<ForecastStep> Steps)
{
    private static readonly ForecastMove[] Moves = Enum.GetValues<ForecastMove>();

    /// <summary>The months that both runs forecast, ascending. Runs without a model expect nothing and give no change.</summary>
    /// <param name="before">What the earlier run saw due.</param>
    /// <param name="now">What the later one sees due.</param>
    public static IReadOnlyList<ForecastChange> Between(IReadOnlyCollection<RenewalDue> before, IReadOnlyCollection<RenewalDue> now)
    {
        if (before.Any(due => due.ExpectedMrr is null) || now.Any(due => due.ExpectedMrr is null))
        {
            return [];
        }

        var (then, since) = (before.ToLookup(due => due.Month), now.ToLookup(due => due.Month));
        return [.. then.Where(month => since.Contains(month.Key)).Select(month => month.Key).Order().Select(month => OfMonth(month, then[month], since[month]))];
    }

    /// <summary>Why the amount expected of each account changed, of one month; nothing for accounts of which it did not.</summary>
    /// <param name="before">What the earlier run saw due in the month.</param>
    /// <param name="now">What the later one sees due in it.</param>
    public static IReadOnlyList<ForecastAccountStep> StepsOf(IEnumerable<RenewalDue> before, IEnumerable<RenewalDue> now)
    {
        var steps = new List<ForecastAccountStep>();
        var left = before.ToDictionary(due => due.AccountNo);
        void Add(int account, ForecastMove move, decimal was, decimal expected, decimal amount)
        {
            if (amount != 0)
            {
                steps.Add(new(account, move, was, expected, amount));
            }
        }

        foreach (var due in now)
        {
            var expected = due.ExpectedMrr ?? 0;
            if (!left.Remove(due.AccountNo, out var was))
            {
                Add(due.AccountNo, ForecastMove.Entered, 0, expected, expected);
                continue;
            }

            var then = was.ExpectedMrr ?? 0;
            if (due.Leaving || was.Leaving)
            {
                Add(due.AccountNo, ForecastMove.Notice, then, expected, expected - then);
            }
            else
            {
                var atOldLikelihood = due.Mrr * (decimal)(was.Probability ?? 0);
                Add(due.AccountNo, ForecastMove.Amount, then, expected, atOldLikelihood - then);
                Add(due.AccountNo, ForecastMove.Likelihood, then, expected, expected - atOldLikelihood);
            }
        }

        foreach (var gone in left.Values)
        {
            Add(gone.AccountNo, ForecastMove.Gone, gone.ExpectedMrr ?? 0, 0, -(gone.ExpectedMrr ?? 0));
        }

        return steps;
    }

    private static ForecastChange OfMonth(DateOnly month, IEnumerable<RenewalDue> before, IEnumerable<RenewalDue> now)
    {
        var steps = StepsOf(before, now).ToLookup(step => step.Move);
        return new(month, before.Sum(due => due.ExpectedMrr!.Value), now.Sum(due => due.ExpectedMrr!.Value), [.. Moves.Select(move => new ForecastStep(move, steps[move].Count(), steps[move].Sum(step => step.Mrr)))]);
    }
}
