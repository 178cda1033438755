using CustomerSuccess.Core.Modelling;

namespace CustomerSuccess.Engine.Modelling;

/// <summary>The model in use against a challenger, both as fitted for their tests, on the challenger's test rows that neither had seen.</summary>
/// <param name="ChallengerWins">Its log loss is lower, or the model in use predicts something else.</param>
/// <param name="ChampionVerdict">The verdict over the model in use on those rows; null where there are none.</param>
/// <param name="OnCard">The comparison for the challenger's card.</param>
internal sealed record ChampionContest(bool ChallengerWins, Verdict? ChampionVerdict, CardChampion? OnCard)
{
    public static ChampionContest Of(RegisteredModel champion, ScoringModel tested, LabelledTable data, TrainingTask task, TrainedModel challenger)
    {
        var scores = challenger.Scores!;
        if (champion.Card.Definition != task.Definition)
        {
            return new ChampionContest(true, null, null);
        }

        int[] at = [.. Enumerable.Range(0, scores.Rows.Length).Where(i => data.Table.AsOf[scores.Rows[i]] >= champion.Card.Test.From)];
        int[] rows = [.. at.Select(i => scores.Rows[i])];
        if (data.OutcomesIn(rows) < Verdicts.LeastTestOutcomes || challenger.Card.Split != "time")
        {
            return new ChampionContest(false, null, null);
        }

        double[] model = [.. at.Select(i => scores.Model[i])];
        var report = BacktestReport.Of(
            data,
            new TestScores(rows, tested.Probabilities(data.Table.Take(rows)), model, model, scores.Rules is null ? null : [.. at.Select(i => scores.Rules[i])]),
            task.Capacity,
            challenger.Card.Plan!.Seed);
        // the challenger stands in the place of the peer
        double championLoss = report.Metrics.Model.LogLoss!.Value, challengerLoss = report.Metrics.LogisticRegression.LogLoss!.Value;
        return new ChampionContest(challengerLoss < championLoss, report.Verdict, new CardChampion(champion.Version, championLoss, challengerLoss, rows.Length));
    }
}
