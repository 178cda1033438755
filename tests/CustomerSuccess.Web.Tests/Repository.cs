namespace CustomerSuccess.Web.Tests;

/// <summary>Where the sources lie.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string Web => Path.Combine(Root, "src", "CustomerSuccess.Web");

    /// <summary>The web project's own files of a kind.</summary>
    public static IEnumerable<string> WebFiles(string pattern) =>
        Directory.EnumerateFiles(Web, pattern, SearchOption.AllDirectories)
            .Where(file => Path.GetRelativePath(Web, file).Split(Path.DirectorySeparatorChar)[0] is not ("bin" or "obj" or "node_modules"));

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "CustomerSuccess.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside their repository.");
        }

        return folder.FullName;
    }
}
