using System.Globalization;
using CustomerSuccess.Engine.Outreach;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Mail;

/// <summary>Asks whether the reader really wants to leave a list, and says so when it is done. Looking at it changes nothing: scanners look at every link.</summary>
public sealed partial class UnsubscribePage
{
    /// <summary>Null where the link is none of ours, or its message is gone.</summary>
    [Parameter]
    public ContactPreferences? Preferences { get; set; }

    [Parameter]
    public bool Done { get; set; }

    [Parameter]
    public string Path { get; set; } = "";

    [Parameter]
    public string PreferencesPath { get; set; } = "";

    private static bool IsJapanese => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "ja";

    private string Sender => (IsJapanese ? Preferences?.SenderJa : Preferences?.SenderEn) ?? "";

    private string? ListName => IsJapanese ? Preferences?.List?.NameJa : Preferences?.List?.NameEn;
}
