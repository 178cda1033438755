using System.Text;
using System.Text.Json;
using MimeKit;

namespace CustomerSuccess.EndToEnd.Tests;

/// <summary>Mail from a shell, and what is left of it when somebody pulls a plug.</summary>
[Collection("Servers, imports and mail of their own: one after the other, beside the demo company")]
public sealed class MailTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_template_becomes_a_letter_in_the_outbox_and_its_answer_comes_back()
    {
        using var folder = await TemporaryFolder.WithDatabaseAsync();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "accounts.csv"), "account_id,name,country,owner_email\nA1,株式会社青葉商事,JP,sara@cs.example\n", Token);
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "contacts.csv"), "contact_id,account_id,name,email,department,title,language\nP1,A1,清水 桂一,p1@a1.example,営業部,課長,ja\nP2,A1,Jane Doe,p2@a1.example,,,en\n", Token);
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "hello.txt"), """
            name: Hello
            purpose: proactive
            list: success
            --- en
            subject: How is {{account.name}} doing?

            {{contact.address_line}}

            How are you?
            --- ja
            subject: {{account.name}}のご利用状況について

            {{contact.address_line}}

            {{contact.department}}の皆様のご利用状況はいかがでしょうか。
            """, Token);
        (await Cs.RunAsync(folder, "import", "accounts.csv", "contacts.csv")).ExitCode.Should().Be(0);
        await Cs.SetAsync(folder, ("mail.from_address", "cs@company.example"), ("contact.quiet_from", "00:00"), ("contact.quiet_to", "00:00"), ("contact.skip_weekends", "false"), ("contact.skip_holidays", "false"));

        var (exit, output, errors) = await Cs.RunAsync(folder, "mail", "template", "add", "hello", "hello.txt");
        exit.Should().Be(0, errors);
        (exit, output, errors) = await Cs.RunAsync(folder, "mail", "write", "--account", "A1", "--contact", "P1", "--template", "hello", "--queue", "--json");
        exit.Should().Be(0, errors);
        var mail = JsonDocument.Parse(output).RootElement;
        mail.GetProperty("status").GetString().Should().Be("queued");
        var messageId = mail.GetProperty("message_id").GetString()!;
        (exit, output, errors) = await Cs.RunAsync(folder, "mail", "send", "--json");
        exit.Should().Be(0, errors);
        JsonDocument.Parse(output).RootElement.GetProperty("sent").GetInt32().Should().Be(1);
        using var letter = await MimeMessage.LoadAsync(Directory.GetFiles(Path.Combine(folder.Path, "outbox")).Single(), Token);
        letter.Subject.Should().Be("株式会社青葉商事のご利用状況について");
        letter.TextBody.Should().Contain("株式会社青葉商事　営業部　課長　清水 桂一　様").And.Contain("営業部の皆様");

        (exit, output, _) = await Cs.RunWithInputAsync(folder, Encoding.UTF8.GetBytes($"From: p1@a1.example\r\nTo: cs@company.example\r\nMessage-ID: <r@a1.example>\r\nIn-Reply-To: {messageId}\r\nSubject: Re\r\n\r\nok\r\n"), "mail", "receive", "-", "--json");
        exit.Should().Be(0);
        JsonDocument.Parse(output).RootElement.GetProperty("received")[0].GetProperty("kind").GetString().Should().Be("reply");
        (exit, _, errors) = await Cs.RunAsync(folder, "mail", "receive", "accounts.csv");
        exit.Should().Be(3, errors);

        (exit, output, errors) = await Cs.RunAsync(folder, "mail", "write", "--account", "A1", "--contact", "P2", "--template", "hello", "--preview");
        exit.Should().Be(0, errors);
        output.Should().Contain("How is 株式会社青葉商事 doing?").And.Contain("Dear Jane Doe,");
        (exit, _, _) = await Cs.RunAsync(folder, "mail", "stop", "p1@a1.example", "--how", "by telephone");
        exit.Should().Be(0);
        (_, output, _) = await Cs.RunAsync(folder, "mail", "write", "--account", "A1", "--contact", "P1", "--template", "hello", "--queue");
        output.Should().Contain("held").And.Contain("the person opted out");
    }

    [Fact]
    public async Task A_test_message_says_what_the_server_said_and_a_password_is_never_printed()
    {
        using var folder = await TemporaryFolder.WithDatabaseAsync();
        await using var server = await SmtpServer.StartAsync("--user", "cs", "--password", "hunter2");
        await Cs.SetAsync(folder, ("mail.from_address", "cs@company.example"), ("mail.transport", "smtp"), ("mail.smtp_host", "127.0.0.1"), ("mail.smtp_port", $"{server.Port}"), ("mail.smtp_security", "none"), ("mail.smtp_user", "cs"));

        (await Cs.RunWithInputAsync(folder, "hunter2\n"u8.ToArray(), "set", "mail.smtp_password", "-")).Output.Should().Contain("(set)").And.NotContain("hunter2");
        (await Cs.RunAsync(folder, "get")).Output.Should().NotContain("hunter2").And.Contain("mail.smtp_password = (set)");
        var (exit, output, errors) = await Cs.RunAsync(folder, "mail", "test", "--to", "me@company.example");
        exit.Should().Be(0, output + errors);
        output.Should().Contain("taken as 000001.eml");
        (exit, output, _) = await Cs.RunAsync(folder, "mail", "test", "--to", "refuse@company.example");
        exit.Should().Be(1);
        output.Should().Contain("no such person");
        await server.KillAsync();
        (exit, output, _) = await Cs.RunAsync(folder, "mail", "test", "--to", "me@company.example", "--json");
        exit.Should().Be(1);
        JsonDocument.Parse(output).RootElement.GetProperty("unreachable").GetString().Should().NotBeNullOrEmpty();
    }

    [Theory]
    [InlineData("starttls")]
    [InlineData("tls")]
    public async Task A_server_that_the_machine_trusts_gets_the_message_over_tls(string security)
    {
        using var folder = await TemporaryFolder.WithDatabaseAsync();
        var (cert, key) = await SmtpServer.CertificateAsync();
        await using var server = await SmtpServer.StartAsync(["--cert", cert, "--key", key, "--user", "cs", "--password", "secret", .. security == "tls" ? new[] { "--tls" } : []]);
        await Cs.SetAsync(
            folder, ("mail.from_address", "cs@company.example"), ("mail.transport", "smtp"), ("mail.smtp_host", "localhost"), ("mail.smtp_port", $"{server.Port}"),
            ("mail.smtp_security", security), ("mail.smtp_user", "cs"), ("mail.smtp_password", "secret"));
        var (exit, output, errors) = await Cs.RunTrustingAsync(folder, cert, "mail", "test", "--to", "me@company.example");
        exit.Should().Be(0, output + errors);
        (await server.TakenAsync()).Single().IsSecure.Should().BeTrue();
    }

    /// <summary>The same trials twenty times each, and a wave of a thousand: <c>dotnet run --project tests/CustomerSuccess.Benchmarks -c Release -- mail-kills</c>.</summary>
    [Theory]
    [InlineData(nameof(Victim.Server))]
    [InlineData(nameof(Victim.Product))]
    public async Task Killed_half_way_and_started_again_nothing_is_lost_and_a_second_copy_is_explained(string victim)
    {
        using var folder = await TemporaryFolder.WithDatabaseAsync();
        await using var trial = await KillTrial.CreateAsync(Path.Combine(AppContext.BaseDirectory, "cs.dll"), Path.Combine(folder.Path, "test.db"));
        foreach (var (work, people, seed) in new[] { (0, 120, 1), (1, 60, 2), (2, 20, 3), (3, 60, 4) })
        {
            var report = await trial.RunAsync(KillWork.All[work], Enum.Parse<Victim>(victim), people, seed);
            report.IsClean.Should().BeTrue("{0}: {1}", KillWork.All[work].Name, report);
        }

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
    }
}
