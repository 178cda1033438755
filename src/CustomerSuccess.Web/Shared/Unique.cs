namespace CustomerSuccess.Web.Shared;

/// <summary>Ids of elements of which a page can have several.</summary>
public static class Unique
{
    /// <summary>An id that no other element has.</summary>
    public static string Id(string of) => $"{of}-{Guid.NewGuid():N}";
}
