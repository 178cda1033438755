using Microsoft.Extensions.Localization;
using MudBlazor;

namespace CustomerSuccess.Web.Shared;

/// <summary>Says at the window's foot what holds now, and how to take it back.</summary>
public sealed class Toasts(ISnackbar snackbar, IStringLocalizer<Toasts> text)
{
    /// <summary>Something holds now.</summary>
    public void Tell(string sentence) => snackbar.Add(sentence, Severity.Normal);

    /// <summary>Something was not done, and nothing is broken.</summary>
    public void Warn(string sentence) => snackbar.Add(sentence, Severity.Warning);

    /// <summary>Something failed.</summary>
    public void Fail(string sentence) => snackbar.Add(sentence, Severity.Error);

    /// <summary>Something holds now and can be taken back for some seconds.</summary>
    public void TellWithUndo(string sentence, Func<Task> undo) => snackbar.Add(sentence, Severity.Normal, options =>
    {
        options.Action = text["Undo"];
        options.ActionVariant = Variant.Text;
        options.ActionColor = Color.Inherit;
        options.OnClick = _ => undo();
    });
}
