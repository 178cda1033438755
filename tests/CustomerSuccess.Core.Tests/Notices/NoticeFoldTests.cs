using CsCheck;
using CustomerSuccess.Core.Notices;

namespace CustomerSuccess.Core.Tests.Notices;

public sealed class NoticeFoldTests
{
    private static readonly DateTime Noon = new(2026, 11, 26, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void What_follows_closely_is_one_line_and_stands_where_its_newest_stands()
    {
        var told = new[] { ("task", 30), ("reply", 29), ("task", 25), ("task", 16), ("reply", 10), ("task", 5) };
        Lines(told).Should().Equal("task 30,25,16", "reply 29", "reply 10", "task 5");
    }

    [Fact]
    public void Folding_loses_nothing_and_joins_no_kinds() => Gen.Select(Gen.Int[0, 3], Gen.Int[0, 600]).Array[0, 60].Sample(told =>
    {
        var sorted = told.OrderByDescending(one => one.Item2).ToList();
        var groups = NoticeFold.Fold(sorted, one => one.Item1, one => Noon.AddMinutes(one.Item2));
        return groups.Sum(group => group.Count) == told.Length
            && groups.All(group => group.Select(one => one.Item1).Distinct().Count() == 1)
            && groups.All(group => group.Zip(group.Skip(1)).All(pair => pair.First.Item2 - pair.Second.Item2 <= NoticeFold.Gap.TotalMinutes));
    });

    [Theory]
    [InlineData(0, null, false)]
    [InlineData(1, null, true)]
    [InlineData(2, 5, false)] // a mail went out five minutes ago: this one waits for others
    [InlineData(2, 10, true)]
    public void A_mail_waits_for_what_comes_with_it(int waited, int? lastMail, bool due) =>
        NoticeFold.IsMailDue(Noon.AddMinutes(-waited), lastMail is { } ago ? Noon.AddMinutes(-ago) : null, Noon).Should().Be(due);

    [Theory]
    [InlineData(0.10, 0.16, true)]
    [InlineData(0.10, 0.14, false)]
    [InlineData(0.02, 0.05, false)] // doubled and more, and still small
    [InlineData(0.40, 0.55, false)]
    [InlineData(0.40, 0.61, true)]
    public void A_rise_is_told_where_it_is_large_both_ways(double before, double now, bool told) => RiskRise.IsMaterial(before, now).Should().Be(told);

    [Fact]
    public void The_first_fifth_by_money_is_high_in_value()
    {
        RiskRise.HighFrom(Enumerable.Range(1, 10).Select(i => 100m * i)).Should().Be(900);
        RiskRise.HighFrom([5]).Should().Be(5);
        RiskRise.HighFrom([0]).Should().Be(decimal.MaxValue);
    }

    [Fact]
    public void Every_kind_has_words_in_both_languages()
    {
        foreach (var kind in NoticeKinds.All)
        {
            NoticeText.Knows(kind.Key).Should().BeTrue(kind.Key);
            foreach (var language in new[] { "en", "ja" })
            {
                NoticeText.Many(kind.Key, 12, language).Should().Contain("12").And.NotContain("{");
                NoticeText.One(kind.Key, new Dictionary<string, string>(), language).Should().NotContain("{");
                NoticeText.Name(kind.Key, language).Should().NotBe(kind.Key);
            }
        }

        NoticeText.One(NoticeKinds.Reply, new Dictionary<string, string> { ["from"] = "Ito", ["account"] = "Aoba {now}", ["subject"] = "Re: {from}" }, "en").Should().Be("Ito of Aoba {now} replied: “Re: {from}”");
    }

    private static IEnumerable<string> Lines(IEnumerable<(string Kind, int Minute)> told) =>
        NoticeFold.Fold(told, one => one.Kind, one => Noon.AddMinutes(one.Minute)).Select(group => $"{group[0].Kind} {string.Join(',', group.Select(one => one.Minute))}");
}
