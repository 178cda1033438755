using CsCheck;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Outreach;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Mail;
using CustomerSuccess.Engine.Tests.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Tests.Outreach;

/// <summary>
/// Plays, campaigns, surveys and people write to the same customers at the same moments, several workers send, days pass, people opt out.
/// What lies in the outbox's folder after each moment is held against the limits by counting, without the product's rule.
/// </summary>
public sealed class ContactLimitsTests
{
    private const int Accounts = 4, Rounds = 9;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private sealed record Contacted(string MailId, int AccountNo, string Address, DateTime At);

    [Theory]
    [DatabaseData]
    public async Task Nobody_is_contacted_beyond_any_limit_whoever_writes_and_however_many_at_once(DatabaseKind kind) =>
        await Gen.Select(Gen.Int[1, 3], Gen.Int[2, 6], Gen.Int[2, 5], Gen.Int[2, 6], Gen.Int[0, 1_000_000])
            .SampleAsync((personMost, personDays, accountMost, accountDays, seed) => RunAsync(kind, personMost, personDays, accountMost, accountDays, seed), iter: kind == DatabaseKind.Sqlite ? 1 : 2, threads: 1);

    private static async Task RunAsync(DatabaseKind kind, int personMost, int personDays, int accountMost, int accountDays, int seed)
    {
        var random = new Random(seed);
        await using var company = await MailCompany.CreateAsync(
            kind, "contact.person_most", $"{personMost}", "contact.person_days", $"{personDays}", "contact.account_most", $"{accountMost}", "contact.account_days", $"{accountDays}",
            "contact.quiet_from", "19:00", "contact.quiet_to", "09:00", "contact.skip_holidays", "true");
        var people = new List<Contact>();
        for (var account = 1; account <= Accounts; account++)
        {
            // one person stands in every account, under one address
            people.AddRange(await company.AccountAsync(account, people: 3, contact: person => person.Email = (person.ContactNo % 3) == 0 ? "Shared@Group.example" : person.Email));
        }

        var contacted = new List<Contacted>();
        var touches = new List<(int AccountNo, int ContactNo, DateTime At)>();
        var optedOut = new Dictionary<string, DateTime>(StringComparer.OrdinalIgnoreCase);
        for (var round = 0; round < Rounds; round++)
        {
            if (random.Next(3) == 0)
            {
                var called = people[random.Next(people.Count)];
                touches.Add((called.AccountNo, called.ContactNo, company.Now));
                await using var context = company.Database.OpenContext();
                context.Touches.Add(new Touch { AccountNo = called.AccountNo, ContactNo = called.ContactNo, SourceId = 1, FactId = $"T{round}", At = company.Now, Kind = Channels.Call });
                await context.SaveChangesAsync(Token);
            }

            var writers = Enumerable.Range(0, 3).Select(_ => random.Next()).Select(own => Task.Run(() => WriteAsync(company, people, new Random(own)), Token));
            // while the way out is closed for days, what was planned apart becomes due together
            var workers = random.Next(3) == 0 || round == Rounds - 1 ? 3 : 0;
            if (workers > 0 && (random.Next(3) > 0 || round == Rounds - 1))
            {
                // ten o'clock in Tokyo; otherwise it may be night
                company.Clock.SetUtcNow(new DateTimeOffset(company.Now.Date.AddDays(1).AddHours(1), TimeSpan.Zero));
            }

            await Task.WhenAll(writers.Cast<Task>().Concat(Enumerable.Range(0, workers).Select(_ => Task.Run(company.DrainAsync, Token))));
            await Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Run(company.DrainAsync, Token)));
            await CollectAsync(company, contacted);
            if (random.Next(3) == 0)
            {
                var leaving = people[random.Next(people.Count)].Email!;
                (await company.Wishes.StopAsync(MailCompany.Csm, 0, null, leaving, Channels.Email, null, "said so", Token)).Holds.Should().BeTrue();
                optedOut.TryAdd(leaving, company.Now);
            }

