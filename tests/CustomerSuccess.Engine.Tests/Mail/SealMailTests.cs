using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Outreach;
using CustomerSuccess.Engine.Storage;
using MimeKit;
using MimeKit.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.OpenSsl;
using Org.BouncyCastle.Security;

namespace CustomerSuccess.Engine.Tests.Mail;

public sealed class SealMailTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_has_both_texts_in_seven_bits_and_says_who_sends_it_and_how_to_leave()
    {
        await using var company = await MailCompany.CreateAsync(DatabaseKind.Sqlite, "mail.track_opens", "true", "mail.track_clicks", "true");
        var contact = (await company.AccountAsync(1))[0];
        var sent = await company.SendAsync(MailCompany.To(contact, "{{account.name}}へのご案内", "{{contact.address_line}}\n\n[こちら](https://example.com/a)へ") with { Purpose = Purpose.Promotional, Origin = MailOrigin.Campaign, OriginId = "c1" });
        sent.Status.Should().Be(MailStatus.Queued, string.Join(',', sent.Reasons));
        var raw = await company.RawAsync(sent);
        raw.Should().OnlyContain(b => b < 128);
        using var mime = MimeMessage.Load(new MemoryStream(raw), Token);
        mime.Subject.Should().Be("株式会社1へのご案内");
        $"<{mime.MessageId}>".Should().Be(sent.MessageId).And.Be($"<{sent.MailId}@company.example>");
        mime.From.ToString().Should().Contain("cs@company.example");
        mime.From.Mailboxes.Single().Name.Should().Be("株式会社カンパニー");
        mime.To.Mailboxes.Single().Address.Should().Be("p1@a1.example");
        mime.Date.Should().BeExactly(MailCompany.Noon.ToOffset(TimeSpan.FromHours(9)));
        mime.TextBody.Should().Contain("株式会社1　担当 1　様").And.Contain("https://example.com/a").And.Contain("東京都千代田区丸の内1-2-3").And.Contain("help@company.example").And.Contain("配信停止：https://cs.company.example/m/u/");
        mime.HtmlBody.Should().Contain("https://cs.company.example/m/c/").And.Contain("https://cs.company.example/m/o/").And.NotContain("href=\"https://example.com/a\"").And.Contain("lang=\"ja\"");
        mime.Headers["List-Unsubscribe"].Should().MatchRegex("^<https://cs\\.company\\.example/m/u/[A-Za-z0-9_-]{70}>$");
        mime.Headers["List-Unsubscribe-Post"].Should().Be("List-Unsubscribe=One-Click");
        (await company.FindAsync(sent)).Text.Should().Be(mime.TextBody!.ReplaceLineEndings("\n"), "what is shown is what is sent");
    }

    [Fact]
    public async Task A_letter_to_one_person_neither_tracks_by_default_nor_looks_like_advertising()
    {
        await using var company = await MailCompany.CreateAsync(DatabaseKind.Sqlite);
        var contact = (await company.AccountAsync(1))[0];
        var sent = await company.SendAsync(MailCompany.To(contact, body: "[x](https://example.com/a)") with { Copies = [new("boss@a1.example", "Boss"), new("hidden@cs.example", IsBlind: true)] });
        using var mime = MimeMessage.Load(new MemoryStream(await company.RawAsync(sent)), Token);
        mime.Headers.Contains("List-Unsubscribe").Should().BeFalse();
        mime.HtmlBody.Should().Contain("href=\"https://example.com/a\"").And.NotContain("/m/");
        mime.Cc.Mailboxes.Single().Address.Should().Be("boss@a1.example");
        System.Text.Encoding.ASCII.GetString(await company.RawAsync(sent)).Should().NotContain("hidden@", "a blind copy stands in the envelope alone");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_dkim_signature_verifies_and_is_the_same_each_time(bool ed25519)
    {
        var keys = ed25519
            ? Generate(new Ed25519KeyPairGenerator(), new Org.BouncyCastle.Crypto.Parameters.Ed25519KeyGenerationParameters(new SecureRandom()))
            : Generate(new RsaKeyPairGenerator(), new KeyGenerationParameters(new SecureRandom(), 2048));
        var path = Path.GetTempFileName();
        await using (var file = File.CreateText(path))
        {
            using var writer = new PemWriter(file);
            writer.WriteObject(ed25519 ? new Org.BouncyCastle.OpenSsl.Pkcs8Generator(keys.Private) : keys.Private);
        }

        await using var company = await MailCompany.CreateAsync(DatabaseKind.Sqlite, "mail.dkim_selector", "cs2026", "mail.dkim_key_file", path);
        var contact = (await company.AccountAsync(1))[0];
        var sent = await company.SendAsync(MailCompany.To(contact, "件名", "本文です。") with { Purpose = Purpose.Promotional });
        var raw = await company.RawAsync(sent);
        using var mime = MimeMessage.Load(new MemoryStream(raw), Token);
        var signature = mime.Headers[mime.Headers.IndexOf(HeaderId.DkimSignature)];
        signature.Value.Should().Contain("d=company.example").And.Contain("s=cs2026").And.Contain(ed25519 ? "a=ed25519-sha256" : "a=rsa-sha256");
        signature.Value.ToLowerInvariant().Should().Contain("list-unsubscribe-post", "RFC 8058 asks for it to be signed");
        new DkimVerifier(new Locator(keys.Public)).Verify(mime, signature, Token).Should().BeTrue();
        mime.Subject = "altered";
        new DkimVerifier(new Locator(keys.Public)).Verify(mime, signature, Token).Should().BeFalse();
        File.Delete(path);
    }

    [Fact]
    public async Task A_key_that_cannot_be_read_holds_the_message_and_says_so()
    {
        await using var company = await MailCompany.CreateAsync(DatabaseKind.Sqlite, "mail.dkim_selector", "s", "mail.dkim_key_file", "/nowhere/key.pem");
        var contact = (await company.AccountAsync(1))[0];
        var held = await company.SendAsync(MailCompany.To(contact));
        held.Status.Should().Be(MailStatus.Held);
        held.Reasons.Should().Equal(HoldReasons.DkimKeyUnreadable);
        held.LastAnswer.Should().Contain("/nowhere/key.pem");
        await company.Settings.SetAsync(Core.Access.Viewer.System, "mail.dkim_selector", "", Token);
        (await company.Mailbox.QueueAsync(MailCompany.Csm, held.AccountNo, held.MailId, held.Version, cancellation: Token)).Value!.Status.Should().Be(MailStatus.Queued);
    }

    [Fact]
    public async Task Links_tell_nothing_hold_for_one_kind_and_cannot_be_made_up()
    {
        await using var company = await MailCompany.CreateAsync(DatabaseKind.Sqlite);
        var link = new Engine.Mail.MailLink(Engine.Mail.MailLinkKind.Unsubscribe, 7, Guid.CreateVersion7().ToString(), 1);
        var token = await company.Links.MakeAsync(link, Token);
        (await company.Links.MakeAsync(link, Token)).Should().NotBe(token);
        (await company.Links.ReadAsync(token, Engine.Mail.MailLinkKind.Unsubscribe, Token)).Should().Be(link);
        (await company.Links.ReadAsync(token, Engine.Mail.MailLinkKind.Preferences, Token)).Should().BeNull();
        using var restarted = new Engine.Mail.MailLinks(company.Database, company.Settings);
        (await restarted.ReadAsync(token, Engine.Mail.MailLinkKind.Unsubscribe, Token)).Should().Be(link, "a link works as long as the database lives");
        for (var i = 0; i < token.Length; i++)
        {
            var altered = token[..i] + (token[i] == 'A' ? 'B' : 'A') + token[(i + 1)..];
            (await company.Links.ReadAsync(altered, Engine.Mail.MailLinkKind.Unsubscribe, Token)).Should().BeNull();
        }

        foreach (var none in new[] { "", "x", new string('A', 70), token + "A", token.Replace('-', '+') + "=" })
        {
            (await company.Links.ReadAsync(none, Engine.Mail.MailLinkKind.Unsubscribe, Token)).Should().BeNull();
        }
    }

    private static AsymmetricCipherKeyPair Generate(IAsymmetricCipherKeyPairGenerator generator, KeyGenerationParameters parameters)
    {
        generator.Init(parameters);
        return generator.GenerateKeyPair();
    }

    private sealed class Locator(AsymmetricKeyParameter key) : IDkimPublicKeyLocator
    {
        public AsymmetricKeyParameter LocatePublicKey(string methods, string domain, string selector, CancellationToken cancellationToken) => key;

        public Task<AsymmetricKeyParameter> LocatePublicKeyAsync(string methods, string domain, string selector, CancellationToken cancellationToken) => Task.FromResult(key);
    }
}
