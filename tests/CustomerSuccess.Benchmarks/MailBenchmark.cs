using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Threading.Channels;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Outreach;
using CustomerSuccess.Engine;
using CustomerSuccess.Engine.Mail;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Tests;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace CustomerSuccess.Benchmarks;

/// <summary>A campaign to many contacts: rendering and queueing it under limits, and sending it to a real mail server on the same machine. And what is left when either side is killed.</summary>
internal static class MailBenchmark
{
    private const int Batch = 500;

    /// <summary><c>mail [MESSAGES [CONNECTIONS [DATABASE]]]</c>.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var messages = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 10_000;
        var connections = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 8;
        var folder = Directory.CreateTempSubdirectory("cs-bench-").FullName;
        try
        {
            var options = DatabaseOptions.Parse(args.Length > 2 ? args[2] : Path.Combine(folder, "mail.db"));
            await new Database(options).MigrateAsync();
            await SeedAsync(options, messages);
            await using var server = await SmtpServer.StartAsync();
            await using var services = Services(options);
            await SetAsync(services, server.Port, connections);

            var queueing = Clock.Start();
            var mailbox = services.GetRequiredService<Mailbox>();
            for (var first = 1; first <= messages; first += Batch)
            {
                var sent = await mailbox.SendManyAsync(Viewer.System, [.. Enumerable.Range(first, Math.Min(Batch, messages - first + 1)).Select(no => new NewMail
                {
                    AccountNo = no,
                    ContactNo = no,
                    Purpose = Purpose.Promotional,
                    Origin = MailOrigin.Campaign,
                    OriginId = "bench",
                    Subject = "{{account.name}}へのご案内",
                    Body = "{{contact.address_line}}\n\nいつもご利用いただき、ありがとうございます。\n\n**新しい機能**のご案内です。[詳細](https://example.com/new)をご覧ください。\n\n- 一つ目の項目\n- 二つ目の項目\n\n[申し込む](https://example.com/go){.button}\n",
                })]);
                if (sent.Value?.Count(MailStatus.Queued) is not > 0)
                {
                    throw new InvalidOperationException(string.Join(' ', sent.Value?.Mails[0].Reasons ?? [.. sent.Problems.Values]));
                }
            }

            Report("rendered, checked and queued", messages, queueing);
            var sending = Clock.Start();
            var report = await services.GetRequiredService<SendMail>().DrainAsync();
            Report("sent", report.Tally.Sent, sending);
            var (took, arrived) = (sending.Elapsed, server.Count);
            Console.WriteLine($"{arrived} arrived; {report.Tally.PutOff} put off, {report.Tally.AnswersLost} answers lost");
            foreach (var atOnce in new[] { false, true })
            {
                var peer = await PeerAsync(options, messages, connections, atOnce);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{peer / took:F2} of the peer's pace"));
            }

            return arrived == messages ? 0 : 1;
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The same messages sent by MailKit alone over as many connections to such a server, with nothing checked and no books kept: what could be reached at most. How long it took.</summary>
    /// <param name="options">Where the messages are.</param>
    /// <param name="messages">How many.</param>
    /// <param name="connections">At a time.</param>
    /// <param name="atOnce">True over sockets that send what they are given without waiting for the server's acknowledgement, as the product's do; false as MailKit opens them.</param>
    private static async Task<TimeSpan> PeerAsync(DatabaseOptions options, int messages, int connections, bool atOnce)
    {
        await using var context = Database.OpenDesignContext(options);
        var work = Channel.CreateUnbounded<(string From, string To, byte[] Raw)>();
        foreach (var row in await context.MailMessages.Join(context.MailContents, mail => new { mail.AccountNo, mail.MailId }, content => new { content.AccountNo, content.MailId }, (mail, content) => new { mail.AccountNo, mail.FromAddress, content.Raw }).ToListAsync())
        {
            work.Writer.TryWrite((row.FromAddress!, Address(row.AccountNo), SealMail.Unpack(row.Raw!)));
        }

        work.Writer.Complete();
        await using var server = await SmtpServer.StartAsync();
        var clock = Clock.Start();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            using var client = new SmtpClient();
            if (atOnce)
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync("127.0.0.1", server.Port);
                await client.ConnectAsync(socket, "127.0.0.1", server.Port, SecureSocketOptions.None);
            }
            else
            {
                await client.ConnectAsync("127.0.0.1", server.Port, SecureSocketOptions.None);
            }

            await foreach (var (from, to, raw) in work.Reader.ReadAllAsync())
            {
                using var message = await MimeMessage.LoadAsync(new MemoryStream(raw), persistent: true);
                await client.SendAsync(message, new MailboxAddress(null, from), [new MailboxAddress(null, to)]);
            }

            await client.DisconnectAsync(quit: true);
        })));
        Report(atOnce ? "sent by MailKit alone without waiting for acknowledgements" : "sent by MailKit alone", messages, clock);
        return clock.Elapsed;
    }

    private static string Address(int no) => $"person{no}@a{no % 500}.example";

    /// <summary><c>mail-kills [TIMES [WORK [DATABASE]]]</c>; the work by its name, or <c>all</c>.</summary>
    public static async Task<int> KillAsync(string[] args)
    {
        var times = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 20;
        var only = args.Length > 1 && args[1] != "all" ? args[1] : null;
        var folder = Directory.CreateTempSubdirectory("cs-kills-").FullName;
        var clean = true;
        try
        {
            foreach (var work in KillWork.All.Where(work => only is null || only == work.Name))
            {
                await using var trial = await KillTrial.CreateAsync(Path.Combine(AppContext.BaseDirectory, "cs.dll"), args.Length > 2 ? args[2] : Path.Combine(folder, $"{work.Name}.db"));
                foreach (var victim in Enum.GetValues<Victim>())
                {
                    var reports = new List<KillReport>();
                    for (var seed = 1; seed <= times; seed++)
                    {
                        reports.Add(await trial.RunAsync(work, victim, work.LettersEach > 1 ? 50 : work.IsWave ? 1_000 : 150, seed));
                        Console.WriteLine($"{work.Name}, {victim} {seed}: {reports[^1]}");
                    }

                    clean &= reports.TrueForAll(report => report.IsClean);
                    Console.WriteLine($"| {work.Name} | {victim} | {reports.Count} | {reports.Sum(own => own.Messages)} | {reports.Sum(own => own.Lost)} | {reports.Sum(own => own.TwoCopies)} | {reports.Sum(own => own.Different)} | {reports.Sum(own => own.Doubled)} | {reports.Sum(own => own.Unexplained)} | {reports.Sum(own => own.Listed)} |");
                }
            }
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }

        Console.WriteLine(clean ? "clean" : "NOT CLEAN");
        return clean ? 0 : 1;
    }

    private static ServiceProvider Services(DatabaseOptions options)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddCustomerSuccessEngine(options);
        return services.BuildServiceProvider();
    }

    private static async Task SetAsync(ServiceProvider services, int port, int connections)
    {
        foreach (var (key, value) in new[]
        {
            ("mail.transport", "smtp"), ("mail.smtp_host", "127.0.0.1"), ("mail.smtp_port", $"{port}"), ("mail.smtp_security", "none"), ("mail.from_address", "cs@company.example"), ("mail.connections", $"{connections}"),
            ("sender.name", "Company"), ("sender.address", "Tokyo"), ("sender.contact", "help@company.example"), ("web.address", "https://cs.company.example"),
            ("mail.track_clicks", "true"), ("mail.track_opens", "true"), ("contact.consent_countries", ""), ("contact.quiet_from", "00:00"), ("contact.quiet_to", "00:00"),
        })
        {
            if (!await services.GetRequiredService<SettingsStore>().SetAsync(Viewer.System, key, value))
            {
                throw new InvalidOperationException($"{key} = {value}");
            }
        }
    }

    private static async Task SeedAsync(DatabaseOptions options, int count)
    {
        await using var context = Database.OpenDesignContext(options);
        context.ChangeTracker.AutoDetectChangesEnabled = false;
        for (var no = 1; no <= count; no++)
        {
            context.Accounts.Add(new Account { AccountNo = no, AccountId = $"A{no}", Name = $"株式会社{no}", NameSort = $"{no:D7}", Country = "JP", SourceId = 1 });
            context.Contacts.Add(new Contact { AccountNo = no, ContactNo = no, ContactId = $"P{no}", Name = $"担当 {no}", NameSort = $"p{no}", Email = Address(no), Department = "営業部", Language = "ja", SourceId = 1 });
            if (no % 2000 == 0)
            {
                await context.SaveChangesAsync();
                context.ChangeTracker.Clear();
            }
        }

        await context.SaveChangesAsync();
    }

    private static void Report(string what, int count, Clock clock) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count:N0} {what} in {clock.Elapsed.TotalSeconds:F1} s: {count / clock.Elapsed.TotalMinutes:N0} a minute; {clock.Cpu.TotalSeconds:F1} s of processor time"));

    /// <summary>Time on the wall, and the process's own time: a machine that others use as well tells little by the first.</summary>
    private sealed record Clock(Stopwatch Wall, TimeSpan CpuBefore)
    {
        public TimeSpan Elapsed => Wall.Elapsed;

        public TimeSpan Cpu => Process.GetCurrentProcess().TotalProcessorTime - CpuBefore;

        public static Clock Start() => new(Stopwatch.StartNew(), Process.GetCurrentProcess().TotalProcessorTime);
    }
}
