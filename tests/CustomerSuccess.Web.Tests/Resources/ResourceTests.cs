using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace CustomerSuccess.Web.Tests.Resources;

/// <summary>Every word that the reader sees stands in both languages.</summary>
public sealed partial class ResourceTests
{
    public static TheoryData<string> Files => [.. Repository.WebFiles("*.resx").Where(file => !file.EndsWith(".ja.resx", StringComparison.Ordinal)).Select(file => Path.GetRelativePath(Repository.Web, file))];

    [Theory]
    [MemberData(nameof(Files))]
    public void Both_languages_have_the_same_keys(string file)
    {
        var english = Read(Path.Combine(Repository.Web, file));
        var japanese = Read(Path.Combine(Repository.Web, Path.ChangeExtension(file, ".ja.resx")));
        japanese.Keys.Should().BeEquivalentTo(english.Keys);
        english.Concat(japanese).Where(pair => string.IsNullOrWhiteSpace(pair.Value)).Should().BeEmpty("an empty text is a missing one");
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Both_languages_take_the_same_places(string file)
    {
        var english = Read(Path.Combine(Repository.Web, file));
        var japanese = Read(Path.Combine(Repository.Web, Path.ChangeExtension(file, ".ja.resx")));
        foreach (var (key, text) in english)
        {
            Places(japanese[key]).Should().BeEquivalentTo(Places(text), "{0} in {1} fills them from the same values", key, file);
        }
    }

    [Fact]
    public void Every_japanese_file_has_its_english_one() =>
        Repository.WebFiles("*.ja.resx").Where(file => !File.Exists(file.Replace(".ja.resx", ".resx", StringComparison.Ordinal))).Should().BeEmpty();

    /// <summary>Pages and components read their texts as <c>Text["Key"]</c> out of the file of the type that their localizer names.</summary>
    [Fact]
    public void Every_key_that_is_asked_for_exists()
    {
        var missing = new List<string>();
        var files = Repository.WebFiles("*.resx").ToLookup(Path.GetFileNameWithoutExtension, StringComparer.Ordinal);
        foreach (var source in Repository.WebFiles("*.razor").Concat(Repository.WebFiles("*.cs")))
        {
            var text = File.ReadAllText(source);
            var name = Localizer().Match(text) is { Success: true } own ? own
                : File.Exists(Path.ChangeExtension(source, null)) ? Localizer().Match(File.ReadAllText(Path.ChangeExtension(source, null))) : Match.Empty;
            // a class that is handed a localizer speaks with the words of its folder
            var folder = Path.Combine(Repository.Web, "Resources", Path.GetRelativePath(Repository.Web, Path.GetDirectoryName(source)!));
            var read = name.Success ? files[name.Groups["name"].Value] : Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.resx") : [];
            var keys = read.SelectMany(file => Read(file).Keys).ToHashSet();
            missing.AddRange(Use().Matches(text).Select(use => use.Groups["key"].Value).Where(key => !keys.Contains(key)).Select(key => $"{Path.GetRelativePath(Repository.Web, source)}: {key}"));
        }

        missing.Should().BeEmpty();
    }

    /// <summary>Words between tags and in the attributes that readers see come from resources.</summary>
    [Fact]
    public void No_page_holds_literal_text()
    {
        var offenders = Repository.WebFiles("*.razor").SelectMany(file => LiteralText.In(File.ReadAllText(file)).Select(text => $"{Path.GetRelativePath(Repository.Web, file)}: {text}"));
        offenders.Should().BeEmpty();
    }

    [Theory]
    [InlineData("<p>Hello</p>", "Hello")]
    [InlineData("<p title=\"Close it\"></p>", "Close it")]
    [InlineData("<p>@Text[\"A\"] 件</p>", "件")]
    [InlineData("@if (x)\n{\n<p>Hello</p>\n}", "Hello")]
    [InlineData("<p>@if (x is { } y) {<b>@y</b>} else {<i>Hello</i>}</p>", "Hello")]
    public void The_guard_finds_literal_text(string razor, string found) => LiteralText.In(razor).Should().Contain(found);

    [Theory]
    [InlineData("<p>@Text[\"Hello\", Of(\"a\")]</p>")]
    [InlineData("@if (items.Count > 0)\n{\n<p title=\"@Text[\"A\"]\">@name</p>\n}\nelse\n{\n<b></b>\n}")]
    [InlineData("<p>@a.B@if (x(1) is { } y) {<b>@y</b>} else {<kbd>Esc</kbd>}</p>")]
    [InlineData("<a>×</a>@code { string x = \"Hello\"; }")]
    public void The_guard_lets_resources_pass(string razor) => LiteralText.In(razor).Should().BeEmpty();

    private static Dictionary<string, string> Read(string file) =>
        XDocument.Load(file).Root!.Elements("data").ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")!.Value);

    private static IEnumerable<string> Places(string text) => Place().Matches(text).Select(match => match.Value).Distinct();

    [GeneratedRegex("""\b(?:Text|text)\[(?:[^\]"]*\?\s*)?"(?<key>[A-Za-z0-9_.]+)"(?=\]|,|\s*:)""")]
    private static partial Regex Use();

    [GeneratedRegex(@"IStringLocalizer<(?:\w+\.)*(?<name>\w+)> [Tt]ext\b")]
    private static partial Regex Localizer();

    [GeneratedRegex(@"\{[a-z0-9_]+(?::[a-z]+)?\}")]
    private static partial Regex Place();
}
