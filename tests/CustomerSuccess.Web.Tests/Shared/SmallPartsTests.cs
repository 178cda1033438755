using Bunit;
using CustomerSuccess.Web.Layout;
using CustomerSuccess.Web.Shared.Commands;
using CustomerSuccess.Web.Shared.Forms;
using CustomerSuccess.Web.Shared.Lists;
using CustomerSuccess.Web.Shared.Terms;
using CustomerSuccess.Web.Shared.Values;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace CustomerSuccess.Web.Tests.Shared;

public sealed class SmallPartsTests : PartTests
{
    [Theory]
    [InlineData("１２，３４５", 12345)]
    [InlineData("¥1,200", 1200)]
    [InlineData("−5", -5)]
    [InlineData("", null)]
    public void A_number_is_read_as_people_write_it(string typed, int? expected)
    {
        using var _ = new InCulture("ja");
        decimal? told = -999;
        var field = Render<NumberField>(p => p.Add(f => f.Name, "n").Add(f => f.Label, "n").Add(f => f.ValueChanged, value => told = value));
        field.On("input", found => found.Change(typed));
        told.Should().Be(expected);
        field.FindAll(".field-error").Should().BeEmpty();
    }

    [Theory]
    [InlineData("twelve", "not a number")]
    [InlineData("101", "Between 0 and 100")]
    public void What_cannot_be_taken_stays_with_its_reason(string typed, string reason)
    {
        using var _ = new InCulture("en");
        var told = false;
        var field = Render<NumberField>(p => p.Add(f => f.Name, "n").Add(f => f.Label, "n").Add(f => f.Min, 0).Add(f => f.Max, 100).Add(f => f.ValueChanged, _ => told = true));
        field.On("input", found => found.Change(typed));
        field.Find(".field-error").TextContent.Should().Contain(reason);
        field.Find("input").GetAttribute("value").Should().Be(typed);
        field.Find("input").GetAttribute("aria-invalid").Should().Be("true");
        told.Should().BeFalse();
    }

    [Fact]
    public void A_time_that_summer_time_leaves_out_becomes_the_next_that_exists()
    {
        DateTime? told = null;
        var field = Render<DateTimeField>(p => p.Add(f => f.Name, "at").Add(f => f.Label, "at").Add(f => f.TimeZone, "America/New_York").Add(f => f.ValueChanged, value => told = value));
        field.On("input", found => found.Change("2026-03-08T02:15"));
        told.Should().Be(new DateTime(2026, 3, 8, 7, 15, 0, DateTimeKind.Utc));
    }

    [Theory]
    [InlineData("en", 0, "just now")]
    [InlineData("en", 5, "5 min ago")]
    [InlineData("ja", 90, "1時間前")]
    [InlineData("ja", 60 * 24, "昨日")]
    [InlineData("en", -60 * 24 * 3, "in 3 days")]
    [InlineData("en", 60 * 24 * 60, "Aug 2, 2026")]
    public void How_long_ago_is_said_in_words(string culture, int minutes, string words)
    {
        using var _ = new InCulture(culture);
        var time = Render<TimeAgo>(p => p.Add(t => t.At, Clock.GetUtcNow().UtcDateTime.AddMinutes(-minutes)).Add(t => t.TimeZone, "Asia/Tokyo"));
        time.Find("time").TextContent.Should().Be(words);
        time.Find("time").GetAttribute("title").Should().NotBeNullOrEmpty();
    }

    [Fact]
    public void A_conflict_ends_in_a_choice_field_by_field()
    {
        IReadOnlySet<string>? kept = null;
        var panel = Render<ConflictPanel>(p => p.Add(c => c.Who, "Sato").Add(c => c.TimeZone, "UTC").Add(c => c.Fields, [new("name", "Name", "theirs", "mine"), new("note", "Note", null, "mine")]).Add(c => c.Resolved, keys => kept = keys));
        panel.On("[data-conflict-field=name] input", found => found.Change(true));
        panel.On("[data-act=save-choice]", found => found.Click());
        kept.Should().BeEquivalentTo("note");
        panel.On("[data-act=take-theirs]", found => found.Click());
        kept.Should().BeEmpty();
        panel.On("[data-act=keep-mine]", found => found.Click());
        kept.Should().BeEquivalentTo("name", "note");
    }

