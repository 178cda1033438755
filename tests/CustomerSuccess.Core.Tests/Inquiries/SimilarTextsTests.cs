using System.Diagnostics;
using CsCheck;
using CustomerSuccess.Core.Inquiries;

namespace CustomerSuccess.Core.Tests.Inquiries;

public sealed class SimilarTextsTests
{
    private static readonly string[] Known =
    [
        "ログインできない 今朝から全員ログインできません。業務が止まっています。",
        "請求書の再発行 先月分の請求書を再発行していただけますか。",
        "ダッシュボードの共有方法 他部署にもダッシュボードを共有したいのですが、設定はどこにありますか。",
        "ダークモードの要望 ダークモードがあると助かります。急ぎではありません。",
        "Nobody can sign in. Our people cannot sign in since this morning.",
        "Copy of an invoice. Please send us the invoice of last month once more.",
        "Export to a spreadsheet. Can the monthly report be exported with all columns?",
        "Import fails again. The nightly import failed for the third time.",
    ];

    [Theory]
    [InlineData("全員がログインできなくなりました", 0)]
    [InlineData("請求書をもう一度送ってください", 1)]
    [InlineData("ダッシュボードを別の部署と共有するには？", 2)]
    [InlineData("ｼｽﾃﾑにﾛｸﾞｲﾝできません", 0)] // half-width
    [InlineData("We are not able to sign in any more", 4)]
    [InlineData("please resend last month's invoices", 5)]
    [InlineData("Exporting the report to Excel", 6)]
    [InlineData("the import has been failing every night", 7)]
    public void The_text_about_the_same_matter_comes_first(string text, int expected) =>
        Texts().Find(text, 3)[0].Item.Should().Be(expected);

    [Fact]
    public void Nothing_is_said_where_nothing_is_alike()
    {
        Texts().Find("量子コンピュータの新製品発表会のご案内", 3).Should().BeEmpty();
        Texts().Find("", 3).Should().BeEmpty();
        new SimilarTexts<int>().Find("anything", 3).Should().BeEmpty();
    }

    [Fact]
    public void A_text_is_nearest_to_itself() => Gen.Int[0, Known.Length - 1].Sample(i =>
        Texts().Find(Known[i], 1)[0] is var best && best.Item == i && best.Score > 0.99);

    [Fact]
    public void Unwanted_items_are_left_out() => Texts().Find(Known[0], 5, isWanted: item => item != 0).Should().NotContain(found => found.Item == 0);

    [Fact]
    public void Twenty_thousand_texts_answer_at_once()
    {
        var random = new Random(1);
        var texts = new SimilarTexts<int>();
        for (var i = 0; i < 20_000; i++)
        {
            texts.Add(i, $"{Known[random.Next(Known.Length)]} {random.Next(100_000)} {Known[random.Next(Known.Length)]}");
        }

        texts.Find(Known[0], 5);
        var clock = Stopwatch.StartNew();
        texts.Find(Known[0] + Known[4], 5).Should().NotBeEmpty();
        clock.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(2), "about 30 ms on a quiet machine");
    }

    private static SimilarTexts<int> Texts()
    {
        var texts = new SimilarTexts<int>();
        for (var i = 0; i < Known.Length; i++)
        {
            texts.Add(i, Known[i]);
        }

        return texts;
    }
}
