using CustomerSuccess.Web.Shared.Forms;

namespace CustomerSuccess.Web.Pages.Dev;

/// <summary>What the gallery fills components with: ordinary words and the hard ones.</summary>
internal static class Samples
{
    public const string Short = "Acme", Japanese = "株式会社富岳テクノロジーズ", Emoji = "Blue Harbor 🚢👩‍💻", RightToLeft = "شركة النور للتجارة", Html = "Cedar & <b>Finch</b>", Act = "Save", Other = "Cancel", Sentence = "Nothing was changed. Try again; if it fails again, the server's log says why.";

    public const string Mrr = "MRR", N = "n";

    public const string Zone = "Asia/Tokyo", Currency = "JPY";

    /// <summary>A name of 200 characters.</summary>
    public static string Long { get; } = string.Concat(Enumerable.Repeat("Extraordinarily ", 13))[..200];

    public static IReadOnlyList<string> Names { get; } = [Short, Japanese, Emoji, RightToLeft, Html, Long];

    public static IReadOnlyList<FieldChoice> Choices { get; } = [.. Names.Select((name, i) => new FieldChoice($"c{i}", name, $"person{i}@example.com"))];

    /// <summary>A row of the sample list.</summary>
    public sealed record Row(int No, string Name, double Health, decimal Mrr, string Group);

    public static Row At(int no) => new(no, $"{Names[no % Names.Count]} {no}", no * 37 % 101, 10_000m + (no * 7919 % 500_000), $"Group {1 + (no / 40)}");
}
