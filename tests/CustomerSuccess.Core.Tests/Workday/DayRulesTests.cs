using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Workday;

namespace CustomerSuccess.Core.Tests.Workday;

public sealed class DayRulesTests
{
    private static readonly Viewer Csm = new("u1", "Sato@Example.com", new HashSet<string> { Roles.Csm }, OwnPortfolioOnly: false);
    private static readonly Viewer Manager = new("u2", "boss@example.com", new HashSet<string> { Roles.CsManager }, OwnPortfolioOnly: false);
    private static readonly Viewer Executive = new("u3", "ceo@example.com", new HashSet<string> { Roles.Executive }, OwnPortfolioOnly: false);

    [Fact]
    public void Whoever_sees_the_own_portfolio_alone_sees_the_own_day_whatever_was_asked_for()
    {
        foreach (var asked in new[] { null, "team", "mori@example.com" })
        {
            DayScope.Of(Csm with { OwnPortfolioOnly = true }, asked, owns: false).Should().Be(new DayScope("sato@example.com", IsOwn: true, MayChoose: false));
        }
    }

    [Fact]
    public void Unasked_a_manager_without_accounts_gets_the_team_and_everybody_with_work_the_own_day()
    {
        DayScope.Of(Manager, null, owns: false).Person.Should().BeNull();
        DayScope.Of(Manager, "", owns: true).Should().Be(new DayScope("boss@example.com", true, true));
        DayScope.Of(Executive, null, owns: false).Person.Should().BeNull();
        DayScope.Of(Csm, null, owns: false).Person.Should().Be("sato@example.com");
        DayScope.Of(Viewer.System, null, owns: false).Person.Should().BeNull();
    }

    [Fact]
    public void The_team_and_each_colleague_may_be_asked_for()
    {
        DayScope.Of(Manager, " TEAM ", owns: true).Should().Be(new DayScope(null, false, true));
        DayScope.Of(Manager, "Mori@Example.com", owns: true).Should().Be(new DayScope("mori@example.com", false, true));
        DayScope.Of(Csm, "SATO@example.com", owns: true).IsOwn.Should().BeTrue();
    }

    [Fact]
    public void Falls_stand_before_rises_the_greatest_first_and_small_moves_are_not_told()
    {
        Moved[] moves = [new(1, 12, 5), new(2, -9, 5), new(3, -30, 1), new(4, 7.9, 100), new(5, -9, 50), new(6, -7.9, 100), new(7, 40, 1)];
        DayRules.Choose(moves, 8).Select(move => move.AccountNo).Should().Equal(3, 5, 2, 7, 1);
    }

    [Fact]
    public void Many_falls_leave_a_quarter_to_rises()
    {
        Moved[] moves = [.. Enumerable.Range(1, 20).Select(no => new Moved(no, -20 - no, 1)), .. Enumerable.Range(21, 20).Select(no => new Moved(no, no, 1))];
        var shown = DayRules.Choose(moves, 8);
        shown.Should().HaveCount(8);
        shown.Select(move => move.AccountNo).Should().Equal(20, 19, 18, 17, 16, 15, 40, 39);
    }

    [Fact]
    public void A_voice_waits_until_somebody_was_in_touch_after_it()
    {
        var said = new DateTime(2026, 10, 5, 1, 0, 0, DateTimeKind.Utc);
        DayRules.Waits(said, null).Should().BeTrue();
        DayRules.Waits(said, said.AddMinutes(-1)).Should().BeTrue();
        DayRules.Waits(said, said.AddMinutes(1)).Should().BeFalse();
    }
}
