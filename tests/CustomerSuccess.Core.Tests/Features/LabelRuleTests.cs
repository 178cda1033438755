using CsCheck;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Features;

namespace CustomerSuccess.Core.Tests.Features;

public sealed class LabelRuleTests
{
    private static readonly DateOnly Base = new(2024, 1, 1);

    private static readonly Gen<Subscription> AnyTerm =
        Gen.Select(Gen.Int[-60, 250], Gen.Int[1, 200], Gen.Bool, Gen.Int[0, 3], Gen.Int[-20, 150]).Select((start, length, open, price, notice) => new Subscription
        {
            FactId = "S",
            StartedOn = Base.AddDays(start),
            EndedOn = open ? null : Base.AddDays(start + length),
            NoticeOn = notice > 100 ? null : Base.AddDays(start + Math.Max(0, length - notice)),
            Mrr = price * 10m,
            Currency = "USD",
        });

    private static readonly Gen<LabelRule> AnyRule = Gen.Select(Gen.Int[0, 20], Gen.Int[1, 90], Gen.Int[0, 40]).Select((lead, horizon, grace) => new LabelRule(lead, horizon, grace));

    [Fact]
    public void Any_label_is_what_walking_day_by_day_finds() =>
        Gen.Select(AnyTerm.List[1, 5], AnyRule, Gen.Int[0, 500]).Sample((terms, rule, reach) =>
        {
            var timeline = MrrTimeline.Of(terms);
            var events = timeline.ChurnEvents(rule.GraceDays);
            var completeUntil = Base.AddDays(reach);
            for (var t = Base.AddDays(-1); t < Base.AddDays(400); t = t.AddDays(13))
            {
                var found = rule.At(7, terms, timeline, events, t, completeUntil, _ => 1);
                var walked = Walk(terms, rule, t, completeUntil);
                if (found != walked)
                {
                    throw new InvalidOperationException($"{found} should be {walked}");
                }
            }
        }, iter: 2000);

    [Fact]
    public void Notice_for_every_paying_term_means_leaving()
    {
        Subscription noticed = Term(0, 50, notice: 20), open = Term(0, null), trial = Term(0, null);
        trial.Mrr = 0;
        LabelRule.IsLeaving([noticed], Base.AddDays(19)).Should().BeFalse("notice is given tomorrow");
        LabelRule.IsLeaving([noticed, trial], Base.AddDays(20)).Should().BeTrue("a free trial keeps nobody");
        LabelRule.IsLeaving([noticed, open], Base.AddDays(20)).Should().BeFalse();
        LabelRule.IsLeaving([noticed], Base.AddDays(50)).Should().BeFalse("it has left: nothing is paid any more");
    }

    [Theory]
    [InlineData(10, false)] // gone within the lead: no observation
    [InlineData(14, false)]
    [InlineData(15, true)]
    [InlineData(104, true)]
    public void Churn_counts_after_the_lead_up_to_the_horizon(int day, bool isLabelled)
    {
        var term = Term(-100, day);
        var timeline = MrrTimeline.Of([term]);
        var observation = new LabelRule(14, 90, 31).At(1, [term], timeline, timeline.ChurnEvents(31), Base, Base.AddDays(135), _ => 1);
        observation!.Value.Churned.Should().Be(isLabelled ? true : null);
        observation.Value.ChurnEventOn.Should().Be(isLabelled ? Base.AddDays(day) : null);
    }

    [Fact]
    public void Without_knowing_the_whole_span_there_is_no_label()
    {
        var term = Term(-100, null);
        var timeline = MrrTimeline.Of([term]);
        LabelRule rule = new(14, 90, 31);
        rule.At(1, [term], timeline, [], Base, Base.AddDays(134), _ => 1)!.Value.Churned.Should().BeNull();
        rule.At(1, [term], timeline, [], Base, Base.AddDays(135), _ => 1)!.Value.Churned.Should().BeFalse();
    }

    [Theory]
    [InlineData(104, false)]
    [InlineData(105, true)]
    public void Five_percent_more_at_the_end_than_after_the_lead_is_an_expansion(int mrr, bool expanded)
    {
        Subscription[] terms = [Term(-100, 60), Term(60, null, mrr)];
        var timeline = MrrTimeline.Of(terms);
        new LabelRule(14, 90, 31).At(1, terms, timeline, timeline.ChurnEvents(31), Base, Base.AddDays(400), _ => 1)!.Value.Expanded.Should().Be(expanded);
    }

    private static Subscription Term(int start, int? end, decimal mrr = 100, int? notice = null) => new()
    {
        FactId = "S",
        StartedOn = Base.AddDays(start),
        EndedOn = end is { } e ? Base.AddDays(e) : null,
        NoticeOn = notice is { } n ? Base.AddDays(n) : null,
        Mrr = mrr,
        Currency = "USD",
    };

    /// <summary>The definitions of the design, one day after the other.</summary>
    private static Observation? Walk(List<Subscription> terms, LabelRule rule, DateOnly t, DateOnly completeUntil)
    {
        decimal MrrOn(DateOnly day) => terms.Where(s => s.StartedOn <= day && (s.EndedOn is null || s.EndedOn > day)).Sum(s => s.Mrr);
        bool IsChurn(DateOnly day) => MrrOn(day.AddDays(-1)) > 0 && Enumerable.Range(0, rule.GraceDays + 1).All(i => MrrOn(day.AddDays(i)) == 0);
        if (MrrOn(t) == 0)
        {
            return null;
        }

        var paying = terms.Where(s => s.Mrr > 0 && s.StartedOn <= t && (s.EndedOn is null || s.EndedOn > t));
        var leaving = paying.All(s => s.NoticeOn is not null && s.NoticeOn <= t);
        var observation = new Observation(7, t, MrrOn(t), null, null, null, leaving);
        if (leaving || t.AddDays(rule.LeadDays + rule.HorizonDays + rule.GraceDays) > completeUntil)
        {
            return observation;
        }

        for (var i = 1; i <= rule.LeadDays + rule.HorizonDays; i++)
        {
            if (IsChurn(t.AddDays(i)))
            {
                return i <= rule.LeadDays ? observation : observation with { Churned = true, ChurnEventOn = t.AddDays(i), Expanded = false };
            }
        }

        var before = MrrOn(t.AddDays(rule.LeadDays));
        var after = MrrOn(t.AddDays(rule.LeadDays + rule.HorizonDays));
        return observation with { Churned = false, Expanded = before > 0 && after >= 1.05m * before };
    }
}
