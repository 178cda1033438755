using System.Collections.Concurrent;
using CsCheck;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Campaigns;
using CustomerSuccess.Core.Effects;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Outreach;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Core.Surveys;
using CustomerSuccess.Engine.Mail;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Campaigns;
using CustomerSuccess.Engine.Tests.Mail;
using CustomerSuccess.Engine.Tests.Sequences;
using CustomerSuccess.Engine.Tests.Storage;
using CustomerSuccess.Engine.Tests.Surveys;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Tests.Outreach;

/// <summary>
/// Plays that start by themselves and by hand, campaigns and surveys run side by side as the application runs them, while days pass, colleagues telephone and write, people unsubscribe, leave and
/// withdraw consents. What lies in the outbox's folder is held against limits, hours and wishes by counting, without the product's rules.
/// </summary>
public sealed class RunnersLimitsTests
{
    private const int Accounts = 4, PeopleOfEach = 3, Rounds = 10;

    private static readonly string?[] Countries = ["JP", "US", "DE", null];
    private static readonly string?[] Zones = [null, null, "Asia/Tokyo", "America/New_York", "Europe/Berlin"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private sealed record Limits(int PersonMost, int PersonDays, int AccountMost, int AccountDays, int QuietFrom, int QuietHours, bool SkipWeekends)
    {
        public int QuietTo => (QuietFrom + QuietHours) % 24;

        public bool IsQuiet(int hour) => (hour - QuietFrom + 24) % 24 < QuietHours;
    }

    private sealed record Sent(string MailId, MailOrigin Origin, Purpose Purpose, string? List, Contact Person, DateTime At)
    {
        public string Address => Person.Email!.ToLowerInvariant();
    }

    [Theory]
    [DatabaseData]
    public async Task Nobody_is_contacted_beyond_a_limit_at_night_or_against_a_wish_by_any_runner(DatabaseKind kind)
    {
        var origins = new ConcurrentDictionary<MailOrigin, int>();
        await Gen.Select(Gen.Int[1, 3], Gen.Int[2, 5], Gen.Int[2, 5], Gen.Int[2, 5], Gen.Int[16, 22], Gen.Int[9, 15], Gen.Bool, Gen.Int[0, 1_000_000])
            .SampleAsync(
                async (personMost, personDays, accountMost, accountDays, quietFrom, quietHours, weekends, seed) =>
                {
                    foreach (var sent in await new World(kind, new(personMost, personDays, accountMost, accountDays, quietFrom, quietHours, weekends), seed).RunAsync())
                    {
                        origins.AddOrUpdate(sent.Origin, 1, (_, known) => known + 1);
                    }
                },
                iter: kind == DatabaseKind.Sqlite ? 2 : 1,
                threads: 1);
        if (kind == DatabaseKind.Sqlite)
        {
            origins.Keys.Should().Contain([MailOrigin.Play, MailOrigin.Campaign, MailOrigin.Survey], "otherwise nothing was tried");
        }
    }

    /// <summary>One company and what happens in it.</summary>
    private sealed class World(DatabaseKind kind, Limits limits, int seed)
    {
        private static readonly DateOnly Closed = DateOnly.FromDateTime(MailCompany.Noon.Date).AddDays(5);

        private readonly Random _random = new(seed);
        private readonly List<Contact> _people = [];
        private readonly List<(Contact Person, DateTime At)> _calls = [];
        private readonly List<(string Address, string? List, DateTime At)> _stops = [];
        private readonly Dictionary<string, DateTime> _withdrawn = [];
        private readonly List<Sent> _sent = [];
        private readonly List<Survey> _surveys = [];

        public async Task<IReadOnlyList<Sent>> RunAsync()
        {
            await using var mail = await MailCompany.CreateAsync(
                kind, "contact.person_most", $"{limits.PersonMost}", "contact.person_days", $"{limits.PersonDays}", "contact.account_most", $"{limits.AccountMost}", "contact.account_days", $"{limits.AccountDays}",
                "contact.quiet_from", $"{limits.QuietFrom:D2}:00", "contact.quiet_to", $"{limits.QuietTo:D2}:00", "contact.skip_weekends", limits.SkipWeekends ? "true" : "false",
                "contact.closed_days", $"{Closed:yyyy-MM-dd}", "contact.consent_countries", "EU", "plays.holdout_share", "0");
            var (campaigns, surveys, sequences) = (new CampaignCompany(mail), new SurveyCompany(mail), new SequenceCompany(mail));
            await PrepareAsync(campaigns, surveys, sequences);
            for (var round = 0; round < Rounds; round++)
            {
                await HappenAsync(mail, campaigns, surveys, sequences, round);
                for (var look = 0; look < 2; look++)
                {
                    await Task.WhenAll(Task.Run(() => campaigns.RunAsync(), Token), Task.Run(() => surveys.RunAsync(), Token), Task.Run(sequences.RunAsync, Token), Task.Run(mail.DrainAsync, Token));
                }

                await Task.WhenAll(Task.Run(mail.DrainAsync, Token), Task.Run(mail.DrainAsync, Token));
                await CollectAsync(mail);
                await sequences.ChangeAsync(context => context.WorkTasks.Where(task => task.DoneAt == null).ToList().ForEach(task => task.DoneAt = mail.Now));
                await WishAsync(mail);
                mail.Clock.Advance(TimeSpan.FromMinutes(_random.Next(3 * 60, 40 * 60)));
            }

            _sent.ForEach(Judge);
            return _sent;
        }

        private async Task PrepareAsync(CampaignCompany campaigns, SurveyCompany surveys, SequenceCompany sequences)
        {
            for (var no = 1; no <= Accounts; no++)
            {
                // one person stands in every account, under one address
                _people.AddRange(await campaigns.AccountAsync(no, PeopleOfEach, account => account.Country = Countries[no - 1], person =>
                {
                    person.Email = person.ContactNo % PeopleOfEach == 0 ? "Shared@Group.example" : person.Email;
                    person.TimeZone = Zones[_random.Next(Zones.Length)];
                    person.ConsentOn = _random.Next(2) == 0 ? new DateOnly(2026, 1, 1) : null;
                    person.OptOutEmail = _random.Next(10) == 0;
                    person.LeftOn = _random.Next(8) == 0 ? Closed : null;
                }));
            }

            foreach (var (key, startsByItself) in new[] { ("auto", true), ("hand", false) })
            {
                var play = SequenceCompany.Play(key, [.. Enumerable.Range(0, _random.Next(1, 4)).Select(step => _random.Next(5) == 0 ? SequenceCompany.Task(Channels.Internal) : SequenceCompany.Email(_random.Next(3), $"{key}.{step}"))]) with { CoolDownDays = 1 };
                await sequences.SaveAsync(play with { Sequence = play.Sequence! with { StartsByItself = startsByItself } });
            }

            _surveys.Add(await surveys.SurveyAsync(change: plan => plan with { MonthsBetween = 0, ReminderDays = 2, ExpiryDays = 6 }));
            _surveys.Add(await surveys.SurveyAsync(SurveyKind.Ces, plan => plan with { Mode = SurveyMode.Continuous, PerDay = 2, MonthsBetween = 0, ExpiryDays = 4, ReminderDays = 1 }));
            await surveys.TurnAsync(_surveys[1], on: true);
        }

        /// <summary>What colleagues do at a moment: they telephone, write, start sequences, waves and campaigns; now and then accounts are scored and plays suggested.</summary>
        private async Task HappenAsync(MailCompany mail, CampaignCompany campaigns, SurveyCompany surveys, SequenceCompany sequences, int round)
        {
            if (_random.Next(3) == 0)
            {
                var called = Anybody();
                _calls.Add((called, mail.Now));
                await sequences.ChangeAsync(context => context.Touches.Add(new Touch { AccountNo = called.AccountNo, ContactNo = called.ContactNo, SourceId = 1, FactId = $"T{round}", At = mail.Now, Kind = Channels.Call }));
            }

            if (_random.Next(3) == 0)
            {
                await mail.SendAsync(MailCompany.To(Anybody()));
            }

            if (round % 4 == 1)
            {
                var today = DateOnly.FromDateTime(mail.Now);
                await sequences.ChangeAsync(context =>
                {
                    context.ScoreRuns.Add(new ScoreRun { ScoreRunId = round + 1, AsOf = today, StartedAt = mail.Now, FinishedAt = mail.Now });
                    context.Suggestions.AddRange(Enumerable.Range(1, Accounts).Select(no => new Suggestion { ScoreRunId = round + 1, AccountNo = no, Rank = 1, Play = "auto", Channel = Channels.Email, ReasonCode = PlayTrigger.OwnReason, Value = no }));
                });
            }

            if (_random.Next(2) == 0)
            {
                await sequences.Acts.StartAsync(MailCompany.Csm, _random.Next(1, Accounts + 1), "hand", cancellation: Token);
            }

            if (_random.Next(3) == 0)
            {
                await surveys.Edits.StartWaveAsync(SurveyCompany.Manager, _surveys[0].SurveyId, Token);
            }

            // the first round is a campaign's, which comes last where places are few
            if (round == 0 || _random.Next(3) == 0)
            {
                var subjects = Enumerable.Range(0, _random.Next(1, 3)).Select(no => new CampaignSubject($"News {no}", $"お知らせ{no}")).ToList();
                await campaigns.StartedAsync(plan => plan with
                {
                    Name = $"News {round}",
                    Purpose = round > 0 && _random.Next(2) == 0 ? Purpose.Promotional : Purpose.Proactive,
                    Subjects = subjects,
                    TestShare = 0.5,
                    TestHours = 12,
                    Measure = SubjectMeasure.Replies,
                    PerHour = _random.Next(2) == 0 ? 6 : null,
                    HoldoutShare = _random.Next(2) * 0.2,
                    WithinDays = _random.Next(1, 8),
                });
            }
        }

        /// <summary>What customers wish afterwards.</summary>
        private async Task WishAsync(MailCompany mail)
        {
            if (_random.Next(5) == 0)
            {
                var person = Anybody();
                (await mail.Wishes.StopAsync(MailCompany.Csm, 0, null, person.Email!, Channels.Email, null, "said so", Token)).Holds.Should().BeTrue();
                _stops.Add((person.Email!.ToLowerInvariant(), null, mail.Now));
            }

            if (_sent.Count > 0 && _random.Next(3) == 0)
            {
                var letter = _sent[_random.Next(_sent.Count)];
                (await mail.Wishes.UnsubscribeAsync(new MailLink(MailLinkKind.Unsubscribe, letter.Person.AccountNo, letter.MailId, 1), StopCause.OneClick, cancellation: Token)).Should().BeTrue();
                _stops.Add((letter.Address, letter.List, mail.Now));
            }

            if (_random.Next(4) == 0)
            {
                var person = Anybody();
                (await mail.Wishes.ConsentAsync(MailCompany.Csm, person.AccountNo, person.ContactNo, person.Email!, given: false, mail.Now, "said so", Token)).Holds.Should().BeTrue();
                _withdrawn.TryAdd(person.Email!.ToLowerInvariant(), mail.Now);
            }
        }

        private Contact Anybody() => _people[_random.Next(_people.Count)];

        /// <summary>Files that were not there before went out at this moment.</summary>
        private async Task CollectAsync(MailCompany mail)
        {
            var known = _sent.Select(own => own.MailId).ToHashSet();
            await using var context = mail.Database.OpenContext();
            foreach (var file in mail.Files.Where(file => !known.Contains(file.Split('@')[0])))
            {
                var id = file.Split('@')[0];
                using var mime = await MimeKit.MimeMessage.LoadAsync(Path.Combine(mail.Outbox, file), Token);
                var row = await context.MailMessages.AsNoTracking().SingleAsync(own => own.MailId == id, Token);
                var to = await context.MailRecipients.AsNoTracking().SingleAsync(own => own.MailId == id, Token);
                var person = _people.Single(own => own.AccountNo == row.AccountNo && own.ContactNo == to.ContactNo);
                mime.To.Mailboxes.Single().Address.Should().BeEquivalentTo(person.Email);
                _sent.Add(new(id, row.Origin, row.Purpose, row.List, person, mail.Now));
            }
        }

        private void Judge(Sent mail)
        {
            var (at, person, why) = (mail.At, mail.Person, $"{mail.Origin} to {mail.Address} at {mail.At:s} ({limits}, seed {seed})");
            mail.Purpose.Should().NotBe(Purpose.Transactional, why);
            Within(_sent.Where(other => other.Address == mail.Address).Select(other => other.At).Concat(_calls.Where(call => string.Equals(call.Person.Email, mail.Address, StringComparison.OrdinalIgnoreCase)).Select(call => call.At)), at, limits.PersonDays)
                .Should().BeLessThanOrEqualTo(limits.PersonMost, why);
            Within(_sent.Where(other => other.Person.AccountNo == person.AccountNo).Select(other => other.At).Concat(_calls.Where(call => call.Person.AccountNo == person.AccountNo).Select(call => call.At)), at, limits.AccountDays)
                .Should().BeLessThanOrEqualTo(limits.AccountMost, why);

            var country = Countries[person.AccountNo - 1];
            var local = TimeZoneInfo.ConvertTimeFromUtc(at, TimeZoneInfo.FindSystemTimeZoneById(person.TimeZone ?? country switch { "US" => "America/New_York", "DE" => "Europe/Berlin", _ => "Asia/Tokyo" }));
            limits.IsQuiet(local.Hour).Should().BeFalse("quiet hours, {0}", why);
            DateOnly.FromDateTime(local).Should().NotBe(Closed, why);
            (limits.SkipWeekends && local.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday).Should().BeFalse("weekend, {0}", why);

            person.OptOutEmail.Should().BeFalse("opted out from the beginning, {0}", why);
            (person.LeftOn <= DateOnly.FromDateTime(at.AddHours(9))).Should().BeFalse("left, {0}", why);
            _stops.Exists(stop => stop.Address == mail.Address && stop.At < at && (stop.List is null || stop.List == mail.List)).Should().BeFalse("opted out, {0}", why);
            if (mail.Purpose == Purpose.Promotional && country is "DE" or null)
            {
                (person.ConsentOn is not null && !(_withdrawn.TryGetValue(mail.Address, out var withdrawn) && withdrawn < at)).Should().BeTrue("no consent, {0}", why);
            }
        }

        private static int Within(IEnumerable<DateTime> contacts, DateTime until, int days) => contacts.Count(at => at <= until && at > until.AddDays(-days));
    }
}
