using System.Text;
using System.Text.Json;
using CsCheck;
using CustomerSuccess.Core.Gateways;

namespace CustomerSuccess.Core.Tests.Gateways;

public sealed class GatewayRulesTests
{
    private static Gateway Good() => new() { GatewayId = "", Name = "SMS", Url = "https://sms.example/v1", Headers = "Authorization: Basic {secret_base64}", Body = """{"to":"{to}","text":"{text}"}""" };

    [Theory]
    [InlineData("https://sms.example/v1", null)]
    [InlineData("http://127.0.0.1:8080/send", null)]
    [InlineData("http://[::1]:8080/send", null)]
    [InlineData("http://localhost/send", null)]
    [InlineData("http://sms.example/v1", "not_https")]
    [InlineData("http://localhost.sms.example/v1", "not_https")]
    [InlineData("ftp://sms.example/v1", "not_https")]
    [InlineData("https://user:pass@sms.example/v1", "holds_password")]
    [InlineData("sms.example", "not_an_address")]
    [InlineData("", "missing")]
    public void Addresses_are_https_or_this_machine(string url, string? problem)
    {
        var gateway = Good();
        gateway.Url = url;
        GatewayRules.Check(gateway).GetValueOrDefault("url").Should().Be(problem);
    }

    [Theory]
    [InlineData("Authorization: Bearer {secret}\nX-Id: {message_id}", null)]
    [InlineData("", null)]
    [InlineData("X-To: {to}", "unknown_field:to")]
    [InlineData("Host: elsewhere.example", "reserved:Host")]
    [InlineData("idempotency-key: 1", "reserved:idempotency-key")]
    [InlineData("Bad Name: 1", "not_a_header:Bad Name: 1")]
    [InlineData("X-Name: 値", "not_a_header:X-Name: 値")]
    public void Headers_hold_no_field_of_a_customers_record(string headers, string? problem)
    {
        var gateway = Good();
        gateway.Headers = headers;
        GatewayRules.Check(gateway).GetValueOrDefault("headers").Should().Be(problem);
    }

    [Theory]
    [InlineData(GatewayFormat.Json, """{"to":"{to}","text":"{text}","n":[1,true,null]}""", null)]
    [InlineData(GatewayFormat.Json, """{"to":"{to}","text":"{text}" """, "not_json:1")]
    [InlineData(GatewayFormat.Json, """{"to":"{to}"}""", "lacks_field:text")]
    [InlineData(GatewayFormat.Json, """{"text":"{text}"}""", "lacks_field:to")]
    [InlineData(GatewayFormat.Json, """{"to":"{to}","text":"{text}","x":"{contact}"}""", "unknown_field:contact")]
    [InlineData(GatewayFormat.Form, "to={to_digits}\ntext={text}", null)]
    [InlineData(GatewayFormat.Form, "to={to}\n{text}", "not_a_pair:{text}")]
    public void Bodies_hold_what_a_message_needs(GatewayFormat format, string body, string? problem)
    {
        var gateway = Good();
        (gateway.Format, gateway.Body) = (format, body);
        GatewayRules.Check(gateway).GetValueOrDefault("body").Should().Be(problem);
    }

    [Fact]
    public void Whatever_a_value_says_it_stays_one_value() => Gen.Select(Gen.String, Gen.String[Gen.Char["\"\\{}=&\r\n +%あ:"], 0, 40]).Sample((name, text) =>
    {
        var gateway = Good();
        gateway.Body = """{"to":"{to}","text":"{text}","who":"{contact_name}"}""";
        var fields = new GatewayMessage("+81", "0", text, "ja", name, null, null).Fields("id", "s\"e");
        using var json = JsonDocument.Parse(GatewayRequest.Of(gateway, fields).Body);
        (gateway.Format, gateway.Body) = (GatewayFormat.Form, "to={to}\ntext={text}\nwho={contact_name}");
        var form = Encoding.ASCII.GetString(GatewayRequest.Of(gateway, fields).Body).Split('&').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1].Replace('+', ' ')));
        return json.RootElement.EnumerateObject().Count() == 3 && json.RootElement.GetProperty("text").GetString() == text && form.Count == 3 && form["text"] == text
            && (!Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(name)).Equals(name, StringComparison.Ordinal) || (json.RootElement.GetProperty("who").GetString() == name && form["who"] == name));
    });

    [Fact]
    public void A_secret_with_a_line_break_makes_no_header()
    {
        var gateway = Good();
        gateway.Headers = "Authorization: Bearer {secret}";
        var fields = new GatewayMessage("+81", "0", "x", "en", null, null, null).Fields("id", "a\r\nX-Evil: 1");
        FluentActions.Invoking(() => GatewayRequest.Of(gateway, fields)).Should().Throw<FormatException>();
    }

    [Theory]
    [InlineData(200, false, GatewayVerdict.Taken)]
    [InlineData(299, false, GatewayVerdict.Taken)]
    [InlineData(302, false, GatewayVerdict.Later)]
    [InlineData(400, false, GatewayVerdict.Refused)]
    [InlineData(401, false, GatewayVerdict.Later)]
    [InlineData(404, false, GatewayVerdict.Refused)]
    [InlineData(408, false, GatewayVerdict.Later)]
    [InlineData(409, false, GatewayVerdict.Later)]
    [InlineData(409, true, GatewayVerdict.Taken)]
    [InlineData(422, true, GatewayVerdict.Refused)]
    [InlineData(429, false, GatewayVerdict.Later)]
    [InlineData(500, false, GatewayVerdict.Later)]
    [InlineData(503, false, GatewayVerdict.Later)]
    public void Answers_say_what_became_of_it(int status, bool conflictMeansTaken, GatewayVerdict verdict) => GatewayAnswer.Of(status, conflictMeansTaken).Should().Be(verdict);

    [Theory]
    [InlineData("""{"messages":[{"id":"a"},{"id":"b"}]}""", "/messages/1/id", "b")]
    [InlineData("""{"id":12}""", "/id", "12")]
    [InlineData("""{"a/b":{"c~d":"x"}}""", "/a~1b/c~0d", "x")]
    [InlineData("""{"id":{}}""", "/id", null)]
    [InlineData("""{"id":"a"}""", "", null)]
    [InlineData("<html>", "/id", null)]
    public void Ids_are_found_where_the_pointer_leads(string body, string path, string? id) => GatewayAnswer.IdIn(body, path).Should().Be(id);

    [Theory]
    [InlineData("", 0, 0, true)]
    [InlineData("Hello", 5, 1, true)]
    [InlineData("[€]", 6, 1, true)]
    [InlineData("こんにちは", 5, 1, false)]
    [InlineData("𠮷", 2, 1, false)]
    public void Short_messages_are_counted_as_networks_do(string text, int units, int parts, bool isGsm) => SmsLength.Of(text).Should().Be(new SmsLength(units, parts, isGsm));

    [Theory]
    [InlineData('a', 160, 1)]
    [InlineData('a', 161, 2)]
    [InlineData('a', 306, 2)]
    [InlineData('a', 307, 3)]
    [InlineData('あ', 70, 1)]
    [InlineData('あ', 71, 2)]
    [InlineData('あ', 134, 2)]
    [InlineData('あ', 135, 3)]
    public void Long_texts_are_several_short_messages(char c, int length, int parts) => SmsLength.Of(new string(c, length)).Parts.Should().Be(parts);
}
