using System.Net.Sockets;
using System.Security.Authentication;
using CustomerSuccess.Core.Settings;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace CustomerSuccess.Engine.Mail.Sending;

/// <summary>Hands messages to a mail server over one connection, which is kept for the next message. MAIL and RCPT go together where the server lets them (PIPELINING).</summary>
internal sealed class SmtpTransport(CompanySettings settings, string password, TimeProvider clock) : MailTransport
{
    /// <summary>A server may want to see another connection now and then.</summary>
    private const int MostPerConnection = 500;

    /// <summary>A connection that was idle for so long may be closed by the server at any moment: it is asked first.</summary>
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(10);

    private static readonly FormatOptions Format = NewFormat();

    private readonly TimeSpan _timeout = TimeSpan.FromSeconds(settings.SmtpTimeoutSeconds);
    private Client? _client;
    private DateTimeOffset _usedAt;
    private int _sent;

    public override string Name => $"smtp {settings.SmtpHost}:{settings.SmtpPort.ToString(System.Globalization.CultureInfo.InvariantCulture)}";

    public override async Task ReadyAsync(CancellationToken cancellation)
    {
        if (settings.SmtpHost.Length == 0)
        {
            throw new MailUnreachableException("mail.smtp_host is not set.");
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(_timeout);
        try
        {
            if (_client is { IsConnected: true } && _sent < MostPerConnection)
            {
                if (clock.GetUtcNow() - _usedAt < Idle)
                {
                    return;
                }

                try
                {
                    await _client.NoOpAsync(patience.Token);
                    return;
                }
                catch (Exception error) when (IsBroken(error))
                {
                    // it was closed meanwhile: a new one
                }
            }

            await CloseAsync(quit: _sent >= MostPerConnection, patience.Token);
            _client = new Client();
            await _client.ConnectAsync(await SocketAsync(patience.Token), settings.SmtpHost, settings.SmtpPort, Options(settings.SmtpSecurity), patience.Token);
            if (settings.SmtpUser.Length > 0)
            {
                await _client.AuthenticateAsync(settings.SmtpUser, password, patience.Token);
            }

            _sent = 0;
            _usedAt = clock.GetUtcNow();
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            await CloseAsync(quit: false, CancellationToken.None);
            throw new MailUnreachableException($"no answer within {settings.SmtpTimeoutSeconds} s");
        }
        catch (Exception error) when (IsBroken(error) || error is SmtpCommandException or MailKit.Security.AuthenticationException or System.Security.Authentication.AuthenticationException or NotSupportedException or SaslException)
        {
            await CloseAsync(quit: false, CancellationToken.None);
            throw new MailUnreachableException(error.Message, error);
        }
    }

    public override async Task<Delivery> DeliverAsync(OutgoingMail mail, CancellationToken cancellation)
    {
        var client = _client!;
        client.Begin(mail);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(_timeout);
        try
        {
            using var message = await MimeMessage.LoadAsync(new MemoryStream(mail.Raw), persistent: true, CancellationToken.None);
            var answer = await client.SendAsync(Format, message, new MailboxAddress(null, mail.From), mail.Recipients.Select(recipient => new MailboxAddress(null, recipient.Address)), patience.Token);
            _sent++;
            _usedAt = clock.GetUtcNow();
            return new(DeliveryOutcome.Taken, answer, client.Refused(mail));
        }
        catch (SmtpCommandException error) when ((int)error.StatusCode == 421)
        {
            // "closing the connection": an answer, but not about the message
            await CloseAsync(quit: false, CancellationToken.None);
            return Delivery.Of(client.Conversation.HandedOver ? DeliveryOutcome.PutOff : DeliveryOutcome.BrokenOff, Words(error));
        }
        catch (SmtpCommandException error)
        {
            _usedAt = clock.GetUtcNow();
            if (client.Refused(mail) is { } refused && refused.Count == mail.Recipients.Count)
            {
                return new(DeliveryOutcome.Taken, Words(error), refused);
            }

            // who may not send at all has to mend that: nothing is lost meanwhile
            var forGood = (int)error.StatusCode >= 500 && error.ErrorCode != SmtpErrorCode.SenderNotAccepted;
            return Delivery.Of(forGood ? DeliveryOutcome.Refused : DeliveryOutcome.PutOff, Words(error));
        }
        catch (Exception error) when (IsBroken(error) || error is OperationCanceledException)
        {
            var handedOver = client.Conversation.HandedOver;
            await CloseAsync(quit: false, CancellationToken.None);
            return Delivery.Of(handedOver ? DeliveryOutcome.AnswerLost : DeliveryOutcome.BrokenOff, error is OperationCanceledException ? $"no answer within {settings.SmtpTimeoutSeconds} s" : error.Message);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await CloseAsync(quit: true, patience.Token);
        await base.DisposeAsync();
    }

    /// <summary>
    /// A connection that sends what it is given at once. The end of a message is a write of its own, which would otherwise lie here until the server has
    /// acknowledged the rest, and servers put that off: some 40 ms a message.
    /// </summary>
    private async Task<Socket> SocketAsync(CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(settings.SmtpHost, settings.SmtpPort, cancellation);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task CloseAsync(bool quit, CancellationToken cancellation)
    {
        if (_client is not { } client)
        {
            return;
        }

        _client = null;
        try
        {
            if (client.IsConnected)
            {
                await client.DisconnectAsync(quit, cancellation);
            }
        }
        catch (Exception error) when (IsBroken(error) || error is OperationCanceledException or SmtpCommandException)
        {
            // it is gone either way
        }

        client.Dispose();
    }

    private static bool IsBroken(Exception error) => error is IOException or SocketException or SmtpProtocolException or ServiceNotConnectedException or ServiceNotAuthenticatedException or SslHandshakeException or ObjectDisposedException;

    private static string Words(SmtpCommandException error) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{(int)error.StatusCode} {error.Message}");

    private static SecureSocketOptions Options(SmtpSecurity security) => security switch
    {
        SmtpSecurity.None => SecureSocketOptions.None,
        SmtpSecurity.Starttls => SecureSocketOptions.StartTls,
        SmtpSecurity.Tls => SecureSocketOptions.SslOnConnect,
        _ => SecureSocketOptions.Auto,
    };

    private static FormatOptions NewFormat()
    {
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        format.EnsureNewLine = true;
        return format;
    }

    /// <summary>A client that goes on where some recipients are refused.</summary>
    private sealed class Client : SmtpClient
    {
        private readonly List<(string Address, SmtpResponse Response)> _refused = [];
        private string _mailId = "";

        public Client()
            : this(new SmtpConversation())
        {
        }

        private Client(SmtpConversation conversation)
            : base(conversation) => Conversation = conversation;

        public SmtpConversation Conversation { get; }

        public void Begin(OutgoingMail mail)
        {
            Conversation.Begin();
            _refused.Clear();
            _mailId = mail.MailId;
        }

        public IReadOnlyList<RefusedRecipient> Refused(OutgoingMail mail) =>
        [
            .. _refused.Select(refused => (Of: mail.Recipients.FirstOrDefault(recipient => string.Equals(recipient.Address, refused.Address, StringComparison.OrdinalIgnoreCase)), refused.Response))
                .Where(refused => refused.Of is not null)
                .Select(refused => new RefusedRecipient(refused.Of!.RecipientNo, (int)refused.Response.StatusCode >= 500, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{(int)refused.Response.StatusCode} {refused.Response.Response}"))),
        ];

        protected override void OnRecipientNotAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response) => _refused.Add((mailbox.Address, response));

        protected override void OnNoRecipientsAccepted(MimeMessage message)
        {
        }

        protected override string GetEnvelopeId(MimeMessage message) => _mailId;
    }
}
