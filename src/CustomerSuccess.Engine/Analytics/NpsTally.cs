using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.Modelling;

namespace CustomerSuccess.Engine.Analytics;

/// <summary>Adds answers up for the page of NPS, in one pass over them.</summary>
internal static class NpsTally
{
    private const int Groups = 3;

    private static readonly NpsSlice[] Slices = Enum.GetValues<NpsSlice>();
    private static readonly string[] Stages = [.. Enum.GetValues<LifecycleStage>().Select(stage => stage.ToString())];

    public static NpsOverview Overview(CompanyBook book, IReadOnlyList<BookEntry> accounts, NpsAsk ask)
    {
        var settings = book.Settings;
        var within = ask.Within ?? settings.HorizonDays;
        var answers = new List<(BookEntry Entry, NpsAnswer Answer)>();
        var (first, latest) = (DateOnly.MaxValue, DateOnly.MinValue);
        foreach (var entry in accounts)
        {
            foreach (var answer in entry.Answers)
            {
                if (Has(book, entry, ask.Scope, answer.Day))
                {
                    answers.Add((entry, answer));
                    (first, latest) = (answer.Day < first ? answer.Day : first, answer.Day > latest ? answer.Day : latest);
                }
            }
        }

        if (answers.Count == 0)
        {
            return new(null, null, null, null, [], new int[11], new Dictionary<NpsSlice, IReadOnlyList<NpsPart>>(), 0, 0, [], null, within, settings.GraceDays, book.ContractsUntil);
        }

        var last = MonthEnds.OnOrAfter(latest);
        var start = ask.Months is { } months ? MonthEnds.OnOrAfter(last.AddMonths(-months)) : new DateOnly(first.Year, first.Month, 1).AddDays(-1);
        var period = new RetentionPeriod(start, last);
        RetentionPeriod? earlier = ask.Months is { } back ? new(MonthEnds.OnOrAfter(start.AddMonths(-back)), start) : null;
        var trend = RetentionPeriod.Between(ask.Grain, settings.FiscalStartMonth, first, last).ToArray();
        var (now, before, byPeriod, scores) = (new int[Groups], new int[Groups], Array.ConvertAll(trend, _ => new int[Groups]), new int[11]);
        var parts = Array.ConvertAll(Slices, _ => new Dictionary<string, int[]>(StringComparer.Ordinal));
        var firstMonth = (first.Year * 12) + first.Month;
        var placeOf = Enumerable.Range(0, (last.Year * 12) + last.Month - firstMonth + 1).Select(month => Array.FindIndex(trend, one => Within(new DateOnly(first.Year, first.Month, 1).AddMonths(month), one))).ToArray();
        foreach (var (entry, answer) in answers)
        {
            var group = (int)answer.Group;
            byPeriod[placeOf[(answer.Day.Year * 12) + answer.Day.Month - firstMonth]][group]++;
            if (Within(answer.Day, period))
            {
                now[group]++;
                scores[(int)Math.Clamp(Math.Floor(answer.Score), 0, 10)]++;
                for (var slice = 0; slice < Slices.Length; slice++)
                {
                    var value = ValueOf(book, entry, Slices[slice], answer.Day);
                    (parts[slice].TryGetValue(value, out var own) ? own : parts[slice][value] = new int[Groups])[group]++;
                }
            }
            else if (earlier is { } time && Within(answer.Day, time))
            {
                before[group]++;
            }
        }

        var (paying, heard, customers) = Customers(book, accounts, ask.Scope, period);
        var (score, scoreBefore, outcomes) = (NetPromoter.Of(now), NetPromoter.Of(before), Outcomes(book, answers, within));
        return new(
            period, score, scoreBefore, score is not null && scoreBefore is not null ? score.Since(scoreBefore) : null, Trend(trend, byPeriod), scores,
            Slices.Select((slice, i) => (slice, i)).ToDictionary(one => one.slice, one => Parts(parts[one.i], customers[one.i], now)),
            paying, heard, outcomes, Gap(outcomes), within, settings.GraceDays, book.ContractsUntil);
    }

    /// <summary>Of answers of one customer and group in one month the first: colleagues who think alike are no further evidence. They stand account by account.</summary>
    public static IEnumerable<(BookEntry Entry, NpsAnswer Answer)> Once(IEnumerable<(BookEntry Entry, NpsAnswer Answer)> answers)
    {
        var (account, known) = (0, new List<(NpsGroup, int)>());
        foreach (var given in answers)
        {
            if (given.Entry.AccountNo != account)
            {
                account = given.Entry.AccountNo;
                known.Clear();
            }

            var key = (given.Answer.Group, (given.Answer.Day.Year * 12) + given.Answer.Day.Month);
            if (!known.Contains(key))
            {
                known.Add(key);
                yield return given;
            }
        }
    }

