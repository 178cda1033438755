using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace CustomerSuccess.Engine.Tests.Handouts;

public sealed partial class HandoutWordsTests
{
    private static readonly string Folder = Path.Combine(Root(), "src", "CustomerSuccess.Engine", "Resources", "Handouts");

    public static TheoryData<string> Files => [.. Directory.EnumerateFiles(Folder, "*.resx").Where(file => !file.EndsWith(".ja.resx", StringComparison.Ordinal)).Select(file => Path.GetFileNameWithoutExtension(file)!)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Both_languages_have_the_same_words_in_the_same_order(string name)
    {
        var (english, japanese) = (Read(name + ".resx"), Read(name + ".ja.resx"));
        japanese.Select(entry => entry.Key).Should().Equal(english.Select(entry => entry.Key));
        english.Concat(japanese).Should().OnlyContain(entry => entry.Value.Length > 0);
    }

    [Fact]
    public void Every_word_is_used_and_every_word_that_is_used_is_there()
    {
        var code = string.Concat(Directory.EnumerateFiles(Path.Combine(Root(), "src", "CustomerSuccess.Engine", "Handouts"), "*.cs").Select(File.ReadAllText));
        var keys = Files.SelectMany(row => Read(row.Data + ".resx")).Select(entry => entry.Key).ToHashSet(StringComparer.Ordinal);
        string[] built = ["Before_", "Line_", "Next_"];
        keys.Where(key => !code.Contains($"\"{key}\"", StringComparison.Ordinal) && !built.Any(key.StartsWith)).Should().BeEmpty();
        Asked().Matches(code).Select(match => match.Groups["key"].Value).Where(key => !keys.Contains(key) && !built.Contains(key)).Should().BeEmpty();
    }

    private static List<(string Key, string Value)> Read(string file) => [.. XDocument.Load(Path.Combine(Folder, file)).Root!.Elements("data").Select(data => ((string)data.Attribute("name")!, (string)data.Element("value")!))];

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "CustomerSuccess.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }

    [GeneratedRegex("""words\["(?<key>[A-Za-z_]+)"[\],]""")]
    private static partial Regex Asked();
}
