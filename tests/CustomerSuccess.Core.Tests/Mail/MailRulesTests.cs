using CsCheck;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Settings;

namespace CustomerSuccess.Core.Tests.Mail;

public sealed class MailRulesTests
{
    private static readonly DateTime Now = new(2026, 11, 26, 0, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData(" Taro.Yamada+cs@Example.CO.JP ", "taro.yamada+cs@example.co.jp")]
    [InlineData("ｔａｒｏ＠ｅｘａｍｐｌｅ．ｃｏｍ", "taro@example.com")]
    [InlineData("a@日本語.jp", "a@xn--wgv71a119e.jp")]
    [InlineData("root@localhost", "root@localhost")]
    [InlineData("a..b@docomo.example", "a..b@docomo.example")]
    [InlineData("no-at.example.com", null)]
    [InlineData("two@at@example.com", null)]
    [InlineData("a@nodot", null)]
    [InlineData("a b@example.com", null)]
    [InlineData("a@example.com\r\nBcc: b@example.com", null)]
    [InlineData("a@exa mple.com", null)]
    [InlineData("<a@example.com>", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Addresses_are_known_by_one_key(string? text, string? key) => EmailAddress.Key(text).Should().Be(key);

    [Fact]
    public void A_written_address_has_the_key_it_was_written_for() =>
        Gen.String.Sample(text =>
        {
            if (EmailAddress.Written(text) is { } written)
            {
                EmailAddress.Key(written).Should().Be(EmailAddress.Key(text));
                written.Should().NotContainAny("\r", "\n", " ");
            }
        });

    /// <summary>Many want to go at random moments; those that may are counted in every window.</summary>
    [Fact]
    public void No_minute_contains_more_than_the_limit_and_a_free_one_is_used() =>
        Gen.Select(Gen.Int[1, 200], Gen.Int[0, 1500].Array[1, 400]).Sample((perMinute, gaps) =>
        {
            DateTime? next = null;
            var at = Now;
            var went = new List<DateTime>();
            foreach (var gap in gaps)
            {
                at = at.AddMilliseconds(gap);
                var (slot, wait) = MailPace.Take(next, at, perMinute);
                if (wait is null)
                {
                    next = slot;
                    went.Add(at);
                }
                else
                {
                    wait.Should().BeAfter(at);
                    MailPace.Take(next, wait.Value, perMinute).WaitUntil.Should().BeNull("it may go when it was told to come back");
                }
            }

            foreach (var start in went)
            {
                went.Count(time => time >= start && time < start.AddSeconds(60)).Should().BeLessThanOrEqualTo(perMinute);
            }
        });

    [Fact]
    public void Waits_double_up_to_four_hours_and_differ_between_messages()
    {
        string[] ids = [.. Enumerable.Range(0, 200).Select(i => $"m{i}")];
        foreach (var (attempt, minutes) in new[] { (1, 1.0), (2, 2), (5, 16), (9, 240), (40, 240) })
        {
            var waits = ids.Select(id => MailRetry.Wait(id, attempt).TotalMinutes).ToList();
            waits.Should().OnlyContain(wait => wait >= minutes * 0.8 && wait <= minutes * 1.2);
            (waits.Max() - waits.Min()).Should().BeGreaterThan(minutes * 0.3);
        }

        MailRetry.Wait("m1", 3).Should().Be(MailRetry.Wait("m1", 3), "a restart changes nothing");
    }

    [Theory]
    [InlineData("GET", "Mozilla/5.0 (Macintosh) AppleWebKit/605", 60, false)]
    [InlineData("GET", "Mozilla/5.0 GoogleImageProxy", 60, false)]
    [InlineData("HEAD", "Mozilla/5.0 (Macintosh) AppleWebKit/605", 60, true)]
    [InlineData("GET", "Mozilla/5.0 (Macintosh) AppleWebKit/605", 1, true)]
    [InlineData("GET", "Barracuda Link Protection", 60, true)]
    [InlineData("GET", "python-requests/2.31", 60, true)]
    [InlineData("GET", "", 60, true)]
    public void Scanners_are_told_from_people(string method, string agent, double seconds, bool machine) =>
        MailHits.IsMachine(method, agent, Now.AddSeconds(seconds), Now).Should().Be(machine);

    [Fact]
    public void Three_different_links_at_once_are_a_burst()
    {
        MailHit[] hits = [new(Now, 0), new(Now.AddSeconds(1), 1), new(Now.AddSeconds(1), 1), new(Now.AddSeconds(-60), 2)];
        MailHits.IsBurst(hits, Now.AddSeconds(1)).Should().BeFalse();
        MailHits.IsBurst([.. hits, new(Now.AddSeconds(2), 3)], Now.AddSeconds(2)).Should().BeTrue();
    }

    [Theory]
    [InlineData("Thanks!\n\nOn Mon, Nov 23, 2026 at 9:00 AM Sara Lee <sara@cs.example> wrote:\n> Hello", "Thanks!")]
    [InlineData("Thanks!\n\nOn Mon, Nov 23, 2026 at 9:00 AM Sara Lee\n<sara@cs.example> wrote:\n> Hello", "Thanks!")]
    [InlineData("承知しました。\n\n2026年11月23日(月) 9:00 CSチーム <cs@cs.example>:\n> お世話になっております", "承知しました。")]
    [InlineData("OK\r\n\r\n-----Original Message-----\r\nFrom: x", "OK")]
    [InlineData("了解です\n\n差出人: CSチーム\n送信日時: 2026年\n宛先: x\n件名: y", "了解です")]
    [InlineData("> Q1?\nyes\n> Q2?\nno", "> Q1?\nyes\n> Q2?\nno")]
    [InlineData("From: now on we use the API", "From: now on we use the API")]
    public void A_reply_is_read_without_what_it_quotes(string text, string own) => ReplyText.Own(text).Should().Be(own);

    [Theory]
    [InlineData("unsubscribe", "", true)]
    [InlineData("Re: News", "Please unsubscribe.", true)]
    [InlineData("Re: お知らせ", "配信停止をお願いします。", true)]
    [InlineData("Re: News", "How do I unsubscribe my colleague from the list in your product?", false)]
    [InlineData("Re: News", "Stop the presses, we want ten more seats.", false)]
    public void Whoever_wants_no_more_can_say_so_in_a_reply(string subject, string own, bool asks) => ReplyText.AsksToStop(subject, own).Should().Be(asks);

    [Fact]
    public void Secrets_are_never_shown()
    {
        var settings = new CompanySettings().TrySet(CompanySettings.SmtpPasswordKey, "sealed:abc")!;
        settings.Get(CompanySettings.SmtpPasswordKey).Should().Be("(set)");
        settings.TrySet(CompanySettings.SmtpPasswordKey, "file:/run/secrets/smtp")!.Get(CompanySettings.SmtpPasswordKey).Should().Be("file:/run/secrets/smtp");
        settings.TrySet(CompanySettings.SmtpPasswordKey, "hunter2").Should().BeNull("whoever stores it seals it first");
        new CompanySettings().Get(CompanySettings.SmtpPasswordKey).Should().BeEmpty();
    }

    [Fact]
    public void Advertising_needs_a_sender_who_can_be_found()
    {
        new CompanySettings().MissingIdentity().Should().Equal("sender.name", "sender.address", "sender.contact", "web.address");
        (new CompanySettings { SenderName = "A", SenderAddress = "B", SenderContact = "C", WebAddress = "https://d.example" }).MissingIdentity().Should().BeEmpty();
    }
}
