using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Campaigns;
using CustomerSuccess.Core.Effects;
using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Marks;
using CustomerSuccess.Core.Outreach;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Engine.Campaigns;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using MimeKit;

namespace CustomerSuccess.Engine.Tests.Campaigns;

public sealed class CampaignTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [DatabaseData]
    public async Task Everybody_who_is_meant_gets_it_once_in_the_own_language_and_who_does_not_is_told_with_the_reason(DatabaseKind kind)
    {
        await using var company = await CampaignCompany.CreateAsync(kind, "contact.consent_countries", "DE");
        await company.AccountAsync(1, people: 2, contact: person => person.Language = person.ContactNo == 2 ? "en" : "ja");
        await company.AccountAsync(2, contact: person => person.Email = null);
        await company.AccountAsync(3, contact: person => person.OptOutEmail = true);
        await company.AccountAsync(4, contact: person => person.LeftOn = new(2026, 11, 1));
        await company.AccountAsync(5, contact: person => person.Email = "P1@A1.example");
        await company.AccountAsync(6, account: german => german.Country = "DE");
        await company.AccountAsync(7);
        await company.AccountAsync(8);
        await company.AccountAsync(9, ended: new(2026, 1, 1));
        var (first, second, excluded) = (await company.SegmentAsync("First", 1, 2, 3, 4, 5, 6), await company.SegmentAsync("Second", 1, 7), await company.SegmentAsync("Not these", 7));
        var campaign = await company.CampaignAsync(plan => plan with { SegmentIds = [first, second], ExcludedSegmentIds = [excluded] });

        var reach = await company.Query.ReachAsync(CampaignCompany.Manager, campaign.CampaignId, campaign.Plan, Token);
        (reach.Members, reach.Gets, reach.IsEstimate, reach.Accounts).Should().Be((7, 2, false, 6));
        reach.Not.Should().BeEquivalentTo([(HoldReasons.NoAddress, 1), (HoldReasons.OptedOut, 1), (HoldReasons.ContactLeft, 1), (CampaignHolds.SameAddress, 1), (HoldReasons.NoConsent, 1)]);

        await company.ChangeAsync(context =>
        {
            var manager = CampaignCompany.Manager;
            context.Users.Add(new() { Id = manager.UserId, UserName = manager.Email, Email = manager.Email, NormalizedEmail = manager.Email!.ToUpperInvariant() });
            return Task.CompletedTask;
        });
        (await company.Edits.StartAsync(CampaignCompany.Manager, campaign.CampaignId, cancellation: Token)).Outcome.Should().Be(ActOutcome.Done);
        await company.RunAsync();

        // who joins later is not in
        await company.ChangeAsync(context =>
        {
            context.SegmentStays.Add(new() { AccountNo = 8, SegmentId = first, EnteredNo = 2, EnteredOn = new(2026, 11, 26) });
            return Task.CompletedTask;
        });
        await company.SendAsync();

        (await company.MembersAsync(campaign)).Select(member => (member.AccountNo, member.State, member.Reasons)).Should().Equal(
            (1, CampaignMemberState.Sent, null), (1, CampaignMemberState.Sent, null), (2, CampaignMemberState.HeldBack, HoldReasons.NoAddress), (3, CampaignMemberState.HeldBack, HoldReasons.OptedOut),
            (4, CampaignMemberState.HeldBack, HoldReasons.ContactLeft), (5, CampaignMemberState.HeldBack, CampaignHolds.SameAddress), (6, CampaignMemberState.HeldBack, HoldReasons.NoConsent));
        var letters = company.Mail.Files.Select(file => MimeMessage.Load(Path.Combine(company.Mail.Outbox, file))).ToDictionary(letter => letter.To.Mailboxes.Single().Address);
        letters.Keys.Should().BeEquivalentTo("p1@a1.example", "p2@a1.example");
        letters["p1@a1.example"].Subject.Should().Be("株式会社1へのお知らせ");
        letters["p2@a1.example"].Subject.Should().Be("News for 株式会社1");
        letters.Values.Should().OnlyContain(letter => letter.Headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click" && letter.TextBody!.Contains("丸の内1-2-3") != letter.TextBody!.Contains("1-2-3 Marunouchi"));
        (await company.FindAsync(campaign)).State.Should().Be(CampaignState.Done);
        await using (var context = company.Mail.Database.OpenContext())
        {
            (await context.Notices.SingleAsync(Token)).Should().BeEquivalentTo(new { Kind = "campaign_finished", ToUser = CampaignCompany.Manager.UserId, RecordId = campaign.CampaignId });
        }

        // once more nobody is written to
        await company.SendAsync();
        company.Mail.Files.Should().HaveCount(2);
        var details = (await company.Query.FindAsync(CampaignCompany.Manager, campaign.CampaignId, Token))!;
        (details.Row.Counts.Delivered, details.Row.Counts.HeldBack, details.Row.Counts.Members).Should().Be((2, 5, 7));
        details.HeldBack.Should().BeEquivalentTo(reach.Not);
    }

    [Theory]
    [DatabaseData]
    public async Task Who_opts_out_before_the_message_goes_does_not_get_it_and_a_pause_holds_all(DatabaseKind kind)
    {
        await using var company = await CampaignCompany.CreateAsync(kind);
        await company.AccountsAsync(6);
        var campaign = await company.StartedAsync(plan => plan with { SendOn = new(2026, 11, 26), SendAt = new(15, 0) });
        await company.SendAsync();
        (await company.FindAsync(campaign)).State.Should().Be(CampaignState.Scheduled);

        // between being drafted and being fixed, and between being written and being sent
        await OptOutAsync(company, 1);
        company.Mail.Clock.Advance(TimeSpan.FromHours(3));
        await company.RunAsync();
        await OptOutAsync(company, 2);
        (await company.Edits.PauseAsync(CampaignCompany.Manager, campaign.CampaignId, Token)).Outcome.Should().Be(ActOutcome.Done);
        await company.SendAsync();
        company.Mail.Files.Should().BeEmpty();
        await OptOutAsync(company, 3);
        (await company.Edits.ResumeAsync(CampaignCompany.Manager, campaign.CampaignId, Token)).Outcome.Should().Be(ActOutcome.Done);
        await company.SendAsync();
        (await company.MembersAsync(campaign)).Select(member => (member.State, member.Reasons)).Should().Equal(
            [(CampaignMemberState.HeldBack, HoldReasons.OptedOut), .. Enumerable.Repeat((CampaignMemberState.HeldBack, (string?)HoldReasons.Unsubscribed), 2), .. Enumerable.Repeat((CampaignMemberState.Sent, (string?)null), 3)]);
        company.Mail.Files.Should().HaveCount(3);

        // nobody can let the others' messages go on
        await using var context = company.Mail.Database.OpenContext();
        (await context.MailMessages.CountAsync(mail => mail.Status == MailStatus.Held, Token)).Should().Be(0);
    }

    [Fact]
    public async Task A_campaign_is_held_to_so_many_an_hour_and_stopped_for_good()
    {
        await using var company = await CampaignCompany.CreateAsync(DatabaseKind.Sqlite);
        await company.AccountsAsync(20);
        var campaign = await company.StartedAsync(plan => plan with { PerHour = 20 });
        var sent = new List<int>();
        for (var look = 0; look < 20; look++)
        {
            await company.RunAsync();
            await company.Mail.DrainAsync();
            sent.Add(company.Mail.Files.Count);
            company.Mail.Clock.Advance(TimeSpan.FromMinutes(2));
        }

        // one every three minutes, whenever it is looked at
        sent[^1].Should().BeInRange(12, 14);
        sent.Zip(sent.Skip(3), (before, after) => after - before).Should().OnlyContain(more => more <= 3);

        (await company.Edits.StopAsync(CampaignCompany.Manager, campaign.CampaignId, Token)).Outcome.Should().Be(ActOutcome.Done);
        company.Mail.Clock.Advance(TimeSpan.FromHours(3));
        await company.SendAsync();
        company.Mail.Files.Should().HaveCountLessThanOrEqualTo(15);
        var counts = await company.CountsAsync(campaign);
        (counts.Sent + counts.HeldBack, counts.Waiting + counts.Queued).Should().Be((20, 0));
        (await company.Edits.ResumeAsync(CampaignCompany.Manager, campaign.CampaignId, Token)).Problems.Should().ContainKey("state");
    }

    [Fact]
    public async Task Limits_move_messages_to_later_and_after_some_days_end_them()
    {
        await using var company = await CampaignCompany.CreateAsync(DatabaseKind.Sqlite, "contact.person_most", "1", "contact.person_days", "30", "contact.quiet_from", "18:00", "contact.quiet_to", "09:00");
        var one = (await company.AccountAsync(1))[0];
        await company.AccountAsync(2);
        await company.Mail.SendAsync(Mail.MailCompany.To(one));
        await company.Mail.DrainAsync();
        company.Mail.Clock.Advance(TimeSpan.FromHours(8));
        var campaign = await company.StartedAsync(plan => plan with { WithinDays = 10 });
        var reach = await company.Query.ReachAsync(CampaignCompany.Manager, campaign.CampaignId, campaign.Plan, Token);
        reach.Later.Should().Contain((HoldReasons.PersonLimit, 1)).And.Contain(later => later.Reason == HoldReasons.QuietHours);
        await company.SendAsync();
        (await company.MembersAsync(campaign)).Select(member => (member.State, member.Reasons)).Should().Equal(
            (CampaignMemberState.HeldBack, $"{HoldReasons.Expired},{HoldReasons.PersonLimit}"), (CampaignMemberState.Queued, HoldReasons.QuietHours));
        var details = (await company.Query.FindAsync(CampaignCompany.Manager, campaign.CampaignId, Token))!;
        (details.Row.Counts.Delayed, details.Delays[0]).Should().Be((1, (HoldReasons.QuietHours, 1)));
        company.Mail.Clock.Advance(TimeSpan.FromHours(14));
        await company.SendAsync();
        (await company.CountsAsync(campaign)).Sent.Should().Be(1);
    }

    [Theory]
    [DatabaseData]
    public async Task Subjects_are_tried_first_and_the_rest_gets_the_one_that_is_ahead(DatabaseKind kind)
    {
        await using var company = await CampaignCompany.CreateAsync(kind, "mail.track_opens", "true");
        await company.AccountAsync(1, people: 320);
        var campaign = await company.StartedAsync(plan => plan with { Subjects = [new("Plain", "普通"), new("Bright", "明るい")], TestShare = 0.5, TestHours = 5 });
        await company.SendAsync();
        var tried = (await company.MembersAsync(campaign)).Where(member => member.InTest).ToList();
        company.Mail.Files.Should().HaveCount(tried.Count).And.HaveCountLessThan(220).And.HaveCountGreaterThan(100);

        // all of the second are opened, one in ten of the first
        await company.ChangeAsync(async context =>
        {
            foreach (var member in tried.Where(member => member.SubjectNo == 1 || member.ContactNo % 10 == 0))
            {
                (await context.MailMessages.FindAsync([member.AccountNo, member.MailId], Token))!.OpenedAt = company.Mail.Now;
            }
        });
        company.Mail.Clock.Advance(TimeSpan.FromHours(4));
        await company.SendAsync();
        company.Mail.Files.Should().HaveCount(tried.Count);
        company.Mail.Clock.Advance(TimeSpan.FromHours(2));
        await company.SendAsync();
        var done = await company.FindAsync(campaign);
        (done.State, done.TestVerdict, done.ChosenSubject).Should().Be((CampaignState.Done, SubjectVerdict.Winner, 1));
        (await company.MembersAsync(campaign)).Where(member => !member.InTest).Should().OnlyContain(member => member.SubjectNo == 1 && member.State == CampaignMemberState.Sent);
        var results = (await company.Results.FindAsync(CampaignCompany.Manager, campaign.CampaignId, Token))!;
        results.All.Sent.Should().Be(320);
        results.Subjects.Sum(subject => subject.InTest.Sent).Should().Be(tried.Count);
        results.Subjects[1].InTest.Opened.Should().Be(tried.Count(member => member.SubjectNo == 1));

        // noon and the evening of a Thursday in Tokyo
        results.Days.Single().Day.Should().Be(DayOfWeek.Thursday);
        results.Hours.Select(hour => hour.Hour).Should().Equal(12, 18);
    }

    [Theory]
    [DatabaseData]
    public async Task Held_out_accounts_get_nothing_and_are_compared_by_what_the_campaign_is_for(DatabaseKind kind)
    {
        await using var company = await CampaignCompany.CreateAsync(kind);
        await company.AccountsAsync(200);
        var campaign = await company.StartedAsync(plan => plan with { HoldoutShare = 0.5, Goal = CampaignGoal.Use, Metric = "reports" });
        await company.SendAsync();
        var members = await company.MembersAsync(campaign);
        var heldOut = members.Where(member => member.State == CampaignMemberState.HeldOut).ToList();
        heldOut.Count.Should().BeInRange(70, 130);
        company.Mail.Files.Should().HaveCount(200 - heldOut.Count);
        var before = (await company.Effects.FindAsync(campaign.CampaignId, Token))!;
        (before.Effect.HeldOut, before.Effect.Offered, before.Effect.Pending, before.Effect.Verdict).Should().Be((heldOut.Count, 200 - heldOut.Count, 200, EffectVerdict.TooLittle));

        // those who got it use reports afterwards; of the others every fifth, and all use something else
        var today = new DateOnly(2026, 11, 26);
        await company.ChangeAsync(context =>
        {
            context.Metrics.Add(new Metric { MetricId = 1, Name = "reports" });
            context.Metrics.Add(new Metric { MetricId = 2, Name = "logins" });
            context.Usage.AddRange(members.Select(member => new UsageDay { AccountNo = member.AccountNo, SourceId = 1, Day = today.AddDays(3), MetricId = 2, Count = 1 }));
            context.Usage.AddRange(members.Where(member => member.State == CampaignMemberState.Sent || member.AccountNo % 5 == 0).Select(member => new UsageDay { AccountNo = member.AccountNo, SourceId = 1, Day = today.AddDays(5), MetricId = 1, Count = 2 }));
            context.Add(new SourceReach { SourceId = 1, Record = "usage", Latest = today.AddDays(40) });
            return Task.CompletedTask;
        });
        company.Mail.Clock.Advance(TimeSpan.FromDays(40));
        var effect = (await company.Effects.FindAsync(campaign.CampaignId, Token))!.Effect;
        (effect.Verdict, effect.Known.Offered.Outcomes, effect.Known.HeldOut.Outcomes).Should().Be((EffectVerdict.Works, 200 - heldOut.Count, heldOut.Count(member => member.AccountNo % 5 == 0)));

        // a campaign without a holdout has no effect to tell
        (await company.Effects.FindAsync((await company.CampaignAsync(plan => plan with { Name = "Other" })).CampaignId, Token)).Should().BeNull();
    }

    [Fact]
    public async Task Advertising_waits_for_an_outage_and_a_check_in_does_not()
    {
        await using var company = await CampaignCompany.CreateAsync(DatabaseKind.Sqlite);
        await company.AccountsAsync(3);
        var campaign = await company.StartedAsync();
        await company.RunAsync();
        await company.ChangeAsync(context =>
        {
            context.Marks.Add(new Mark { MarkId = "m", Kind = MarkKind.Outage, Day = new(2026, 11, 26), Title = "Down" });
            return Task.CompletedTask;
        });
        await company.SendAsync();
        company.Mail.Files.Should().BeEmpty();
        (await company.Query.FindAsync(CampaignCompany.Manager, campaign.CampaignId, Token))!.Outages.Should().Equal(new CampaignOutage("Down", new(2026, 11, 27), null));
        var second = await company.StartedAsync(plan => plan with { Name = "Check-in", Purpose = Purpose.Proactive });
        await company.SendAsync();
        (company.Mail.Files.Count, (await company.FindAsync(second)).State).Should().Be((3, CampaignState.Done));
        company.Mail.Clock.Advance(TimeSpan.FromDays(2));
        await company.SendAsync();
        (company.Mail.Files.Count, (await company.FindAsync(campaign)).State).Should().Be((6, CampaignState.Done));
    }

    [Fact]
    public async Task Advertising_waits_only_for_accounts_that_an_outage_hit_and_says_so()
    {
        await using var company = await CampaignCompany.CreateAsync(DatabaseKind.Sqlite);
        await company.AccountsAsync(3);
        await company.ChangeAsync(context =>
        {
            context.Marks.Add(new Mark { MarkId = "m", Kind = MarkKind.Outage, Day = new(2026, 11, 26), Title = "EU, login", Reach = MarkReach.Accounts, ReachOf = "A2" });
            context.MarkAccounts.Add(new MarkAccount { AccountNo = 2, MarkId = "m" });
            return Task.CompletedTask;
        });
        var campaign = await company.StartedAsync();
        await company.SendAsync();
        company.Mail.Files.Should().HaveCount(2);
        var details = (await company.Query.FindAsync(CampaignCompany.Manager, campaign.CampaignId, Token))!;
        details.Outages.Should().Equal(new CampaignOutage("EU, login", new(2026, 11, 27), 1));
        details.Delays.Should().Contain(("outage:EU， login", 1));
        company.Mail.Clock.Advance(TimeSpan.FromDays(2));
        await company.SendAsync();
        (company.Mail.Files.Count, (await company.FindAsync(campaign)).State).Should().Be((3, CampaignState.Done));
    }

    [Fact]
    public async Task Each_person_gets_it_at_the_hour_on_the_own_clock()
    {
        await using var company = await CampaignCompany.CreateAsync(DatabaseKind.Sqlite);
        await company.AccountAsync(1);
        await company.AccountAsync(2, account: french => french.Country = "FR", contact: person => person.Language = "en");
        var campaign = await company.StartedAsync(plan => plan with { SendOn = new(2026, 11, 27), SendAt = new(9, 0), Zone = CampaignZone.Recipient });
        List<(int Hour, int Sent)> sent = [];
        for (var hour = 0; hour < 32; hour++)
        {
            await company.SendAsync();
            sent.Add((hour, company.Mail.Files.Count));
            company.Mail.Clock.Advance(TimeSpan.FromHours(1));
        }

        // noon of the 26th in Tokyo is the start; 9 in Tokyo is 21 hours later, in Paris 8 more
        sent.First(look => look.Sent == 1).Hour.Should().Be(21);
        sent.First(look => look.Sent == 2).Hour.Should().Be(29);
        (await company.MembersAsync(campaign)).Select(member => member.SentHour).Should().AllBeEquivalentTo((4 * 24) + 9);
    }

    [Fact]
    public async Task A_csm_writes_to_the_own_accounts_alone_and_touches_no_colleagues_campaign()
    {
        await using var company = await CampaignCompany.CreateAsync(DatabaseKind.Sqlite);
        await company.AccountAsync(1);
        await company.AccountAsync(2, account: other => other.OwnerEmail = "Ken@cs.example");
        var ken = new Viewer("u2", "ken@cs.example", new HashSet<string> { Roles.Csm }, false);
        var campaign = await company.StartedAsync(by: ken);
        await company.SendAsync();
        (await company.MembersAsync(campaign)).Select(member => member.AccountNo).Should().Equal(2);

        var managers = await company.CampaignAsync(plan => plan with { Name = "All" });
        (await company.Edits.StartAsync(ken, managers.CampaignId, cancellation: Token)).Outcome.Should().Be(ActOutcome.Forbidden);
        (await company.Edits.SaveAsync(ken, managers.CampaignId, managers.Plan with { Name = "Mine" }, cancellation: Token)).Outcome.Should().Be(ActOutcome.Forbidden);
        (await company.Edits.SaveAsync(new("u3", "x@cs.example", new HashSet<string> { Roles.ReadOnly }, false), null, CampaignCompany.Plan("No"), cancellation: Token)).Outcome.Should().Be(ActOutcome.Forbidden);
        (await company.Query.ReachAsync(ken, null, managers.Plan, Token)).Members.Should().Be(1);
    }

    [Fact]
    public async Task What_a_campaign_says_is_kept_in_versions_copied_and_put_away()
    {
        await using var company = await CampaignCompany.CreateAsync(DatabaseKind.Sqlite);
        await company.AccountAsync(1);
        var campaign = await company.CampaignAsync();
        var changed = await company.Edits.SaveAsync(CampaignCompany.Manager, campaign.CampaignId, campaign.Plan with { BodyEn = "Other." }, seen: 1, Token);
        (changed.Outcome, changed.Value!.Version).Should().Be((ActOutcome.Done, 2));
        (await company.Edits.SaveAsync(CampaignCompany.Manager, campaign.CampaignId, campaign.Plan, seen: 1, Token)).Outcome.Should().Be(ActOutcome.Conflict);
        (await company.Edits.SaveAsync(CampaignCompany.Manager, null, campaign.Plan, cancellation: Token)).Problems.Should().Equal(new Dictionary<string, string> { ["name"] = "taken" });
        (await company.Edits.ArchiveAsync(CampaignCompany.Manager, campaign.CampaignId, true, Token)).Problems["state"].Should().Be("still_running");
        var copy = (await company.Edits.CopyAsync(CampaignCompany.Manager, campaign.CampaignId, Token)).Value!;
        (copy.Name, copy.State, copy.Plan.BodyEn).Should().Be(("News (2)", CampaignState.Draft, "Other."));

        (await company.Edits.StartAsync(CampaignCompany.Manager, campaign.CampaignId, cancellation: Token)).Outcome.Should().Be(ActOutcome.Done);
        await company.SendAsync();
        (await company.Edits.SaveAsync(CampaignCompany.Manager, campaign.CampaignId, campaign.Plan, cancellation: Token)).Problems["state"].Should().Be("begun");
        (await company.Edits.ArchiveAsync(CampaignCompany.Manager, campaign.CampaignId, true, Token)).Outcome.Should().Be(ActOutcome.Done);
        (await company.Query.ListAsync(CampaignCompany.Manager, cancellation: Token)).Select(row => row.Campaign.Name).Should().Equal("News (2)");
        (await company.Query.ListAsync(CampaignCompany.Manager, archived: true, Token)).Single().Counts.Delivered.Should().Be(1);
        (await company.Query.FindAsync(CampaignCompany.Manager, campaign.CampaignId, Token))!.Versions.Select(version => version.Version).Should().Equal(2, 1);
    }

    [Fact]
    public async Task A_preview_is_a_real_account_s_and_a_test_goes_to_the_reader_alone()
    {
        await using var company = await CampaignCompany.CreateAsync(DatabaseKind.Sqlite, "contact.account_most", "1");
        await company.AccountAsync(1);
        var plan = CampaignCompany.Plan() with { BodyJa = "{{contact.department}} 様 {{account.name}}" };
        var preview = (await company.Messages.PreviewAsync(CampaignCompany.Manager, plan, null, null, 0, Token)).Value!;
        preview.Mail.Summary.Reasons.Should().Equal("missing_field:contact.department");
        (await company.Query.ReachAsync(CampaignCompany.Manager, null, plan, Token)).Not.Should().Equal(("missing_field:contact.department", 1));
        var test = await company.Messages.SendTestAsync(CampaignCompany.Manager, CampaignCompany.Plan(), 1, "en", 0, Token);
        test.Outcome.Should().Be(ActOutcome.Done, string.Join(' ', test.Problems));
        await company.Mail.DrainAsync();
        using var letter = MimeMessage.Load(Path.Combine(company.Mail.Outbox, company.Mail.Files.Single()), Token);
        (letter.To.ToString(), letter.Subject).Should().Be(("sara@cs.example", "[Test] News for 株式会社1"));
        letter.TextBody.Should().Contain("1-2-3 Marunouchi");

        // it is no contact of the account, which still gets the campaign
        var campaign = await company.StartedAsync();
        await company.SendAsync();
        (await company.CountsAsync(campaign)).Sent.Should().Be(1);
    }

    [Fact]
    public async Task Nothing_goes_out_while_a_segment_or_the_senders_address_is_gone()
    {
        await using var company = await CampaignCompany.CreateAsync(DatabaseKind.Sqlite);
        await company.AccountAsync(1);
        var excluded = await company.SegmentAsync("Not these", 1);
        var campaign = await company.StartedAsync(plan => plan with { ExcludedSegmentIds = [excluded], SendOn = new(2026, 11, 26), SendAt = new(13, 0) });
        await company.ChangeAsync(async context => (await context.SavedSegments.FindAsync([excluded], Token))!.DeletedAt = company.Mail.Now);
        company.Mail.Clock.Advance(TimeSpan.FromHours(2));
        await company.SendAsync();
        ((await company.FindAsync(campaign)).State, company.Mail.Files.Count).Should().Be((CampaignState.Draft, 0));

        await company.Mail.Settings.SetAsync(Viewer.System, "sender.address", "", Token);
        await company.Mail.Settings.SetAsync(Viewer.System, "sender.address_ja", "", Token);
        var other = await company.CampaignAsync(plan => plan with { Name = "Other" });
        (await company.Edits.StartAsync(CampaignCompany.Manager, other.CampaignId, cancellation: Token)).Problems["sender"].Should().StartWith(HoldReasons.SenderMissing);
    }

    private static async Task OptOutAsync(CampaignCompany company, int accountNo)
    {
        await using var context = company.Mail.Database.OpenContext();
        var contact = await context.Contacts.AsNoTracking().FirstAsync(person => person.AccountNo == accountNo, Token);
        (await company.Mail.Wishes.StopAsync(CampaignCompany.Manager, accountNo, contact.ContactNo, contact.Email, Channels.Email, null, "by telephone", Token)).Holds.Should().BeTrue();
    }
}
