using System.Globalization;
using CustomerSuccess.Core.Notices;
using CustomerSuccess.Engine.Notices;
using CustomerSuccess.Web.Shared.Wording;
using MudBlazor;

namespace CustomerSuccess.Web.Pages.Notices;

/// <summary>Notices in the reader's words: the same as in mails, with plays by the names that they have in the application.</summary>
public sealed class NoticeWords(TouchWords touches)
{
    private static string Language => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "ja" ? "ja" : "en";

    public static string Kind(string kind) => NoticeText.Name(kind, Language);

    /// <summary>One notice as a sentence.</summary>
    public string Sentence(NoticeRow row)
    {
        var args = row.Args;
        if (args.TryGetValue("play_key", out var play))
        {
            args = new Dictionary<string, string>(args) { ["play"] = touches.Play(play) };
        }

        return NoticeText.One(row.Kind, args, Language);
    }

    /// <summary>Notices that came together as one sentence.</summary>
    public string Sentence(IReadOnlyList<NoticeRow> rows) => rows.Count == 1 ? Sentence(rows[0]) : NoticeText.Many(rows[0].Kind, rows.Count, Language);

    public static string Icon(string kind) => kind switch
    {
        NoticeKinds.Detractor or NoticeKinds.SurveyLow => Icons.Material.Outlined.ThumbsUpDown,
        NoticeKinds.RiskRose => Icons.Material.Outlined.TrendingUp,
        NoticeKinds.AccountLeaving => Icons.Material.Outlined.Logout,
        NoticeKinds.InquiryAssigned or NoticeKinds.InquiryEscalated => Icons.Material.Outlined.Forum,
        NoticeKinds.Reply => Icons.Material.Outlined.Reply,
        NoticeKinds.Mention => Icons.Material.Outlined.AlternateEmail,
        NoticeKinds.TaskAssigned or NoticeKinds.TaskDue => Icons.Material.Outlined.TaskAlt,
        NoticeKinds.Handover => Icons.Material.Outlined.Groups,
        NoticeKinds.PlayHarms or NoticeKinds.PlayAnswered or NoticeKinds.PlayFired => Icons.Material.Outlined.PlaylistPlay,
        NoticeKinds.SequenceFinished or NoticeKinds.SequenceReplied => Icons.Material.Outlined.LinearScale,
        NoticeKinds.CampaignFinished => Icons.Material.Outlined.Campaign,
        NoticeKinds.ImportFailed or NoticeKinds.ImportRejected => Icons.Material.Outlined.UploadFile,
        NoticeKinds.ModelPromoted or NoticeKinds.ModelDrifted => Icons.Material.Outlined.Insights,
        _ => Icons.Material.Outlined.Notifications,
    };
}
