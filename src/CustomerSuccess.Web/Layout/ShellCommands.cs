using System.Globalization;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Web.Shared.Commands;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using MudBlazor;

namespace CustomerSuccess.Web.Layout;

/// <summary>What the shell itself can do, for the command menu.</summary>
internal sealed class ShellCommands(IStringLocalizer<NavigationPane> text, CommandDesk desk, NavigationManager here) : ICommandSource
{
    public int Order => 900;

    public Task<IReadOnlyList<Command>> FindAsync(string typed, Viewer viewer, CancellationToken cancellation)
    {
        var other = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "ja" ? "en" : "ja";
        IEnumerable<Command> all =
        [
            new("appearance", text["Acts"], text["SwitchAppearance"], Icons.Material.Outlined.Contrast) { Act = desk.ToggleAppearanceAsync },
            new("language", text["Acts"], text["OtherLanguage"], Icons.Material.Outlined.Translate) { Href = $"/language?culture={other}&to={Uri.EscapeDataString("/" + here.ToBaseRelativePath(here.Uri))}", Reloads = true },
            new("keys", text["Acts"], text["ShowKeys"], Icons.Material.Outlined.Keyboard) { Act = desk.ShowKeysAsync, Keys = "?" },
            new("glossary", text["Acts"], text["Glossary"], Icons.Material.Outlined.MenuBook) { Href = "/glossary" },
        ];
        return Task.FromResult<IReadOnlyList<Command>>([.. all.Where(command => CommandMatch.Fits(typed, command.Title, command.Key))]);
    }
}
