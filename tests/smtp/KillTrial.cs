using System.Diagnostics;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Engine;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Mail;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerSuccess.Tests;

/// <summary>What is killed half-way.</summary>
internal enum Victim
{
    /// <summary>The mail server.</summary>
    Server,

    /// <summary>The process that decides who gets what, writes it and sends it (<c>cs worker</c>).</summary>
    Product,
}

/// <summary>What was found after everything had been started again and all was done.</summary>
/// <param name="People">Who was to get something.</param>
/// <param name="Messages">What they were to get altogether.</param>
/// <param name="Lost">Never arrived.</param>
/// <param name="TwoCopies">People who got two different messages where one was meant.</param>
/// <param name="Different">Arrived with other bytes than were sealed.</param>
/// <param name="Doubled">Arrived more than once, with the same id.</param>
/// <param name="Unexplained">Arrived more than once and are not listed as possibly doubled.</param>
/// <param name="Listed">Listed as possibly doubled.</param>
/// <param name="KilledAt">How many had arrived when the victim was killed.</param>
internal sealed record KillReport(int People, int Messages, int Lost, int TwoCopies, int Different, int Doubled, int Unexplained, int Listed, int KilledAt)
{
    public bool IsClean => Lost == 0 && TwoCopies == 0 && Different == 0 && Unexplained == 0;

    public override string ToString() => $"{Messages} messages to {People}, killed after {KilledAt}: {Lost} lost, {TwoCopies} got two different ones, {Different} different, {Doubled} doubled ({Unexplained} unexplained), {Listed} listed as possibly doubled";
}

/// <summary>Lets a process of the product write to many people by a real mail server, and kills one of the two at a moment drawn by a seed.</summary>
internal sealed class KillTrial : IAsyncDisposable
{
    /// <summary>Account numbers that each trial has to itself.</summary>
    private const int AccountsOfEach = 2_000;

    private readonly string _cs;
    private readonly DatabaseOptions _database;
    private readonly string _databaseText;
    private readonly ServiceProvider _services;
    private readonly SmtpServer _server;
    private readonly Arrivals _heard = new();
    private readonly IDisposable _listening;
    private int _trials;
    private int _arrived;

