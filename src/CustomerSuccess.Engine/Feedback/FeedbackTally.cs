using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.Feedback;
using CustomerSuccess.Engine.Analytics;

namespace CustomerSuccess.Engine.Feedback;

/// <summary>Adds texts up by theme.</summary>
internal static class FeedbackTally
{
    private const int LeastMonths = 12;

    private static readonly FeedbackSource[] Sources = Enum.GetValues<FeedbackSource>();

    /// <param name="voice">The company's texts.</param>
    /// <param name="ask">Of which, and when.</param>
    /// <param name="key">Null where the viewer's texts are not all.</param>
    public static FeedbackOverview Overview(Voice voice, FeedbackAsk ask, string? key)
    {
        var (settings, rows) = (voice.Book.Settings, voice.Rows);
        var all = rows.Of(voice.Accounts, ask.Scope, voice.Book.Accounts.Count);
        var segments = Values(voice, entry => entry.Segment.On(DateOnly.MaxValue));
        var owners = Values(voice, entry => entry.Owner.On(DateOnly.MaxValue));
        if (all.Count == 0)
        {
            return new(null, null, null, null, 0, 0, 0, [], [], [], voice.Model.Skill, voice.Model.HasSkill, 0, 0, 0, settings.Currency, voice.MrrOn, settings.HorizonDays, segments, owners);
        }

        // the same time for every scope, and that of the other reports: the last month that contracts reach, where anybody wrote in it; else the last month of all texts
        var to = LastOf(rows, voice.Book.LastMonth);
        var from = CompanyCalendar.Month(to).AddMonths(1 - ask.Months);
        var back = ask.AgainstYear ? 12 : ask.Months;
        var (beforeFrom, beforeTo) = (from.AddMonths(-back), from.AddMonths(ask.Months - back).AddDays(-1));
        var now = Between(rows, all, from, to);
        var (speak, spoke) = (Speakers.Of(voice, now), Speakers.Of(voice, Between(rows, all, beforeFrom, beforeTo)));
        var changes = ThemeTrend.Of([.. voice.Themes.Shown.Select((_, place) => (IReadOnlyList<ThemeStratum>)
            [.. Sources.Select(source => new ThemeStratum(speak.Spoke[(int)source][place], speak.Wrote[(int)source], spoke.Spoke[(int)source][place], spoke.Wrote[(int)source]))])]);
        // the same whatever time is looked at
        var churn = voice.Figures.Figure(key is null ? null : $"feedback-churn|{ask.Scope}|{voice.Themes.Stamp}", () => Churn(voice, all));
        var byTheme = now.SelectMany(row => rows[row].Themes(voice.Themes), (row, place) => (place, row)).ToLookup(pair => pair.place, pair => pair.row);
        var themes = voice.Themes.Shown.Select((theme, place) => (theme, place)).Where(one => byTheme[one.place].Any())
            .Select(one => (one.place, Figures: Figures(voice, one.theme, [.. byTheme[one.place]], speak.All, spoke.OfAll[one.place], spoke.All, changes[one.place], churn[one.place])))
            .OrderByDescending(one => one.Figures.Accounts).ThenByDescending(one => one.Figures.Texts).ThenBy(one => one.place).ToList();
        var scored = now.Where(row => rows[row].IsLow is not null && rows[row].Sentiment(voice.Model) != Sentiment.Unclear).ToList();
        return new(
            from, to, beforeFrom, beforeTo, now.Count, speak.All, now.Count(row => rows[row].Themes(voice.Themes).Length > 0), [.. themes.Select(one => one.Figures)],
            Months(voice, all, to, Math.Max(LeastMonths, ask.Months + back), [.. themes.Select(one => one.place)]), voice.Figures.Figure(key is null ? null : $"feedback-proposed|{ask.Scope}|{from:O}|{voice.Themes.Stamp}", () => Proposed(voice, now)), voice.Model.Skill, voice.Model.HasSkill,
            scored.Count(row => Disagrees(voice, rows[row]) == Disagreement.HighButUnhappy), scored.Count(row => Disagrees(voice, rows[row]) == Disagreement.LowButHappy), scored.Count,
            settings.Currency, voice.MrrOn, settings.HorizonDays, segments, owners)
        { Newer = all.Count(row => rows[row].Day > to) };
    }

