namespace CustomerSuccess.Web.Shared;

/// <summary>What a page or card shows in place of its content.</summary>
public enum StateKind
{
    /// <summary>There is nothing yet: why, and what to do.</summary>
    Empty,

    /// <summary>The filters leave nothing.</summary>
    NothingFound,

    /// <summary>Something failed: what happened, what is safe, retry.</summary>
    Error,

    /// <summary>The viewer may not see it.</summary>
    Forbidden,
}
