using CsCheck;
using CustomerSuccess.Core.Campaigns;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Marks;
using CustomerSuccess.Core.Outreach;
using CustomerSuccess.Core.Settings;

namespace CustomerSuccess.Core.Tests.Campaigns;

public sealed class CampaignRulesTests
{
    private static readonly DateTime Now = new(2026, 11, 26, 3, 0, 0, DateTimeKind.Utc);

    private static readonly CampaignPlan Good = new() { Name = "News", Subjects = [new("Hello {{contact.name}}", null)], BodyEn = "{{contact.address_line}}\n\nNews." };

    private static readonly CompanySettings Ready = new() { TimeZone = "Asia/Tokyo", MailFrom = "cs@company.example", WebAddress = "https://cs.company.example", SenderName = "Company", SenderAddress = "Tokyo", SenderContact = "help@company.example" };

    public static TheoryData<string, CampaignPlan, string, string> Wrong => new()
    {
        { "no name", Good with { Name = " " }, "name", "missing" },
        { "no text", Good with { BodyEn = null }, "body_en", "missing" },
        { "no subject in a language that it has", Good with { BodyJa = "本文" }, "subjects.0.ja", "missing" },
        { "a field that is not there", Good with { BodyEn = "{{contact.shoe_size}}" }, "body_en", "unknown_field:contact.shoe_size@1:1" },
        { "a field that is not closed", Good with { Subjects = [new("{{contact.name", null)] }, "subjects.0.en", "unclosed:{{contact.name@1:1" },
        { "nobody to get it", Good with { SegmentIds = ["a"], ExcludedSegmentIds = ["a"] }, "excluded", "both" },
        { "nothing an hour", Good with { PerHour = 0 }, "per_hour", "out_of_range" },
        { "most held out", Good with { HoldoutShare = 0.6 }, "holdout", "out_of_range" },
        { "no share", Good with { HoldoutShare = double.NaN }, "holdout", "out_of_range" },
        { "six subjects", Good with { Subjects = [.. Enumerable.Range(0, 6).Select(i => new CampaignSubject($"s{i}", null))] }, "subjects", "too_many" },
        { "a test that never ends", Good with { Subjects = [new("a", null), new("b", null)], TestHours = 0 }, "test_hours", "out_of_range" },
        { "an answer", Good with { Purpose = Purpose.Transactional }, "purpose", "unknown" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_is_wrong_is_said_by_field(string what, CampaignPlan plan, string field, string code) =>
        CampaignRules.Check(CampaignRules.Clean(plan), MailFields.Known).Should().Contain(new KeyValuePair<string, string>(field, code), what);

    [Fact]
    public void A_campaign_that_says_all_it_must_goes_out()
    {
        CampaignRules.Check(CampaignRules.Clean(Good), MailFields.Known).Should().BeEmpty();
        CampaignRules.Lacks(Good, Ready, Now).Should().BeEmpty();
        CampaignText.Read(CampaignText.Write(Good)).Should().Be(Good);
    }

    [Fact]
    public void Without_the_senders_name_and_address_or_a_way_to_leave_nothing_is_advertised()
    {
        CampaignRules.Lacks(Good, Ready with { SenderAddress = "" }, Now).Should().Equal(new Dictionary<string, string> { ["sender"] = "sender_missing:sender.address" });
        CampaignRules.Lacks(Good, Ready with { SenderName = "" }, Now)["sender"].Should().Be("sender_missing:sender.name");
        CampaignRules.Lacks(Good, Ready with { WebAddress = "" }, Now)["sender"].Should().Be(HoldReasons.WebAddressMissing);
        CampaignRules.Lacks(Good with { Purpose = Purpose.Proactive }, Ready with { WebAddress = "" }, Now)["sender"].Should().Be(HoldReasons.WebAddressMissing);
        CampaignRules.Lacks(Good, Ready with { MailFrom = "" }, Now)["sender"].Should().Be(HoldReasons.FromMissing);
        CampaignRules.Lacks(Good with { SendOn = new(2026, 11, 26), SendAt = new(11, 0) }, Ready, Now).Should().Equal(new Dictionary<string, string> { ["send_on"] = "past" });
        var tested = Good with { Subjects = [new("a", null), new("b", null)] };
        CampaignRules.Lacks(tested, Ready, Now)["measure"].Should().Be("not_tracked");
        CampaignRules.Lacks(tested with { Measure = SubjectMeasure.Replies }, Ready, Now).Should().BeEmpty();
    }

    [Fact]
    public void An_hour_is_the_companys_or_each_persons_own()
    {
        var (tokyo, paris) = (TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo"), TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris"));
        var plan = Good with { SendOn = new(2026, 12, 1), SendAt = new(9, 30) };
        CampaignSchedule.StartsAt(plan, tokyo).Should().Be(new DateTime(2026, 12, 1, 0, 30, 0));
        CampaignSchedule.DueAt(plan, tokyo, paris, Now).Should().Be(new DateTime(2026, 12, 1, 0, 30, 0));
        var own = plan with { Zone = CampaignZone.Recipient };
        CampaignSchedule.DueAt(own, tokyo, paris, Now).Should().Be(new DateTime(2026, 12, 1, 8, 30, 0));
        CampaignSchedule.DueAt(own, tokyo, tokyo, Now).Should().Be(new DateTime(2026, 12, 1, 0, 30, 0));
        CampaignSchedule.StartsAt(own, tokyo).Should().Be(new DateTime(2026, 11, 30, 19, 30, 0));
        CampaignSchedule.DueAt(Good, tokyo, paris, Now).Should().Be(Now);
        CampaignSchedule.StartsAt(Good, tokyo).Should().BeNull();

        // clocks that leap over the hour read it half an hour or an hour later
        CampaignSchedule.DueAt(own with { SendOn = new(2026, 3, 29), SendAt = new(2, 30) }, tokyo, paris, Now).Should().Be(new DateTime(2026, 3, 29, 1, 0, 0));
        CampaignSchedule.HourOfWeek(new DateTime(2026, 11, 29, 14, 59, 0, DateTimeKind.Utc), tokyo).Should().Be((6 * 24) + 23);
        CampaignSchedule.HourOfWeek(new DateTime(2026, 11, 29, 15, 0, 0, DateTimeKind.Utc), tokyo).Should().Be(0);
    }

    [Fact]
    public void Nobody_is_due_before_the_members_are_fixed_wherever_he_or_she_lives()
    {
        var zones = TimeZoneInfo.GetSystemTimeZones().Where(zone => zone.BaseUtcOffset <= TimeSpan.FromHours(13)).ToList();
        Gen.Select(Gen.Int[0, 700], Gen.Int[0, 1439], Gen.Int[0, zones.Count - 1]).Sample((day, minute, zone) =>
        {
            var plan = Good with { SendOn = new DateOnly(2026, 1, 1).AddDays(day), SendAt = TimeOnly.MinValue.AddMinutes(minute), Zone = CampaignZone.Recipient };
            return CampaignSchedule.DueAt(plan, zones[0], zones[zone], Now) >= CampaignSchedule.StartsAt(plan, zones[0]);
        }, iter: 2_000);
    }

    [Fact]
    public void Subjects_are_tried_among_the_share_evenly_and_always_by_the_same_people()
    {
        var plan = Good with { Subjects = [new("a", null), new("b", null), new("c", null)], TestShare = 0.3 };
        var drawn = Enumerable.Range(1, 30_000).Select(no => CampaignSchedule.DrawSubject(plan, "c1", no, no)).ToList();
        for (var subject = 0; subject < 3; subject++)
        {
            drawn.Count(no => no == subject).Should().BeInRange(2_750, 3_250);
        }

        drawn.Should().Equal(Enumerable.Range(1, 30_000).Select(no => CampaignSchedule.DrawSubject(plan, "c1", no, no)));
        Enumerable.Range(1, 100).Select(no => CampaignSchedule.DrawSubject(plan, "c2", no, no)).Should().NotEqual(drawn.Take(100));
        CampaignSchedule.DrawSubject(Good, "c1", 1, 1).Should().Be(0);
    }

    [Fact]
    public void Advertising_waits_for_an_outage_and_a_day_longer()
    {
        Mark Down(int day, int? until = null) => new() { MarkId = "m", Title = "Down", Kind = MarkKind.Outage, Day = new(2026, 11, day), Until = until is { } last ? new(2026, 11, last) : null };
        OutageCalm.Until([Down(26)], new(2026, 11, 26)).Should().Be(new DateOnly(2026, 11, 27));
        OutageCalm.Until([Down(26)], new(2026, 11, 27)).Should().Be(new DateOnly(2026, 11, 27));
        OutageCalm.Until([Down(26)], new(2026, 11, 28)).Should().BeNull();
        OutageCalm.Until([Down(20, 25), Down(24)], new(2026, 11, 25)).Should().Be(new DateOnly(2026, 11, 26));
        OutageCalm.Until([Down(28)], new(2026, 11, 26)).Should().BeNull();
        var release = Down(26);
        release.Kind = MarkKind.Release;
        OutageCalm.Until([release], new(2026, 11, 26)).Should().BeNull();
    }
}
