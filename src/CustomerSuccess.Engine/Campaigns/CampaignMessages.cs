using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Campaigns;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Outreach;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Mail;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Campaigns;

/// <summary>Shows a campaign's message as a real person would get it, in the application or in the reader's own mail.</summary>
public sealed class CampaignMessages(Database database, Mailbox mailbox, SettingsStore settingsStore, TimeProvider clock)
{
    private const int Looked = 20;

    /// <summary>The message to a real account; nothing is kept. Not found where there is nobody to show it by; problems as of <see cref="Mailbox.PreviewAsync"/>.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="plan">The campaign as it is being written.</param>
    /// <param name="accountNo">The account; null for the first that is meant and that the viewer may see.</param>
    /// <param name="language"><c>en</c> or <c>ja</c>; null for the person's own.</param>
    /// <param name="subjectNo">The subject, from 0.</param>
    /// <param name="cancellation">Ends the query.</param>
    public async Task<ActResult<CampaignPreview>> PreviewAsync(Viewer viewer, CampaignPlan plan, int? accountNo, string? language, int subjectNo, CancellationToken cancellation = default)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        plan = CampaignRules.Clean(plan);
        if (!plan.Has("en") && !plan.Has("ja"))
        {
            return ActResult.NotFound<CampaignPreview>();
        }

        CampaignPerson? person;
        string? name;
        await using (var context = database.OpenContext())
        {
            var now = clock.GetUtcNow().UtcDateTime;
            var members = await SomeAsync(context, viewer, plan, settings.DayOf(now), accountNo, cancellation);
            var people = await new CampaignPeople(context, settings, plan, now, cancellation).ReadAsync(members);
            person = people.FirstOrDefault(some => some.Decision.Outcome != ContactOutcome.Held) ?? people.FirstOrDefault(some => some.AddressKey.Length > 0);
            name = person is null ? null : await context.Accounts.Where(account => account.AccountNo == person.AccountNo).Select(account => account.Name).FirstAsync(cancellation);
        }

        if (person is null)
        {
            return ActResult.NotFound<CampaignPreview>();
        }

        var result = await mailbox.PreviewAsync(viewer, Mail(plan, "", person.AccountNo, person.ContactNo, plan.LanguageFor(language ?? person.Language), subjectNo), cancellation);
        return result.To(mail => new CampaignPreview(mail, name!));
    }

    /// <summary>Sends the message, as a real account would get it, to the reader alone. It counts as contact with no customer. Problems: <c>address</c> where the reader has none, those of the preview, and what holds the message back (<c>held</c>).</summary>
    /// <inheritdoc cref="PreviewAsync"/>
    public async Task<ActResult<MailSummary>> SendTestAsync(Viewer viewer, CampaignPlan plan, int? accountNo, string? language, int subjectNo, CancellationToken cancellation = default)
    {
        if (!viewer.MayWork)
        {
            return ActResult.Forbidden<MailSummary>();
        }

        if (EmailAddress.Key(viewer.Email) is null)
        {
            return ActResult.Invalid<MailSummary>("address", HoldReasons.NoAddress);
        }

        var preview = await PreviewAsync(viewer, plan, accountNo, language, subjectNo, cancellation);
        if (preview.Value is not { Mail: { } mail })
        {
            return new(preview.Outcome, null, preview.Problems);
        }

        var settings = await settingsStore.ReadAsync(cancellation);
        var sent = await mailbox.SendAsync(
            // a message to oneself concerns no account, and is nobody else's matter
            viewer with { Roles = new HashSet<string>(viewer.Roles) { Roles.CsOperations } },
            new NewMail
            {
                AccountNo = 0,
                ToAddress = viewer.Email,
                Purpose = Purpose.Transactional,
                Origin = MailOrigin.Test,
                Language = mail.Summary.Language,
                Subject = (mail.Summary.Language == "ja" ? "【テスト】" : "[Test] ") + Plain(mail.Summary.Subject),
                Body = Plain(mail.Body) + Footer(settings, mail.Summary.Language),
            },
            cancellation);
        return sent.Value is { Status: MailStatus.Held } held ? ActResult.Invalid<MailSummary>("held", held.Reasons.Count > 0 ? held.Reasons[0] : "") : sent;
    }

    /// <summary>The message to a person.</summary>
    internal static NewMail Mail(CampaignPlan plan, string campaignId, int accountNo, int contactNo, string language, int subjectNo) => new()
    {
        AccountNo = accountNo,
        ContactNo = contactNo,
        Purpose = plan.Purpose,
        Origin = MailOrigin.Campaign,
        OriginId = campaignId,
        List = CampaignPeople.ListOf(plan),
        Language = language,
        Subject = plan.SubjectIn(language, subjectNo),
        Body = plan.BodyIn(language),
    };

    private static async Task<IReadOnlyList<(int AccountNo, int ContactNo)>> SomeAsync(CustomerSuccessContext context, Viewer viewer, CampaignPlan plan, DateOnly today, int? accountNo, CancellationToken cancellation)
    {
        if (accountNo is { } no)
        {
            if (!await context.MaySeeAsync(viewer, no, cancellation))
            {
                return [];
            }

            var contacts = await context.Contacts.AsNoTracking().Where(contact => contact.AccountNo == no && contact.VoidedBy == null)
                .OrderByDescending(contact => contact.EmailKey != null).ThenByDescending(contact => contact.IsChampion).ThenBy(contact => contact.ContactNo).Select(contact => contact.ContactNo).Take(Looked).ToListAsync(cancellation);
            return [.. contacts.Select(contact => (no, contact))];
        }

        var onlyOwner = viewer is { MayManage: true, OwnPortfolioOnly: false } ? null : viewer.OwnPortfolioOnly ? viewer.Email?.ToLowerInvariant() ?? "" : null;
        return [.. (await new CampaignAudience(context, plan, today, onlyOwner).KeysAsync(cancellation)).Take(Looked)];
    }

    /// <summary>What stands below a message to many, without its links: those of a test lead nowhere.</summary>
    private static string Footer(CompanySettings settings, string language) =>
        $"\n\n---\n\n{MarkupText.Escape(MailWords.Identity(language, settings.SenderNameIn(language), settings.SenderAddressIn(language)))}\n{MarkupText.Escape(MailWords.Contact(language, settings.SenderContact))}\n\n{MailWords.Unsubscribe(language)} · {MailWords.Preferences(language)}";

    /// <summary>A text that is filled in already is no template any more.</summary>
    private static string Plain(string text) => text.Replace("{{", "\\{{", StringComparison.Ordinal);
}
