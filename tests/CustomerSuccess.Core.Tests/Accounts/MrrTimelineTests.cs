using CsCheck;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Activity;

namespace CustomerSuccess.Core.Tests.Accounts;

public sealed class MrrTimelineTests
{
    private static readonly DateOnly Base = new(2024, 1, 1);

    private static readonly Gen<Subscription> AnyTerm =
        Gen.Select(Gen.Int[0, 200], Gen.Int[-5, 120], Gen.Bool, Gen.Int[0, 3], Gen.OneOf(Gen.Const("USD"), Gen.Const("JPY"))).Select((start, length, open, price, currency) => new Subscription
        {
            FactId = "S",
            StartedOn = Base.AddDays(start),
            EndedOn = open ? null : Base.AddDays(start + length),
            Mrr = price * 10.5m,
            Currency = currency,
        });

    [Fact]
    public void A_term_counts_from_its_start_to_the_day_before_its_end()
    {
        var mrr = MrrTimeline.Of([Term("2024-01-10", "2024-02-10", 100)]);
        mrr.IsPaying(new DateOnly(2024, 1, 9)).Should().BeFalse();
        mrr.On(new DateOnly(2024, 1, 10), "USD").Should().Be(100);
        mrr.On(new DateOnly(2024, 2, 9), "USD").Should().Be(100);
        mrr.On(new DateOnly(2024, 2, 10), "USD").Should().Be(0);
        mrr.ChurnEvents(31).Should().Equal(new DateOnly(2024, 2, 10));
    }

    [Theory]
    [InlineData("2024-02-10", 0, 0)] // the next term starts at once: no gap
    [InlineData("2024-02-11", 0, 1)]
    [InlineData("2024-03-12", 31, 0)] // 31 days without MRR are within a grace of 31
    [InlineData("2024-03-13", 31, 1)]
    public void A_gap_is_churn_only_when_longer_than_the_grace(string nextStart, int grace, int events) =>
        MrrTimeline.Of([Term("2024-01-10", "2024-02-10", 100), Term(nextStart, null, 100)]).ChurnEvents(grace).Should().HaveCount(events);

    [Fact]
    public void A_free_trial_and_a_voided_term_do_not_pay()
    {
        var voided = Term("2024-01-01", null, 50);
        voided.VoidedBy = 7;
        var mrr = MrrTimeline.Of([Term("2024-01-01", "2024-02-01", 0), voided, Term("2024-03-01", null, 20)]);
        mrr.FirstPayingDay.Should().Be(new DateOnly(2024, 3, 1));
        mrr.IsPaying(new DateOnly(2024, 1, 15)).Should().BeFalse();
    }

    [Fact]
    public void Any_timeline_equals_the_sum_over_terms_on_every_day() => AnyTerm.List[0, 6].Sample(terms =>
    {
        var timeline = MrrTimeline.Of(terms);
        for (var day = Base.AddDays(-10); day < Base.AddDays(340); day = day.AddDays(1))
        {
            foreach (var currency in (string[])["USD", "JPY"])
            {
                var sum = terms.Where(t => t.Currency == currency && t.StartedOn <= day && (t.EndedOn is null || t.EndedOn > day)).Sum(t => t.Mrr);
                if (timeline.On(day, currency) != sum)
                {
                    return false;
                }
            }
        }

        return true;
    });

    [Fact]
    public void Any_churn_event_is_found_by_walking_day_by_day() => Gen.Select(AnyTerm.List[0, 6], Gen.Int[0, 40]).Sample((terms, grace) =>
    {
        bool Pays(DateOnly day) => terms.Any(t => t.Mrr > 0 && t.StartedOn <= day && (t.EndedOn is null || t.EndedOn > day));
        List<DateOnly> walked = [];
        for (var day = Base; day < Base.AddDays(400); day = day.AddDays(1))
        {
            if (Pays(day.AddDays(-1)) && Enumerable.Range(0, grace + 1).All(i => !Pays(day.AddDays(i))))
            {
                walked.Add(day);
            }
        }

        return walked.SequenceEqual(MrrTimeline.Of(terms).ChurnEvents(grace));
    });

    [Fact]
    public void Movements_of_any_account_add_up_and_new_comes_once() => AnyTerm.List[1, 6].Sample(terms =>
    {
        var timeline = MrrTimeline.Of(terms);
        static decimal Rate(string currency, DateOnly day) => currency == "USD" ? 1 : 0.005m + (0.0001m * day.Month);
        var news = 0;
        var paidBefore = false;
        for (var start = new DateOnly(2023, 12, 31); start < new DateOnly(2024, 12, 1);)
        {
            var end = MonthEnds.OnOrAfter(start.AddDays(1));
            var movement = MrrMovement.Between(timeline, start, end, Rate);
            if (movement.Start + movement.Change + movement.Fx != movement.End
                || movement.End != timeline.On(end, c => Rate(c, end))
                || (movement.Kind == MrrMovementKind.Reactivation) != (paidBefore && !timeline.IsPaying(start) && timeline.IsPaying(end))
                || (movement.Kind is MrrMovementKind.New && movement.Fx != 0))
            {
                return false;
            }

            news += movement.Kind == MrrMovementKind.New ? 1 : 0;
            paidBefore |= timeline.IsPaying(end);
            start = end;
        }

        return news == (paidBefore ? 1 : 0);
    });

    [Fact]
    public void A_rate_holds_in_its_month_and_a_missing_one_is_an_error()
    {
        var rates = new CurrencyRates("USD", [new ExchangeRate { Currency = "JPY", Month = new DateOnly(2024, 2, 1), Rate = 0.0067 }]);
        rates.On("USD", new DateOnly(2020, 1, 1)).Should().Be(1);
        rates.On("JPY", new DateOnly(2024, 2, 29)).Should().Be(0.0067m);
        rates.KnownOn("JPY", new DateOnly(2024, 5, 1)).Should().Be(0.0067m);
        rates.Invoking(r => r.On("JPY", new DateOnly(2024, 3, 1))).Should().Throw<InvalidOperationException>().WithMessage("*JPY*2024-03*");
        rates.Invoking(r => r.KnownOn("JPY", new DateOnly(2024, 1, 31))).Should().Throw<InvalidOperationException>();
    }

    private static Subscription Term(string start, string? end, decimal mrr) => new()
    {
        FactId = start,
        StartedOn = DateOnly.Parse(start, System.Globalization.CultureInfo.InvariantCulture),
        EndedOn = end is null ? null : DateOnly.Parse(end, System.Globalization.CultureInfo.InvariantCulture),
        Mrr = mrr,
        Currency = "USD",
    };
}