    private KillTrial(string cs, string database, ServiceProvider services, SmtpServer server)
    {
        (_cs, _databaseText, _database, _services, _server) = (cs, database, DatabaseOptions.Parse(database), services, server);
        _listening = server.Listen(_heard.Tell);
        services.GetRequiredService<LiveChanges>().Listen(_ => _heard.Tell());
    }

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
            ("mail.from_address", "cs@company.example"), ("mail.smtp_timeout_seconds", "10"), ("mail.connections", "4"), ("mail.per_minute", "0"), ("mail.domain_per_minute", "0"),
            ("sender.name", "Company"), ("sender.address", "Tokyo"), ("sender.contact", "help@company.example"), ("web.address", "https://cs.company.example"), ("plays.holdout_share", "0"),
            ("contact.person_most", "0"), ("contact.account_most", "0"), ("contact.consent_countries", ""), ("contact.quiet_from", "00:00"), ("contact.quiet_to", "00:00"), ("contact.skip_weekends", "false"), ("contact.skip_holidays", "false"),
        })
        {
            if (!await provider.GetRequiredService<SettingsStore>().SetAsync(Viewer.System, key, value))
            {
                throw new InvalidOperationException($"{key} = {value}");
            }
        }

        await provider.GetRequiredService<LiveChanges>().StartAsync(CancellationToken.None);
        return new(cs, database, provider, server);
    }

    /// <summary>One trial.</summary>
    /// <param name="work">What is going on.</param>
    /// <param name="victim">What is killed.</param>
    /// <param name="people">Who gets something.</param>
    /// <param name="seed">Draws the moment: of the product now and then while nothing has been sent yet.</param>
    public async Task<KillReport> RunAsync(KillWork work, Victim victim, int people, int seed)
    {
        var run = new KilledRun(_services, _database, $"kills_{++_trials}", ((_trials - 1) * AccountsOfEach) + 1, people);
        await run.SeedAsync();
        var messages = people * work.LettersEach;
        var random = new Random(seed);
        var killAt = _arrived + (victim == Victim.Product && seed % 4 == 0 ? 0 : random.Next(messages / 10, messages * 9 / 10));
        var worker = await StartWorkerAsync();
        try
        {
            await work.BeginAsync(run);
            await WaitAsync(async () => killAt == _arrived ? await run.Mails().AnyAsync() : _server.Count >= killAt, work, run, $"{killAt - _arrived} of {messages} to arrive");
            var killedAt = _server.Count - _arrived;
            if (victim == Victim.Server)
            {
                await _server.KillAsync();
                await _server.StartAgainAsync();
            }
            else
            {
                await EndAsync(worker);
                worker = await StartWorkerAsync();
            }

            await WaitAsync(() => work.IsDoneAsync(run), work, run, "all to be done");
            return await ReportAsync(work, run, killedAt);
        }
        finally
        {
            await EndAsync(worker);
            _arrived = _server.Count;
            await run.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listening.Dispose();
        await _server.DisposeAsync();
        await _services.DisposeAsync();
    }

    /// <summary>Looks whenever a message arrives or a change is told of. What goes on by the clock is hurried on meanwhile.</summary>
    private async Task WaitAsync(Func<Task<bool>> done, KillWork work, KilledRun run, string what)
    {
        using var ended = new CancellationTokenSource();
        var hurrying = work.Wakes is { } wakes ? HurryAsync(run, wakes, ended.Token) : Task.CompletedTask;
        try
        {
            await _heard.UntilAsync(done, what);
        }
        finally
        {
            await ended.CancelAsync();
            await hurrying;
        }
    }

    /// <summary>Has the product look at its work each second, as it does whenever somebody starts something; by the clock alone it looks every ten.</summary>
    private async Task HurryAsync(KilledRun run, (string Area, string Act) wakes, CancellationToken ended)
    {
        using var second = new PeriodicTimer(TimeSpan.FromSeconds(1));
        try
        {
            while (await second.WaitForNextTickAsync(ended))
            {
                await run.TellAsync(wakes.Area, wakes.Act);
                _heard.Tell();
            }
        }
        catch (OperationCanceledException)
        {
            // what was waited for is there
        }
    }

    private async Task<KillReport> ReportAsync(KillWork work, KilledRun run, int killedAt)
    {
        var query = _services.GetRequiredService<MailQuery>();
        var sent = await run.Mails().AsNoTracking().Where(mail => mail.SentAt != null).ToListAsync();
        var taken = (await _server.TakenAsync()).Skip(_arrived).ToList();
        var byId = taken.ToLookup(mail => mail.Id);
        var listed = (await query.ListAsync(Viewer.System, new() { Doubled = true, Origin = sent[0].Origin, OriginId = sent[0].OriginId }, 0, sent.Count + 1)).Rows.Select(mail => mail.MailId).ToHashSet();
        int different = 0, doubled = 0, unexplained = 0;
        foreach (var mail in sent)
        {
            var copies = byId[mail.MessageId!].ToList();
            var sealedBytes = (await query.RawAsync(Viewer.System, mail.AccountNo, mail.MailId))!;
            different += copies.Count(copy => !copy.Raw.AsSpan().SequenceEqual(sealedBytes));
            doubled += copies.Count > 1 ? 1 : 0;
            unexplained += copies.Count > 1 && !listed.Contains(mail.MailId) ? 1 : 0;
        }

        // by what arrived alone: who has how many different messages, whatever the outbox says
        var got = taken.GroupBy(mail => mail.To.Single()).ToDictionary(own => own.Key, own => own.Select(mail => mail.Id).Distinct().Count());
        var has = run.Addresses.Select(address => got.GetValueOrDefault(address)).ToList();
        return new(run.Addresses.Count, run.Addresses.Count * work.LettersEach, has.Sum(count => Math.Max(0, work.LettersEach - count)), has.Count(count => count > work.LettersEach), different, doubled, unexplained, listed.Count, killedAt);
    }

    private async Task<Process> StartWorkerAsync()
    {
        var worker = Process.Start(new ProcessStartInfo("dotnet", [_cs, "worker", "--database", _databaseText]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        worker.ErrorDataReceived += (_, _) => { };
        worker.BeginErrorReadLine();
        if (await worker.StandardOutput.ReadLineAsync() is null)
        {
            throw new InvalidOperationException("The worker ended before it ran.");
        }

        return worker;
    }

    /// <summary>As <c>kill -9</c> does.</summary>
    private static async Task EndAsync(Process worker)
    {
        if (!worker.HasExited)
        {
            worker.Kill(entireProcessTree: true);
            await worker.WaitForExitAsync();
        }

        worker.Dispose();
    }
}
