using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Core.Surveys;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Analytics;

/// <summary>Would customers recommend us, who, and does it tell who leaves? Every score is <see cref="NetPromoter.Of(int, int, int)"/>.</summary>
public sealed class NpsReport(Database database, CompanyBooks books)
{
    /// <summary>Scores, their trend, by whom, and what came after.</summary>
    public async Task<NpsOverview> OverviewAsync(Viewer viewer, NpsAsk ask, CancellationToken cancellation = default)
    {
        var (book, accounts, key) = await books.ForAsync(viewer, $"nps|{ask}", cancellation);
        var overview = await Task.Run(() => book.Lasting(key, () => Overview(book, accounts, ask)), cancellation);
        return overview.Period is { } period ? WithAsked(book, overview, ask, await AskedAsync(book, accounts, period, cancellation)) : overview;
    }

    /// <summary>Satisfaction and effort in a time, with how many said so: answers to surveys, and what customers said of their inquiries, which is the same question. Kinds without answers are left out.</summary>
    public async Task<IReadOnlyList<OtherScore>> OthersAsync(Viewer viewer, NpsScope scope, RetentionPeriod period, CancellationToken cancellation = default)
    {
        var (book, accounts, _) = await books.ForAsync(viewer, "others", cancellation);
        var calendar = new CompanyCalendar(book.Settings.TimeZone);
        var (from, to) = (calendar.Start(period.Start.AddDays(1)), calendar.Start(period.End.AddDays(1)));
        await using var context = database.OpenContext();
        var said = await context.SurveyResponses.AsNoTracking().Where(answer => answer.VoidedBy == null && (answer.Kind == "csat" || answer.Kind == "ces") && answer.RespondedAt >= from && answer.RespondedAt < to && answer.ScaleMax > answer.ScaleMin)
            .Select(answer => new { answer.AccountNo, answer.Kind, At = answer.RespondedAt, Part = (answer.Score - answer.ScaleMin) / (answer.ScaleMax - answer.ScaleMin) }).ToListAsync(cancellation);
        said.AddRange(await context.Inquiries.AsNoTracking().Where(inquiry => inquiry.VoidedBy == null && inquiry.Satisfaction != null && inquiry.OpenedAt >= from && inquiry.OpenedAt < to)
            .Select(inquiry => new { inquiry.AccountNo, Kind = "csat", At = inquiry.OpenedAt, Part = (inquiry.Satisfaction!.Value - 1) / 4.0 }).ToListAsync(cancellation));
        var known = accounts.Select(entry => entry.AccountNo).ToHashSet();
        return
        [
            .. said.Where(answer => known.Contains(answer.AccountNo) && Has(book, book.Entries[answer.AccountNo], scope, calendar.Day(answer.At))).GroupBy(answer => answer.Kind).OrderBy(own => own.Key, StringComparer.Ordinal).Select(own =>
            {
                // 4 of 5 and 5 of 7 lie at 3/4 and 2/3 of their scales
                var (n, good) = (own.Count(), own.Count(answer => answer.Part >= (own.Key == "csat" ? 0.75 : 2.0 / 3) - 1e-9));
                var (lower, upper) = TestCurves.Wilson(good, n);
                return new OtherScore(own.Key, n, 1 + ((own.Key == "csat" ? 4 : 6) * own.Average(answer => answer.Part)), (double)good / n, lower, upper);
            }),
        ];
    }

