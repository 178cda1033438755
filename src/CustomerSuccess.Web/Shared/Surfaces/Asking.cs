namespace CustomerSuccess.Web.Shared.Surfaces;

/// <summary>A question before an act that cannot be undone.</summary>
/// <param name="Title">The act, as a question.</param>
/// <param name="Text">What happens, and to what.</param>
/// <param name="Yes">The act in a word or two: the button.</param>
public sealed record Question(string Title, string Text, string Yes)
{
    /// <summary>What will be lost, each with its number.</summary>
    public IReadOnlyList<string> Losses { get; init; } = [];

    /// <summary>True where something is lost: the button is red.</summary>
    public bool IsDanger { get; init; }

    /// <summary>A word that has to be typed first, such as the record's name; null for none.</summary>
    public string? TypeToConfirm { get; init; }
}

/// <summary>Asks the reader; the answer is drawn by <see cref="QuestionBox"/> in the layout.</summary>
public sealed class Asking
{
    internal event Func<Question, Task<bool>>? Asked;

    /// <returns>True for yes; false for no, and where nobody can be asked.</returns>
    public Task<bool> AskAsync(Question question) => Asked?.Invoke(question) ?? Task.FromResult(false);
}
