using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Shared.Commands;

/// <summary>
/// Notes a key in the page's list of keys (<c>?</c>). Draws nothing. The key itself presses the button or follows the link that
/// carries it in <c>data-shortcut</c>, on the page, or <c>data-row-key</c>, in the current row of a list.
/// </summary>
public sealed class Shortcut : ComponentBase, IDisposable
{
    private KeyHint? _noted;

    /// <summary>As it is printed: <c>n</c>, <c>Shift e</c>.</summary>
    [Parameter, EditorRequired]
    public string Keys { get; set; } = "";

    /// <summary>What it does, in words.</summary>
    [Parameter, EditorRequired]
    public string Does { get; set; } = "";

    [Inject]
    private ShortcutBook Book { get; set; } = default!;

    public void Dispose()
    {
        if (_noted is not null)
        {
            Book.Forget(_noted);
        }
    }

    protected override void OnParametersSet()
    {
        if (_noted == new KeyHint(Keys, Does))
        {
            return;
        }

        Dispose();
        _noted = new(Keys, Does);
        Book.Note(_noted);
    }
}
