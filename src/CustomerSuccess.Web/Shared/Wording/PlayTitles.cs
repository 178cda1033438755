using System.Globalization;
using CustomerSuccess.Engine.Playbooks;
using Microsoft.Extensions.Localization;

namespace CustomerSuccess.Web.Shared.Wording;

/// <summary>Plays in mails by the names that they have on pages, in the language of whoever gets the mail.</summary>
internal sealed class PlayTitles(IStringLocalizer<TouchWords> text, PlayNames names) : IPlayTitles
{
    public string In(string play, string language)
    {
        var current = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language == "ja" ? "ja" : "en");
            return new TouchWords(text, names).Play(play);
        }
        finally
        {
            CultureInfo.CurrentUICulture = current;
        }
    }
}
