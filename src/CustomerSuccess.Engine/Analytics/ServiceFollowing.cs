using CustomerSuccess.Core.Analytics;

namespace CustomerSuccess.Engine.Analytics;

/// <summary>Follows paying customers after what they went through with the desk: at earlier days, the days before tell the experience and the days after whether they left.</summary>
internal static class ServiceFollowing
{
    private const int ManyFrom = 3, OldDays = 14, SlowHours = 24, BadUpTo = 2, GoodFrom = 4;

    public static ServiceChurn Churn(Desk desk, IReadOnlyList<BookEntry> accounts)
    {
        var days = Days(desk);
        var followed = Followed(desk, accounts, days).ToList();
        return new(days, desk.Book.Settings.HorizonDays, [.. Enum.GetValues<ServiceExperience>().Select(experience => Association(experience, followed))]);
    }

    public static IReadOnlyList<ServiceAccountRow> Rows(Desk desk, IReadOnlyList<BookEntry> accounts, ServiceAccountAsk ask) =>
    [
        .. Followed(desk, accounts, Days(desk)).Where(one => one.Had(ask.Experience) == ask.Had && (ask.Left is null || one.HasLeft == ask.Left))
            .Select(one => new ServiceAccountRow(
                one.Entry.AccountNo, one.Entry.AccountId, one.Entry.Namespace, one.Entry.Name, one.Entry.Segment.On(one.Day), one.Entry.Owner.On(one.Day), one.Day, one.Recent.Count, one.HasLeft,
                one.Entry.Contracts.Mrr.On(one.Day, currency => desk.Book.Rates.On(currency, one.Day))))
            .OrderByDescending(row => row.HasLeft).ThenByDescending(row => row.Mrr).ThenBy(row => row.AccountNo).ThenByDescending(row => row.Day),
    ];

    private static ServiceAssociation Association(ServiceExperience experience, IReadOnlyList<FollowedCustomer> followed)
    {
        var (with, without) = (followed.Where(one => one.Had(experience) == true).ToList(), followed.Where(one => one.Had(experience) == false).ToList());
        var (leftWith, leftWithout) = (with.Count(one => one.HasLeft), without.Count(one => one.HasLeft));
        return new(experience, with.Count, leftWith, without.Count, leftWithout, ShareDifference.Of(leftWith, with.Count, leftWithout, without.Count));
    }

    /// <summary>Days before which inquiries, and after which contracts, are complete.</summary>
    private static IReadOnlyList<DateOnly> Days(Desk desk)
    {
        var settings = desk.Book.Settings;
        if (desk.Book.ContractsUntil is not { } known || desk.Service.Accounts.Count == 0)
        {
            return [];
        }

        var last = known.AddDays(-settings.HorizonDays - settings.GraceDays);
        last = last < desk.Today ? last : desk.Today;
        return PastDays.Of(last, settings.HorizonDays, desk.Service.Accounts.Values.Min(lines => lines[0].Day).AddDays(settings.HorizonDays));
    }

    private static IEnumerable<FollowedCustomer> Followed(Desk desk, IReadOnlyList<BookEntry> accounts, IReadOnlyList<DateOnly> days)
    {
        var settings = desk.Book.Settings;
        foreach (var day in days)
        {
            var end = desk.EndOf(day);
            foreach (var entry in accounts)
            {
                var fate = NpsFates.Of(entry.Contracts.Mrr, day, settings.HorizonDays, desk.Book.ContractsUntil!.Value, settings.GraceDays);
                if (fate != NpsFate.Unknown)
                {
                    var lines = desk.Service.Accounts.GetValueOrDefault(entry.AccountNo, []);
                    yield return new(entry, day, end, [.. lines.Where(line => line.Day <= day && line.Day > day.AddDays(-settings.HorizonDays))], [.. lines.Where(line => line.IsOpenAt(end))], fate == NpsFate.Left);
                }
            }
        }
    }

    /// <summary>A paying customer at a day.</summary>
    /// <param name="End">The instant at which the day ends: what happened later is not seen.</param>
    /// <param name="Recent">Inquiries opened in the days before.</param>
    /// <param name="Open">Inquiries open at the day's end.</param>
    /// <param name="HasLeft">True where it left in the days after.</param>
    private sealed record FollowedCustomer(BookEntry Entry, DateOnly Day, DateTime End, IReadOnlyList<InquiryLine> Recent, IReadOnlyList<InquiryLine> Open, bool HasLeft)
    {
        /// <summary>True for who had an experience, false for whom they are compared with, null for neither.</summary>
        public bool? Had(ServiceExperience experience) => experience switch
        {
            ServiceExperience.AnyInquiry => Recent.Count > 0,
            ServiceExperience.ManyInquiries => Recent.Count == 0 ? null : Recent.Count >= ManyFrom,
            ServiceExperience.SlowResponse => Recent.Count == 0 ? null : Recent.Any(line => (Earlier(line.FirstResponseAt) - line.OpenedAt).TotalHours > SlowHours),
            ServiceExperience.OldBacklog => Open.Any(line => Day.DayNumber - line.Day.DayNumber >= OldDays),
            // without a time of its own, an escalation is known at closing
            ServiceExperience.Escalation => Recent.Count == 0 ? null : Recent.Any(line => line.Escalated && (line.EscalatedAt ?? line.ClosedAt) < End),
            _ => Satisfaction,
        };

        /// <summary>Satisfaction counts once the inquiry was closed.</summary>
        private bool? Satisfaction
        {
            get
            {
                var answers = Recent.Where(line => line.ClosedAt < End).Select(line => line.Satisfaction).OfType<int>().ToList();
                return answers.Any(answer => answer <= BadUpTo) ? true : answers.Count > 0 && answers.All(answer => answer >= GoodFrom) ? false : null;
            }
        }

        private DateTime Earlier(DateTime? at) => at < End ? at.Value : End;
    }
}