    [Fact]
    public void A_search_waits_until_the_reader_pauses_and_does_not_overwrite_what_is_typed_on()
    {
        List<string?> told = [];
        var box = Render<SearchBox>(p => p.Add(b => b.Label, "Search").Add(b => b.Changed, words => told.Add(words)));
        box.On("input", found => found.Input("Hi"));
        box.On("input", found => found.Input("Hil"));
        Clock.Advance(TimeSpan.FromMilliseconds(300));
        box.WaitForAssertion(() => told.Should().Equal("Hil"));
        box.On("input", found => found.Input("Hill"));
        box.Render(p => p.Add(b => b.Value, "Hil"));
        box.Find("input").GetAttribute("value").Should().Be("Hill");
        box.Render(p => p.Add(b => b.Value, null));
        box.Find("input").GetAttribute("value").Should().BeNullOrEmpty("the chip was taken away");
    }

    [Fact]
    public void Every_term_has_its_word_and_its_definition_and_no_other_is_defined()
    {
        var words = Services.GetRequiredService<IStringLocalizer<Glossary>>();
        var terms = Glossary.Groups.SelectMany(group => group.Terms).ToList();
        terms.Should().OnlyHaveUniqueItems();
        words.GetAllStrings(includeParentCultures: true).Select(word => word.Name).Should().BeEquivalentTo(terms.Concat(terms.Select(term => term + "_text")));
    }

    [Theory]
    [InlineData("ＨＥＡ", true)]
    [InlineData("score health", true)]
    [InlineData("へるす", true)]
    [InlineData("queue", false)]
    public void A_command_is_found_by_its_words_in_any_order_width_and_kana(string typed, bool fits) => CommandMatch.Fits(typed, "Health score ヘルススコア").Should().Be(fits);

    [Theory]
    [InlineData("/", "/")]
    [InlineData("/team", "/team")]
    [InlineData("/team/handovers?csm=a", "/team")]
    [InlineData("/team/outcomes", "/team/outcomes")]
    [InlineData("/queue?segment=SMB", "/queue")]
    [InlineData("/accounts/A-1", null)]
    [InlineData("/teamwork", null)]
    public void One_link_alone_is_the_current_one(string address, string? link) => Navigation.CurrentOf(address).Should().Be(link);

    [Theory]
    [InlineData("/", "Work")]
    [InlineData("/forecast/accounts?month=2026-09", "Insights")]
    [InlineData("/feedback/themes", "Customers")]
    [InlineData("/accounts/A-1", null)]
    public void The_group_of_a_page_is_the_one_that_stays_open(string address, string? group) => Navigation.GroupOf(address).Should().Be(group);

    [Fact]
    public void Letters_that_lead_to_pages_are_told_apart() => Navigation.Groups.SelectMany(group => group.Links).Select(link => link.Go).OfType<char>().Should().OnlyHaveUniqueItems();

    [Fact]
    public void An_address_has_one_writing_whatever_the_order_of_its_making()
    {
        var address = ListAddress.Parse("/queue?segment=SMB&q=%20&dir=desc&sort=mrr");
        address["q"].Should().BeNull();
        address.Sort.Should().Be(new ListSort("mrr", true));
        address.With("q", "株 & Co").With((ListSort?)null).ToString().Should().Be("/queue?q=%E6%A0%AA%20%26%20Co&segment=SMB");
        ListAddress.Parse("/queue").With("segment", "SMB").With("q", "株 & Co").ToString().Should().Be("/queue?q=%E6%A0%AA%20%26%20Co&segment=SMB");
    }
}
