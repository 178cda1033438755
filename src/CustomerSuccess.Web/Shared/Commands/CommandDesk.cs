namespace CustomerSuccess.Web.Shared.Commands;

/// <summary>What can be asked of the shell from anywhere: opening the command menu or the list of keys, changing the appearance.</summary>
public sealed class CommandDesk
{
    internal event Func<string?, Task>? MenuAsked;

    internal event Func<Task>? KeysAsked;

    internal event Func<Task>? AppearanceAsked;

    /// <param name="typed">What stands in the box at first; null for nothing.</param>
    public Task OpenMenuAsync(string? typed = null) => MenuAsked?.Invoke(typed) ?? Task.CompletedTask;

    public Task ShowKeysAsync() => KeysAsked?.Invoke() ?? Task.CompletedTask;

    /// <summary>Light becomes dark, and dark light.</summary>
    public Task ToggleAppearanceAsync() => AppearanceAsked?.Invoke() ?? Task.CompletedTask;
}
