using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Mail;

/// <summary>What a link in a message does.</summary>
public enum MailLinkKind : byte
{
    Unsubscribe = 1,
    Preferences = 2,
    Open = 3,
    Click = 4,

    /// <summary>A person's answers to a survey; the message's id is the invitation's.</summary>
    Survey = 5,
}

/// <summary>A link of one message to one recipient.</summary>
/// <param name="Kind">What it does; a link of one kind is none of another.</param>
/// <param name="AccountNo">The message's account.</param>
/// <param name="MailId">The message.</param>
/// <param name="RecipientNo">The recipient, from 1.</param>
/// <param name="LinkNo">For clicks the number of the link, from 0.</param>
public sealed record MailLink(MailLinkKind Kind, int AccountNo, string MailId, int RecipientNo, int LinkNo = 0);

/// <summary>
/// Makes and reads the tokens of links in messages: encrypted and authenticated (AES-256-GCM), so that they tell nothing and cannot be made up or altered.
/// They hold for as long as the database does: a way to unsubscribe must not expire.
/// </summary>
public sealed class MailLinks(Database database, SettingsStore settings) : IDisposable
{
    private const string SettingKey = "secret.mail_links";
    private const int KeyBytes = 32, NonceBytes = 12, TagBytes = 16, PayloadBytes = 24;
    private const int ReplyMacBytes = 6;
    private const string Base32 = "abcdefghijklmnopqrstuvwxyz234567";

    private readonly SemaphoreSlim _once = new(1);
    private byte[]? _key;

    public void Dispose() => _once.Dispose();

    /// <summary>The token of a link, for an address: 70 signs.</summary>
    public async Task<string> MakeAsync(MailLink link, CancellationToken cancellation = default) => (await OpenAsync(cancellation)).Make(link);

    /// <summary>The link of a token; null where it is none of ours, was altered, or is of another kind.</summary>
    public async Task<MailLink?> ReadAsync(string token, MailLinkKind kind, CancellationToken cancellation = default) =>
        (await OpenAsync(cancellation)).Read(token) is { } link && link.Kind == kind ? link : null;

    internal async Task<Key> OpenAsync(CancellationToken cancellation)
    {
        if (_key is null)
        {
            await _once.WaitAsync(cancellation);
            try
            {
                _key ??= await ReadKeyAsync(cancellation);
            }
            finally
            {
                _once.Release();
            }
        }

        return new Key(_key);
    }

