namespace CustomerSuccess.Core.Modelling;

/// <summary>On which rows candidates were compared. None is a row of the test.</summary>
public enum SearchRows
{
    /// <summary>Folds of the training rows' accounts.</summary>
    AccountFolds,

    /// <summary>Later periods of the training rows, each judged by what was fitted on earlier ones only, with the embargo.</summary>
    LaterPeriods,
}

/// <summary>What the search found.</summary>
/// <param name="Judged">On which rows.</param>
/// <param name="Rows">How many rows judged the candidates.</param>
/// <param name="Outcomes">Distinct outcomes among them.</param>
/// <param name="Knots">Knots of the logistic regression that did best.</param>
/// <param name="Tried">Candidates in the order of the plan, each with its best number of trees.</param>
/// <param name="CutShort">True where somebody stopped the search: the best so far was kept.</param>
public sealed record SearchReport(SearchRows Judged, int Rows, int Outcomes, int Knots, IReadOnlyList<TriedCandidate> Tried, bool CutShort);

/// <summary>A candidate and how well it did.</summary>
/// <param name="Candidate">Its settings, with the number of trees that did best.</param>
/// <param name="TreeWeight">The trees' weight in the blend with the logistic regression that did best.</param>
/// <param name="LogLoss">Mean log loss of the calibrated blend.</param>
/// <param name="Difference">That less the first candidate's.</param>
/// <param name="StandardError">Of the difference, over accounts.</param>
/// <param name="Chosen">True for the one that is fitted.</param>
public sealed record TriedCandidate(TreeCandidate Candidate, double TreeWeight, double LogLoss, double Difference, double StandardError, bool Chosen);
