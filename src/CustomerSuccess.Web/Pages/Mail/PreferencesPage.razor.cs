using System.Globalization;
using CustomerSuccess.Engine.Outreach;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Mail;

/// <summary>Lets the reader choose what to be sent, without a sign-in and without JavaScript.</summary>
public sealed partial class PreferencesPage
{
    /// <summary>Null where the link is none of ours, or its message is gone.</summary>
    [Parameter]
    public ContactPreferences? Preferences { get; set; }

    /// <summary>True right after a choice was kept.</summary>
    [Parameter]
    public bool Saved { get; set; }

    [Parameter]
    public string Path { get; set; } = "";

    private static bool IsJapanese => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "ja";

    private string Sender => (IsJapanese ? Preferences?.SenderJa : Preferences?.SenderEn) ?? "";
}
