using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using MimeKit;
using static Microsoft.Playwright.Assertions;

namespace CustomerSuccess.EndToEnd.Tests.Browser;

/// <summary>What recipients meet behind the links in messages, with a browser and without.</summary>
[Collection("Servers, imports and mail of their own: one after the other, beside the demo company")]
public sealed partial class MailPagesTests(DemoServer browsers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Recipients_leave_by_one_click_by_a_question_or_by_their_own_choice_without_cookies_or_javascript()
    {
        await browsers.BrowseAsync();
        using var folder = await TemporaryFolder.WithDatabaseAsync();
        using var server = await WebServer.StartAsync(folder, "--no-demo");
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "accounts.csv"), "account_id,name,country\nA1,株式会社青葉商事,JP\n", Token);
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "contacts.csv"), "contact_id,account_id,name,email,language\n" + string.Concat(Enumerable.Range(1, 3).Select(i => $"P{i},A1,Person {i},p{i}@a1.example,{(i == 3 ? "en" : "ja")}\n")), Token);
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "body.txt"), "新機能の[ご案内](https://example.com/news?a=1&b=2)です。", Token);
        (await Cs.RunAsync(folder, "import", "accounts.csv", "contacts.csv")).ExitCode.Should().Be(0);
        await Cs.SetAsync(
            folder, ("mail.from_address", "cs@company.example"), ("contact.quiet_from", "00:00"), ("contact.quiet_to", "00:00"), ("contact.skip_weekends", "false"), ("contact.skip_holidays", "false"), ("contact.consent_countries", ""), ("sender.name", "Company, Inc."), ("sender.name_ja", "株式会社カンパニー"),
            ("sender.address", "Tokyo"), ("sender.contact", "help@company.example"), ("web.address", server.Address.ToString()), ("mail.track_clicks", "true"), ("mail.track_opens", "true"));
        for (var i = 1; i <= 3; i++)
        {
            var (exit, output, errors) = await Cs.RunAsync(folder, "mail", "write", "--account", "A1", "--contact", $"P{i}", "--subject", $"お知らせ {i}", "--body", "body.txt", "--purpose", "promotional", "--queue");
            exit.Should().Be(0, output + errors);
        }

        // the web application sends by itself
        var outbox = Path.Combine(folder.Path, "outbox");
        await Arrivals.InFolderAsync(outbox, 3, Token);
        var letters = new Dictionary<string, MimeMessage>();
        foreach (var file in Directory.GetFiles(outbox, "*.eml"))
        {
            var letter = await MimeMessage.LoadAsync(file, Token);
            letters.Add(letter.To.Mailboxes.Single().Address, letter);
        }

        await OneClickAsync(letters["p1@a1.example"], folder);
        await TrackedAsync(letters["p2@a1.example"]);
        await ByBrowserAsync(letters["p2@a1.example"], letters["p3@a1.example"], folder);
        foreach (var letter in letters.Values)
        {
            letter.Dispose();
        }
    }

    private static HttpClient Client() => new(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false });

    /// <summary>As Gmail and Yahoo do it (RFC 8058).</summary>
    private static async Task OneClickAsync(MimeMessage letter, TemporaryFolder folder)
    {
        using var http = Client();
        var link = new Uri(letter.Headers["List-Unsubscribe"]!.Trim('<', '>'));
        letter.Headers["List-Unsubscribe-Post"].Should().Be("List-Unsubscribe=One-Click");
        using var head = await http.SendAsync(new HttpRequestMessage(HttpMethod.Head, link), Token);
        using var looked = await http.GetAsync(link, Token);
        looked.StatusCode.Should().Be(HttpStatusCode.OK);
        WebUtility.HtmlDecode(await looked.Content.ReadAsStringAsync(Token)).Should().Contain("配信を停止する").And.Contain("p•••@a1.example").And.Contain("lang=\"ja\"");
        (await Cs.RunAsync(folder, "mail", "wishes", "p1@a1.example")).Output.Should().Contain("Nothing was said", "looking at the link is no wish");

        using var posted = await http.PostAsync(link, new FormUrlEncodedContent(new Dictionary<string, string> { ["List-Unsubscribe"] = "One-Click" }), Token);
        posted.StatusCode.Should().Be(HttpStatusCode.OK);
        foreach (var response in new[] { head, looked, posted })
        {
            response.Headers.Contains("Set-Cookie").Should().BeFalse();
            response.Headers.CacheControl!.NoStore.Should().BeTrue();
        }

        (await Cs.RunAsync(folder, "mail", "wishes", "p1@a1.example")).Output.Should().Contain("no email of the list news (oneclick, recipient)");
        using var altered = await http.PostAsync(link.ToString()[..^1] + (link.ToString()[^1] == 'A' ? 'B' : 'A'), new FormUrlEncodedContent(new Dictionary<string, string> { ["List-Unsubscribe"] = "One-Click" }), Token);
        altered.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    private static async Task TrackedAsync(MimeMessage letter)
    {
        using var http = Client();
        http.DefaultRequestHeaders.UserAgent.ParseAdd("Mozilla/5.0");
        var click = Link().Matches(letter.HtmlBody!).Select(match => WebUtility.HtmlDecode(match.Groups["url"].Value)).First(url => url.Contains("/m/c/", StringComparison.Ordinal));
        using var redirect = await http.GetAsync(click, Token);
        (redirect.StatusCode, redirect.Headers.Location!.ToString()).Should().Be((HttpStatusCode.Redirect, "https://example.com/news?a=1&b=2"));
        using var elsewhere = await http.GetAsync(click.Replace("/m/c/", "/m/c/x", StringComparison.Ordinal) + "?to=https://evil.example/", Token);
        elsewhere.StatusCode.Should().Be(HttpStatusCode.NotFound);
        elsewhere.Headers.Location.Should().BeNull();
        using var picture = await http.GetAsync(WebUtility.HtmlDecode(Regex.Match(letter.HtmlBody!, "src=\"([^\"]*/m/o/[^\"]*)\"").Groups[1].Value), Token);
        picture.Content.Headers.ContentType!.MediaType.Should().Be("image/gif");
    }

    private async Task ByBrowserAsync(MimeMessage japanese, MimeMessage english, TemporaryFolder folder)
    {
        // without JavaScript: the question, the answer, and back
        await using (var plain = await browsers.OpenAsync("en-US", script: false))
        {
            var page = await plain.NewPageAsync();
            await page.SetViewportSizeAsync(390, 844);
            await page.GotoAsync(japanese.Headers["List-Unsubscribe"]!.Trim('<', '>'));
            await page.GetByRole(AriaRole.Button, new() { Name = "配信を停止する" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("p•••@a1.example 宛ての「製品・イベントのお知らせ」の配信を停止しました。");
            await page.GetByRole(AriaRole.Link, new() { Name = "配信設定を変更する" }).ClickAsync();
            await Expect(page.GetByLabel("製品・イベントのお知らせ")).Not.ToBeCheckedAsync();
            await Expect(page.GetByLabel("アンケート")).ToBeCheckedAsync();
            await page.GetByLabel("製品・イベントのお知らせ").CheckAsync();
            await page.GetByLabel("アンケート").UncheckAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "保存する" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("設定を保存しました。");
            await Expect(page.GetByLabel("アンケート")).Not.ToBeCheckedAsync();
            (await plain.CookiesAsync()).Should().BeEmpty();
        }

        var wishes = (await Cs.RunAsync(folder, "mail", "wishes", "p2@a1.example")).Output;
        wishes.Should().MatchRegex("list surveys \\(preferences, recipient\\)\\s*\\n").And.MatchRegex("list news \\(preferences, recipient\\).*lifted");

        await using var context = await browsers.OpenAsync("en-US");
        var other = await context.NewPageAsync();
        await other.SetViewportSizeAsync(390, 844);
        var preferences = Regex.Match(english.TextBody!, "(http\\S+/m/p/\\S+)").Value;
        await other.GotoAsync(preferences);
        await Expect(other).ToHaveTitleAsync("What we send you");
        await other.NoViolationsAsync();
        await other.GetByRole(AriaRole.Button, new() { Name = "Send me nothing at all" }).ClickAsync();
        await Expect(other.GetByLabel("Surveys")).Not.ToBeCheckedAsync();
        await other.GetByRole(AriaRole.Link, new() { Name = "日本語" }).ClickAsync();
        await Expect(other).ToHaveTitleAsync("配信設定");
        (await Cs.RunAsync(folder, "mail", "wishes", "p3@a1.example")).Output.Should().Contain("no email (preferences, recipient)");
        var gone = await other.GotoAsync(preferences[..^3]);
        gone!.Status.Should().Be(404);
        (await other.ContentAsync()).Should().Contain("reply to the message");
    }

    [GeneratedRegex("href=\"(?<url>[^\"]+)\"")]
    private static partial Regex Link();
}
