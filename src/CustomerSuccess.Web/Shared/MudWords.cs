using Microsoft.Extensions.Localization;
using MudBlazor;

namespace CustomerSuccess.Web.Shared;

/// <summary>MudBlazor's own words in our languages; what is not translated stays in English.</summary>
internal sealed class MudWords(IStringLocalizer<MudWords> text) : MudLocalizer
{
    public override LocalizedString this[string key] => text[key];
}
