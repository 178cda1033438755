using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace CustomerSuccess.Tests;

/// <summary>A message that the server has taken.</summary>
/// <param name="Id">Its Message-ID, in brackets.</param>
/// <param name="To">Whom the envelope named.</param>
/// <param name="IsSecure">True where it came over TLS.</param>
/// <param name="Raw">Every byte of it.</param>
internal sealed record TakenMail(string Id, string From, IReadOnlyList<string> To, bool IsSecure, byte[] Raw);

/// <summary>A real mail server (npm's <c>smtp-server</c>) on the loopback, as a process that can be killed and started again on its port. What it has answered for is on disk.</summary>
internal sealed class SmtpServer : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cs-smtp-").FullName;
    private readonly string[] _options;
    private readonly Arrivals _arrivals = new();
    private Process? _process;

    private SmtpServer(string[] options) => _options = options;

    public int Port { get; private set; }

    /// <summary>Starts a server; see <c>tests/smtp/server.js</c> for its options.</summary>
    public static async Task<SmtpServer> StartAsync(params string[] options)
    {
        await InstallAsync();
        var server = new SmtpServer(options);
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>Ends it as <c>kill -9</c> does.</summary>
    public async Task KillAsync()
    {
        _process!.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Starts it on the same port, with what it had.</summary>
    public async Task StartAgainAsync()
    {
        var start = new ProcessStartInfo("node", [Path.Combine(Home, "server.js"), _folder, "--port", Port.ToString(CultureInfo.InvariantCulture), .. _options]) { RedirectStandardOutput = true };
        _process = Process.Start(start)!;
        var line = await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The mail server did not start.");
        Port = int.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture);
        _ = ListenAsync(_process.StandardOutput);
    }

    /// <summary>Waits until it has taken so many messages in all.</summary>
    /// <exception cref="TimeoutException">They did not come in time.</exception>
    public Task ArrivedAsync(int count, CancellationToken cancellation = default) => _arrivals.UntilAsync(() => Task.FromResult(Count >= count), $"{count} messages to arrive", cancellation);

    /// <summary>Tells of every message that is taken from now on, until what is returned is disposed.</summary>
    public IDisposable Listen(Action told) => _arrivals.Listen(told);

    /// <summary>How many messages it has taken so far.</summary>
    public int Count => Lines().Count(line => line.EndsWith('}'));

    /// <summary>What it has taken, in order; a copy that came again is there again.</summary>
    public async Task<IReadOnlyList<TakenMail>> TakenAsync()
    {
        var taken = new List<TakenMail>();
        foreach (var line in Lines().Where(line => line.EndsWith('}')))
        {
            var entry = JsonDocument.Parse(line).RootElement;
            taken.Add(new(
                entry.GetProperty("id").GetString()!, entry.GetProperty("from").GetString()!,
                [.. entry.GetProperty("to").EnumerateArray().Select(to => to.GetString()!)], entry.GetProperty("secure").GetBoolean(),
                await File.ReadAllBytesAsync(Path.Combine(_folder, entry.GetProperty("file").GetString()!))));
        }

        return taken;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await KillAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A certificate for <c>localhost</c> that vouches for itself, with its key, in files of a folder that is left to the system.</summary>
    public static async Task<(string Cert, string Key)> CertificateAsync()
    {
        using var rsa = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(120));
        var folder = Directory.CreateTempSubdirectory("cs-cert-").FullName;
        var (cert, key) = (Path.Combine(folder, "cert.pem"), Path.Combine(folder, "key.pem"));
        await File.WriteAllTextAsync(cert, certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(key, rsa.ExportPkcs8PrivateKeyPem());
        return (cert, key);
    }

    private static string Home
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "CustomerSuccess.sln")))
            {
                folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside their repository.");
            }

            return Path.Combine(folder.FullName, "tests", "smtp");
        }
    }

    /// <summary>It says a word of each message that it has taken; after it was killed, nothing more.</summary>
    private async Task ListenAsync(StreamReader said)
    {
        while (await said.ReadLineAsync() is not null)
        {
            _arrivals.Tell();
        }
    }

    private string[] Lines()
    {
        var path = Path.Combine(_folder, "taken.jsonl");
        if (!File.Exists(path))
        {
            return [];
        }

        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary><c>./test</c> has installed it; whoever runs one project alone gets it here.</summary>
    private static async Task InstallAsync()
    {
        if (Directory.Exists(Path.Combine(Home, "node_modules", "smtp-server")))
        {
            return;
        }

        using var npm = Process.Start(new ProcessStartInfo("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]) { WorkingDirectory = Home })!;
        await npm.WaitForExitAsync();
        if (npm.ExitCode != 0)
        {
            throw new InvalidOperationException("npm ci in tests/smtp failed.");
        }
    }
}
