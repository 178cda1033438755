using System.Collections.Concurrent;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Settings;
using MimeKit;
using MimeKit.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.OpenSsl;

namespace CustomerSuccess.Engine.Mail;

/// <summary>Signs messages by DKIM (RFC 6376; Ed25519 by RFC 8463) where the settings name a selector and a key.</summary>
internal sealed class DkimSigning
{
    /// <summary>What a receiver acts upon is signed, the one-click headers among them (RFC 8058 asks for it).</summary>
    private static readonly string[] Signed =
        ["From", "To", "Cc", "Reply-To", "Subject", "Date", "Message-Id", "In-Reply-To", "References", "MIME-Version", "Content-Type", "List-Unsubscribe", "List-Unsubscribe-Post", "Auto-Submitted"];

    private readonly ConcurrentDictionary<(string Path, DateTime Written), AsymmetricKeyParameter> _keys = [];

    /// <summary>Signs a message as of its own date, so that the same message gets the same signature.</summary>
    /// <exception cref="InvalidOperationException">The key cannot be read, or is none.</exception>
    public void Sign(MimeMessage message, CompanySettings settings)
    {
        if (settings.DkimSelector.Length == 0 || settings.DkimKeyFile.Length == 0)
        {
            return;
        }

        var key = KeyOf(settings.DkimKeyFile);
        var domain = settings.DkimDomain.Length > 0 ? settings.DkimDomain : EmailAddress.Domain(message.From.Mailboxes.First().Address);
        new Signer(key, domain, settings.DkimSelector, message.Date).Sign(Format, message, [.. Signed.Where(name => message.Headers.Contains(name))]);
    }

    private static readonly FormatOptions Format = NewFormat();

    private static FormatOptions NewFormat()
    {
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        return format;
    }

    private AsymmetricKeyParameter KeyOf(string path)
    {
        try
        {
            // another key in the same file is another key
            var stamp = (Path.GetFullPath(path), File.GetLastWriteTimeUtc(path));
            return _keys.GetOrAdd(stamp, static file => Read(file.Path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or PemException or InvalidCastException or ArgumentException)
        {
            throw new InvalidOperationException($"The DKIM key in {path} cannot be read: {error.Message}", error);
        }
    }

    private static AsymmetricKeyParameter Read(string path)
    {
        using var text = File.OpenText(path);
        using var reader = new PemReader(text);
        return reader.ReadObject() switch
        {
            AsymmetricCipherKeyPair pair => pair.Private,
            AsymmetricKeyParameter { IsPrivate: true } key => key,
            _ => throw new PemException("it holds no private key"),
        };
    }

    private sealed class Signer : DkimSigner
    {
        private readonly long _signedAt;

        public Signer(AsymmetricKeyParameter key, string domain, string selector, DateTimeOffset signedAt)
            : base(key, domain, selector, key is Ed25519PrivateKeyParameters ? DkimSignatureAlgorithm.Ed25519Sha256 : DkimSignatureAlgorithm.RsaSha256)
        {
            _signedAt = signedAt.ToUnixTimeSeconds();
            HeaderCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed;
            BodyCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed;
        }

        protected override long GetTimestamp() => _signedAt;
    }
}