    private static DateOnly LastOf(VoiceRows rows, DateOnly? known)
    {
        if (known is { } month)
        {
            var first = CompanyCalendar.Month(month);
            for (var row = 0; row < rows.Count; row++)
            {
                if (rows[row].Day >= first && rows[row].Day <= month)
                {
                    return month;
                }
            }
        }

        return MonthEnds.OnOrAfter(Latest(rows));
    }

    /// <summary>Rows of texts in their order.</summary>
    public static int[] Texts(Voice voice, FeedbackListAsk ask)
    {
        var (rows, found) = (voice.Rows, Asked(voice, ask));
        if (ask.Sort == FeedbackSort.Name)
        {
            var (ranks, book) = (voice.Book.NameRanks, voice.Book);
            return StableOrder.By(found, row => ranks[book.PlaceOf(rows.EntryOf(row).AccountNo)], ask.Descending);
        }

        return ask.Sort == FeedbackSort.Score ? StableOrder.By(found, row => rows[row].Part ?? -1, ask.Descending) : StableOrder.By(found, row => rows[row].At.Ticks, ask.Descending);
    }

    public static IReadOnlyList<FeedbackAccount> Accounts(Voice voice, FeedbackListAsk ask)
    {
        var (rows, found) = (voice.Rows, new List<(int Place, int Texts, DateOnly Last, decimal Mrr)>());
        foreach (var row in Asked(voice, ask))
        {
            var (entry, day) = (rows.EntryOf(row), rows[row].Day);
            if (found.Count == 0 || voice.Book.Accounts[found[^1].Place].AccountNo != entry.AccountNo)
            {
                found.Add((voice.Book.PlaceOf(entry.AccountNo), 0, day, voice.Mrr(entry)));
            }

            var own = found[^1];
            found[^1] = own with { Texts = own.Texts + 1, Last = day > own.Last ? day : own.Last };
        }

        var (ranks, all) = (voice.Book.NameRanks, Enumerable.Range(0, found.Count).ToArray());
        var sorted = ask.Sort switch
        {
            FeedbackSort.Name => StableOrder.By(all, i => ranks[found[i].Place], ask.Descending),
            FeedbackSort.Texts => StableOrder.By(all, i => found[i].Texts, ask.Descending),
            FeedbackSort.Day => StableOrder.By(all, i => found[i].Last.DayNumber, ask.Descending),
            _ => StableOrder.By(all, i => found[i].Mrr, ask.Descending),
        };
        return [.. sorted.Select(i => (Entry: voice.Book.Accounts[found[i].Place], Own: found[i])).Select(one => new FeedbackAccount(
            one.Entry.AccountNo, one.Entry.AccountId, one.Entry.Namespace, one.Entry.Name, one.Entry.Segment.On(DateOnly.MaxValue), one.Entry.Owner.On(DateOnly.MaxValue), one.Own.Texts, one.Own.Last, one.Own.Mrr, one.Own.Mrr > 0))];
    }

    private static List<int> Asked(Voice voice, FeedbackListAsk ask)
    {
        var (rows, place) = (voice.Rows, ask.ThemeId is null or FeedbackListAsk.NoTheme ? -1 : voice.Themes.Shown.TakeWhile(theme => theme.ThemeId != ask.ThemeId).Count());
        return [.. rows.Of(voice.Accounts, ask.Scope, voice.Book.Accounts.Count).Where(row => !(rows[row].Day < ask.From) && !(rows[row].Day > ask.To)
            && (ask.ThemeId is null || (ask.ThemeId == FeedbackListAsk.NoTheme ? rows[row].Themes(voice.Themes).Length == 0 : Array.IndexOf(rows[row].Themes(voice.Themes), place) >= 0))
            && (ask.Disagreement is null || Disagrees(voice, rows[row]) == ask.Disagreement))];
    }

    private static Disagreement? Disagrees(Voice voice, FeedbackLine line) => (line.IsLow, line.IsLow is null ? Sentiment.Unclear : line.Sentiment(voice.Model)) switch
    {
        (false, Sentiment.Unhappy) => Disagreement.HighButUnhappy,
        (true, Sentiment.Happy) => Disagreement.LowButHappy,
        _ => null,
    };

