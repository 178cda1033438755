using CustomerSuccess.Core.Calls;

namespace CustomerSuccess.Core.Tests.Calls;

public sealed class CallRulesTests
{
    private static readonly DateOnly Today = new(2026, 11, 26);

    private static readonly CallDraft Good = new() { Minutes = 12.5, Purpose = "契約更新の確認", NextStep = "見積を送る", NextStepOn = Today, RecordingUrl = "https://calls.example/r/1" };

    [Fact]
    public void A_call_may_be_recorded_as_it_was() => CallRules.Problems(Good, Today).Should().BeEmpty();

    [Theory]
    [InlineData("http://calls.example/r/1")]
    [InlineData("javascript:alert(1)")]
    [InlineData("https://user:secret@calls.example/r/1")]
    [InlineData("//calls.example")]
    [InlineData("https://")]
    public void Only_https_leads_to_a_recording(string url) =>
        CallRules.Problems(Good with { RecordingUrl = url }, Today).Should().Equal(new Dictionary<string, string> { ["recording_url"] = "not_https" });

    [Fact]
    public void What_makes_no_sense_is_told_at_its_field()
    {
        var problems = CallRules.Problems(Good with { Minutes = -1, RetryOn = Today.AddDays(-1), NextStep = " ", Notes = new string('x', CallRules.LongestNotes + 1) }, Today);
        problems.Keys.Should().BeEquivalentTo("minutes", "retry_on", "next_step", "notes");
    }

    [Fact]
    public void One_who_is_still_there_is_who_calls()
    {
        static CallerMatch Match(int account, int? contact, bool left = false) => new(account, $"A{account}", "", "", null, contact, null, null, null, left);
        new CallerMatches("", "+81", [Match(1, 5)]).Only!.ContactNo.Should().Be(5);
        new CallerMatches("", "+81", [Match(1, 5), Match(1, 6, left: true)]).Only!.ContactNo.Should().Be(5);
        new CallerMatches("", "+81", [Match(1, 5), Match(1, null)]).Only!.ContactNo.Should().Be(5, "a person who gives the main line as their own");
        new CallerMatches("", "+81", [Match(1, 5), Match(1, 6)]).Only.Should().BeNull();
        new CallerMatches("", "+81", [Match(1, 5), Match(2, null)]).Only.Should().BeNull();
        new CallerMatches("", "+81", [Match(1, 5, left: true)]).Only.Should().BeNull();
    }
}
