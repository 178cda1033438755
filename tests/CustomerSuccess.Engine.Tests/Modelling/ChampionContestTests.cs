using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Engine.Modelling;

namespace CustomerSuccess.Engine.Tests.Modelling;

public sealed class ChampionContestTests
{
    [Fact]
    public void The_lower_log_loss_on_the_same_later_rows_wins()
    {
        var trained = TrainedPanel.Trained;
        var blind = new ScoringModel(new Encoder([]), new TreeEnsemble([], 1), new LinearModel(-3, [], [], [], 1), 0, new Calibrator(1, 0));

        var weak = Champion(trained.Card);
        var contest = ChampionContest.Of(weak, blind, TrainedPanel.Data, TrainedPanel.Task, trained);
        contest.ChallengerWins.Should().BeTrue();
        contest.OnCard!.Rows.Should().Be(trained.Card.Test.Rows);
        contest.OnCard.ChallengerLogLoss.Should().BeApproximately(trained.Card.Metrics!.Model.LogLoss!.Value, 1e-12).And.BeLessThan(contest.OnCard.LogLoss);
        contest.ChampionVerdict.Should().Be(Verdict.NoSkill);

        ChampionContest.Of(weak, trained.Tested!, TrainedPanel.Data, TrainedPanel.Task, trained).ChallengerWins.Should().BeFalse("an equal model is no better one");
    }

    [Fact]
    public void Rows_that_the_model_in_use_had_seen_do_not_count()
    {
        var trained = TrainedPanel.Trained;
        var newer = Champion(trained.Card with { Test = trained.Card.Test with { From = trained.Card.Test.To!.Value.AddDays(1) } });
        var contest = ChampionContest.Of(newer, trained.Tested!, TrainedPanel.Data, TrainedPanel.Task, trained);
        (contest.ChallengerWins, contest.OnCard).Should().Be((false, null));
    }

    [Fact]
    public void A_model_of_another_definition_gives_way()
    {
        var trained = TrainedPanel.Trained;
        var other = Champion(trained.Card with { Definition = new CardDefinition(14, 90, 31) });
        ChampionContest.Of(other, trained.Tested!, TrainedPanel.Data, TrainedPanel.Task, trained).ChallengerWins.Should().BeTrue();
    }

    private static RegisteredModel Champion(ModelCard card) => new(1, Target.Churn, "2024-06-30-1", ModelStatus.Champion, Verdict.Skilled, card.CreatedAt, null, "a", card);
}
