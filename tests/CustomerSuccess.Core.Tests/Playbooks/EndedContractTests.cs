using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.Effects;
using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Settings;

namespace CustomerSuccess.Core.Tests.Playbooks;

public sealed class EndedContractTests
{
    private static readonly DateOnly Start = new(2024, 1, 1);

    private static readonly ChurnReasons Reasons = new("payment, 未払");

    private static readonly LabelRule Rule = new(0, 30, 14);

    [Fact]
    public void A_contract_has_ended_once_the_gap_is_longer_than_the_grace_and_nobody_pays_again()
    {
        var terms = new[] { Term(0, 100, 50), Term(110, 200, 80, "Payment failed "), Term(300, null, 90) };
        Of(terms, 50).Should().BeNull("it pays");
        Of(terms, 105).Should().BeNull("ten days are a gap");
        var ended = Of(terms, 261)!;
        (ended.EndedOn, ended.Mrr, ended.Reason, ended.Will, ended.Nps).Should().Be((Start.AddDays(200), 80m, "Payment failed", ChurnWill.Involuntary, 7));
        ended.Months.Should().BeApproximately(61 / 30.4, 1e-9);
        Of(terms, 300).Should().BeNull("it pays again");
        Of([Term(10, null, 1)], 5).Should().BeNull("it has not begun");
        Of([Term(0, 20, 1)], 60)!.Will.Should().Be(ChurnWill.Untold);
    }

    [Fact]
    public void A_return_counts_within_the_horizon_and_only_of_who_had_left()
    {
        var mrr = MrrTimeline.Of([Term(0, 100, 50), Term(140, null, 60)]);
        Outcome(mrr, 120, 400).Should().Be(OutcomeState.Happened, "it pays again on the twentieth day");
        Outcome(mrr, 105, 400).Should().Be(OutcomeState.NotHappened, "day 140 is later than 30 days");
        Outcome(mrr, 50, 400).Should().Be(OutcomeState.NotPaying, "it was a customer then");
        Outcome(mrr, 140, 400).Should().Be(OutcomeState.NotPaying);
        Outcome(mrr, 120, 150).Should().Be(OutcomeState.Pending);
    }

    [Fact]
    public void Only_plays_that_ask_for_ended_contracts_win_back_and_none_of_them_fires_for_who_pays()
    {
        PlayCatalogue.All.Where(play => play.IsWinBack).Select(play => play.Key).Should().Equal("win_back");
        var table = new FeatureTable([1], [Start], []);
        var paying = new AccountSigns(new FeatureReader(table), 0, new CompanySettings(), 0);
        var play = PlayCatalogue.Find("win_back")!;
        play.Reasons(paying).Should().BeEmpty();
        var left = paying with { Ended = new EndedContract(Start, 3, 100, "Price", ChurnWill.Voluntary, null) };
        play.Reasons(left).Should().ContainSingle().Which.Args.Should().Equal(new Dictionary<string, double> { ["months"] = 3, ["mrr"] = 100 });
        play.Reasons(left with { Ended = left.Ended! with { Nps = 2 } }).Should().BeEmpty("who was thoroughly unhappy is not asked");
        play.Reasons(left with { Ended = left.Ended! with { Months = 25 } }).Should().BeEmpty();
        PlayText.Read(PlayText.Write(play)).IsWinBack.Should().BeTrue();
    }

    private static OutcomeState Outcome(MrrTimeline mrr, int day, int known) => AssignmentOutcome.OfReturn(mrr, Start.AddDays(day), Rule, Start.AddDays(known));

    private static EndedContract? Of(IReadOnlyCollection<Subscription> terms, int day) => EndedContract.Of(AccountContracts.Of(terms), Start.AddDays(day), 14, _ => 1, Reasons, 7);

    private static Subscription Term(int from, int? to, decimal mrr, string? reason = null) => new() { FactId = $"{from}", Currency = "USD", Mrr = mrr, StartedOn = Start.AddDays(from), EndedOn = to is { } end ? Start.AddDays(end) : null, EndReason = reason };
}
