using System.Globalization;
using CsCheck;
using CustomerSuccess.Core.Mail;

namespace CustomerSuccess.Core.Tests.Mail;

public sealed class FieldTemplateTests
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-US"), British = CultureInfo.GetCultureInfo("en-GB"), Japanese = CultureInfo.GetCultureInfo("ja-JP");

    private static readonly string[] Pieces = ["{{", "}}", "{{a}}", "{{#a}}", "{{/a}}", "|", ":", "\n", "\\"];

    private static readonly Dictionary<string, FieldValue> Values = new()
    {
        [MailFields.ContactName] = new TextField("山田 太郎"),
        [MailFields.RenewalOn] = new DayField(new(2026, 9, 30)),
        [MailFields.Mrr] = new MoneyField(123_456m, "JPY"),
        [MailFields.Seats] = new NumberField(1_200),
        ["share"] = new NumberField(0.123),
    };

    [Theory]
    [InlineData("{{contact.name}} 様", "山田 太郎 様")]
    [InlineData("{{ contact.name }}", "山田 太郎")]
    [InlineData("{{contract.renewal_on}}", "2026年9月30日")]
    [InlineData("{{contract.renewal_on:short}} {{contract.renewal_on:weekday}}", "2026/09/30 2026年9月30日（水）")]
    [InlineData("{{contract.mrr}} {{contract.seats}} {{share:percent}}", "123,456円 1,200 12.3％")]
    [InlineData("{{contact.department|ご担当}}", "ご担当")]
    [InlineData("A{{contact.department|}}B", "AB")]
    [InlineData("{{#contact.name}}x{{/contact.name}}{{^contact.name}}y{{/contact.name}}", "x")]
    [InlineData("{{#contact.title}}x{{/contact.title}}{{^contact.title}}y{{/contact.title}}", "y")]
    [InlineData("a\n{{#contact.name}}\nb\n{{/contact.name}}\nc", "a\nb\nc")]
    [InlineData("a\n{{#contact.title}}\nb\n{{/contact.title}}\nc", "a\nc")]
    [InlineData("\\{{contact.name}}", "\\{{contact.name}}")]
    public void Fields_are_filled_in_as_the_recipient_writes(string template, string expected)
    {
        var filled = FieldTemplate.Parse(template).Fill(Values, Japanese, text => text);
        filled.Text.Should().Be(expected);
        filled.Missing.Should().BeEmpty();
    }

    [Fact]
    public void Cultures_write_dates_and_money_differently()
    {
        const string Template = "{{contract.renewal_on}} {{contract.mrr}}";
        FieldTemplate.Parse(Template).Fill(Values, English, text => text).Text.Should().Be("September 30, 2026 ¥123,456");
        FieldTemplate.Parse(Template).Fill(Values, British, text => text).Text.Should().Be("30 September 2026 ¥123,456");
    }

    [Fact]
    public void A_field_without_a_value_is_named_and_stays_to_be_seen()
    {
        var filled = FieldTemplate.Parse("{{contact.title}} {{contact.name}} {{contact.title}} {{contact.role}}").Fill(Values, Japanese, text => text);
        filled.Missing.Should().Equal("contact.title", "contact.role");
        filled.Text.Should().Be("{{contact.title}} 山田 太郎 {{contact.title}} {{contact.role}}");
    }

    [Theory]
    [InlineData("a\nb {{contact.nmae}}", "unknown_field:contact.nmae@2:3")]
    [InlineData("{{#contact.nmae}}x{{/contact.nmae}}", "unknown_field:contact.nmae@1:1")]
    [InlineData("{{contract.renewal_on:lang}}", "unknown_format:lang@1:1")]
    [InlineData("x {{contact.name\n}}", "unclosed:{{contact.name@1:3")]
    [InlineData("{{}}", "empty_field:{{}}@1:1")]
    [InlineData("{{#contact.name}}x", "section_open:contact.name@1:1")]
    [InlineData("x{{/contact.name}}", "section_unexpected:contact.name@1:2")]
    public void Mistakes_are_told_with_their_place(string template, string expected) =>
        FieldTemplate.Parse(template).Check(MailFields.Known).Should().Contain(problem => problem.ToString() == expected);

    [Fact]
    public void A_value_is_filled_in_once_whatever_it_holds()
    {
        var values = new Dictionary<string, FieldValue> { ["a"] = new TextField("{{b}}"), ["b"] = new TextField("secret") };
        var once = FieldTemplate.Parse("{{a}}").Fill(values, English, MarkupText.Escape).Text;
        FieldTemplate.Parse(once).Fill(values, English, MarkupText.Escape).Text.Should().Be(once).And.NotContain("secret");
        var subject = FieldTemplate.Parse("{{a}}").Fill(values, English, MarkupText.EscapeSubject).Text;
        MarkupText.Subject(FieldTemplate.Parse(subject).Fill(values, English, MarkupText.EscapeSubject).Text).Should().Be("{{b}}");
    }

    [Fact]
    public void Any_text_can_be_read_and_without_fields_comes_back_as_it_was() =>
        Gen.OneOf(Gen.String, Gen.Int[0, Pieces.Length - 1].Array[0, 12].Select(picks => string.Concat(picks.Select(pick => Pieces[pick])))).Sample(text =>
        {
            var template = FieldTemplate.Parse(text);
            template.Fill(new Dictionary<string, FieldValue>(), English, value => value);
            if (!text.Contains("{{", StringComparison.Ordinal))
            {
                template.Fill(new Dictionary<string, FieldValue>(), English, value => value).Text.Should().Be(text);
            }
        });

    [Theory]
    [InlineData("株式会社青葉商事", "営業部", "部長", "山田 太郎", "株式会社青葉商事　営業部　部長　山田 太郎　様")]
    [InlineData("株式会社青葉商事", null, null, "山田 太郎", "株式会社青葉商事　山田 太郎　様")]
    [InlineData("株式会社青葉商事", "営業部", "部長", null, "株式会社青葉商事　営業部　御中")]
    [InlineData("株式会社青葉商事", null, null, " ", "株式会社青葉商事　御中")]
    [InlineData("株式会社青葉商事", null, "部長", "山田部長", "株式会社青葉商事　山田部長　様")]
    [InlineData("株式会社青葉商事", null, null, "山田様", "株式会社青葉商事　山田様")]
    public void Japanese_letters_address_people_with_sama_and_companies_with_onchu(string company, string? department, string? title, string? person, string expected) =>
        AddressLine.Of("ja", company, department, title, person).Should().Be(expected);

    [Fact]
    public void English_letters_say_dear()
    {
        AddressLine.Of("en", "Alder Group", "Finance", "CFO", "Olivia Evans").Should().Be("Dear Olivia Evans,");
        AddressLine.Of("en", "Alder Group", "Finance", null, null).Should().Be("Dear Alder Group team,");
    }

    [Theory]
    [InlineData("ja-JP", "US", "ja")]
    [InlineData("日本語", null, "ja")]
    [InlineData("fr", "JP", "en")]
    [InlineData(null, "日本", "ja")]
    [InlineData("", "DE", "en")]
    [InlineData(null, null, "ja")]
    public void A_recipient_is_written_to_in_his_language_else_his_countrys_else_the_settings(string? own, string? country, string expected) =>
        MailLanguage.Of(own, Core.Outreach.Country.Find(country), "ja").Should().Be(expected);
}
