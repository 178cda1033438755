namespace CustomerSuccess.Core.Modelling;

/// <summary>What became of a trained model.</summary>
public enum TrainDecision
{
    /// <summary>It is in use now.</summary>
    Promoted,

    /// <summary>It is kept beside the model in use, which is as good on the same later rows.</summary>
    KeptAsChallenger,

    /// <summary>It is the model in use, bit for bit; nothing was registered.</summary>
    Unchanged,

    /// <summary>Its verdict forbids showing it; only the card is registered.</summary>
    Refused,

    /// <summary>Its labels were shuffled; nothing was registered.</summary>
    NotRegistered,
}

/// <summary>The result of one training.</summary>
/// <param name="Target">What was predicted.</param>
/// <param name="Decision">What became of it.</param>
/// <param name="Verdict">The honest verdict.</param>
/// <param name="TrainOutcomes">Distinct outcomes to learn from.</param>
/// <param name="TestOutcomes">Distinct outcomes in the test.</param>
/// <param name="ChampionRetired">True where the model in use was taken out of use, because the later data no longer bear it out.</param>
/// <param name="Card">Everything else.</param>
public sealed record TrainReport(Target Target, TrainDecision Decision, Verdict Verdict, int TrainOutcomes, int TestOutcomes, bool ChampionRetired, ModelCard Card);
