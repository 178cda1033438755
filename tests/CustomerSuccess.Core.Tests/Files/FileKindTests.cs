using System.Text;
using CsCheck;
using CustomerSuccess.Core.Files;

namespace CustomerSuccess.Core.Tests.Files;

public sealed class FileKindTests
{
    [Theory]
    [InlineData("89504E470D0A1A0A0000", "x.png", "image/png", true)]
    [InlineData("FFD8FFE000104A46", "photo.png", "image/jpeg", true)]
    [InlineData("474946383961", "x", "image/gif", true)]
    [InlineData("52494646AAAAAAAA57454250", "x.webp", "image/webp", true)]
    [InlineData("255044462D312E37", "見積書.pdf", "application/pdf", true)]
    [InlineData("504B0304", "x.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", false)]
    [InlineData("504B0304", "x.jar", "application/zip", false)]
    [InlineData("D0CF11E0A1B11AE1", "x.DOC", "application/msword", false)]
    [InlineData("4D5A9000", "invoice.pdf", "application/octet-stream", false)]
    public void The_bytes_say_what_it_is(string hex, string name, string type, bool isShown) =>
        FileKind.Of(Convert.FromHexString(hex), name).Should().Be(new FileKind(type, isShown));

    [Theory]
    [InlineData("<html><script>alert(1)</script>", "x.png")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "x.svg")]
    [InlineData("  %PDF-1.7", "x.pdf")]
    [InlineData("GIF8", "x.gif")]
    public void What_only_looks_like_a_picture_is_never_shown(string content, string name) =>
        FileKind.Of(Encoding.UTF8.GetBytes(content), name).IsShown.Should().BeFalse();

    [Fact]
    public void What_is_shown_is_named_among_what_may_be_shown() =>
        Gen.Select(Gen.OneOf(Gen.Const("89504E470D0A1A0A"), Gen.Const("FFD8FF"), Gen.Const("474946383761"), Gen.Const("255044462D"), Gen.Const("504B0304"), Gen.Const("4D5A"), Gen.Const("3C68746D6C3E"), Gen.Const("")), Gen.Byte.Array[0, 40]).Sample((sign, rest) =>
        {
            var kind = FileKind.Of([.. Convert.FromHexString(sign), .. rest], "x");
            return kind.IsShown == FileKind.MayBeShown(kind.MediaType);
        });

    [Theory]
    [InlineData("C:\\Users\\me\\見積 書.pdf", "見積 書.pdf")]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("a\u202Efdp.exe", "afdp.exe")]
    [InlineData("a<b>\"c\".txt", "a_b__c_.txt")]
    [InlineData("a\r\nSet-Cookie: x.txt", "aSet-Cookie_ x.txt")]
    [InlineData("...", "file")]
    [InlineData("", "file")]
    public void A_name_holds_no_folder_and_hides_nothing(string given, string name) => FileKind.NameOf(given).Should().Be(name);

    [Fact]
    public void A_name_is_never_too_long_or_empty_and_keeps_its_ending() =>
        Gen.String.Sample(text => FileKind.NameOf(text + new string('あ', 300) + ".xlsx") is { Length: > 0 and <= StoredFile.LongestName } name && name.EndsWith(".xlsx", StringComparison.Ordinal));
}
