using System.Diagnostics;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Outreach;
using CustomerSuccess.Engine;
using CustomerSuccess.Engine.Mail;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CustomerSuccess.Tests;

/// <summary>What is killed in the middle of sending.</summary>
internal enum Victim
{
    /// <summary>The mail server.</summary>
    Server,

    /// <summary>The process that sends (<c>cs worker</c>).</summary>
    Product,
}

/// <summary>What was found after everything had been started again and the queue was empty.</summary>
/// <param name="Messages">How many were queued.</param>
/// <param name="Lost">Never arrived.</param>
/// <param name="Different">Arrived with other bytes than were sealed.</param>
/// <param name="Doubled">Arrived more than once.</param>
/// <param name="Unexplained">Arrived more than once and are not listed as possibly doubled.</param>
/// <param name="Listed">Listed as possibly doubled.</param>
/// <param name="KilledAt">How many had arrived when the victim was killed.</param>
internal sealed record KillReport(int Messages, int Lost, int Different, int Doubled, int Unexplained, int Listed, int KilledAt)
{
    public bool IsClean => Lost == 0 && Different == 0 && Unexplained == 0;

    public override string ToString() => $"{Messages} messages, killed after {KilledAt}: {Lost} lost, {Different} different, {Doubled} doubled ({Unexplained} unexplained), {Listed} listed as possibly doubled";
}

/// <summary>Queues messages, lets a process of the product send them to a real mail server, and kills one of the two at a moment drawn by a seed.</summary>
internal sealed class KillTrial : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly string _cs;
    private readonly string _database;
    private readonly ServiceProvider _services;
    private readonly SmtpServer _server;
    private int _arrived;

    private KillTrial(string cs, string database, ServiceProvider services, SmtpServer server) => (_cs, _database, _services, _server) = (cs, database, services, server);

    /// <summary>Makes a database and starts a mail server that takes some milliseconds for each answer.</summary>
    /// <param name="cs">The built command line, <c>cs.dll</c>.</param>
    /// <param name="database">A SQLite path or a PostgreSQL connection string.</param>
    public static async Task<KillTrial> CreateAsync(string cs, string database)
    {
        var options = DatabaseOptions.Parse(database);
        await new Database(options).MigrateAsync();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddCustomerSuccessEngine(options);
        var provider = services.BuildServiceProvider();
        var server = await SmtpServer.StartAsync("--delay", "4");
        foreach (var (key, value) in new[]
        {
            ("mail.transport", "smtp"), ("mail.smtp_host", "127.0.0.1"), ("mail.smtp_port", $"{server.Port}"), ("mail.smtp_security", "none"),
            ("mail.from_address", "cs@company.example"), ("mail.smtp_timeout_seconds", "10"), ("mail.connections", "4"),
        })
        {
            if (!await provider.GetRequiredService<SettingsStore>().SetAsync(Viewer.System, key, value))
            {
                throw new InvalidOperationException($"{key} = {value}");
            }
        }

        return new(cs, database, provider, server);
    }

    /// <summary>One trial.</summary>
    public async Task<KillReport> RunAsync(Victim victim, int messages, int seed)
    {
        var mails = await _services.GetRequiredService<Mailbox>().SendManyAsync(Viewer.System, [.. Enumerable.Range(0, messages).Select(i => new NewMail
        {
            AccountNo = 0,
            ToAddress = $"person{i}@customer.example",
            Purpose = Purpose.Transactional,
            Origin = MailOrigin.Campaign,
            OriginId = $"trial-{victim}-{seed}",
            Language = "ja",
            Subject = $"お知らせ {i}",
            Body = $"{i} 番目のメッセージです。\n\n.\n..\n",
        })]);
        var killAt = _arrived + new Random(seed).Next(messages / 10, messages * 9 / 10);
        var worker = StartWorker();
        try
        {
            await UntilAsync(() => Task.FromResult(_server.Count >= killAt), $"{killAt} of {_arrived + messages} to arrive");
            var killedAt = _server.Count - _arrived;
            if (victim == Victim.Server)
            {
                await _server.KillAsync();
                await _server.StartAgainAsync();
            }
            else
            {
                await EndAsync(worker);
                worker = StartWorker();
            }

            var query = _services.GetRequiredService<MailQuery>();
            await UntilAsync(async () => (await query.CountsAsync(Viewer.System, MailOrigin.Campaign, $"trial-{victim}-{seed}")).Of(MailStatus.Sent) == messages, "all to be sent");
            return await ReportAsync(mails.Value!.Mails, killedAt);
        }
        finally
        {
            await EndAsync(worker);
            _arrived = _server.Count;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _services.DisposeAsync();
    }

    private async Task<KillReport> ReportAsync(IReadOnlyList<MailSummary> mails, int killedAt)
    {
        var query = _services.GetRequiredService<MailQuery>();
        var arrived = (await _server.TakenAsync()).Skip(_arrived).ToLookup(mail => mail.Id);
        var listed = (await query.ListAsync(Viewer.System, new() { Doubled = true, Origin = mails[0].Origin, OriginId = mails[0].OriginId }, 0, mails.Count)).Rows.Select(mail => mail.MailId).ToHashSet();
        int lost = 0, different = 0, doubled = 0, unexplained = 0;
        foreach (var mail in mails)
        {
            var copies = arrived[mail.MessageId!].ToList();
            var sealedBytes = (await query.RawAsync(Viewer.System, mail.AccountNo, mail.MailId))!;
            lost += copies.Count == 0 ? 1 : 0;
            different += copies.Count(copy => !copy.Raw.AsSpan().SequenceEqual(sealedBytes));
            doubled += copies.Count > 1 ? 1 : 0;
            unexplained += copies.Count > 1 && !listed.Contains(mail.MailId) ? 1 : 0;
        }

        return new(mails.Count, lost, different, doubled, unexplained, listed.Count, killedAt);
    }

    private Process StartWorker() => Process.Start(new ProcessStartInfo("dotnet", [_cs, "worker", "--database", _database]) { RedirectStandardOutput = true, RedirectStandardError = true })!;

    private static async Task EndAsync(Process worker)
    {
        if (!worker.HasExited)
        {
            worker.Kill(entireProcessTree: true);
            await worker.WaitForExitAsync();
        }
    }

    private static async Task UntilAsync(Func<Task<bool>> done, string what)
    {
        var clock = Stopwatch.StartNew();
        while (!await done())
        {
            if (clock.Elapsed > Patience)
            {
                throw new TimeoutException($"Waited in vain for {what}.");
            }

            await Task.Delay(5);
        }
    }
}
