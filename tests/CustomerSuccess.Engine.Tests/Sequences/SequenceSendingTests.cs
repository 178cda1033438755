using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Outreach;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Sequences;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Mail;
using CustomerSuccess.Engine.Sequences;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Mail;
using CustomerSuccess.Engine.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using static CustomerSuccess.Engine.Tests.Sequences.SequenceCompany;

namespace CustomerSuccess.Engine.Tests.Sequences;

/// <summary>Sequences to a real mail server, and through faults.</summary>
public sealed class SequenceSendingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_three_messages_none_follows_an_unsubscribe_after_the_first_and_it_is_shown_why()
    {
        await using var server = await SmtpServer.StartAsync();
        await using var company = await CreateAsync(DatabaseKind.Sqlite, "mail.transport", "smtp", "mail.smtp_host", "127.0.0.1", "mail.smtp_port", $"{server.Port}", "mail.smtp_security", "none", "mail.smtp_timeout_seconds", "20");
        await company.AccountAsync(1);
        await company.AccountAsync(2);
        await company.SaveAsync(Play("three", Email(0, "One"), Email(1, "Two"), Email(1, "Three")));
        var (leaving, staying) = (await company.StartAsync(1, "three"), await company.StartAsync(2, "three"));
        await company.WorkAsync();
        var row = await company.RowAsync(leaving);
        (await company.Mail.Wishes.UnsubscribeAsync(new MailLink(MailLinkKind.Unsubscribe, 1, row.Steps[0].MailId!, 1), StopCause.OneClick, cancellation: Token)).Should().BeTrue();
        await company.PassAsync(3);

        var taken = await server.TakenAsync();
        taken.Count(mail => mail.To.Contains("p1@a1.example")).Should().Be(1);
        taken.Count(mail => mail.To.Contains("p2@a2.example")).Should().Be(3);
        row = await company.RowAsync(leaving);
        (row.Enrolment.State, row.Enrolment.EndReason, row.Steps.Count).Should().Be((EnrolmentState.Left, EnrolmentEnds.OptedOut, 1));
        (await company.RowAsync(staying)).Enrolment.State.Should().Be(EnrolmentState.Finished);
    }

    /// <summary>The process dies at the n-th moment at which it looks at the clock, among them the beginning of every transaction, and is started again, for every n.</summary>
    [Fact]
    public async Task Killed_between_any_two_transactions_no_step_is_sent_twice_or_forgotten()
    {
        var deaths = 0;
        for (var after = 1; after <= 40; after++)
        {
            await using var company = await CreateAsync(DatabaseKind.Sqlite);
            await company.AccountAsync(1);
            await company.SaveAsync(Play("killed", Email(0, "One"), Task(Channels.Internal), Email(0, "Two")));
            var enrolment = await company.StartAsync(1, "killed");
            var died = await DyingAsync(company, after);
            deaths += died ? 1 : 0;
            await company.WorkAsync();
            var task = (await company.RowAsync(enrolment)).Steps.Single(step => step.Channel == Channels.Internal);
            await company.ChangeAsync(context => context.WorkTasks.Single().DoneAt = company.Mail.Now);
            died |= await DyingAsync(company, after);
            await company.WorkAsync();
            await company.WorkAsync();
            (await company.SentAsync()).Should().Equal(["One", "Two"], "after moment {0}", after);
            await using var context = company.Mail.Database.OpenContext();
            (await context.MailMessages.CountAsync(Token), await context.WorkTasks.CountAsync(Token)).Should().Be((2, 1));
            (await company.RowAsync(enrolment)).Enrolment.State.Should().Be(EnrolmentState.Finished);
            task.State.Should().Be(StepState.Waiting);
            if (!died)
            {
                break;
            }
        }

        deaths.Should().BeGreaterThanOrEqualTo(3, "there are as many transactions");
    }

    /// <summary>One look at all sequences, and sending, that ends at a moment; true where it did.</summary>
    private static async Task<bool> DyingAsync(SequenceCompany company, int after)
    {
        var mail = company.Mail;
        var clock = new DyingClock(mail.Clock, after);
        using var live = new LiveChanges(mail.Database, mail.Clock, NullLogger<LiveChanges>.Instance);
        var acts = new Acts(mail.Database, live, clock);
        using var bell = new MailBell();
        using var run = new RunSequences(mail.Database, new Mailbox(mail.Database, acts, mail.Settings, mail.Links, bell, clock), acts, mail.Settings, live, clock, NullLogger<RunSequences>.Instance);
        try
        {
            await run.RunAsync(Token);
            await run.RunAsync(Token);
            return false;
        }
        catch (DiedException)
        {
            return true;
        }
    }

    private sealed class DiedException : Exception;

    private sealed class DyingClock(TimeProvider clock, int after) : TimeProvider
    {
        private int _looks;

        public override DateTimeOffset GetUtcNow() => ++_looks == after ? throw new DiedException() : clock.GetUtcNow();
    }
}
