using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace CustomerSuccess.Core.Search;

/// <summary>What can be searched of a record.</summary>
/// <param name="AccountNo">Whose.</param>
/// <param name="Kind">One of <see cref="SearchKinds"/>.</param>
/// <param name="RecordId">The record within its account and kind.</param>
/// <param name="At">When it happened or was written, UTC.</param>
/// <param name="Title">How it is called.</param>
/// <param name="Text">What it says.</param>
public sealed record SearchDocument(int AccountNo, string Kind, string RecordId, DateTime At, string Title, string Text)
{
    /// <summary>Further names by which it counts as called, such as a reading; they stand in <see cref="Text"/> too.</summary>
    public string Names { get; init; } = "";

    /// <summary>False where the title is another record's and is not searched.</summary>
    public bool SearchesTitle { get; init; } = true;

    private static readonly DateTime Epoch = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>
    /// A number by which later documents follow earlier ones: seconds since 2000 in its upper 33 bits, a number of its own below.
    /// </summary>
    /// <param name="trial">Counts up where the number is taken.</param>
    public long NumberOf(int trial)
    {
        var hash = HashOf(string.Create(CultureInfo.InvariantCulture, $"{AccountNo}|{Kind}|{RecordId}|{trial}"));
        return FirstAt(At) | (hash & 0x3fff_ffff);
    }

    /// <summary>The lowest number of documents at an instant.</summary>
    public static long FirstAt(DateTime at) => (long)Math.Clamp((at - Epoch).TotalSeconds, 0, (1L << 33) - 1) << 30;

    /// <summary>Changes with everything that the index and a hit show of it.</summary>
    public long Hash => HashOf(string.Create(CultureInfo.InvariantCulture, $"1|{At.Ticks}|{SearchesTitle}|{Title}\u001f{Text}\u001f{Names}"));

    /// <summary>The row that it becomes.</summary>
    public SearchText ToRow(long docNo) => new() { AccountNo = AccountNo, Kind = Kind, RecordId = RecordId, DocNo = docNo, At = At, Title = Title, Text = Text, Hash = Hash, Tokens = Tokens() };

    /// <summary>Every token with the letter of its field, with blanks between them.</summary>
    public string Tokens()
    {
        var text = new StringBuilder();
        text.Append(SearchTokens.OfKind).Append(Kind).Append(' ').Append(SearchTokens.OfAccount).Append(CultureInfo.InvariantCulture, $"{AccountNo}");
        if (SearchesTitle)
        {
            foreach (var token in SearchTokens.Of(FoldedText.Of(Title + "\n" + Names).Text))
            {
                text.Append(' ').Append(SearchTokens.InTitle).Append(token);
            }
        }

        foreach (var token in SearchTokens.Of(FoldedText.Of(Searched(SearchesTitle ? Title : "", Text)).Text))
        {
            text.Append(' ').Append(SearchTokens.Anywhere).Append(token);
        }

        return text.ToString();
    }

    /// <summary>True where title and text contain all words.</summary>
    /// <param name="title">The document's; empty where it is not searched.</param>
    /// <param name="text">The document's.</param>
    /// <param name="words">Folded, as <see cref="SearchTokens.WordsOf"/> gives them.</param>
    public static bool Says(string title, string text, IReadOnlyList<string> words)
    {
        var folded = FoldedText.Of(Searched(title, text)).Text;
        return words.All(word => folded.Contains(word, StringComparison.Ordinal));
    }

    private static string Searched(string title, string text) => title + "\n" + text;

    private static long HashOf(string text) => MemoryMarshal.Read<long>(SHA256.HashData(MemoryMarshal.AsBytes(text.AsSpan())));
}
