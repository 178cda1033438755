using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Surveys;
using CustomerSuccess.Engine;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Surveys;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using MimeKit;
using static Microsoft.Playwright.Assertions;

namespace CustomerSuccess.EndToEnd.Tests.Browser;

/// <summary>An NPS wave of a thousand through a real mail server, answered by people, by scanners and by those who try what they should not.</summary>
[Collection("Servers, imports and mail of their own: one after the other, beside the demo company")]
public sealed partial class SurveyWaveTests(DemoServer browsers)
{
    private const int People = 1000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_thousand_are_asked_once_each_and_every_answer_is_accounted_for()
    {
        await browsers.BrowseAsync();
        using var folder = await TemporaryFolder.WithDatabaseAsync();
        await using var smtp = await SmtpServer.StartAsync();
        using var server = await WebServer.StartAsync(folder, "--no-demo");
        await ImportAsync(folder);
        await Cs.SetAsync(
            folder, ("mail.from_address", "cs@company.example"), ("mail.transport", "smtp"), ("mail.smtp_host", "127.0.0.1"), ("mail.smtp_port", $"{smtp.Port}"), ("mail.smtp_security", "none"), ("mail.per_minute", "0"), ("mail.domain_per_minute", "0"),
            ("contact.quiet_from", "00:00"), ("contact.quiet_to", "00:00"), ("contact.skip_weekends", "false"), ("contact.skip_holidays", "false"), ("sender.name", "Company, Inc."), ("sender.name_ja", "株式会社カンパニー"), ("web.address", server.Address.ToString()));
        await StartWaveAsync(folder);

        // the web application invites and sends by itself
        try
        {
            await smtp.ArrivedAsync(People, Token);
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"{late.Message} {smtp.Count} came; {StateOf(folder)}. The application said: {server.Said}", late);
        }

        var taken = await smtp.TakenAsync();
        taken.Should().HaveCount(People);
        taken.Select(mail => mail.To.Single()).Should().OnlyHaveUniqueItems().And.NotContain("p5@a.example", "that person has opted out").And.NotContain("p6@a.example", "that account is young");

        var links = new Dictionary<string, string>();
        foreach (var mail in taken)
        {
            using var letter = await MimeMessage.LoadAsync(new MemoryStream(mail.Raw), Token);
            var scores = Score().Matches(letter.HtmlBody!).Select(match => match.Groups["link"].Value).Distinct().ToList();
            links.Add(mail.To.Single(), scores.Should().ContainSingle().Which);
        }

        var said = await AnswerAsync(links);
        await ByBrowserAsync(links, said);

