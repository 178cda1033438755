using System.Text.RegularExpressions;
using CustomerSuccess.Web.Layout;
using CustomerSuccess.Web.Shared.Help;
using CustomerSuccess.Web.Shared.Terms;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace CustomerSuccess.Web.Tests.Shared;

/// <summary>Every page that a signed-in reader comes to says in both languages what it is for.</summary>
public sealed partial class PageHelpTests
{
    /// <summary>Pages of the shell; those of the sign-in, of customers, of paper and of development need none.</summary>
    private static readonly string[] WithoutShell = ["Access", "Dev", "Mail", "Print", "Public"];

    private static readonly string[] WithoutQuestion = ["/", "/error", "/not-found"];

    public static TheoryData<string> Keys => [.. Repository.WebFiles("*.razor").SelectMany(file => HelpKey().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value)).Distinct().Order(StringComparer.Ordinal)];

    [Fact]
    public void Every_page_has_help()
    {
        var without = Repository.WebFiles("*.razor")
            .Where(file => !Path.GetRelativePath(Repository.Web, file).Split(Path.DirectorySeparatorChar).Intersect(WithoutShell).Any())
            .Select(file => (File: file, Text: File.ReadAllText(file)))
            .Where(page => Route().Match(page.Text) is { Success: true } route && !WithoutQuestion.Contains(route.Groups[1].Value))
            .Where(page => !HasHelp(page.Text) && !Parts(page.File).Any(HasHelp))
            .Select(page => Route().Match(page.Text).Groups[1].Value);
        without.Should().BeEmpty();
    }

    [Fact]
    public void Every_link_of_the_navigation_leads_to_a_page_that_was_looked_at()
    {
        var routes = Repository.WebFiles("*.razor").Select(file => Route().Match(File.ReadAllText(file)).Groups[1].Value).ToList();
        Navigation.Groups.SelectMany(group => group.Links).Select(link => link.Href).Should().BeSubsetOf(routes);
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void Help_has_three_to_six_lines_in_both_languages_and_its_terms_are_in_the_glossary(string key)
    {
        var terms = Glossary.Groups.SelectMany(group => group.Terms).ToHashSet();
        var texts = new List<IReadOnlyList<string>>();
        foreach (var language in (string[])["en", "ja"])
        {
            using var _ = new InCulture(language);
            using var services = new ServiceCollection().AddLogging().AddLocalization(options => options.ResourcesPath = "Resources").BuildServiceProvider();
            var lines = PageHelp.Of(services.GetRequiredService<IStringLocalizer<PageHelp>>(), key);
            lines.Count.Should().BeInRange(3, 6, "{0} in {1}", key, language);
            var parts = lines.SelectMany(PageHelp.Split).ToList();
            parts.Select(part => part.Term).OfType<string>().Should().BeSubsetOf(terms);
            parts.Where(part => part.Words.Contains("[[", StringComparison.Ordinal)).Should().BeEmpty("what is marked is read as a term");
            texts.Add(lines);
        }

        texts[0].Should().NotIntersectWith(texts[1], "each language has its own words");
    }

    private static bool HasHelp(string razor) => HelpKey().IsMatch(razor) || razor.Contains("<Help>", StringComparison.Ordinal);

    /// <summary>The parts beside a page that it draws.</summary>
    private static IEnumerable<string> Parts(string page)
    {
        var text = File.ReadAllText(page);
        return Directory.EnumerateFiles(Path.GetDirectoryName(page)!, "*.razor")
            .Where(part => part != page && Regex.IsMatch(text, $@"<{Path.GetFileNameWithoutExtension(part)}\b")).Select(File.ReadAllText);
    }

    [GeneratedRegex("HelpKey=\"([a-z_]+)\"")]
    private static partial Regex HelpKey();

    [GeneratedRegex("^@page \"([^\"]*)\"", RegexOptions.Multiline)]
    private static partial Regex Route();
}
