namespace CustomerSuccess.Tests;

/// <summary>Files of <c>../shared</c> beside the repository; a test that needs one is skipped where they are absent.</summary>
internal static class SharedFiles
{
    /// <summary>The file's path, or the test is skipped.</summary>
    public static string Require(params string[] parts)
    {
        var path = Path.Combine([Root(), "..", "shared", .. parts]);
        if (!Path.Exists(path))
        {
            Assert.Skip($"../shared/{string.Join('/', parts)} is not here");
        }

        return Path.GetFullPath(path);
    }

    /// <summary>The repository's root.</summary>
    public static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "CustomerSuccess.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside their repository.");
        }

        return folder.FullName;
    }
}
