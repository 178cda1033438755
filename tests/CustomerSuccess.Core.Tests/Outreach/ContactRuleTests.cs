using CsCheck;
using CustomerSuccess.Core.Outreach;

namespace CustomerSuccess.Core.Tests.Outreach;

public sealed class ContactRuleTests
{
    private static readonly DateTime Noon = new(2026, 11, 26, 3, 0, 0, DateTimeKind.Utc);
    private static readonly TimeZoneInfo Tokyo = TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo");
    private static readonly OutreachLimits None = new();

    private static ContactRequest Ask(Purpose purpose = Purpose.Proactive, params Addressee[] people) => new(1, purpose, people.Length > 0 ? people : [Person("a")]);

    private static Addressee Person(string key, params string[] stops) => new() { Keys = [key], Zone = Tokyo, Stops = stops };

    private static PastContact At(double days, int account = 1, params string[] people) => new(account, Noon.AddDays(days), people);

    [Fact]
    public void Whoever_was_contacted_often_enough_waits_until_a_contact_leaves_the_window()
    {
        var limits = None with { PersonMost = 2, PersonDays = 7 };
        var decision = ContactRule.Decide(Ask(), [At(-6, 1, "a"), At(-1, 1, "a"), At(-1, 1, "b")], limits, Noon);
        decision.Outcome.Should().Be(ContactOutcome.Later);
        decision.From.Should().Be(Noon.AddDays(1), "exactly seven days after the first");
        decision.Reasons.Should().Equal(HoldReasons.PersonLimit);
        ContactRule.Decide(Ask(), [At(-7, 1, "a"), At(-1, 1, "a")], limits, Noon).Outcome.Should().Be(ContactOutcome.Allowed);
    }

    [Fact]
    public void A_person_counts_in_every_account_and_an_account_for_all_its_people()
    {
        var limits = None with { PersonMost = 1, PersonDays = 7, AccountMost = 2, AccountDays = 3 };
        ContactRule.Decide(Ask(), [At(-1, account: 9, "a")], limits, Noon).Reasons.Should().Equal(HoldReasons.PersonLimit);
        ContactRule.Decide(Ask(), [At(-1, 1, "b"), At(-1, 1, "c")], limits, Noon).Reasons.Should().Equal(HoldReasons.AccountLimit);
        ContactRule.Decide(Ask(), [At(-1, 1, "b"), At(-1, 9, "c")], limits, Noon).Outcome.Should().Be(ContactOutcome.Allowed);
    }

    [Fact]
    public void What_is_planned_ahead_leaves_no_room_before_it_either()
    {
        var limits = None with { PersonMost = 1, PersonDays = 7 };
        ContactRule.Decide(Ask(), [At(3, 1, "a")], limits, Noon).From.Should().Be(Noon.AddDays(10), "a contact now would be four days before the planned one");
    }

    [Fact]
    public void Everybody_addressed_must_be_free()
    {
        var limits = None with { PersonMost = 1, PersonDays = 2 };
        var request = Ask(Purpose.Proactive, Person("a"), Person("b"));
        ContactRule.Decide(request, [At(-1, 1, "b")], limits, Noon).From.Should().Be(Noon.AddDays(1));
        ContactRule.Decide(Ask(Purpose.Proactive, Person("a"), Person("b", HoldReasons.OptedOut)), [], limits, Noon).Outcome.Should().Be(ContactOutcome.Held);
    }

    [Fact]
    public void What_the_customer_waits_for_is_held_by_nothing_but_a_dead_address()
    {
        var limits = None with { PersonMost = 1, PersonDays = 30, QuietFrom = new(0, 0), QuietTo = new(23, 59) };
        ContactRule.Decide(Ask(Purpose.Transactional, Person("a", HoldReasons.OptedOut, HoldReasons.ContactLeft, HoldReasons.ListOptedOut + ":news")), [At(-1, 1, "a")], limits, Noon).Outcome.Should().Be(ContactOutcome.Allowed);
        ContactRule.Decide(Ask(Purpose.Transactional, Person("a", HoldReasons.AddressBounced)), [], limits, Noon).Reasons.Should().Equal(HoldReasons.AddressBounced);
    }

    [Theory]
    [InlineData("JP", false, Purpose.Promotional, true)]
    [InlineData("DE", false, Purpose.Promotional, true)]
    [InlineData(null, false, Purpose.Promotional, true)]
    [InlineData("US", false, Purpose.Promotional, false)]
    [InlineData("JP", true, Purpose.Promotional, false)]
    [InlineData("JP", false, Purpose.Proactive, false)]
    public void Advertising_needs_consent_where_the_settings_say_so(string? country, bool consented, Purpose purpose, bool held)
    {
        var limits = None with { ConsentCountries = ["JP", "EU"] };
        var person = Person("a") with { Country = Country.Find(country), HasConsented = consented };
        (ContactRule.Decide(Ask(purpose, person), [], limits, Noon).Outcome == ContactOutcome.Held).Should().Be(held);
    }

    [Fact]
    public void A_day_without_an_open_hour_ends_the_search()
    {
        var limits = None with { ClosedDays = [.. Enumerable.Range(0, 500).Select(i => ((string?)null, new DateOnly(2026, 11, 26).AddDays(i)))] };
        ContactRule.Decide(Ask(), [], limits, Noon).Reasons.Should().Contain(HoldReasons.NoFreeTime);
    }

    /// <summary>Second method: every window that begins at a contact, counted.</summary>
    [Fact]
    public void Whoever_obeys_never_finds_a_full_window_and_no_earlier_moment_would_have_done()
    {
        var contacts = Gen.Int[-20_000, 20_000].Array[0, 12];
        Gen.Select(contacts, Gen.Int[1, 4], Gen.Int[1, 9], Gen.Int[-15_000, 15_000]).Sample((minutes, most, days, from) =>
        {
            var sorted = minutes.Order().Select(minute => Noon.AddMinutes(minute)).ToArray();
            var wanted = Noon.AddMinutes(from);
            var found = ContactRule.EarliestWithin(sorted, most, days, wanted);
            bool Fits(DateTime at)
            {
                var all = sorted.Append(at).ToArray();
                // only windows that hold the new one: the others were full before
                return all.Where(start => start <= at && at < start.AddDays(days)).All(start => all.Count(contact => contact >= start && contact < start.AddDays(days)) <= most);
            }

            found.Should().BeOnOrAfter(wanted);
            Fits(found).Should().BeTrue();
            for (var step = 0; step < 40; step++)
            {
                var earlier = wanted + ((found - wanted) * step / 40);
                (earlier < found && Fits(earlier)).Should().BeFalse();
            }
        });
    }
}
