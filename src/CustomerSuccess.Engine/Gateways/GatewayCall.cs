using System.Net;
using System.Net.Http.Headers;
using System.Text;
using CustomerSuccess.Core.Gateways;
using CustomerSuccess.Engine.Mail.Sending;

namespace CustomerSuccess.Engine.Gateways;

/// <summary>Hands one message to a gateway and reads what it says.</summary>
internal static class GatewayCall
{
    /// <summary>Bytes of an answer that are read.</summary>
    private const int MostRead = 64 * 1024;

    /// <summary>Characters of an answer that are kept.</summary>
    private const int MostKept = 300;

    /// <param name="client">The way out.</param>
    /// <param name="gateway">The gateway.</param>
    /// <param name="secret">Its secret, opened.</param>
    /// <param name="message">What it is sent.</param>
    /// <param name="messageId">The fixed id, which goes along as the idempotency key.</param>
    /// <param name="now">For waits that a gateway gives as a moment.</param>
    /// <param name="cancellation">Ends the wait for an answer: it is then lost.</param>
    public static async Task<Delivery> SendAsync(HttpClient client, Gateway gateway, string secret, GatewayMessage message, string messageId, DateTimeOffset now, CancellationToken cancellation)
    {
        GatewayRequest written;
        try
        {
            written = GatewayRequest.Of(gateway, message.Fields(messageId, secret));
        }
        catch (FormatException error)
        {
            // nothing is wrong with the message: it waits for the gateway to be mended
            return Delivery.Of(DeliveryOutcome.PutOff, error.Message);
        }

        using var content = new WatchedContent(written.Body, written.MediaType);
        using var request = new HttpRequestMessage(HttpMethod.Parse(gateway.Method), gateway.Url) { Content = content, Version = HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", messageId);
        foreach (var (name, value) in written.Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (!request.Headers.Contains("User-Agent"))
        {
            request.Headers.TryAddWithoutValidation("User-Agent", "CustomerSuccess");
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(TimeSpan.FromSeconds(gateway.TimeoutSeconds));
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            return await ReadAsync(response, gateway, secret, now, patience.Token);
        }
        catch (Exception error) when (error is HttpRequestException or IOException or OperationCanceledException)
        {
            var words = error is OperationCanceledException ? $"no answer within {gateway.TimeoutSeconds} s" : error.InnerException is { } inner and not IOException ? inner.Message : error.Message;
            return Delivery.Of(content.HandedOver ? DeliveryOutcome.AnswerLost : DeliveryOutcome.PutOff, words);
        }
    }

    private static async Task<Delivery> ReadAsync(HttpResponseMessage response, Gateway gateway, string secret, DateTimeOffset now, CancellationToken cancellation)
    {
        var status = (int)response.StatusCode;
        var body = await BodyAsync(response, cancellation);
        var verdict = GatewayAnswer.Of(status, gateway.ConflictMeansTaken);
        var words = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{status} {Kept(body, secret)}").TrimEnd();
        return Delivery.Of(verdict switch { GatewayVerdict.Taken => DeliveryOutcome.Taken, GatewayVerdict.Refused => DeliveryOutcome.Refused, _ => DeliveryOutcome.PutOff }, words) with
        {
            RetryAfter = verdict == GatewayVerdict.Later ? Wait(response.Headers.RetryAfter, now) : null,
            ProviderId = verdict == GatewayVerdict.Taken ? GatewayAnswer.IdIn(body, gateway.IdPath) : null,
        };
    }

    /// <summary>The answer's text as far as it is read. Its status is known by then, so that what breaks off here loses nothing.</summary>
    private static async Task<string> BodyAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var bytes = new byte[MostRead];
        var read = 0;
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
            read = await stream.ReadAtLeastAsync(bytes, MostRead, throwOnEndOfStream: false, cancellation);
        }
        catch (Exception error) when (error is HttpRequestException or IOException or OperationCanceledException)
        {
            read = 0;
        }

        return Encoding.UTF8.GetString(bytes, 0, read);
    }

    /// <summary>The first words of an answer, in one line; a gateway that repeats the secret does not get it kept.</summary>
    private static string Kept(string body, string secret)
    {
        var line = string.Join(' ', (secret.Length >= 4 ? body.Replace(secret, "***", StringComparison.Ordinal) : body).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var plain = string.Concat(line.Where(c => !char.IsControl(c)));
        return plain.Length <= MostKept ? plain : plain[..MostKept];
    }

    private static TimeSpan? Wait(RetryConditionHeaderValue? asked, DateTimeOffset now) => (asked?.Delta ?? asked?.Date - now) switch
    {
        { Ticks: > 0 } wait => wait < GatewayAnswer.LongestWait ? wait : GatewayAnswer.LongestWait,
        _ => null,
    };

    /// <summary>A body that tells whether it was begun to be handed over: from then on a broken connection leaves open whether the gateway has it.</summary>
    private sealed class WatchedContent : HttpContent
    {
        private readonly byte[] _bytes;

        public WatchedContent(byte[] bytes, string mediaType)
        {
            _bytes = bytes;
            Headers.ContentType = new MediaTypeHeaderValue(mediaType, "utf-8");
        }

        public bool HandedOver { get; private set; }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            HandedOver = true;
            return stream.WriteAsync(_bytes, cancellationToken).AsTask();
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _bytes.Length;
            return true;
        }
    }
}
