using CsCheck;
using CustomerSuccess.Core.Marks;

namespace CustomerSuccess.Core.Tests.Marks;

public sealed class MarksAlongTests
{
    private static readonly DateOnly[] Months = [new(2026, 4, 30), new(2026, 5, 31), new(2026, 6, 30)];

    [Theory]
    [InlineData("2026-03-30", null)]
    [InlineData("2026-04-01", 0)]
    [InlineData("2026-04-30", 0)]
    [InlineData("2026-05-01", 1)]
    [InlineData("2026-06-30", 2)]
    [InlineData("2026-07-01", null)]
    public void A_mark_stands_in_the_period_of_its_first_day(string day, int? index) =>
        MarksAlong.Of([Of(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture))], Months).Select(place => (int?)place.Index).Should().Equal(index is null ? [] : [index]);

    [Fact]
    public void Every_mark_within_the_periods_stands_at_exactly_one_place_in_the_order_of_days() => Gen.Select(Gen.Int[0, 120].Array[0, 30], Gen.Int[1, 40].Array[1, 12]).Sample((starts, lengths) =>
    {
        var days = lengths.Select((_, i) => new DateOnly(2026, 1, 1).AddDays(lengths.Take(i + 1).Sum())).ToList();
        var marks = starts.Select(start => Of(new DateOnly(2026, 1, 1).AddDays(start))).ToList();
        var places = MarksAlong.Of(marks, days);
        var from = days.Count > 1 ? days[0].AddDays(-lengths[1]) : days[0].AddDays(-1);
        places.SelectMany(place => place.Marks).Should().BeEquivalentTo(marks.Where(mark => mark.Day > from && mark.Day <= days[^1]));
        places.Select(place => place.Index).Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
        places.All(place => place.Marks.All(mark => mark.Day <= days[place.Index] && (place.Index == 0 || mark.Day > days[place.Index - 1]))).Should().BeTrue();
    });

    [Fact]
    public void A_chart_without_periods_has_none() => MarksAlong.Of([Of(Months[0])], []).Should().BeEmpty();

    private static Mark Of(DateOnly day) => new() { MarkId = Guid.NewGuid().ToString(), Title = "Release", Day = day };
}
