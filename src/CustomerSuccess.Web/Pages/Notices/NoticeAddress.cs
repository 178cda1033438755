using CustomerSuccess.Core.Inquiries;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Engine.Notices;
using CustomerSuccess.Web.Pages.Accounts;
using CustomerSuccess.Web.Pages.Campaigns;
using CustomerSuccess.Web.Pages.Inquiries;
using CustomerSuccess.Web.Pages.Playbooks;
using CustomerSuccess.Web.Pages.Surveys;
using CustomerSuccess.Web.Shared;

namespace CustomerSuccess.Web.Pages.Notices;

/// <summary>Addresses of notices, and of what they lead to.</summary>
public static class NoticeAddress
{
    public const string List = "/notifications", Settings = "/notifications/settings";

    /// <summary>Notices of a kind.</summary>
    public static string OfKind(string kind) => $"{List}?kind={Uri.EscapeDataString(kind)}";

    /// <summary>Marks a notice as read and leads to its record; mails link here as well.</summary>
    public static string Open(string noticeId) => $"{List}/open/{Uri.EscapeDataString(noticeId)}";

    /// <summary>The record that a notice is about.</summary>
    public static string Record(NoticeRow row) => row.Area switch
    {
        JournalAreas.Inquiry when InquiryKey.TryParse(row.RecordId) is { } key => InquiryAddress.Of(key),
        JournalAreas.Mail when row.RecordId is { } id => FormattableString.Invariant($"/mail/{row.AccountNo}/{id}"),
        JournalAreas.Handover => "/team/handovers/" + Uri.EscapeDataString(row.RecordId ?? ""),
        JournalAreas.Play => PlayAddress.Effects,
        JournalAreas.Survey when row.RecordId is { } survey => SurveyAddress.Of(survey),
        JournalAreas.Campaign when row.RecordId is { } campaign => CampaignAddress.Of(campaign),
        JournalAreas.Import => "/imports",
        JournalAreas.Model => "/models",
        JournalAreas.Answer => OfAccount(row, AccountTabs.Answers),
        JournalAreas.Note => OfAccount(row, AccountTabs.Timeline),
        JournalAreas.Task => OfAccount(row, AccountTabs.Plan),
        _ => OfAccount(row, null),
    };

    private static string OfAccount(NoticeRow row, string? tab)
    {
        if (row.AccountId is null)
        {
            return "/";
        }

        var account = AccountAddress.Of(row.AccountId, row.Namespace);
        return tab is null ? account : $"{account}{(account.Contains('?', StringComparison.Ordinal) ? '&' : '?')}tab={tab}";
    }
}
