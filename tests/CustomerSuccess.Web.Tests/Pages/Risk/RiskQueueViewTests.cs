using CustomerSuccess.Core.Health;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Web.Pages.Risk;

namespace CustomerSuccess.Web.Tests.Pages.Risk;

public sealed class RiskQueueViewTests
{
    [Fact]
    public void An_address_says_all_that_the_queue_shows()
    {
        var view = new RiskQueueView
        {
            Filter = new() { Search = "株式会社 & Co", Owner = "a+b@example.com", Segment = "SMB", Plan = "Pro/2", Product = "core & more", Play = "reconnect", Band = HealthBand.Danger, State = ScoreState.Leaving, FitsToday = true, FitsWeek = true, HideHandled = true },
            Group = QueueGrouping.Segment,
            Columns = "health,risk,nps",
            ViewId = "0199",
            Sort = QueueSort.Mrr,
            Descending = true,
            Selected = 17,
        };
        RiskQueueView.Parse(new Uri("http://localhost" + view.ToAddress()).Query).Should().Be(view);
    }

    [Fact]
    public void The_plain_queue_has_the_plain_address() => new RiskQueueView().ToAddress().Should().Be("/queue");

    [Theory]
    [InlineData("?sort=nonsense&dir=up&health=7&selected=x&today=yes")]
    [InlineData("?q=%20&owner=")]
    [InlineData("")]
    public void What_an_address_does_not_say_well_is_left_out(string query) => RiskQueueView.Parse(query).Should().Be(new RiskQueueView());

    [Fact]
    public void A_saved_view_keeps_everything_but_its_own_name_and_the_row_that_was_open()
    {
        var view = RiskQueueView.Parse("?sort=growth&dir=desc&group=owner&columns=upsell,mrr&view=x&selected=3", QueueList.Opportunities);
        view.Query.Should().Be("columns=upsell%2Cmrr&dir=desc&group=owner&sort=growth");
        var opened = RiskQueueView.Of(new Core.Views.SavedView { ViewId = "v", Name = "n", OwnerUser = "u", List = QueueList.Opportunities, Query = view.Query });
        opened.Should().Be(view with { ViewId = "v", Selected = null });
        opened.ToAddress().Should().StartWith("/opportunities?").And.Contain("view=v");
        new RiskQueueView().Query.Should().BeEmpty();
    }

    [Fact]
    public void A_column_sorts_by_its_useful_direction_first_and_turns_round_then()
    {
        var byMoney = new RiskQueueView().SortedBy(QueueSort.Mrr);
        byMoney.Descending.Should().BeTrue();
        byMoney.SortedBy(QueueSort.Mrr).Descending.Should().BeFalse();
        new RiskQueueView().SortedBy(QueueSort.Name).Descending.Should().BeFalse();
    }
}
