using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace CustomerSuccess.Web.Tests;

/// <summary>Guards that keep the layers apart.</summary>
public sealed partial class ArchitectureTests
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

    /// <summary>The build asks for every other rule of style, and <c>./test</c> for white space.</summary>
    [Fact]
    public void Usings_stand_in_order_the_runtimes_first()
    {
        var files = new[] { "src", "tests" }.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(folder => folder is "obj" or "bin" or "Migrations"));
        var offenders = files.Where(file =>
        {
            var usings = File.ReadLines(file).TakeWhile(line => !line.StartsWith("namespace ", StringComparison.Ordinal)).Select(line => Using().Match(line).Groups[1].Value).Where(name => name.Length > 0).ToList();
            return !usings.SequenceEqual(usings.OrderBy(name => name.Split('.')[0] != "System").ThenBy(name => name.Replace('.', ' '), StringComparer.OrdinalIgnoreCase));
        });
        offenders.Should().BeEmpty();
    }

    [GeneratedRegex(@"^using ([\w.]+);")]
    private static partial Regex Using();
}