    /// <summary>The answers behind a figure, or the customers who gave none.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="ask">Which ones.</param>
    /// <param name="offset">The first row, from 0.</param>
    /// <param name="limit">Rows of the page, 1–1000.</param>
    /// <param name="cancellation">Ends the query.</param>
    public async Task<NpsAnswerPage> AnswersAsync(Viewer viewer, NpsAnswerAsk ask, int offset, int limit, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 1000);
        var (book, accounts, key) = await books.ForAsync(viewer, $"answers|{ask}", cancellation);
        var rows = ask.Unanswered ? await UnansweredAsync(book, accounts, ask, cancellation) : await Task.Run(() => book.LastingList(key, () => Rows(book, accounts, ask)), cancellation);
        return new(await WithWordsAsync([.. rows.Skip(offset).Take(limit)], cancellation), rows.Count, rows.Select(row => row.AccountNo).Distinct().Count());
    }

    /// <summary>Invitations that were sent in a time. They are few beside what the books hold, and change without a fact: they are read each time.</summary>
    private async Task<List<(BookEntry Entry, DateOnly Day, bool IsAnswered)>> AskedAsync(CompanyBook book, IReadOnlyList<BookEntry> accounts, RetentionPeriod period, CancellationToken cancellation)
    {
        var calendar = new CompanyCalendar(book.Settings.TimeZone);
        var (from, to) = (calendar.Start(period.Start.AddDays(1)), calendar.Start(period.End.AddDays(1)));
        await using var context = database.OpenContext();
        var rows = await context.SurveyInvitations.AsNoTracking().Where(invitation => invitation.Kind == SurveyKind.Nps && invitation.State != InvitationState.HeldBack && invitation.AskedAt >= from && invitation.AskedAt < to)
            .Select(invitation => new { invitation.AccountNo, At = invitation.AskedAt!.Value, IsAnswered = invitation.State == InvitationState.Answered }).ToListAsync(cancellation);
        if (rows.Count == 0)
        {
            return [];
        }

        var known = accounts.Select(entry => entry.AccountNo).ToHashSet();
        return [.. rows.Where(row => known.Contains(row.AccountNo)).Select(row => (book.Entries[row.AccountNo], calendar.Day(row.At), row.IsAnswered))];
    }

    private static NpsOverview WithAsked(CompanyBook book, NpsOverview overview, NpsAsk ask, List<(BookEntry Entry, DateOnly Day, bool IsAnswered)> asked)
    {
        var own = asked.Where(one => Has(book, one.Entry, ask.Scope, one.Day)).ToList();
        return own.Count == 0 ? overview : overview with
        {
            Asked = Count(own),
            Parts = overview.Parts.ToDictionary(parts => parts.Key, parts =>
            {
                var by = own.ToLookup(one => ValueOf(book, one.Entry, parts.Key, one.Day));
                return (IReadOnlyList<NpsPart>)
                [
                    .. parts.Value.Select(part => part with { Asked = Count(by[part.Value]) }),
                    .. by.Where(same => !parts.Value.Any(part => part.Value == same.Key)).Select(same => new NpsPart(same.Key, null, null, 0, 0) { Asked = Count(same) }),
                ];
            }),
        };
    }

    private static AskedPeople Count(IEnumerable<(BookEntry Entry, DateOnly Day, bool IsAnswered)> asked)
    {
        var all = asked.ToList();
        return new(all.Count, all.Count(one => one.IsAnswered), all.Where(one => !one.IsAnswered).Select(one => one.Entry.AccountNo).Distinct().Count());
    }

    /// <summary>Customers with an invitation that nobody answered, each once.</summary>
    private async Task<List<NpsAnswerRow>> UnansweredAsync(CompanyBook book, IReadOnlyList<BookEntry> accounts, NpsAnswerAsk ask, CancellationToken cancellation)
    {
        var period = new RetentionPeriod((ask.From ?? new DateOnly(2000, 1, 1)).AddDays(-1), ask.To ?? new DateOnly(2999, 12, 31));
        var silent = (await AskedAsync(book, accounts, period, cancellation)).Where(one => !one.IsAnswered && Has(book, one.Entry, ask.Scope, one.Day)).GroupBy(one => one.Entry.AccountNo)
            .Select(own => Row(book, own.First().Entry, null, own.Max(one => one.Day), ask.Within ?? book.Settings.HorizonDays));
        var sorted = silent.OrderBy(row => book.Entries[row.AccountNo].NameSort, StringComparer.Ordinal).ThenBy(row => row.AccountNo).ToList();
        if (ask is { Sort: NpsSort.Name, Descending: true })
        {
            sorted.Reverse();
        }

        return sorted;
    }

    private static NpsOverview Overview(CompanyBook book, IReadOnlyList<BookEntry> accounts, NpsAsk ask)
    {
        var settings = book.Settings;
        var within = ask.Within ?? settings.HorizonDays;
        var answers = accounts.SelectMany(entry => entry.Answers.Where(answer => Has(book, entry, ask.Scope, answer.Day)).Select(answer => (Entry: entry, Answer: answer))).ToList();
        if (answers.Count == 0)
        {
            return new(null, null, null, null, [], new int[11], new Dictionary<NpsSlice, IReadOnlyList<NpsPart>>(), 0, 0, [], null, within, settings.GraceDays, book.ContractsUntil);
        }

        var first = answers.Min(given => given.Answer.Day);
        var last = MonthEnds.OnOrAfter(answers.Max(given => given.Answer.Day));
        var start = ask.Months is { } months ? MonthEnds.OnOrAfter(last.AddMonths(-months)) : new DateOnly(first.Year, first.Month, 1).AddDays(-1);
        var period = new RetentionPeriod(start, last);
        var now = answers.Where(given => Within(given.Answer.Day, period)).ToList();
        var before = ask.Months is { } back ? Score(answers.Where(given => Within(given.Answer.Day, new(MonthEnds.OnOrAfter(start.AddMonths(-back)), start)))) : null;
        var score = Score(now);
        var scores = new int[11];
        foreach (var (_, answer) in now)
        {
            scores[(int)Math.Clamp(Math.Floor(answer.Score), 0, 10)]++;
        }

        var paying = accounts.Where(entry => entry.Contracts.Mrr.IsPaying(last) && Has(book, entry, ask.Scope, last)).ToList();
        var outcomes = Outcomes(book, answers, within);
        return new(
            period, score, before, score is not null && before is not null ? score.Since(before) : null, Trend(answers, ask.Grain, settings.FiscalStartMonth, first, last), scores,
            Enum.GetValues<NpsSlice>().ToDictionary(slice => slice, slice => Parts(book, now, paying, slice, period)),
            paying.Count, paying.Count(entry => Answered(entry, period)), outcomes, Gap(outcomes), within, settings.GraceDays, book.ContractsUntil);
    }

    private static List<NpsPoint> Trend(List<(BookEntry Entry, NpsAnswer Answer)> answers, PeriodGrain grain, int fiscal, DateOnly first, DateOnly last)
    {
        var points = new List<NpsPoint>();
        NetPromoter? former = null;
        foreach (var period in RetentionPeriod.Between(grain, fiscal, first, last))
        {
            var score = Score(answers.Where(given => Within(given.Answer.Day, period)));
            points.Add(new(period, score, score is not null && former is not null ? score.Since(former) : null));
            former = score ?? former;
        }

        return points;
    }

    private static IReadOnlyList<NpsPart> Parts(CompanyBook book, List<(BookEntry Entry, NpsAnswer Answer)> answers, List<BookEntry> paying, NpsSlice slice, RetentionPeriod period)
    {
        var by = answers.ToLookup(given => ValueOf(book, given.Entry, slice, given.Answer.Day));
        var customers = paying.ToLookup(entry => ValueOf(book, entry, slice, period.End));
        var all = Counts(answers);
        return
        [
            .. by.Select(same => same.Key).Union(customers.Select(same => same.Key)).Select(value =>
            {
                var counts = Counts(by[value]);
                var others = NetPromoter.Of(all[0] - counts[0], all[1] - counts[1], all[2] - counts[2]);
                var score = NetPromoter.Of(counts);
                return new NpsPart(value, score, score is null || others is null ? null : score.Since(others), customers[value].Count(), customers[value].Count(entry => Answered(entry, period)));
            }).OrderByDescending(part => part.Score?.Answers ?? 0).ThenByDescending(part => part.Paying).ThenBy(part => part.Value, StringComparer.Ordinal),
        ];
    }

    private static List<NpsOutcome> Outcomes(CompanyBook book, IEnumerable<(BookEntry Entry, NpsAnswer Answer)> answers, int within)
    {
        var known = Once(answers).Select(given => (given.Answer.Group, Fate: FateOf(book, given.Entry, given.Answer, within))).Where(given => given.Fate != NpsFate.Unknown).ToLookup(given => given.Group, given => given.Fate);
        return
        [
            .. Enum.GetValues<NpsGroup>().Select(group =>
            {
                var (n, left) = (known[group].Count(), known[group].Count(fate => fate == NpsFate.Left));
                var (lower, upper) = n == 0 ? (0, 0) : TestCurves.Wilson(left, n);
                return new NpsOutcome(group, n, left, n == 0 ? null : (double)left / n, n == 0 ? null : lower, n == 0 ? null : upper);
            }),
        ];
    }

    private static ShareDifference? Gap(List<NpsOutcome> outcomes)
    {
        var (promoters, detractors) = (outcomes[(int)NpsGroup.Promoter], outcomes[(int)NpsGroup.Detractor]);
        return ShareDifference.Of(detractors.Left, detractors.Answers, promoters.Left, promoters.Answers);
    }

    private static List<NpsAnswerRow> Rows(CompanyBook book, IReadOnlyList<BookEntry> accounts, NpsAnswerAsk ask)
    {
        var within = ask.Within ?? book.Settings.HorizonDays;
        IEnumerable<NpsAnswerRow> rows;
        if (ask.Silent)
        {
            var period = new RetentionPeriod((ask.From ?? DateOnly.MinValue.AddDays(1)).AddDays(-1), ask.To ?? book.LastMonth ?? DateOnly.MaxValue);
            rows = accounts.Where(entry => entry.Contracts.Mrr.IsPaying(period.End) && Has(book, entry, ask.Scope, period.End) && !Answered(entry, period)).Select(entry => Row(book, entry, null, period.End, within));
        }
        else
        {
            var answers = from entry in accounts
                          from answer in entry.Answers
                          where !(answer.Day < ask.From) && !(answer.Day > ask.To) && (ask.Group is null || answer.Group == ask.Group)
                              && (ask.Score is null || (int)Math.Clamp(Math.Floor(answer.Score), 0, 10) == ask.Score) && Has(book, entry, ask.Scope, answer.Day)
                          select (Entry: entry, Answer: answer);
            rows = (ask.Fate is null ? answers : Once(answers)).Select(given => Row(book, given.Entry, given.Answer, given.Answer.Day, within)).Where(row => ask.Fate is null || row.Fate == ask.Fate);
        }

        IOrderedEnumerable<NpsAnswerRow> By<T>(Func<NpsAnswerRow, T> key, IComparer<T>? comparer = null) => ask.Descending ? rows.OrderByDescending(key, comparer) : rows.OrderBy(key, comparer);
        var sorted = ask.Sort switch
        {
            NpsSort.Name => By(row => book.Entries[row.AccountNo].NameSort, StringComparer.Ordinal),
            NpsSort.Score => By(row => row.Answer?.Score ?? -1),
            _ => By(row => row.Answer?.RespondedAt ?? DateTime.MinValue),
        };
        return [.. sorted.ThenBy(row => row.AccountNo)];
    }

    private static NpsAnswerRow Row(CompanyBook book, BookEntry entry, NpsAnswer? answer, DateOnly day, int within) => new(
        entry.AccountNo, entry.AccountId, entry.Namespace, entry.Name, entry.Segment.On(day), entry.Owner.On(day), StageOf(book, entry, day), answer,
        answer is { } given ? FateOf(book, entry, given, within) : NpsFate.Unknown,
        answer is { } then && book.ContractsUntil is { } known ? entry.Contracts.Mrr.ChurnEvents(book.Settings.GraceDays).Cast<DateOnly?>().FirstOrDefault(left => left > then.Day && left <= known.AddDays(-book.Settings.GraceDays)) : null);

    /// <summary>Of answers of one customer and group in one month the first: colleagues who think alike are no further evidence.</summary>
    private static IEnumerable<(BookEntry Entry, NpsAnswer Answer)> Once(IEnumerable<(BookEntry Entry, NpsAnswer Answer)> answers) =>
        answers.DistinctBy(given => (given.Entry.AccountNo, given.Answer.Group, given.Answer.Day.Year, given.Answer.Day.Month));

    private static NpsFate FateOf(CompanyBook book, BookEntry entry, NpsAnswer answer, int within) =>
        book.ContractsUntil is { } known ? NpsFates.Of(entry.Contracts.Mrr, answer.Day, within, known, book.Settings.GraceDays) : NpsFate.Unknown;

    private static LifecycleStage? StageOf(CompanyBook book, BookEntry entry, DateOnly day) => LifecycleStages.Of(entry.Contracts.Mrr, day, book.Settings.LifecycleNewDays, book.Settings.GraceDays);

    private static string ValueOf(CompanyBook book, BookEntry entry, NpsSlice slice, DateOnly day) => slice switch
    {
        NpsSlice.Segment => entry.Segment.On(day),
        NpsSlice.Owner => entry.Owner.On(day),
        _ => StageOf(book, entry, day)?.ToString(),
    } ?? RetentionScope.Unknown;

    private static bool Has(CompanyBook book, BookEntry entry, NpsScope scope, DateOnly day)
    {
        foreach (var slice in Enum.GetValues<NpsSlice>())
        {
            if (scope[slice] is { } asked && ValueOf(book, entry, slice, day) != asked)
            {
                return false;
            }
        }

        return true;
    }

    private static bool Within(DateOnly day, RetentionPeriod period) => day > period.Start && day <= period.End;

    private static bool Answered(BookEntry entry, RetentionPeriod period) => entry.Answers.Any(answer => Within(answer.Day, period));

    private static int[] Counts(IEnumerable<(BookEntry Entry, NpsAnswer Answer)> answers)
    {
        var counts = new int[3];
        foreach (var (_, answer) in answers)
        {
            counts[(int)answer.Group]++;
        }

        return counts;
    }

    private static NetPromoter? Score(IEnumerable<(BookEntry Entry, NpsAnswer Answer)> answers) => NetPromoter.Of(Counts(answers));

    /// <summary>Comments and names are read for the rows shown alone.</summary>
    private async Task<IReadOnlyList<NpsAnswerRow>> WithWordsAsync(IReadOnlyList<NpsAnswerRow> rows, CancellationToken cancellation)
    {
        if (!rows.Any(row => row.Answer is not null))
        {
            return rows;
        }

        await using var context = database.OpenContext();
        var numbers = rows.Select(row => row.AccountNo).Distinct().ToList();
        var words = (await NpsQuery.Standing(context.SurveyResponses.AsNoTracking()).Where(answer => numbers.Contains(answer.AccountNo))
            .Select(answer => new { answer.AccountNo, answer.RespondedAt, answer.Score, answer.Comment, answer.ContactNo }).ToListAsync(cancellation))
            .ToLookup(answer => (answer.AccountNo, answer.RespondedAt, answer.Score));
        var people = await context.Contacts.AsNoTracking().Where(contact => numbers.Contains(contact.AccountNo)).Select(contact => new { contact.ContactNo, Name = contact.Name ?? contact.Email }).ToDictionaryAsync(contact => contact.ContactNo, contact => contact.Name, cancellation);
        return
        [
            .. rows.Select(row => row.Answer is { } answer && words[(row.AccountNo, answer.RespondedAt, answer.Score)].FirstOrDefault() is { } said
                ? row with { Comment = said.Comment, Contact = said.ContactNo is { } no ? people.GetValueOrDefault(no) : null }
                : row),
        ];
    }
}
