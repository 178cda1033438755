using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Campaigns;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Segments;
using CustomerSuccess.Engine.Campaigns;
using CustomerSuccess.Engine.Features;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace CustomerSuccess.Engine.Tests.Campaigns;

/// <summary>A company that writes to its customers: accounts that pay, with people who have an address each.</summary>
internal sealed class CampaignCompany(MailCompany mail) : IAsyncDisposable
{
    private readonly RunCampaigns _run = new(mail.Database, mail.Mailbox, mail.Acts, mail.Settings, mail.Live, mail.Clock, NullLogger<RunCampaigns>.Instance);

    /// <summary>May manage.</summary>
    public static Viewer Manager => MailCompany.Csm;

    public MailCompany Mail => mail;

    public CampaignEdits Edits { get; } = new(mail.Acts, mail.Mailbox, mail.Settings);

    public CampaignQuery Query { get; } = new(mail.Database, mail.Settings, mail.Clock);

    public CampaignResultQuery Results { get; } = new(mail.Database, mail.Settings);

    public CampaignMessages Messages { get; } = new(mail.Database, mail.Mailbox, mail.Settings, mail.Clock);

    public CampaignEffectQuery Effects { get; } = new(mail.Database, mail.Settings, new AsOfDates(mail.Database), mail.Clock);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<CampaignCompany> CreateAsync(DatabaseKind kind, params string[] settings) =>
        new(await MailCompany.CreateAsync(kind, ["contact.quiet_from", "00:00", "contact.quiet_to", "00:00", "contact.skip_weekends", "false", "contact.skip_holidays", "false", .. settings]));

    /// <summary>Accounts that pay, with their people, numbered from 1.</summary>
    public async Task AccountsAsync(int count, int people = 1, Action<Account>? account = null, Action<Contact>? contact = null)
    {
        for (var no = 1; no <= count; no++)
        {
            await AccountAsync(no, people, account, contact);
        }
    }

    public async Task<IReadOnlyList<Contact>> AccountAsync(int no, int people = 1, Action<Account>? account = null, Action<Contact>? contact = null, DateOnly? ended = null)
    {
        var contacts = await mail.AccountAsync(no, people, account, contact);
        await using var context = mail.Database.OpenContext();
        context.Subscriptions.Add(new Subscription { AccountNo = no, SourceId = 1, FactId = $"S{no}", Mrr = 100, Currency = "USD", StartedOn = DateOnly.FromDateTime(mail.Now).AddDays(-400), EndedOn = ended });
        await context.SaveChangesAsync(Token);
        return contacts;
    }

    /// <summary>A segment that some accounts are in.</summary>
    public async Task<string> SegmentAsync(string name, params int[] accounts)
    {
        var id = Guid.CreateVersion7().ToString();
        await using var context = mail.Database.OpenContext();
        context.SavedSegments.Add(new SavedSegment { SegmentId = id, Name = name, ConditionJson = "{}", ChangedAt = mail.Now });
        context.SegmentStays.AddRange(accounts.Select(no => new SegmentStay { AccountNo = no, SegmentId = id, EnteredNo = 1, EnteredOn = DateOnly.FromDateTime(mail.Now) }));
        await context.SaveChangesAsync(Token);
        return id;
    }

    public static CampaignPlan Plan(string name = "News") => new()
    {
        Name = name,
        Recipients = CampaignRecipients.Everybody,
        Subjects = [new("News for {{account.name}}", "{{account.name}}へのお知らせ")],
        BodyEn = "{{contact.address_line}}\n\nNews.",
        BodyJa = "{{contact.address_line}}\n\nお知らせです。",
    };

    public async Task<Campaign> CampaignAsync(Func<CampaignPlan, CampaignPlan>? change = null, Viewer? by = null)
    {
        var result = await Edits.SaveAsync(by ?? Manager, null, change?.Invoke(Plan()) ?? Plan(), cancellation: Token);
        result.Outcome.Should().Be(ActOutcome.Done, string.Join(' ', result.Problems));
        return result.Value!;
    }

    /// <summary>A campaign that is started and whose turn has come.</summary>
    public async Task<Campaign> StartedAsync(Func<CampaignPlan, CampaignPlan>? change = null, Viewer? by = null)
    {
        var campaign = await CampaignAsync(change, by);
        var result = await Edits.StartAsync(by ?? Manager, campaign.CampaignId, cancellation: Token);
        result.Outcome.Should().Be(ActOutcome.Done, string.Join(' ', result.Problems));
        return campaign;
    }

    public Task<CampaignRunReport> RunAsync(CancellationToken? cancellation = null) => _run.RunAsync(cancellation ?? Token);

    /// <summary>Writes, sends what is due, and takes over what became of it.</summary>
    public async Task SendAsync()
    {
        await RunAsync();
        await mail.DrainAsync();
        await RunAsync();
    }

    public async Task<Campaign> FindAsync(Campaign campaign)
    {
        await using var context = mail.Database.OpenContext();
        return await context.Campaigns.AsNoTracking().SingleAsync(known => known.CampaignId == campaign.CampaignId, Token);
    }

    public async Task<CampaignCounts> CountsAsync(Campaign campaign) => (await Query.FindAsync(Viewer.System, campaign.CampaignId, Token))!.Row.Counts;

    public async Task<List<CampaignMember>> MembersAsync(Campaign campaign)
    {
        await using var context = mail.Database.OpenContext();
        return await context.CampaignMembers.AsNoTracking().Where(member => member.CampaignId == campaign.CampaignId).OrderBy(member => member.AccountNo).ThenBy(member => member.ContactNo).ToListAsync(Token);
    }

    /// <summary>Changes something beside what a test speaks of.</summary>
    public async Task ChangeAsync(Func<CustomerSuccessContext, Task> change)
    {
        await using var context = mail.Database.OpenContext();
        await change(context);
        await context.SaveChangesAsync(Token);
    }

    public async ValueTask DisposeAsync()
    {
        _run.Dispose();
        await mail.DisposeAsync();
    }
}
