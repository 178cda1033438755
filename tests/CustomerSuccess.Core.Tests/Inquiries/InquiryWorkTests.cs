using CsCheck;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.BusinessTime;
using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Inquiries;

namespace CustomerSuccess.Core.Tests.Inquiries;

public sealed class InquiryWorkTests
{
    /// <summary>A Monday, 9:00 in Tokyo.</summary>
    private static readonly DateTime Monday = new(2026, 10, 5, 0, 0, 0, DateTimeKind.Utc);

    private static readonly BusinessCalendar Tokyo = new(TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo"), WeeklyHours.Office, day => JapaneseHolidays.On(day) is not null);

    private static readonly DeskRules Rules = new(
        [new(InquiryPriority.Urgent, 60, 240), new(InquiryPriority.Normal, 120, 600)], Tokyo,
        new Dictionary<string, BusinessCalendar> { ["en"] = BusinessCalendar.Always });

    [Fact]
    public void A_new_one_is_due_by_its_priority_in_business_time()
    {
        var inquiry = Opened(Monday.AddHours(8));
        inquiry.FirstResponseDueAt.Should().Be(Monday.AddDays(1).AddHours(1), "one hour is left on Monday");
        inquiry.ResolutionDueAt.Should().Be(Monday.AddDays(1).AddHours(9), "and nine hours on Tuesday");
        inquiry.NextDueAt.Should().Be(inquiry.FirstResponseDueAt);

        InquiryWork.Rank(inquiry, InquiryPriority.Urgent, Monday.AddHours(8.1), Rules);
        inquiry.FirstResponseDueAt.Should().Be(Monday.AddHours(9));
        inquiry.Priority.Should().Be("urgent");
        InquiryHistory.IsUrgent(inquiry.Priority).Should().BeTrue();

        InquiryWork.Rank(inquiry, InquiryPriority.Low, Monday.AddHours(8.2), Rules);
        (inquiry.FirstResponseDueAt, inquiry.NextDueAt).Should().Be((null, null), "there is no target for it");
    }

    [Fact]
    public void The_clock_of_the_resolution_stands_while_the_customer_is_to_act()
    {
        var inquiry = Opened(Monday);
        InquiryWork.Answered(inquiry, Monday.AddHours(1), Rules);
        inquiry.NextDueAt.Should().Be(Monday.AddDays(1).AddHours(1), "10 hours, of which a day has 9");
        InquiryWork.Move(inquiry, InquiryState.Waiting, Monday.AddHours(1), Rules);
        inquiry.NextDueAt.Should().BeNull();
        TargetStanding.OfResolution(inquiry, Rules, Monday.AddDays(20)).State.Should().Be(TargetState.Paused);

        // over night and a day: 8 business hours on Monday, 9 on Tuesday
        InquiryWork.Heard(inquiry, Monday.AddDays(2), Rules);
        inquiry.State.Should().Be(InquiryState.Open);
        inquiry.PausedMinutes.Should().Be(17 * 60);
        inquiry.NextDueAt.Should().Be(Monday.AddDays(2).AddHours(9), "an hour was used, nine are left");
    }

    [Fact]
    public void Settling_is_the_fact_that_figures_read_and_hearing_again_takes_it_back()
    {
        var inquiry = Opened(Monday);
        InquiryWork.Answered(inquiry, Monday.AddHours(1), Rules);
        InquiryWork.Move(inquiry, InquiryState.Resolved, Monday.AddHours(2), Rules);
        (inquiry.ClosedAt, inquiry.Status, inquiry.IsSettled, inquiry.NextDueAt).Should().Be((Monday.AddHours(2), "resolved", true, null));
        TargetStanding.OfResolution(inquiry, Rules, Monday.AddDays(9)).State.Should().Be(TargetState.Met);

        // closing what is resolved is no second resolution
        InquiryWork.Move(inquiry, InquiryState.Closed, Monday.AddDays(7), Rules);
        inquiry.ClosedAt.Should().Be(Monday.AddHours(2));

        InquiryWork.Heard(inquiry, Monday.AddDays(8), Rules);
        (inquiry.ClosedAt, inquiry.ReopenedCount, inquiry.State, inquiry.CustomerSpokeLast).Should().Be((null, 1, InquiryState.Open, true));
        inquiry.NextDueAt.Should().Be(Monday.AddDays(8).AddHours(8), "two of ten hours were used when it was resolved; nothing ran since");
    }

    [Fact]
    public void A_missed_target_says_by_how_much_business_time()
    {
        var inquiry = Opened(Monday);
        var standing = TargetStanding.OfFirstResponse(inquiry, Rules, Monday.AddDays(1).AddHours(1));
        standing.Should().Be(new TargetStanding(TargetState.Overdue, Monday.AddHours(2), TimeSpan.FromHours(8)));
        InquiryWork.Answered(inquiry, Monday.AddHours(3), Rules);
        TargetStanding.OfFirstResponse(inquiry, Rules, Monday.AddDays(1)).State.Should().Be(TargetState.Missed);
    }

    [Fact]
    public void Each_language_may_have_a_calendar_of_its_own()
    {
        var inquiry = Opened(Monday.AddHours(8), "en");
        inquiry.FirstResponseDueAt.Should().Be(Monday.AddHours(10), "English is answered day and night");
    }

    [Fact]
    public void Whatever_happens_the_clock_never_counts_more_than_went_by() =>
        Gen.Select(Gen.Enum<InquiryState>(), Gen.Int[1, 5000]).List[1, 12].Sample(steps =>
        {
            var inquiry = Opened(Monday);
            var now = Monday;
            foreach (var (state, minutes) in steps)
            {
                now = now.AddMinutes(minutes);
                InquiryWork.Move(inquiry, state, now, Rules);
            }

            var paused = inquiry.PausedMinutes + (inquiry.PausedSince is { } since ? Tokyo.Between(since, now).TotalMinutes : 0);
            return paused >= 0 && paused <= Tokyo.Between(Monday, now).TotalMinutes + 1e-6
                && inquiry.IsSettled == inquiry.ClosedAt is not null
                && inquiry.PausedSince is not null == inquiry.State.IsPaused()
                && (!inquiry.IsSettled || inquiry.NextDueAt is null);
        });

    [Theory]
    [InlineData(null, false, false, InquiryState.New)]
    [InlineData(null, true, false, InquiryState.Open)]
    [InlineData("open", true, true, InquiryState.Closed)] // figures go by the time of closing
    [InlineData("解決済み", true, true, InquiryState.Resolved)]
    [InlineData("pending", true, false, InquiryState.Waiting)]
    [InlineData("保留", false, false, InquiryState.OnHold)]
    [InlineData("未対応", true, false, InquiryState.Open)]
    [InlineData("Closed", false, false, InquiryState.Closed)]
    [InlineData("whatever", false, false, InquiryState.New)]
    public void States_are_known_by_the_words_of_sources(string? word, bool answered, bool closed, InquiryState state) =>
        InquiryStates.Of(word, closed ? Monday : null, answered ? Monday : null).Should().Be(state);

    [Fact]
    public void What_features_call_urgent_is_urgent_here_too()
    {
        foreach (var word in (string[])["urgent", "critical", "high", "highest", "emergency", "blocker", "p0", "p1", "sev0", "sev1", "s1", "緊急", "至急", "最優先", "最高", "高", "重大", "大至急"])
        {
            InquiryHistory.IsUrgent(word).Should().BeTrue();
            InquiryPriorities.Of(word).Should().BeOneOf(InquiryPriority.High, InquiryPriority.Urgent);
        }

        foreach (var priority in Enum.GetValues<InquiryPriority>())
        {
            InquiryPriorities.Of(priority.Word()).Should().Be(priority);
            InquiryHistory.IsUrgent(priority.Word()).Should().Be(priority >= InquiryPriority.High);
        }
    }

    private static Inquiry Opened(DateTime at, string language = "ja")
    {
        var inquiry = new Inquiry { FactId = "Q", OpenedAt = at, Language = language };
        InquiryWork.Open(inquiry, Rules);
        return inquiry;
    }
}
