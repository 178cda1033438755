using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Mail;

/// <summary>The whole document of a page behind a link in a message: for people who have no sign-in, with or without JavaScript.</summary>
public sealed partial class MailPageFrame
{
    // each language is named in itself
    private const string Japanese = "日本語", English = "English";

    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    /// <summary>Who sends; empty where it is not set.</summary>
    [Parameter]
    public string Sender { get; set; } = "";

    /// <summary>The page's own path, for the other language.</summary>
    [Parameter, EditorRequired]
    public string Path { get; set; } = "";

    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    private static string Other => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "ja" ? "en" : "ja";
}