        // every answer is a fact with the score that was sent last, and nobody else's is there
        var rows = Read(folder, "SELECT c.email, r.score, r.comment, r.kind, r.source_id FROM survey_response r JOIN contact c ON c.account_no = r.account_no AND c.contact_no = r.contact_no");
        rows.ToDictionary(row => row[0]!, row => (row[1], row[2])).Should().Equal(said.ToDictionary(one => one.Key, one => ((string?)one.Value.Score.ToString(CultureInfo.InvariantCulture), one.Value.Comment)));
        rows.Should().OnlyContain(row => row[3] == "nps" && row[4] == "0");
        Read(folder, "SELECT state, COUNT(*) FROM survey_invitation GROUP BY state").ToDictionary(row => row[0]!, row => int.Parse(row[1]!, CultureInfo.InvariantCulture)).Should().Contain("Answered", said.Count).And.Contain("HeldBack", 2);
        int.Parse(Read(folder, "SELECT COUNT(*) FROM task").Single()[0]!, CultureInfo.InvariantCulture).Should().BeInRange(said.Values.Count(one => one.Score <= 6), said.Count, "each detractor is somebody's task");
        SqliteConnection.ClearAllPools();
    }

    /// <summary>How far invitations and messages are, as they are told where too few arrive.</summary>
    private static string StateOf(TemporaryFolder folder) => string.Join(", ", Read(folder, """
        SELECT 'invitations', state, COUNT(*), '' FROM survey_invitation GROUP BY state UNION ALL
        SELECT 'messages', status || ' ' || coalesce(reasons, '') || ' ' || coalesce(last_answer, ''), COUNT(*), 'not before ' || coalesce(max(not_before), '-') FROM mail_message GROUP BY status, reasons, last_answer UNION ALL
        SELECT 'lease', name, expires_at, holder FROM lease UNION ALL
        SELECT 'outage', name, failures, error FROM mail_outage
        """).Select(row => string.Join(' ', row)));

    private static async Task ImportAsync(TemporaryFolder folder)
    {
        var (accounts, contacts, terms) = (new StringBuilder("account_id,name,country,created_on,segment,owner_email\n"), new StringBuilder("contact_id,account_id,name,email,language,opt_out_email\n"), new StringBuilder("subscription_id,account_id,mrr,currency,started_on\n"));
        for (var i = 1; i <= People + 2; i++)
        {
            accounts.Append(CultureInfo.InvariantCulture, $"A{i},株式会社{i},JP,{(i == 6 ? DateTime.UtcNow.AddDays(-3) : new DateTime(2024, 1, 1)):yyyy-MM-dd},{(i % 2 == 0 ? "SMB" : "Enterprise")},{(i % 3 == 0 ? "sara" : "ken")}@cs.example\n");
            contacts.Append(CultureInfo.InvariantCulture, $"P{i},A{i},Person {i},p{i}@a.example,{(i % 4 == 0 ? "en" : "ja")},{(i == 5 ? "true" : "false")}\n");
            terms.Append(CultureInfo.InvariantCulture, $"S{i},A{i},100,USD,{(i == 6 ? DateTime.UtcNow.AddDays(-3) : new DateTime(2024, 1, 1)):yyyy-MM-dd}\n");
        }

        foreach (var (name, text) in new[] { ("accounts.csv", accounts), ("contacts.csv", contacts), ("subscriptions.csv", terms) })
        {
            await File.WriteAllTextAsync(Path.Combine(folder.Path, name), text.ToString(), Token);
        }

        var (exit, output, errors) = await Cs.RunAsync(folder, "import", "accounts.csv", "contacts.csv", "subscriptions.csv");
        exit.Should().Be(0, output + errors);
    }

    /// <summary>What the page does, by the same commands of the Engine, from a process of its own.</summary>
    private static async Task StartWaveAsync(TemporaryFolder folder)
    {
        var services = new ServiceCollection();
        services.AddCustomerSuccessEngine(DatabaseOptions.Parse(Path.Combine(folder.Path, "test.db")));
        await using var provider = services.BuildServiceProvider();
        var edits = provider.GetRequiredService<SurveyEdits>();
        var survey = (await edits.SaveAsync(Viewer.System, null, SurveyDefaults.Of(SurveyKind.Nps, "ja") with { Name = "NPS 2026" }, cancellation: Token)).Value!;
        (await edits.StartWaveAsync(Viewer.System, survey.SurveyId, Token)).Holds.Should().BeTrue();
    }

    /// <summary>Four of ten answer by plain HTTP, some of them twice; of some a scanner has followed another score before.</summary>
    private static async Task<Dictionary<string, (int Score, string? Comment)>> AnswerAsync(Dictionary<string, string> links)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, MaxConnectionsPerServer = 8 });
        var said = new Dictionary<string, (int, string?)>();
        var random = new Random(3);
        var wanted = links.Where(_ => random.Next(10) < 4).Select(link => (Who: link.Key, Link: link.Value, Score: random.Next(11), Comment: random.Next(2) == 0 ? $"理由 {link.Key} <b>" : null, Again: random.Next(8) == 0)).ToList();
        await Parallel.ForEachAsync(wanted, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = Token }, async (one, cancellation) =>
        {
            if (one.Again)
            {
                using var looked = await http.GetAsync($"{one.Link}?s={(one.Score + 3) % 11}", cancellation);
                looked.StatusCode.Should().Be(HttpStatusCode.OK);
                looked.Headers.Contains("Set-Cookie").Should().BeFalse();
            }

            foreach (var score in one.Again ? new[] { 10 - one.Score, one.Score } : [one.Score])
            {
                using var posted = await http.PostAsync(one.Link, new FormUrlEncodedContent(new Dictionary<string, string> { ["q1"] = score.ToString(CultureInfo.InvariantCulture), ["q2"] = one.Comment ?? "" }), cancellation);
                posted.StatusCode.Should().Be(HttpStatusCode.OK);
            }

            lock (said)
            {
                said.Add(one.Who, (one.Score, one.Comment));
            }
        });

        var link = links.Values.First();
        using var altered = await http.PostAsync(link[..^2] + "AA", new FormUrlEncodedContent(new Dictionary<string, string> { ["q1"] = "1" }), Token);
        altered.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await altered.Content.ReadAsStringAsync(Token)).Should().Contain("data-survey=\"unknown\"");
        using var wrong = await http.PostAsync(links.First(one => !said.ContainsKey(one.Key)).Value, new FormUrlEncodedContent(new Dictionary<string, string> { ["q1"] = "11" }), Token);
        wrong.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);

        // one link is not to be hammered, however many others answer from the same address
        var hammered = links.First(one => !said.ContainsKey(one.Key)).Value;
        var codes = new List<HttpStatusCode>();
        for (var i = 0; i < 12; i++)
        {
            using var refused = await http.PostAsync(hammered, new FormUrlEncodedContent(new Dictionary<string, string> { ["q1"] = "x" }), Token);
            codes.Add(refused.StatusCode);
        }

        codes.Should().EndWith(HttpStatusCode.TooManyRequests);
        return said;
    }

    /// <summary>Two people by a browser on a phone, without JavaScript, in either language.</summary>
    private async Task ByBrowserAsync(Dictionary<string, string> links, Dictionary<string, (int Score, string? Comment)> said)
    {
        var japanese = links.Last(one => !said.ContainsKey(one.Key) && int.Parse(one.Key[1..one.Key.IndexOf('@', StringComparison.Ordinal)], CultureInfo.InvariantCulture) % 4 != 0);
        var english = links.Last(one => !said.ContainsKey(one.Key) && int.Parse(one.Key[1..one.Key.IndexOf('@', StringComparison.Ordinal)], CultureInfo.InvariantCulture) % 4 == 0);
        await using var plain = await browsers.OpenAsync("de", script: false);
        var page = await plain.NewPageAsync();
        await page.SetViewportSizeAsync(390, 844);
        await page.GotoAsync(japanese.Value + "?s=9");
        await Expect(page).ToHaveTitleAsync("アンケート");
        (await page.Locator("input[name=q1]:checked").GetAttributeAsync("value")).Should().Be("9", "the pressed score is chosen");
        await page.GetByLabel("その点数をお選びになった理由をお聞かせください。（任意）").FillAsync("使いやすい");
        await page.GetByRole(AriaRole.Button, new() { Name = "回答を送信する" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync(new Regex("^\\s*ご回答ありがとうございました。"));
        await page.GetByRole(AriaRole.Link, new() { Name = "回答を変更する" }).ClickAsync();
        await Expect(page.Locator("[data-survey=again]")).ToBeVisibleAsync();
        await page.Locator("input[name=q1][value='10']").CheckAsync(new() { Force = true });
        await page.GetByRole(AriaRole.Button, new() { Name = "変更した回答を送信する" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToBeVisibleAsync();
        said.Add(japanese.Key, (10, "使いやすい"));

        await page.GotoAsync(english.Value);
        await page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync(new Regex("^\\s*Please look at what is marked"));
        await page.Locator("input[name=q1][value='2']").CheckAsync(new() { Force = true });
        await page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync(new Regex("^\\s*Thank you for being frank\\."));
        said.Add(english.Key, (2, null));
        (await plain.CookiesAsync()).Should().BeEmpty();

        await using var context = await browsers.OpenAsync("en");
        var looked = await context.NewPageAsync();
        await looked.GotoAsync(english.Value);
        await looked.NoViolationsAsync();
    }

    private static List<string?[]> Read(TemporaryFolder folder, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder.Path, "test.db")};Mode=ReadOnly");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string?[]>();
        while (reader.Read())
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture))]);
        }

        return rows;
    }

    [GeneratedRegex("href=\"(?<link>http[^\"]+/s/[A-Za-z0-9_-]+)\\?s=\\d+\"")]
    private static partial Regex Score();
}