            company.Clock.Advance(TimeSpan.FromHours(random.Next(1, 72)));
        }

        var zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo");
        contacted.Should().NotBeEmpty();
        foreach (var mail in contacted)
        {
            var ofPerson = contacted.Where(other => string.Equals(other.Address, mail.Address, StringComparison.OrdinalIgnoreCase)).Select(other => other.At)
                .Concat(touches.Where(touch => people.Any(person => person.ContactNo == touch.ContactNo && person.AccountNo == touch.AccountNo && string.Equals(person.Email, mail.Address, StringComparison.OrdinalIgnoreCase))).Select(touch => touch.At));
            var ofAccount = contacted.Where(other => other.AccountNo == mail.AccountNo).Select(other => other.At).Concat(touches.Where(touch => touch.AccountNo == mail.AccountNo).Select(touch => touch.At));
            ofPerson.Count(at => at <= mail.At && at > mail.At.AddDays(-personDays)).Should().BeLessThanOrEqualTo(personMost, "{0} within {1} days until {2}", mail.Address, personDays, mail.At);
            ofAccount.Count(at => at <= mail.At && at > mail.At.AddDays(-accountDays)).Should().BeLessThanOrEqualTo(accountMost, "account {0} within {1} days until {2}", mail.AccountNo, accountDays, mail.At);
            TimeZoneInfo.ConvertTimeFromUtc(mail.At, zone).Hour.Should().BeInRange(9, 18);
            (optedOut.TryGetValue(mail.Address, out var stopped) && stopped < mail.At).Should().BeFalse("{0} opted out", mail.Address);
        }
    }

    /// <summary>One of those who write: a person, a play with steps, a survey, a campaign.</summary>
    private static async Task WriteAsync(MailCompany company, List<Contact> people, Random random)
    {
        NewMail To(Contact contact) => MailCompany.To(contact) with { NotBefore = random.Next(3) == 0 ? company.Now.AddHours(random.Next(100)) : null };
        for (var i = 0; i < 3; i++)
        {
            var person = people[random.Next(people.Count)];
            switch (random.Next(4))
            {
                case 0:
                    await company.SendAsync(To(person));
                    break;
                case 1:
                    for (var step = 1; step <= 3; step++)
                    {
                        await company.SendAsync(To(person) with { Origin = MailOrigin.Play, OriginId = "p", OriginStep = step, NotBefore = company.Now.AddDays(step - 1) });
                    }

                    break;
                case 2:
                    (await company.Mailbox.SendManyAsync(MailCompany.Csm, [.. people.Where(_ => random.Next(2) == 0).Select(contact => To(contact) with { Origin = MailOrigin.Survey, OriginId = "s" })], Token)).Outcome.Should().Be(ActOutcome.Done);
                    break;
                default:
                    (await company.Mailbox.SendManyAsync(MailCompany.Csm, [.. people.Select(contact => To(contact) with { Origin = MailOrigin.Campaign, OriginId = "c", Purpose = Purpose.Promotional })], Token)).Outcome.Should().Be(ActOutcome.Done);
                    break;
            }
        }
    }

    /// <summary>Files that were not there before went out at this moment.</summary>
    private static async Task CollectAsync(MailCompany company, List<Contacted> contacted)
    {
        var known = contacted.Select(mail => mail.MailId).ToHashSet();
        foreach (var file in company.Files.Where(file => file.EndsWith(".eml", StringComparison.Ordinal) && !known.Contains(file.Split('@')[0])))
        {
            using var mime = await MimeKit.MimeMessage.LoadAsync(Path.Combine(company.Outbox, file), Token);
            var id = file.Split('@')[0];
            await using var context = company.Database.OpenContext();
            var account = await context.MailMessages.Where(mail => mail.MailId == id).Select(mail => mail.AccountNo).SingleAsync(Token);
            contacted.Add(new(id, account, mime.To.Mailboxes.Single().Address, company.Now));
        }
    }
}
