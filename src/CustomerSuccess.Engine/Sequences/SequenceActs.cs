using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Sequences;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Effects;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Settings;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Sequences;

/// <summary>What people do with sequences: start one for an account, stop it, post prepared letters. The steps themselves are done by <see cref="RunSequences"/>.</summary>
public sealed class SequenceActs(Acts acts, SettingsStore settingsStore)
{
    /// <summary>Letters that are marked at once.</summary>
    public const int MostLetters = 1_000;

    /// <summary>Starts the sequence of a play that is on. Problems by field: <c>play</c> (<c>no_sequence</c>, <c>off</c>, <c>held_out</c>), <c>contact</c> (<c>missing</c>, <c>unknown</c>). Twice is once.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="accountNo">The account.</param>
    /// <param name="play">The play's key.</param>
    /// <param name="contactNo">Whom it reaches; null for whoever is closest to us.</param>
    /// <param name="cancellation">Ends the work before it is committed.</param>
    public async Task<ActResult<Enrolment>> StartAsync(Viewer viewer, int accountNo, string play, int? contactNo = null, CancellationToken cancellation = default)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        return !viewer.MayWork ? ActResult.Forbidden<Enrolment>() : await acts.RunAsync(viewer, async act =>
        {
            if (!await act.LockAccountAsync(accountNo))
            {
                return ActResult.NotFound<Enrolment>();
            }

            if (await SequencePlans.CurrentAsync(act.Context, play, cancellation) is not { } entry || entry.Play.Sequence is null)
            {
                return ActResult.Invalid<Enrolment>("play", "no_sequence");
            }

            if (!entry.Play.IsOn)
            {
                return ActResult.Invalid<Enrolment>("play", "off");
            }

            var draws = await StandingDraws.ReadAsync(act.Context, settings, settings.DayOf(act.Now), cancellation, [accountNo]);
            return await Enrolling.EnrolAsync(act, settings, entry, accountNo, contactNo, draws, null);
        }, cancellation);
    }

    /// <summary>Stops a running sequence; what was not sent is taken back. A problem with the reason stands under <c>reason</c>.</summary>
    public async Task<ActResult<Enrolment>> StopAsync(Viewer viewer, int accountNo, string enrolmentId, string? reason, CancellationToken cancellation = default)
    {
        var note = EnteredText.Of(reason);
        return !viewer.MayWork ? ActResult.Forbidden<Enrolment>()
            : note is null ? ActResult.Invalid<Enrolment>("reason", "missing")
            : note.Length > Enrolment.LongestNote ? ActResult.Invalid<Enrolment>("reason", "too_long")
            : await acts.RunAsync(viewer, async act =>
            {
                if (!await act.LockAccountAsync(accountNo) || await act.Context.Enrolments.FindAsync([accountNo, enrolmentId], cancellation) is not { } enrolment)
                {
                    return ActResult.NotFound<Enrolment>();
                }

                if (enrolment.State != EnrolmentState.Running)
                {
                    return ActResult.Unchanged(enrolment);
                }

                await EnrolmentEnding.LeaveAsync(act, enrolment, EnrolmentEnds.Stopped, note);
                return ActResult.Done(enrolment);
            }, cancellation);
    }

    /// <summary>Marks prepared letters as posted, each as a touch of its account; those that were posted or taken back meanwhile stay as they are.</summary>
    /// <returns>How many were marked.</returns>
    public async Task<ActResult<PostedLetters>> PostLettersAsync(Viewer viewer, IReadOnlyCollection<LetterKey> letters, CancellationToken cancellation = default)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        return !viewer.MayWork ? ActResult.Forbidden<PostedLetters>()
            : letters.Count is 0 or > MostLetters ? ActResult.Invalid<PostedLetters>("letters", letters.Count == 0 ? "missing" : "too_many")
            : await acts.RunAsync(viewer, async act =>
            {
                var accounts = await act.LockAccountsAsync([.. letters.Select(letter => letter.AccountNo)]);
                var posted = 0;
                foreach (var letter in letters.Where(letter => accounts.Contains(letter.AccountNo)))
                {
                    if (await act.Context.EnrolmentSteps.FindAsync([letter.AccountNo, letter.EnrolmentId, letter.StepNo], cancellation) is not { Channel: Channels.Letter, State: StepState.Waiting } step
                        || await act.Context.Enrolments.FindAsync([letter.AccountNo, letter.EnrolmentId], cancellation) is not { State: EnrolmentState.Running } enrolment)
                    {
                        continue;
                    }

                    var play = await SequencePlans.FindAsync(act.Context, enrolment.Play, enrolment.PlayVersion, cancellation);
                    var minutes = play?.Sequence?.Steps.ElementAtOrDefault(step.StepNo - 1)?.Minutes ?? 0;
                    await EnrolmentEnding.TouchAsync(act, settings, enrolment, step, act.Now, viewer.Email, minutes);
                    (step.State, step.EndedAt) = (StepState.Done, act.Now);
                    act.Note(JournalAreas.Sequence, "posted", letter.AccountNo, letter.EnrolmentId);
                    posted++;
                }

                return posted == 0 ? ActResult.Unchanged(new PostedLetters(0)) : ActResult.Done(new PostedLetters(posted));
            }, cancellation);
    }
}

/// <summary>Names a prepared letter.</summary>
public sealed record LetterKey(int AccountNo, string EnrolmentId, int StepNo);

/// <summary>How many letters were marked as posted.</summary>
public sealed record PostedLetters(int Count);
