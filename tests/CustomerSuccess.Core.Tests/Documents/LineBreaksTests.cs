using CsCheck;
using CustomerSuccess.Core.Documents;

namespace CustomerSuccess.Core.Tests.Documents;

public sealed class LineBreaksTests
{
    private const string Signs = "あいう、。「」（）ー々ぁっ漢字カナABC xy 123年%件,.…";

    /// <summary>A Japanese sign is as wide as two Latin ones.</summary>
    private static double Width(string text) => text.EnumerateRunes().Sum(rune => rune.Value < 0x2000 ? 1 : 2);

    [Theory]
    [InlineData("あいうえお。", 10, "あいうえ|お。")]
    [InlineData("あいう「えお」", 8, "あいう|「えお」")]
    [InlineData("センター", 6, "セン|ター")]
    [InlineData("売上は1,234件です", 10, "売上は|1,234件で|す")]
    [InlineData("revenue and retention", 12, "revenue and|retention")]
    [InlineData("one  two", 3, "one|two")]
    [InlineData("第一行\n第二行", 20, "第一行|第二行")]
    [InlineData("a\n\nb", 20, "a||b")]
    [InlineData("abcdefghij", 4, "abcd|efgh|ij")]
    [InlineData("win-back of customers", 9, "win-back|of|customers")]
    [InlineData("2026年9月のMRR", 9, "2026年9月|のMRR")]
    [InlineData("", 5, "")]
    public void Lines_break_where_a_reader_expects_it(string text, double most, string lines) =>
        LineBreaks.Of(text, most, Width).Should().Equal(lines.Split('|'));

    [Fact]
    public void Whatever_is_written_nothing_is_lost_and_no_line_begins_or_ends_with_a_forbidden_sign() =>
        Gen.Select(Gen.Int[0, Signs.Length - 1].Select(i => Signs[i]).Array[0, 60], Gen.Int[8, 40]).Sample((signs, most) =>
        {
            var text = new string(signs);
            var lines = LineBreaks.Of(text, most, Width);
            string.Concat(lines).Replace(" ", "", StringComparison.Ordinal).Should().Be(text.Replace(" ", "", StringComparison.Ordinal));
            var longest = LineBreaks.Pieces(text).Select(Width).DefaultIfEmpty(0).Max();
            foreach (var line in lines)
            {
                Width(line).Should().BeLessThanOrEqualTo(most);
            }

            // a run of signs that cling together is cut only where no line could hold it
            foreach (var (before, after) in longest > most ? [] : lines.Zip(lines.Skip(1)))
            {
                if (before.Length > 0 && after.Length > 0 && !text.Contains(before[^1] + " ", StringComparison.Ordinal))
                {
                    LineBreaks.NotAtStart.Should().NotContain(after[..1]);
                    LineBreaks.NotAtEnd.Should().NotContain(before[^1..]);
                }
            }
        });
}
