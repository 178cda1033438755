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

    private static ForecastChange OfMonth(DateOnly month, IEnumerable<RenewalDue> before, IEnumerable<RenewalDue> now)
    {
        var mrr = new decimal[Moves.Length];
        var accounts = new int[Moves.Length];
        var left = before.ToDictionary(due => due.AccountNo);
        decimal expectedBefore = left.Values.Sum(due => due.ExpectedMrr!.Value), expectedNow = 0;
        void Add(ForecastMove move, decimal amount)
        {
            mrr[(int)move] += amount;
            accounts[(int)move] += amount != 0 ? 1 : 0;
        }

        foreach (var due in now)
        {
            var expected = due.ExpectedMrr!.Value;
            expectedNow += expected;
            if (!left.Remove(due.AccountNo, out var was))
            {
                Add(ForecastMove.Entered, expected);
            }
            else if (due.Leaving || was.Leaving)
            {
                Add(ForecastMove.Notice, expected - was.ExpectedMrr!.Value);
            }
            else
            {
                var atOldLikelihood = due.Mrr * (decimal)was.Probability!.Value;
                Add(ForecastMove.Amount, atOldLikelihood - was.ExpectedMrr!.Value);
                Add(ForecastMove.Likelihood, expected - atOldLikelihood);
            }
        }

        foreach (var gone in left.Values)
        {
            Add(ForecastMove.Gone, -gone.ExpectedMrr!.Value);
        }

        return new(month, expectedBefore, expectedNow, [.. Moves.Select(move => new ForecastStep(move, accounts[(int)move], mrr[(int)move]))]);
    }
}