    private static string[] Values(Voice voice, Func<BookEntry, string?> of) => [.. voice.Accounts.Select(of).OfType<string>().CountBy(value => value).OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Key).Take(100)];

    private static DateOnly Latest(VoiceRows rows)
    {
        var latest = DateOnly.MinValue;
        for (var row = 0; row < rows.Count; row++)
        {
            latest = rows[row].Day > latest ? rows[row].Day : latest;
        }

        return latest;
    }

    private static List<int> Between(VoiceRows rows, List<int> some, DateOnly from, DateOnly to) => some.FindAll(row => rows[row].Day >= from && rows[row].Day <= to);

    private static ThemeFigures Figures(Voice voice, FeedbackTheme theme, IReadOnlyList<int> own, int wrote, int before, int wroteBefore, ThemeTrend change, ThemeChurn churn)
    {
        var rows = voice.Rows;
        var accounts = own.Select(rows.EntryOf).DistinctBy(entry => entry.AccountNo).ToList();
        var paying = accounts.Select(voice.Mrr).Where(mrr => mrr > 0).ToList();
        var groups = new int[3];
        foreach (var row in own.Where(row => rows[row] is { Kind: "nps", Score: not null }))
        {
            groups[(int)NetPromoter.GroupOf(rows[row].Score!.Value)]++;
        }

        var parts = own.Select(row => rows[row]).Where(line => line.Part is not null).ToLookup(line => line.Kind, line => line.Part!.Value);
        var told = own.Select(row => rows[row].Sentiment(voice.Model)).ToList();
        double? Mean(string kind, int top) => parts[kind].Any() ? 1 + ((top - 1) * parts[kind].Average()) : null;
        return new(
            theme, own.Count, accounts.Count, paying.Sum(), accounts.Count - paying.Count, wroteBefore == 0 ? null : before, wrote == 0 ? null : (double)accounts.Count / wrote, wroteBefore == 0 ? null : (double)before / wroteBefore, change,
            told.Count(one => one == Sentiment.Unhappy), told.Count(one => one != Sentiment.Unclear), NetPromoter.Of(groups), Mean("csat", 5), parts["csat"].Count(), Mean("ces", 7), parts["ces"].Count(), churn,
            [.. own.OrderByDescending(row => rows[row].At).ThenBy(row => row).Select(row => rows[row]).DistinctBy(line => line.Language).Select(line => line.Text)]);
    }

    private static List<FeedbackMonth> Months(Voice voice, List<int> all, DateOnly to, int months, IReadOnlyList<int> places)
    {
        var rows = voice.Rows;
        var first = MonthEnds.OnOrAfter(all.Min(row => rows[row].Day));
        var from = MonthEnds.OnOrAfter(CompanyCalendar.Month(to).AddMonths(1 - months));
        DateOnly[] ends = [.. MonthEnds.Between(from > first ? from : first, to)];
        var (start, byMonth) = (CompanyCalendar.Month(ends[0]), Array.ConvertAll(ends, _ => new List<int>()));
        foreach (var row in all)
        {
            var month = ((rows[row].Day.Year - start.Year) * 12) + rows[row].Day.Month - start.Month;
            if (month >= 0 && month < byMonth.Length)
            {
                byMonth[month].Add(row);
            }
        }

        return
        [
            .. ends.Zip(byMonth, (end, own) =>
            {
                var spoke = Speakers.Of(voice, own);
                return new FeedbackMonth(end, spoke.All, [.. places.Select(place => spoke.OfAll[place])]);
            }),
        ];
    }

    private static List<ProposedTheme> Proposed(Voice voice, List<int> now)
    {
        var texts = now.ConvertAll(row => new TermedText(voice.Rows.EntryOf(row).AccountNo, voice.Rows[row].Text, voice.Rows[row].Terms(voice.Vocabulary), voice.Rows[row].Themes(voice.Themes).Length > 0));
        return [.. ThemeProposals.Of(texts, voice.Vocabulary).Select(proposal => new ProposedTheme(proposal, [.. proposal.Quotes.Select(place => texts[place].Text)]))];
    }

    /// <summary>At earlier days, who had spoken of a theme in the days before against who had written of other things, and who left in the days after.</summary>
    private static ThemeChurn[] Churn(Voice voice, List<int> all)
    {
        var (book, settings, themes, rows) = (voice.Book, voice.Book.Settings, voice.Themes.Shown.Count, voice.Rows);
        var (with, leftWith, wrote, left) = (new int[themes], new int[themes], 0, 0);
        if (book.ContractsUntil is { } known && rows.Count > 0)
        {
            var (last, heard) = (known.AddDays(-settings.HorizonDays - settings.GraceDays), Latest(rows));
            var first = Enumerable.Range(0, rows.Count).Min(row => rows[row].Day);
            var days = PastDays.Of(last < heard ? last : heard, settings.HorizonDays, first.AddDays(settings.HorizonDays));
            var (spoken, round) = (new int[themes], 0);
            for (int start = 0, end; start < all.Count; start = end)
            {
                var entry = rows.EntryOf(all[start]);
                for (end = start + 1; end < all.Count && rows.EntryOf(all[end]).AccountNo == entry.AccountNo; end++)
                {
                }

                foreach (var day in days)
                {
                    var (from, hasWritten, fate) = (day.AddDays(-settings.HorizonDays), false, NpsFate.Unknown);
                    round++;
                    for (var i = start; i < end && (!hasWritten || fate != NpsFate.Unknown); i++)
                    {
                        var line = rows[all[i]];
                        if (line.Day > day || line.Day <= from)
                        {
                            continue;
                        }

                        if (!hasWritten)
                        {
                            (hasWritten, fate) = (true, NpsFates.Of(entry.Contracts.Mrr, day, settings.HorizonDays, known, settings.GraceDays));
                            if (fate == NpsFate.Unknown)
                            {
                                continue;
                            }

                            (wrote, left) = (wrote + 1, left + (fate == NpsFate.Left ? 1 : 0));
                        }

                        foreach (var place in line.Themes(voice.Themes))
                        {
                            if (spoken[place] != round)
                            {
                                spoken[place] = round;
                                with[place]++;
                                leftWith[place] += fate == NpsFate.Left ? 1 : 0;
                            }
                        }
                    }
                }
            }
        }

        return [.. Enumerable.Range(0, themes).Select(place => new ThemeChurn(with[place], leftWith[place], wrote - with[place], left - leftWith[place], ShareDifference.Of(leftWith[place], with[place], left - leftWith[place], wrote - with[place])))];
    }

    /// <summary>How many customers spoke of each theme and how many wrote at all, by source and of both together.</summary>
    private sealed record Speakers(int[][] Spoke, int[] Wrote, int[] OfAll, int All)
    {
        /// <param name="voice">The company's texts.</param>
        /// <param name="some">Rows, account by account.</param>
        public static Speakers Of(Voice voice, List<int> some)
        {
            var (rows, themes) = (voice.Rows, voice.Themes.Shown.Count);
            var (spoke, wrote, ofAll, all) = (Array.ConvertAll(Sources, _ => new int[themes]), new int[Sources.Length], new int[themes], 0);
            // the last account that was counted in each place
            var (lastSpoke, lastWrote, lastOfAll, lastAll) = (Array.ConvertAll(Sources, _ => new int[themes]), new int[Sources.Length], new int[themes], 0);
            void Count(ref int count, ref int last, int account)
            {
                if (last != account)
                {
                    (count, last) = (count + 1, account);
                }
            }

            foreach (var row in some)
            {
                var (line, account) = (rows[row], rows.EntryOf(row).AccountNo);
                var source = (int)line.Source;
                Count(ref wrote[source], ref lastWrote[source], account);
                Count(ref all, ref lastAll, account);
                foreach (var place in line.Themes(voice.Themes))
                {
                    Count(ref spoke[source][place], ref lastSpoke[source][place], account);
                    Count(ref ofAll[place], ref lastOfAll[place], account);
                }
            }

            return new(spoke, wrote, ofAll, all);
        }
    }
}
