using CustomerSuccess.Core.Analytics;

namespace CustomerSuccess.Engine.Analytics;

/// <summary>Follows paying customers after what they went through with the desk: at earlier days, the days before tell the experience and the days after whether they left.</summary>
internal static class ServiceFollowing
{
    private const int ManyFrom = 3, OldDays = 14, SlowHours = 24, BadUpTo = 2, GoodFrom = 4;

    public static ServiceChurn Churn(Desk desk, IReadOnlyList<BookEntry> accounts)
    {
        var (days, experiences) = (Days(desk), Enum.GetValues<ServiceExperience>());
        var counts = new (int With, int LeftWith, int Without, int LeftWithout)[experiences.Length];
        foreach (var one in Followed(desk, accounts, days))
        {
            var left = one.HasLeft ? 1 : 0;
            for (var i = 0; i < counts.Length; i++)
            {
                ref var count = ref counts[i];
                switch (one.Had(experiences[i]))
                {
                    case true:
                        (count.With, count.LeftWith) = (count.With + 1, count.LeftWith + left);
                        break;
                    case false:
                        (count.Without, count.LeftWithout) = (count.Without + 1, count.LeftWithout + left);
                        break;
                }
            }
        }

        return new(days, desk.Book.Settings.HorizonDays, [.. experiences.Zip(counts, (experience, n) => new ServiceAssociation(experience, n.With, n.LeftWith, n.Without, n.LeftWithout, ShareDifference.Of(n.LeftWith, n.With, n.LeftWithout, n.Without)))]);
    }

    public static IReadOnlyList<ServiceAccountRow> Rows(Desk desk, IReadOnlyList<BookEntry> accounts, ServiceAccountAsk ask) =>
    [
        .. Followed(desk, accounts, Days(desk)).Where(one => one.Had(ask.Experience) == ask.Had && (ask.Left is null || one.HasLeft == ask.Left))
            .Select(one => new ServiceAccountRow(
                one.Entry.AccountNo, one.Entry.AccountId, one.Entry.Namespace, one.Entry.Name, one.Entry.Segment.On(one.Day), one.Entry.Owner.On(one.Day), one.Day, one.Inquiries, one.HasLeft,
                one.Entry.Contracts.Mrr.On(one.Day, currency => desk.Book.Rates.On(currency, one.Day))))
            .OrderByDescending(row => row.HasLeft).ThenByDescending(row => row.Mrr).ThenBy(row => row.AccountNo).ThenByDescending(row => row.Day),
    ];

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
        var (settings, ends) = (desk.Book.Settings, days.Select(desk.EndOf).ToArray());
        foreach (var entry in accounts)
        {
            var lines = desk.Service.Accounts.GetValueOrDefault(entry.AccountNo) ?? [];
            for (var i = 0; i < ends.Length; i++)
            {
                var fate = NpsFates.Of(entry.Contracts.Mrr, days[i], settings.HorizonDays, desk.Book.ContractsUntil!.Value, settings.GraceDays);
                if (fate != NpsFate.Unknown)
                {
                    var (first, end) = (0, 0);
                    for (; end < lines.Length && lines[end].Day <= days[i]; end++)
                    {
                        first += lines[end].Day <= days[i].AddDays(-settings.HorizonDays) ? 1 : 0;
                    }

                    yield return new(entry, days[i], ends[i], lines, first, end, fate == NpsFate.Left);
                }
            }
        }
    }

    /// <summary>A paying customer at a day.</summary>
    /// <param name="End">The instant at which the day ends: what happened later is not seen.</param>
    /// <param name="Lines">All its inquiries, oldest first.</param>
    /// <param name="First">The first that was opened in the days before.</param>
    /// <param name="After">The first that was opened later.</param>
    /// <param name="HasLeft">True where it left in the days after.</param>
    private readonly record struct FollowedCustomer(BookEntry Entry, DateOnly Day, DateTime End, InquiryLine[] Lines, int First, int After, bool HasLeft)
    {
        /// <summary>Opened in the days before.</summary>
        public int Inquiries => After - First;

        private ReadOnlySpan<InquiryLine> Recent => Lines.AsSpan(First, Inquiries);

        /// <summary>True for who had an experience, false for whom they are compared with, null for neither.</summary>
        public bool? Had(ServiceExperience experience) => experience switch
        {
            ServiceExperience.AnyInquiry => Inquiries > 0,
            ServiceExperience.ManyInquiries => Inquiries == 0 ? null : Inquiries >= ManyFrom,
            ServiceExperience.SlowResponse => Inquiries == 0 ? null : IsSlow,
            ServiceExperience.OldBacklog => HasOld,
            ServiceExperience.Escalation => Inquiries == 0 ? null : IsEscalated,
            _ => Satisfaction,
        };

        private bool IsSlow
        {
            get
            {
                foreach (var line in Recent)
                {
                    if (((line.FirstResponseAt < End ? line.FirstResponseAt.Value : End) - line.OpenedAt).TotalHours > SlowHours)
                    {
                        return true;
                    }
                }

                return false;
            }
        }

        private bool HasOld
        {
            get
            {
                foreach (var line in Lines.AsSpan(0, After))
                {
                    if (line.IsOpenAt(End) && Day.DayNumber - line.Day.DayNumber >= OldDays)
                    {
                        return true;
                    }
                }

                return false;
            }
        }

        /// <summary>Without a time of its own, an escalation is known at closing.</summary>
        private bool IsEscalated
        {
            get
            {
                foreach (var line in Recent)
                {
                    if (line.Escalated && (line.EscalatedAt ?? line.ClosedAt) < End)
                    {
                        return true;
                    }
                }

                return false;
            }
        }

        /// <summary>Satisfaction counts once the inquiry was closed.</summary>
        private bool? Satisfaction
        {
            get
            {
                var (answers, good) = (0, 0);
                foreach (var line in Recent)
                {
                    if (line.ClosedAt < End && line.Satisfaction is { } answer)
                    {
                        if (answer <= BadUpTo)
                        {
                            return true;
                        }

                        (answers, good) = (answers + 1, good + (answer >= GoodFrom ? 1 : 0));
                    }
                }

                return answers > 0 && good == answers ? false : null;
            }
        }
    }
}
