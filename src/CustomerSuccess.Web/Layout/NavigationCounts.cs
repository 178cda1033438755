using CustomerSuccess.Core.Access;

namespace CustomerSuccess.Web.Layout;

/// <summary>Says how much waits behind a link of the navigation, such as inquiries without an answer. One for each page that counts.</summary>
public interface INavigationCount
{
    /// <summary>The link's key.</summary>
    string Key { get; }

    /// <summary>The kinds of record (of <c>JournalAreas</c>) whose changes can change the number.</summary>
    IReadOnlyCollection<string> Areas { get; }

    /// <summary>How much waits for the viewer; 0 prints nothing.</summary>
    Task<int> CountAsync(Viewer viewer, CancellationToken cancellation);
}
