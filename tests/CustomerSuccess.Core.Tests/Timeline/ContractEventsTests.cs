using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Timeline;

namespace CustomerSuccess.Core.Tests.Timeline;

public sealed class ContractEventsTests
{
    private static readonly DateOnly Start = new(2024, 1, 1);
    private int _terms;

    [Fact]
    public void A_term_that_begins_where_another_ends_carries_on_with_it() =>
        Tell(Term(0, 10), Term(10, 20), Term(20, 30, mrr: 150), Term(30, 40, mrr: 90), Term(40, null, mrr: 90, plan: "pro"))
            .Should().Equal((0, "contract_started"), (10, "contract_renewed"), (20, "contract_expanded"), (30, "contract_contracted"), (40, "contract_changed"));

    [Fact]
    public void A_gap_ends_the_contract_and_another_product_is_another_contract() =>
        Tell(Term(0, 10), Term(11, null), Term(10, null, product: "other"))
            .Should().Equal((0, "contract_started"), (10, "contract_ended"), (10, "contract_started"), (11, "contract_started"));

    [Fact]
    public void Of_two_that_end_on_a_day_the_one_of_the_same_plan_is_carried_on_with() =>
        Tell(Term(0, 10, plan: "pro"), Term(0, 10, plan: "basic"), Term(10, null, plan: "basic"))
            .Should().Equal((0, "contract_started"), (0, "contract_started"), (10, "contract_ended"), (10, "contract_renewed"));

    [Fact]
    public void One_end_is_carried_on_once() =>
        Tell(Term(0, 10), Term(10, null), Term(10, null))
            .Should().Equal((0, "contract_started"), (10, "contract_renewed"), (10, "contract_started"));

    [Fact]
    public void Notice_is_told_and_what_is_only_agreed_is_not()
    {
        var noticed = Term(0, 120);
        noticed.NoticeOn = Start.AddDays(50);
        Tell(noticed, Term(200, null)).Should().Equal((0, "contract_started"), (50, "notice_given"));
    }

    private static IEnumerable<(int Day, string Kind)> Tell(params Subscription[] terms) =>
        ContractEvents.Of(terms, Start.AddDays(100)).Select(happened => (happened.Day.DayNumber - Start.DayNumber, happened.Kind)).OrderBy(told => told.Item1).ThenBy(told => told.Kind, StringComparer.Ordinal);

    private Subscription Term(int from, int? to, decimal mrr = 100, string plan = "basic", string product = "crm") => new()
    {
        FactId = $"S{++_terms}",
        Currency = "USD",
        Product = product,
        Plan = plan,
        Mrr = mrr,
        StartedOn = Start.AddDays(from),
        EndedOn = to is { } end ? Start.AddDays(end) : null,
    };
}
