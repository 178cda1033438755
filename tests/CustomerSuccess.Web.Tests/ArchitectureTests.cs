using System.Reflection;
using System.Xml.Linq;

namespace CustomerSuccess.Web.Tests;

/// <summary>Guards that keep the layers apart.</summary>
public sealed class ArchitectureTests
{
    private static readonly string[] HeavyPackages = ["Microsoft.EntityFrameworkCore", "Microsoft.ML", "Microsoft.Data.Sqlite", "Npgsql", "Sylvan", "MailKit", "MimeKit", "Markdig"];

    [Fact]
    public void Core_knows_nothing_but_the_runtime()
    {
        var references = typeof(Core.Accounts.Account).Assembly.GetReferencedAssemblies().Select(a => a.Name!);
        references.Should().OnlyContain(name => name.StartsWith("System", StringComparison.Ordinal) || name == "netstandard" || name == "mscorlib");
    }

    [Theory]
    [InlineData("CustomerSuccess.Web")]
    [InlineData("cs")]
    public void What_users_touch_cannot_see_the_database_the_learner_or_the_mail_server(string assembly)
    {
        var references = Assembly.Load(assembly).GetReferencedAssemblies().Select(a => a.Name!);
        references.Should().NotContain(name => HeavyPackages.Any(heavy => name.StartsWith(heavy, StringComparison.Ordinal)));
    }

    [Fact]
    public void Core_takes_no_package()
    {
        var project = XDocument.Load(Path.Combine(Repository.Root, "src", "CustomerSuccess.Core", "CustomerSuccess.Core.csproj"));
        project.Descendants("PackageReference").Should().BeEmpty();
        project.Descendants("ProjectReference").Should().BeEmpty();
    }

    [Fact]
    public void Nobody_reads_the_machines_clock_but_through_TimeProvider()
    {
        var offenders = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.*", SearchOption.AllDirectories)
            .Where(file => file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".razor", StringComparison.Ordinal))
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Where(file => File.ReadAllText(file) is var text && (text.Contains("DateTime.Now", StringComparison.Ordinal) || text.Contains("DateTime.UtcNow", StringComparison.Ordinal) || text.Contains("DateTimeOffset.Now", StringComparison.Ordinal) || text.Contains("DateTimeOffset.UtcNow", StringComparison.Ordinal) || text.Contains("DateTime.Today", StringComparison.Ordinal)));
        offenders.Should().BeEmpty();
    }
}
