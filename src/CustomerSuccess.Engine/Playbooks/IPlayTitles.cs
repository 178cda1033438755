namespace CustomerSuccess.Engine.Playbooks;

/// <summary>What plays are called where the engine itself writes to people. The words of shipped plays are the application's.</summary>
public interface IPlayTitles
{
    /// <summary>A play's name.</summary>
    /// <param name="play">Its key.</param>
    /// <param name="language"><c>en</c> or <c>ja</c>.</param>
    string In(string play, string language);
}

/// <summary>The names that a company gave, where no application with words for the shipped plays is there.</summary>
internal sealed class OwnPlayTitles(PlayNames names) : IPlayTitles
{
    public string In(string play, string language) =>
        (names.Find(play) is { } own ? language == "ja" ? own.NameJa ?? own.NameEn : own.NameEn ?? own.NameJa : null) ?? play.Replace('_', ' ');
}
