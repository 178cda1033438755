using CustomerSuccess.Core.Access;

namespace CustomerSuccess.Web.Shared.Commands;

/// <summary>Something that the command menu offers: a page, a record or an act.</summary>
/// <param name="Key">Tells it from every other command.</param>
/// <param name="Group">The heading under which it stands, in words.</param>
/// <param name="Title">What it is, in words.</param>
/// <param name="Icon">An icon's SVG.</param>
public sealed record Command(string Key, string Group, string Title, string Icon)
{
    /// <summary>A few words more, such as a customer's owner.</summary>
    public string? Detail { get; init; }

    /// <summary>Keys that do the same.</summary>
    public string? Keys { get; init; }

    /// <summary>Where it leads; null where it acts.</summary>
    public string? Href { get; init; }

    /// <summary>True for a page that the server has to draw anew, such as after a change of language.</summary>
    public bool Reloads { get; init; }

    /// <summary>What it does; null where it leads somewhere.</summary>
    public Func<Task>? Act { get; init; }
}

/// <summary>Gives commands to the command menu: one for pages, one for acts, one for each kind of record that can be found.</summary>
public interface ICommandSource
{
    /// <summary>Where its commands stand among those of others, lowest first.</summary>
    int Order { get; }

    /// <summary>What fits what is typed, best first; for a blank what is most used. At most a dozen.</summary>
    Task<IReadOnlyList<Command>> FindAsync(string typed, Viewer viewer, CancellationToken cancellation);
}

/// <summary>Whether a title fits what is typed.</summary>
public static class CommandMatch
{
    /// <summary>True where every word that is typed occurs in the text, in any case and width, or in its other spelling.</summary>
    public static bool Fits(string typed, params ReadOnlySpan<string?> texts)
    {
        var compare = System.Globalization.CultureInfo.InvariantCulture.CompareInfo;
        foreach (var word in typed.Split((char[])[' ', '　'], StringSplitOptions.RemoveEmptyEntries))
        {
            var found = false;
            foreach (var text in texts)
            {
                found |= text is not null && compare.IndexOf(text, word, System.Globalization.CompareOptions.IgnoreCase | System.Globalization.CompareOptions.IgnoreWidth | System.Globalization.CompareOptions.IgnoreKanaType) >= 0;
            }

            if (!found)
            {
                return false;
            }
        }

        return true;
    }
}
