using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Campaigns;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Outreach;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Segments;
using CustomerSuccess.Core.Sequences;
using CustomerSuccess.Core.Surveys;
using CustomerSuccess.Engine.Campaigns;
using CustomerSuccess.Engine.Mail;
using CustomerSuccess.Engine.Playbooks;
using CustomerSuccess.Engine.Sequences;
using CustomerSuccess.Engine.Surveys;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerSuccess.Tests;

/// <summary>What the product is at when something is killed.</summary>
/// <param name="lettersEach">Messages that each person is to get.</param>
/// <param name="wakes">The act that makes the product look at this work at once; null where it is busy with it anyway.</param>
internal abstract class KillWork(int lettersEach, (string Area, string Act)? wakes)
{
    /// <summary>Every kind, in the order in which they are tried.</summary>
    public static IReadOnlyList<KillWork> All { get; } = [new QueuedMail(), new WholeCampaign(), new ThreeSteps(), new NpsWave()];

    public int LettersEach => lettersEach;

    public (string Area, string Act)? Wakes => wakes;

    public string Name => GetType().Name;

    /// <summary>True for a wave, which goes to many at once.</summary>
    public bool IsWave => this is NpsWave;

    /// <summary>Starts it, as somebody does on a page, and says in the run under which id its messages stand.</summary>
    public abstract Task BeginAsync(KilledRun run);

    /// <summary>True once the product itself says that all is done.</summary>
    public abstract Task<bool> IsDoneAsync(KilledRun run);

    private static T Held<T>(ActResult<T> result)
        where T : class => result.Holds && result.Value is { } value ? value : throw new InvalidOperationException($"{result.Outcome} {string.Join(' ', result.Problems)}");

    /// <summary>Messages that lie in the outbox already.</summary>
    private sealed class QueuedMail() : KillWork(1, null)
    {
        public override async Task BeginAsync(KilledRun run)
        {
            run.OriginId = run.Name;
            Held(await run.Services.GetRequiredService<Mailbox>().SendManyAsync(Viewer.System, [.. run.Accounts.Select(no => new NewMail
            {
                AccountNo = no,
                ContactNo = no,
                Purpose = Purpose.Transactional,
                Origin = MailOrigin.Campaign,
                OriginId = run.OriginId,
                Subject = $"お知らせ {no}",
                Body = $"{no} 番目のメッセージです。\n\n.\n..\n",
            })]));
        }

        public override async Task<bool> IsDoneAsync(KilledRun run) => await run.Mails().CountAsync(mail => mail.Status == MailStatus.Sent) == run.Accounts.Count;
    }

    /// <summary>A campaign from its start: members, messages, sending.</summary>
    private sealed class WholeCampaign() : KillWork(1, (JournalAreas.Campaign, "resumed"))
    {
        public override async Task BeginAsync(KilledRun run)
        {
            var edits = run.Services.GetRequiredService<CampaignEdits>();
            var campaign = Held(await edits.SaveAsync(Viewer.System, null, new CampaignPlan
            {
                Name = run.Name,
                SegmentIds = [run.SegmentId],
                Subjects = [new("News", "{{account.name}}へのお知らせ")],
                BodyEn = "News.",
                BodyJa = "{{contact.address_line}}\n\nお知らせです。",
            }));
            run.OriginId = campaign.CampaignId;
            Held(await edits.StartAsync(Viewer.System, campaign.CampaignId));
        }

        public override Task<bool> IsDoneAsync(KilledRun run) => run.Context.Campaigns.AnyAsync(own => own.CampaignId == run.OriginId && own.State == CampaignState.Done);
    }

    /// <summary>A play of three messages, each after the one before was sent.</summary>
    private sealed class ThreeSteps() : KillWork(3, (JournalAreas.Sequence, "started"))
    {
        public override async Task BeginAsync(KilledRun run)
        {
            run.OriginId = run.Name;
            Held(await run.Services.GetRequiredService<PlayEdits>().SaveAsync(Viewer.System, new Play
            {
                Key = run.OriginId,
                NameEn = run.Name,
                NameJa = run.Name,
                Channels = [Channels.Email],
                Minutes = 10,
                PriorEffect = 0.1,
                CoolDownDays = 30,
                By = "csm",
                Triggers = [new(PlayTrigger.OwnReason, Condition.Always, new Dictionary<string, string>())],
                Sequence = new PlaySequence
                {
                    Steps = [.. Enumerable.Range(1, 3).Select(no => new PlayStep { Channel = Channels.Email, SubjectEn = $"Letter {no}", BodyEn = "Hello.", SubjectJa = $"{no}通目", BodyJa = "{{contact.name}}様\n\nこんにちは。", SendsItself = true, Minutes = 2 })],
                },
            }, null));
            var acts = run.Services.GetRequiredService<SequenceActs>();
            foreach (var no in run.Accounts)
            {
                Held(await acts.StartAsync(Viewer.System, no, run.OriginId));
            }
        }

        public override async Task<bool> IsDoneAsync(KilledRun run) => await run.Context.Enrolments.CountAsync(own => own.Play == run.OriginId && own.State == EnrolmentState.Finished) == run.Accounts.Count;
    }

    /// <summary>A wave that asks everybody how likely they are to recommend us.</summary>
    private sealed class NpsWave() : KillWork(1, (JournalAreas.Survey, "wave_started"))
    {
        public override async Task BeginAsync(KilledRun run)
        {
            var edits = run.Services.GetRequiredService<SurveyEdits>();
            var survey = Held(await edits.SaveAsync(Viewer.System, null, SurveyDefaults.Of(SurveyKind.Nps, "ja") with { Name = run.Name, SegmentId = run.SegmentId }));
            run.OriginId = survey.SurveyId;
            Held(await edits.StartWaveAsync(Viewer.System, survey.SurveyId));
        }

        public override async Task<bool> IsDoneAsync(KilledRun run) => await run.Context.SurveyInvitations.CountAsync(own => own.SurveyId == run.OriginId && own.State == InvitationState.Asked) == run.Accounts.Count;
    }
}
