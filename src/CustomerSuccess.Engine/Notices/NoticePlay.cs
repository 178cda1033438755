using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Sequences;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Sequences;

namespace CustomerSuccess.Engine.Notices;

/// <summary>How notices name a play: a company's own by the name that it gave, a shipped one in the reader's language.</summary>
internal static class NoticePlay
{
    /// <summary>Tells who started a sequence, or the account's owner where it started by itself.</summary>
    public static async Task TellAsync(ActScope act, string kind, Enrolment enrolment)
    {
        var play = await SequencePlans.FindAsync(act.Context, enrolment.Play, enrolment.PlayVersion, act.Cancellation);
        var byHand = enrolment.StartedByEmail is not null;
        act.Notify(new(kind, $"{kind}:{enrolment.EnrolmentId}", JournalAreas.Sequence, enrolment.AccountNo, enrolment.EnrolmentId)
        {
            ToUsers = byHand ? [enrolment.StartedBy] : [],
            ToOwner = !byHand,
            Args = play is null ? new Dictionary<string, string> { ["play_key"] = enrolment.Play } : Args(play),
        });
    }

    public static IReadOnlyDictionary<string, string> Args(Play play) => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["play_key"] = play.Key,
        ["play"] = play.NameEn ?? play.NameJa ?? play.Key.Replace('_', ' '),
    };
}
