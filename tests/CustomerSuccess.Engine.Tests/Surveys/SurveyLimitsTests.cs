using CsCheck;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Outreach;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Surveys;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Mail;
using CustomerSuccess.Engine.Tests.Storage;

namespace CustomerSuccess.Engine.Tests.Surveys;

/// <summary>
/// Surveys of every kind, in waves and all the time, ask the same people while days pass, some answer and some opt out. What lies in the outbox's folder is held
/// against limits and throttles by counting, without the product's rules.
/// </summary>
public sealed class SurveyLimitsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [DatabaseData]
    public async Task Nobody_is_contacted_beyond_limits_and_nobody_has_two_invitations_open(DatabaseKind kind) =>
        await Gen.Select(Gen.Int[1, 2], Gen.Int[3, 9], Gen.Int[0, 1], Gen.Int[0, 1_000_000]).SampleAsync((most, days, months, seed) => RunAsync(kind, most, days, months, seed), iter: kind == DatabaseKind.Sqlite ? 2 : 1, threads: 1);

    private static async Task RunAsync(DatabaseKind kind, int most, int days, int months, int seed)
    {
        var random = new Random(seed);
        await using var company = await SurveyCompany.CreateAsync(kind, "contact.person_most", $"{most}", "contact.person_days", $"{days}", "contact.account_most", "3", "contact.account_days", "4");
        var people = new List<Contact>();
        for (var no = 1; no <= 4; no++)
        {
            people.AddRange(await company.AccountAsync(no, people: 3, contact: person => person.Email = person.ContactNo % 3 == 0 ? "shared@group.example" : person.Email));
        }

        var surveys = new List<Survey>
        {
            await company.SurveyAsync(change: plan => plan with { MonthsBetween = months, ReminderDays = 2, ExpiryDays = 8 }),
            await company.SurveyAsync(SurveyKind.Own, plan => plan with { MonthsBetween = 0, ReminderDays = 1, ExpiryDays = 5 }),
            await company.SurveyAsync(SurveyKind.Ces, plan => plan with { Mode = SurveyMode.Continuous, PerDay = 2, MonthsBetween = 0, ExpiryDays = 4, ReminderDays = null }),
        };
        await company.TurnAsync(surveys[2], on: true);
        var sent = new List<(string File, string Address, DateTime At)>();
        var optedOut = new Dictionary<string, DateTime>(StringComparer.OrdinalIgnoreCase);
        for (var round = 0; round < 12; round++)
        {
            if (random.Next(2) == 0)
            {
                await company.Edits.StartWaveAsync(SurveyCompany.Manager, surveys[random.Next(2)].SurveyId, Token);
            }

            await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(company.AskAsync, Token)));
            var known = sent.Select(mail => mail.File).ToHashSet();
            foreach (var file in company.Mail.Files.Where(file => !known.Contains(file)))
            {
                using var mime = await MimeKit.MimeMessage.LoadAsync(Path.Combine(company.Mail.Outbox, file), Token);
                sent.Add((file, mime.To.Mailboxes.Single().Address.ToLowerInvariant(), company.Mail.Now));
            }

            var all = await company.InvitationsAsync();
            all.Where(one => one.IsOpen && one.ExpiresAt > company.Mail.Now).GroupBy(one => one.AddressKey).Where(own => own.Count() > 1).Should().BeEmpty("at most one invitation is open (seed {0}, round {1})", seed, round);
            foreach (var one in all.Where(one => one.State is InvitationState.Asked or InvitationState.Opened).Where(_ => random.Next(3) == 0))
            {
                (await company.AnswerAsync(one, one.Kind == SurveyKind.Own ? "words" : "5")).Holds.Should().BeTrue();
            }

            if (random.Next(4) == 0)
            {
                var leaving = people[random.Next(people.Count)].Email!;
                (await company.Mail.Wishes.StopAsync(MailCompany.Csm, 0, null, leaving, Channels.Email, null, "said so", Token)).Holds.Should().BeTrue();
                optedOut.TryAdd(leaving, company.Mail.Now);
            }

            company.Mail.Clock.Advance(TimeSpan.FromHours(random.Next(6, 60)));
        }

        sent.Should().NotBeEmpty();
        foreach (var mail in sent)
        {
            sent.Count(other => other.Address == mail.Address && other.At <= mail.At && other.At > mail.At.AddDays(-days)).Should().BeLessThanOrEqualTo(most, "{0} until {1} (seed {2})", mail.Address, mail.At, seed);
            (optedOut.TryGetValue(mail.Address, out var stopped) && stopped < mail.At).Should().BeFalse("{0} opted out", mail.Address);
        }

        var nps = (await company.InvitationsAsync()).Where(one => one.Kind == SurveyKind.Nps && one.State != InvitationState.HeldBack).GroupBy(one => one.AddressKey);
        if (months > 0)
        {
            nps.SelectMany(own => own.OrderBy(one => one.CreatedAt).Zip(own.OrderBy(one => one.CreatedAt).Skip(1))).Where(pair => pair.Second.CreatedAt - pair.First.CreatedAt < TimeSpan.FromDays(30 * months)).Should().BeEmpty();
        }
    }
}
