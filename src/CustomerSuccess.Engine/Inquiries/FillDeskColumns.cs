using CustomerSuccess.Core.Inquiries;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Engine.Accounts;
using CustomerSuccess.Engine.BusinessTime;
using CustomerSuccess.Engine.Calls;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CustomerSuccess.Engine.Inquiries;

/// <summary>
/// Once for a database that was made before the desk: fills in what imports and edits keep up since, which is where inquiries stand and by which key callers
/// and writers are found. Telephone keys are made anew where the company's country was changed.
/// </summary>
public sealed class FillDeskColumns(Database database, SettingsStore settingsStore, TimeProvider clock, ILogger<FillDeskColumns> log) : BackgroundService
{
    private const string InquiriesDone = "filled:inquiries";
    private const string KeysDone = "filled:contact-keys:";
    private const int Accounts = 200;
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>Fills in what is missing; returns how many rows.</summary>
    public async Task<int> RunAsync(CancellationToken cancellation = default) =>
        await FillInquiriesAsync(cancellation) + await FillKeysAsync(cancellation);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        do
        {
            try
            {
                await RunAsync(stoppingToken);
            }
            catch (Exception error) when (error is System.Data.Common.DbException or InvalidOperationException or DbUpdateException)
            {
                // such as a schema that is being made
                log.LogDebug(error, "Columns could not be filled in; it is tried again");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<int> FillInquiriesAsync(CancellationToken cancellation)
    {
        var filled = 0;
        await using var context = database.OpenContext();
        if (await context.Counters.AnyAsync(c => c.Name == InquiriesDone, cancellation))
        {
            return 0;
        }

        var rules = await DeskRulesReader.ReadAsync(context, await settingsStore.ReadAsync(cancellation), cancellation);
        await EachRangeAsync(context, async (from, until) =>
        {
            var inquiries = await context.Inquiries.Where(i => i.AccountNo > from && i.AccountNo <= until && i.SearchKey == null).ToListAsync(cancellation);
            inquiries.ForEach(inquiry => InquiryWork.Imported(inquiry, null, rules));
            filled += inquiries.Count;
        }, cancellation);

        await DoneAsync(context, InquiriesDone, cancellation);
        return filled;
    }

    private async Task<int> FillKeysAsync(CancellationToken cancellation)
    {
        await using var context = database.OpenContext();
        var region = await ContactKeys.RegionAsync(context, cancellation);
        var done = KeysDone + region;
        if (await context.Counters.AnyAsync(c => c.Name == done, cancellation))
        {
            return 0;
        }

        var filled = 0;
        await EachRangeAsync(context, async (from, until) =>
        {
            var contacts = await context.Contacts.Where(c => c.AccountNo > from && c.AccountNo <= until && (c.Phone != null || c.Email != null)).ToListAsync(cancellation);
            contacts.ForEach(contact => (contact.PhoneKey, contact.EmailKey) = (PhoneReader.Key(contact.Phone, region), EmailAddress.Key(contact.Email)));
            var accounts = await context.Accounts.Where(a => a.AccountNo > from && a.AccountNo <= until && a.Phone != null).ToListAsync(cancellation);
            accounts.ForEach(account => account.PhoneKey = PhoneReader.Key(account.Phone, region));
            filled += contacts.Count + accounts.Count;
        }, cancellation);

        await context.Counters.Where(c => c.Name.StartsWith(KeysDone)).ExecuteDeleteAsync(cancellation);
        await DoneAsync(context, done, cancellation);
        return filled;
    }

    /// <summary>Goes through all accounts, some at a time, and saves after each.</summary>
    private static async Task EachRangeAsync(CustomerSuccessContext context, Func<int, int, Task> fill, CancellationToken cancellation)
    {
        var last = await context.Accounts.MaxAsync(a => (int?)a.AccountNo, cancellation) ?? 0;
        for (var from = 0; from < last; from += Accounts)
        {
            await fill(from, from + Accounts);
            await context.SaveChangesAsync(cancellation);
            context.ChangeTracker.Clear();
        }
    }

    private static async Task DoneAsync(CustomerSuccessContext context, string what, CancellationToken cancellation) =>
        await context.Database.ExecuteSqlAsync($"INSERT INTO counter (name, next) VALUES ({what}, 0) ON CONFLICT DO NOTHING", cancellation);
}
