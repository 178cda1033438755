using System.Diagnostics;
using System.Globalization;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Campaigns;
using CustomerSuccess.Core.Outreach;
using CustomerSuccess.Engine;
using CustomerSuccess.Engine.Campaigns;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerSuccess.Benchmarks;

/// <summary>A campaign to many people, up to the outbox: reckoning whom it reaches, fixing its members, and writing their messages in short transactions.</summary>
internal static class CampaignBenchmark
{
    /// <summary><c>campaign [PEOPLE [DATABASE]]</c>.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var count = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 100_000;
        var folder = Directory.CreateTempSubdirectory("cs-bench-").FullName;
        try
        {
            var options = DatabaseOptions.Parse(args.Length > 1 ? args[1] : Path.Combine(folder, "campaign.db"));
            await new Database(options).MigrateAsync();
            await SeedAsync(options, count);
            var services = new ServiceCollection();
            services.AddLogging();
            services.AddCustomerSuccessEngine(options);
            await using var provider = services.BuildServiceProvider();
            foreach (var (key, value) in new[]
            {
                ("mail.from_address", "cs@company.example"), ("sender.name", "Company"), ("sender.address", "Tokyo"), ("sender.contact", "help@company.example"), ("web.address", "https://cs.company.example"),
                ("contact.consent_countries", ""), ("contact.quiet_from", "00:00"), ("contact.quiet_to", "00:00"),
            })
            {
                await provider.GetRequiredService<SettingsStore>().SetAsync(Viewer.System, key, value);
            }

            var edits = provider.GetRequiredService<CampaignEdits>();
            var plan = new CampaignPlan
            {
                Name = "Bench",
                Purpose = Purpose.Promotional,
                Recipients = CampaignRecipients.Everybody,
                HoldoutShare = 0.1,
                Subjects = [new("News for {{account.name}}", "{{account.name}}へのご案内")],
                BodyEn = "{{contact.address_line}}\n\nNews.",
                BodyJa = "{{contact.address_line}}\n\nいつもご利用いただき、ありがとうございます。\n\n**新しい機能**のご案内です。[詳細](https://example.com/new)をご覧ください。\n",
            };
            var campaign = (await edits.SaveAsync(Viewer.System, null, plan)).Value!;
            var query = provider.GetRequiredService<CampaignQuery>();
            var watch = Stopwatch.StartNew();
            var reach = await query.ReachAsync(Viewer.System, campaign.CampaignId, plan);
            Report("reckoned", reach.Members, watch);
            await edits.StartAsync(Viewer.System, campaign.CampaignId);
            watch.Restart();
            var report = await provider.GetRequiredService<RunCampaigns>().RunAsync();
            Report("fixed, prepared and queued", report.Fixed, watch);
            watch.Restart();
            var counts = (await query.FindAsync(Viewer.System, campaign.CampaignId))!.Row.Counts;
            Report("counted", counts.Members, watch);
            Console.WriteLine($"{counts.Queued} queued, {counts.HeldOut} held out, {counts.HeldBack} held back");
            return counts.Queued + counts.HeldOut == count ? 0 : 1;
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task SeedAsync(DatabaseOptions options, int count)
    {
        await using var context = Database.OpenDesignContext(options);
        context.ChangeTracker.AutoDetectChangesEnabled = false;
        for (var no = 1; no <= count; no++)
        {
            context.Accounts.Add(new Account { AccountNo = no, AccountId = $"A{no}", Name = $"株式会社{no}", NameSort = $"{no:D7}", Country = "JP", SourceId = 1 });
            context.Contacts.Add(new Contact { AccountNo = no, ContactNo = no, ContactId = $"P{no}", Name = $"担当 {no}", NameSort = $"p{no}", Email = $"person{no}@a{no % 500}.example", Language = "ja", SourceId = 1 });
            context.Subscriptions.Add(new Subscription { AccountNo = no, SourceId = 1, FactId = $"S{no}", Mrr = 100, Currency = "JPY", StartedOn = new(2024, 1, 1) });
            if (no % 2_000 == 0)
            {
                await context.SaveChangesAsync();
                context.ChangeTracker.Clear();
            }
        }

        await context.SaveChangesAsync();
    }

    private static void Report(string what, int people, Stopwatch watch) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{people:N0} people {what} in {watch.Elapsed.TotalSeconds:F1} s"));
}
