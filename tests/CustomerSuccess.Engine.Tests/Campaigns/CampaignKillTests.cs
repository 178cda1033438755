using CustomerSuccess.Core.Campaigns;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Storage;
using CustomerSuccess.Tests;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Tests.Campaigns;

/// <summary>A campaign to a real mail server, torn off at every turn.</summary>
public sealed class CampaignKillTests
{
    private const int People = 400;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [DatabaseData]
    public async Task Nobody_is_lost_or_written_to_twice_however_often_the_work_is_torn_off(DatabaseKind kind)
    {
        await using var server = await SmtpServer.StartAsync();
        await using var company = await CampaignCompany.CreateAsync(kind, "mail.transport", "smtp", "mail.smtp_host", "127.0.0.1", "mail.smtp_port", $"{server.Port}", "mail.smtp_security", "none");
        await company.AccountAsync(1, people: People / 2);
        await company.AccountAsync(2, people: People / 2);
        var campaign = await company.StartedAsync(plan => plan with { HoldoutShare = 0 });

        var random = new Random(20261126);
        var (torn, paused) = (0, false);
        for (var round = 0; torn < 12; round++)
        {
            // what is torn off in the middle of a transaction leaves nothing of it
            using var end = CancellationTokenSource.CreateLinkedTokenSource(Token);
            end.CancelAfter(random.Next(1, 60));
            try
            {
                await company.RunAsync(end.Token);
                torn++;
            }
            catch (OperationCanceledException) when (!Token.IsCancellationRequested)
            {
                torn++;
            }
            catch (Exception error) when (end.IsCancellationRequested && error is System.Data.Common.DbException or DbUpdateException or InvalidOperationException)
            {
                torn++;
            }

            if (!paused && (await company.CountsAsync(campaign)).Queued > 0)
            {
                paused = (await company.Edits.PauseAsync(CampaignCompany.Manager, campaign.CampaignId, Token)).Outcome == ActOutcome.Done;
                await company.Mail.DrainAsync();
                server.Count.Should().Be(0);
                await company.Edits.ResumeAsync(CampaignCompany.Manager, campaign.CampaignId, Token);
            }
        }

        await company.SendAsync();
        await company.SendAsync();
        (await company.FindAsync(campaign)).State.Should().Be(CampaignState.Done);
        var members = await company.MembersAsync(campaign);
        members.Should().HaveCount(People).And.OnlyContain(member => member.State == CampaignMemberState.Sent);
        var taken = await server.TakenAsync();
        taken.Should().HaveCount(People);
        taken.SelectMany(mail => mail.To).Should().OnlyHaveUniqueItems();
        await using var context = company.Mail.Database.OpenContext();
        (await context.MailMessages.CountAsync(mail => mail.Origin == MailOrigin.Campaign, Token)).Should().Be(People);
    }
}