    /// <summary>The database's key; whoever needs it first makes it.</summary>
    private async Task<byte[]> ReadKeyAsync(CancellationToken cancellation)
    {
        await using var context = database.OpenContext();
        var stored = await context.Settings.AsNoTracking().Where(setting => setting.Key == SettingKey).Select(setting => setting.Value).FirstOrDefaultAsync(cancellation);
        if (stored is null)
        {
            var made = settings.Seal(Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes)));
            await context.Database.ExecuteSqlAsync($"INSERT INTO setting (key, value, changed_at, changed_by) VALUES ({SettingKey}, {made}, {0L}, {"system"}) ON CONFLICT DO NOTHING", cancellation);
            stored = await context.Settings.AsNoTracking().Where(setting => setting.Key == SettingKey).Select(setting => setting.Value).FirstAsync(cancellation);
        }

        return Convert.FromBase64String(settings.Open(stored));
    }

    /// <summary>The key at hand.</summary>
    internal readonly struct Key(byte[] key)
    {
        public string Make(MailLink link)
        {
            Span<byte> payload = stackalloc byte[PayloadBytes];
            payload[0] = (byte)link.Kind;
            BinaryPrimitives.WriteInt32BigEndian(payload[1..], link.AccountNo);
            Guid.Parse(link.MailId).TryWriteBytes(payload[5..], bigEndian: true, out _);
            payload[21] = checked((byte)link.RecipientNo);
            BinaryPrimitives.WriteUInt16BigEndian(payload[22..], checked((ushort)link.LinkNo));
            Span<byte> token = stackalloc byte[NonceBytes + PayloadBytes + TagBytes];
            RandomNumberGenerator.Fill(token[..NonceBytes]);
            using var aes = new AesGcm(key, TagBytes);
            aes.Encrypt(token[..NonceBytes], payload, token.Slice(NonceBytes, PayloadBytes), token[(NonceBytes + PayloadBytes)..]);
            return Base64Url.EncodeToString(token);
        }

        public MailLink? Read(string token)
        {
            Span<byte> bytes = stackalloc byte[NonceBytes + PayloadBytes + TagBytes];
            if (token.Length != Base64Url.GetEncodedLength(bytes.Length) || !Base64Url.IsValid(token, out var length) || length != bytes.Length)
            {
                return null;
            }

            Base64Url.DecodeFromChars(token, bytes);
            Span<byte> payload = stackalloc byte[PayloadBytes];
            try
            {
                using var aes = new AesGcm(key, TagBytes);
                aes.Decrypt(bytes[..NonceBytes], bytes.Slice(NonceBytes, PayloadBytes), bytes[(NonceBytes + PayloadBytes)..], payload);
            }
            catch (AuthenticationTagMismatchException)
            {
                return null;
            }

            return new((MailLinkKind)payload[0], BinaryPrimitives.ReadInt32BigEndian(payload[1..]), new Guid(payload.Slice(5, 16), bigEndian: true).ToString(), payload[21], BinaryPrimitives.ReadUInt16BigEndian(payload[22..]));
        }

        /// <summary>The tag of the address to which answers to a message go: 42 letters and digits, the same for all its recipients.</summary>
        public string ReplyTag(int accountNo, string mailId)
        {
            Span<byte> bytes = stackalloc byte[20 + ReplyMacBytes];
            BinaryPrimitives.WriteInt32BigEndian(bytes, accountNo);
            Guid.Parse(mailId).TryWriteBytes(bytes[4..], bigEndian: true, out _);
            Mac(bytes[..20], bytes[20..]);
            return ToBase32(bytes);
        }

        /// <summary>The message of a tag; null for a tag that is none of ours.</summary>
        public (int AccountNo, string MailId)? ReadReplyTag(string tag)
        {
            if (FromBase32(tag) is not { Length: 20 + ReplyMacBytes } bytes)
            {
                return null;
            }

            Span<byte> mac = stackalloc byte[ReplyMacBytes];
            Mac(bytes.AsSpan(0, 20), mac);
            return CryptographicOperations.FixedTimeEquals(mac, bytes.AsSpan(20))
                ? (BinaryPrimitives.ReadInt32BigEndian(bytes), new Guid(bytes.AsSpan(4, 16), bigEndian: true).ToString())
                : null;
        }

        private void Mac(ReadOnlySpan<byte> payload, Span<byte> mac)
        {
            Span<byte> whole = stackalloc byte[HMACSHA256.HashSizeInBytes];
            HMACSHA256.HashData(key, [.. "reply"u8, .. payload], whole);
            whole[..mac.Length].CopyTo(mac);
        }

        private static string ToBase32(ReadOnlySpan<byte> bytes)
        {
            var text = new System.Text.StringBuilder();
            int bits = 0, value = 0;
            foreach (var b in bytes)
            {
                value = (value << 8) | b;
                for (bits += 8; bits >= 5; bits -= 5)
                {
                    text.Append(Base32[(value >> (bits - 5)) & 31]);
                }

                value &= (1 << bits) - 1;
            }

            return bits > 0 ? text.Append(Base32[(value << (5 - bits)) & 31]).ToString() : text.ToString();
        }

        private static byte[]? FromBase32(string text)
        {
            var bytes = new List<byte>();
            int bits = 0, value = 0;
            foreach (var c in text)
            {
                var digit = Base32.IndexOf(char.ToLowerInvariant(c), StringComparison.Ordinal);
                if (digit < 0)
                {
                    return null;
                }

                value = (value << 5) | digit;
                bits += 5;
                if (bits >= 8)
                {
                    bits -= 8;
                    bytes.Add((byte)(value >> bits));
                    value &= (1 << bits) - 1;
                }
            }

            return [.. bytes];
        }
    }
}
