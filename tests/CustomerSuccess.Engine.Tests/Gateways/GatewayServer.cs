using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CustomerSuccess.Engine.Tests.Gateways;

/// <summary>What a gateway was sent.</summary>
internal sealed record GatewayRequestSeen(string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string Key => Headers["Idempotency-Key"];
}

/// <summary>A gateway of its own on the loopback, over real HTTP: what it answers is told beforehand, else 202.</summary>
internal sealed class GatewayServer : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentQueue<Func<HttpListenerResponse, Task>> _answers = new();
    private readonly ConcurrentQueue<GatewayRequestSeen> _seen = new();
    private readonly TaskCompletionSource _closing = new();
    private readonly Task _serving;

    public GatewayServer()
    {
        var port = FreePort();
        Address = $"http://127.0.0.1:{port}";
        _listener.Prefixes.Add(Address + "/");
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Address { get; }

    /// <summary>Everything that arrived, in its order.</summary>
    public IReadOnlyList<GatewayRequestSeen> Seen => [.. _seen];

    public void Answers(int status, string body = "", params (string Name, string Value)[] headers) => _answers.Enqueue(async response =>
    {
        response.StatusCode = status;
        foreach (var (name, value) in headers)
        {
            response.Headers[name] = value;
        }

        var bytes = Encoding.UTF8.GetBytes(body);
        response.ContentLength64 = bytes.Length;
        await response.OutputStream.WriteAsync(bytes);
        response.Close();
    });

    /// <summary>Takes the next request and breaks off without a word.</summary>
    public void BreaksOff() => _answers.Enqueue(response =>
    {
        response.Abort();
        return Task.CompletedTask;
    });

    /// <summary>Takes the next request and says nothing.</summary>
    public void SaysNothing() => _answers.Enqueue(_ => _closing.Task);

    public async ValueTask DisposeAsync()
    {
        _closing.TrySetResult();
        _listener.Stop();
        await _serving;
        _listener.Close();
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
            var body = await reader.ReadToEndAsync();
            var headers = context.Request.Headers.AllKeys.ToDictionary(name => name!, name => context.Request.Headers[name]!, StringComparer.OrdinalIgnoreCase);
            _seen.Enqueue(new(context.Request.HttpMethod, context.Request.RawUrl!, headers, body));
            if (!_answers.TryDequeue(out var answer))
            {
                Answers(202, """{"id":"usual"}""");
                _answers.TryDequeue(out answer);
            }

            _ = answer!(context.Response);
        }
    }
}