    public static NpsFate FateOf(CompanyBook book, BookEntry entry, NpsAnswer answer, int within) =>
        book.ContractsUntil is { } known ? NpsFates.Of(entry.Contracts.Mrr, answer.Day, within, known, book.Settings.GraceDays) : NpsFate.Unknown;

    public static LifecycleStage? StageOf(CompanyBook book, BookEntry entry, DateOnly day) => LifecycleStages.Of(entry.Contracts.Mrr, day, book.Settings.LifecycleNewDays, book.Settings.GraceDays);

    public static string ValueOf(CompanyBook book, BookEntry entry, NpsSlice slice, DateOnly day) => slice switch
    {
        NpsSlice.Segment => entry.Segment.On(day),
        NpsSlice.Owner => entry.Owner.On(day),
        _ => StageOf(book, entry, day) is { } stage ? Stages[(int)stage] : null,
    } ?? RetentionScope.Unknown;

    public static bool Has(CompanyBook book, BookEntry entry, NpsScope scope, DateOnly day)
    {
        foreach (var slice in Slices)
        {
            if (scope[slice] is { } asked && ValueOf(book, entry, slice, day) != asked)
            {
                return false;
            }
        }

        return true;
    }

    public static bool Within(DateOnly day, RetentionPeriod period) => day > period.Start && day <= period.End;

    public static bool Answered(BookEntry entry, RetentionPeriod period)
    {
        foreach (var answer in entry.Answers)
        {
            if (Within(answer.Day, period))
            {
                return true;
            }
        }

        return false;
    }

    private static List<NpsPoint> Trend(RetentionPeriod[] periods, int[][] counts)
    {
        var points = new List<NpsPoint>();
        NetPromoter? former = null;
        foreach (var (period, groups) in periods.Zip(counts))
        {
            var score = NetPromoter.Of(groups);
            points.Add(new(period, score, score is not null && former is not null ? score.Since(former) : null));
            former = score ?? former;
        }

        return points;
    }

    /// <summary>Customers who pay at the period's end and those of them who answered in it, of all and by slice.</summary>
    private static (int Paying, int Heard, Dictionary<string, (int Paying, int Heard)>[] ByValue) Customers(CompanyBook book, IReadOnlyList<BookEntry> accounts, NpsScope scope, RetentionPeriod period)
    {
        var (paying, heard) = (0, 0);
        var byValue = Array.ConvertAll(Slices, _ => new Dictionary<string, (int Paying, int Heard)>(StringComparer.Ordinal));
        foreach (var entry in accounts)
        {
            if (!entry.Contracts.Mrr.IsPaying(period.End) || !Has(book, entry, scope, period.End))
            {
                continue;
            }

            var answered = Answered(entry, period) ? 1 : 0;
            (paying, heard) = (paying + 1, heard + answered);
            for (var slice = 0; slice < Slices.Length; slice++)
            {
                var value = ValueOf(book, entry, Slices[slice], period.End);
                var own = byValue[slice].GetValueOrDefault(value);
                byValue[slice][value] = (own.Paying + 1, own.Heard + answered);
            }
        }

        return (paying, heard, byValue);
    }

    private static IReadOnlyList<NpsPart> Parts(Dictionary<string, int[]> answers, Dictionary<string, (int Paying, int Heard)> customers, int[] all) =>
    [
        .. answers.Keys.Union(customers.Keys).Select(value =>
        {
            var counts = answers.GetValueOrDefault(value) ?? new int[Groups];
            var others = NetPromoter.Of(all[0] - counts[0], all[1] - counts[1], all[2] - counts[2]);
            var (score, own) = (NetPromoter.Of(counts), customers.GetValueOrDefault(value));
            return new NpsPart(value, score, score is null || others is null ? null : score.Since(others), own.Paying, own.Heard);
        }).OrderByDescending(part => part.Score?.Answers ?? 0).ThenByDescending(part => part.Paying).ThenBy(part => part.Value, StringComparer.Ordinal),
    ];

    private static List<NpsOutcome> Outcomes(CompanyBook book, IEnumerable<(BookEntry Entry, NpsAnswer Answer)> answers, int within)
    {
        var (known, gone) = (new int[Groups], new int[Groups]);
        foreach (var (entry, answer) in Once(answers))
        {
            if (FateOf(book, entry, answer, within) is var fate and not NpsFate.Unknown)
            {
                known[(int)answer.Group]++;
                gone[(int)answer.Group] += fate == NpsFate.Left ? 1 : 0;
            }
        }

        return
        [
            .. Enum.GetValues<NpsGroup>().Select(group =>
            {
                var (n, left) = (known[(int)group], gone[(int)group]);
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
}
