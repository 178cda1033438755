using CsCheck;
using CustomerSuccess.Core.Inquiries;

namespace CustomerSuccess.Core.Tests.Inquiries;

public sealed class InquiryTextTests
{
    private static readonly Dictionary<string, string?> Values = new() { ["contact.name"] = "佐藤 健", ["account.name"] = "青葉商事", ["company.name"] = "", ["inquiry.id"] = "Q7K2-9XMD" };

    [Fact]
    public void Fields_are_filled_in_and_words_stand_in_for_what_is_missing()
    {
        var filled = AnswerTemplate.Fill("{{contact.name}} 様\n{{ account.name }}／{{company.name|弊社}} {{agent.name|}}", Values);
        filled.Text.Should().Be("佐藤 健 様\n青葉商事／弊社 ");
        filled.Problems.Should().BeEmpty();
    }

    [Fact]
    public void What_cannot_be_filled_in_stays_and_is_told()
    {
        var filled = AnswerTemplate.Fill("{{company.name}} {{contact.nmae}} {{company.name}}", Values);
        filled.Text.Should().Be("{{company.name}} {{contact.nmae}} {{company.name}}");
        filled.Problems.Should().Equal(("company.name", AnswerProblem.Empty), ("contact.nmae", AnswerProblem.Unknown));
        AnswerTemplate.HasFields(filled.Text).Should().BeTrue();
    }

    [Fact]
    public void Values_are_never_read_as_fields() => Gen.String.Sample(value =>
    {
        var text = AnswerTemplate.Fill("a{{contact.name|x}}b", new Dictionary<string, string?> { ["contact.name"] = value }).Text;
        return text == (string.IsNullOrWhiteSpace(value) ? "axb" : $"a{value}b");
    });

    [Theory]
    [InlineData("ログインできません", "ja")]
    [InlineData("API から 500 error が返る when exporting", "ja")]
    [InlineData("We cannot sign in", "en")]
    [InlineData("12345 !?", null)]
    [InlineData(null, null)]
    public void The_language_is_told_by_its_letters(string? text, string? language) => TextLanguage.Of(text).Should().Be(language);

    [Fact]
    public void Only_colleagues_are_called()
    {
        string[] colleagues = ["sato@cs.example", "Tanaka@cs.example", "support1@cs.example"];
        Mentions.In("@tanaka@cs.example 確認お願いします。cc @sato@cs.example. 宛先は support1@cs.example、@nobody@cs.example", colleagues).Should().BeEquivalentTo("sato@cs.example", "Tanaka@cs.example");
        Mentions.In("mail@sato@cs.example", colleagues).Should().BeEmpty();
    }

    [Fact]
    public void References_are_short_and_unlike_each_other()
    {
        InquiryReference.Of([0, 0, 0, 0, 0]).Should().Be("0000-0000");
        InquiryReference.Of([255, 255, 255, 255, 255]).Should().Be("ZZZZ-ZZZZ");
        Gen.Byte.Array[5].Array[2].Sample(pair => pair[0].SequenceEqual(pair[1]) == (InquiryReference.Of(pair[0]) == InquiryReference.Of(pair[1])));
    }

    [Fact]
    public void Keys_are_read_as_they_were_written()
    {
        Gen.Select(Gen.Int[0, 99], Gen.String[1, 20]).Sample((source, id) => InquiryKey.TryParse(new InquiryKey(source, id).ToString()) == new InquiryKey(source, id));
        foreach (var wrong in (string?[])[null, "", "3", "3:", ":x", "x:y", "-1:x"])
        {
            InquiryKey.TryParse(wrong).Should().BeNull();
        }
    }

    [Fact]
    public void Tags_are_kept_once_and_cannot_break_out()
    {
        InquiryTags.Write([" VIP ", "vip", "a|b", ""]).Should().Be("|vip|a b|");
        InquiryTags.Read("|vip|a b|").Should().Equal("vip", "a b");
        InquiryTags.Write([]).Should().BeNull();
    }
}
