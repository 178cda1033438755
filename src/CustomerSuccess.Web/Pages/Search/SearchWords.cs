using CustomerSuccess.Core.Search;
using Microsoft.Extensions.Localization;
using MudBlazor;

namespace CustomerSuccess.Web.Pages.Search;

/// <summary>Words and icons of kinds of record.</summary>
public sealed class SearchWords(IStringLocalizer<SearchWords> text)
{
    public string Kind(string kind) => text["Kind_" + kind];

    /// <summary>A hit's title; its kind where it has none.</summary>
    public string Title(SearchHit hit) => hit.Title.Length > 0 ? hit.Title : Kind(hit.Kind);

    public static string Icon(string kind) => kind switch
    {
        SearchKinds.Account => Icons.Material.Outlined.Business,
        SearchKinds.Person => Icons.Material.Outlined.Person,
        SearchKinds.Inquiry => Icons.Material.Outlined.Forum,
        SearchKinds.Message => Icons.Material.Outlined.ChatBubbleOutline,
        SearchKinds.Comment => Icons.Material.Outlined.RateReview,
        SearchKinds.Task => Icons.Material.Outlined.TaskAlt,
        SearchKinds.File => Icons.Material.Outlined.AttachFile,
        SearchKinds.Touch => Icons.Material.Outlined.Call,
        _ => Icons.Material.Outlined.StickyNote2,
    };
}
