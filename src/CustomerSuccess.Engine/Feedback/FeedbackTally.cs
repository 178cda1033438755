using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.Feedback;
using CustomerSuccess.Engine.Analytics;

namespace CustomerSuccess.Engine.Feedback;

/// <summary>Adds texts up by theme.</summary>
internal static class FeedbackTally
{
    private const int LeastMonths = 12;

    public static FeedbackOverview Overview(Voice voice, FeedbackAsk ask)
    {
        var settings = voice.Book.Settings;
        var all = voice.Of(ask.Scope).ToList();
        var segments = Values(voice, entry => entry.Segment.On(DateOnly.MaxValue));
        var owners = Values(voice, entry => entry.Owner.On(DateOnly.MaxValue));
        if (all.Count == 0)
        {
            return new(null, null, null, null, 0, 0, 0, [], [], [], voice.Model.Skill, voice.Model.HasSkill, 0, 0, 0, settings.Currency, voice.MrrOn, settings.HorizonDays, segments, owners);
        }

        // the last month of all texts, whatever is narrowed to: else each scope would have a time of its own
        var to = MonthEnds.OnOrAfter(voice.Lines.Values.Max(lines => lines[^1].Day));
        var from = CompanyCalendar.Month(to).AddMonths(1 - ask.Months);
        var back = ask.AgainstYear ? 12 : ask.Months;
        var (beforeFrom, beforeTo) = (from.AddMonths(-back), from.AddMonths(ask.Months - back).AddDays(-1));
        var now = all.Where(one => one.Line.Day >= from && one.Line.Day <= to).ToList();
        var before = all.Where(one => one.Line.Day >= beforeFrom && one.Line.Day <= beforeTo).ToList();
        var (spokeNow, wroteNow) = Speakers(voice, now);
        var (spokeBefore, wroteBefore) = Speakers(voice, before);
        var changes = ThemeTrend.Of([.. voice.Themes.Shown.Select((_, place) => (IReadOnlyList<ThemeStratum>)
            [.. Enum.GetValues<FeedbackSource>().Select(source => new ThemeStratum(spokeNow[(int)source][place].Count, wroteNow[(int)source].Count, spokeBefore[(int)source][place].Count, wroteBefore[(int)source].Count))])]);
        var churn = Churn(voice, ask.Scope);
        var byTheme = now.SelectMany(one => one.Line.Themes(voice.Themes), (one, place) => (place, one)).ToLookup(pair => pair.place, pair => pair.one);
        var wrote = now.Select(one => one.Entry.AccountNo).Distinct().Count();
        var earlier = before.Select(one => one.Entry.AccountNo).Distinct().Count();
        var themes = voice.Themes.Shown.Select((theme, place) => (theme, place)).Where(one => byTheme[one.place].Any())
            .Select(one => (one.place, Figures: Figures(voice, one.theme, [.. byTheme[one.place]], wrote, AllOf(spokeBefore, one.place), earlier, changes[one.place], churn[one.place])))
            .OrderByDescending(one => one.Figures.Accounts).ThenByDescending(one => one.Figures.Texts).ThenBy(one => one.place).ToList();
        var scored = now.Where(one => one.Line.IsLow is not null && one.Line.Sentiment(voice.Model) != Sentiment.Unclear).ToList();
        return new(
            from, to, beforeFrom, beforeTo, now.Count, wrote, now.Count(one => one.Line.Themes(voice.Themes).Length > 0), [.. themes.Select(one => one.Figures)],
            Months(voice, all, to, Math.Max(LeastMonths, ask.Months + back), [.. themes.Select(one => one.place)]), Proposed(voice, now), voice.Model.Skill, voice.Model.HasSkill,
            scored.Count(one => Disagrees(voice, one.Line) == Disagreement.HighButUnhappy), scored.Count(one => Disagrees(voice, one.Line) == Disagreement.LowButHappy), scored.Count,
            settings.Currency, voice.MrrOn, settings.HorizonDays, segments, owners);
    }

    public static IReadOnlyList<(BookEntry Entry, FeedbackLine Line)> Texts(Voice voice, FeedbackListAsk ask)
    {
        var found = Asked(voice, ask).ToList();
        IOrderedEnumerable<(BookEntry Entry, FeedbackLine Line)> By<T>(Func<(BookEntry Entry, FeedbackLine Line), T> key, IComparer<T>? comparer = null) => ask.Descending ? found.OrderByDescending(key, comparer) : found.OrderBy(key, comparer);
        var sorted = ask.Sort switch
        {
            FeedbackSort.Score => By(one => one.Line.Part ?? -1),
            FeedbackSort.Name => By(one => one.Entry.NameSort, StringComparer.Ordinal),
            _ => By(one => one.Line.At),
        };
        return [.. sorted.ThenBy(one => one.Entry.AccountNo).ThenBy(one => one.Line.Source).ThenBy(one => one.Line.Key.SourceId).ThenBy(one => one.Line.Key.FactId, StringComparer.Ordinal)];
    }

    public static IReadOnlyList<FeedbackAccount> Accounts(Voice voice, FeedbackListAsk ask)
    {
        var found = Asked(voice, ask).GroupBy(one => one.Entry.AccountNo).Select(own =>
        {
            var (entry, last) = (own.First().Entry, own.Max(one => one.Line.Day));
            var mrr = voice.Mrr(entry);
            return (entry.NameSort, Row: new FeedbackAccount(entry.AccountNo, entry.AccountId, entry.Namespace, entry.Name, entry.Segment.On(DateOnly.MaxValue), entry.Owner.On(DateOnly.MaxValue), own.Count(), last, mrr, mrr > 0));
        }).ToList();
        IOrderedEnumerable<(string NameSort, FeedbackAccount Row)> By<T>(Func<(string NameSort, FeedbackAccount Row), T> key, IComparer<T>? comparer = null) => ask.Descending ? found.OrderByDescending(key, comparer) : found.OrderBy(key, comparer);
        var sorted = ask.Sort switch
        {
            FeedbackSort.Name => By(one => one.NameSort, StringComparer.Ordinal),
            FeedbackSort.Texts => By(one => one.Row.Texts),
            FeedbackSort.Day => By(one => one.Row.Last),
            _ => By(one => one.Row.Mrr),
        };
        return [.. sorted.ThenBy(one => one.Row.AccountNo).Select(one => one.Row)];
    }

    private static IEnumerable<(BookEntry Entry, FeedbackLine Line)> Asked(Voice voice, FeedbackListAsk ask)
    {
        var place = ask.ThemeId is null or FeedbackListAsk.NoTheme ? -1 : voice.Themes.Shown.TakeWhile(theme => theme.ThemeId != ask.ThemeId).Count();
        return voice.Of(ask.Scope).Where(one => !(one.Line.Day < ask.From) && !(one.Line.Day > ask.To)
            && (ask.ThemeId is null || (ask.ThemeId == FeedbackListAsk.NoTheme ? one.Line.Themes(voice.Themes).Length == 0 : Array.IndexOf(one.Line.Themes(voice.Themes), place) >= 0))
            && (ask.Disagreement is null || Disagrees(voice, one.Line) == ask.Disagreement));
    }

    private static Disagreement? Disagrees(Voice voice, FeedbackLine line) => (line.IsLow, line.IsLow is null ? Sentiment.Unclear : line.Sentiment(voice.Model)) switch
    {
        (false, Sentiment.Unhappy) => Disagreement.HighButUnhappy,
        (true, Sentiment.Happy) => Disagreement.LowButHappy,
        _ => null,
    };

    private static string[] Values(Voice voice, Func<BookEntry, string?> of) => [.. voice.Accounts.Select(of).OfType<string>().CountBy(value => value).OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Key).Take(100)];

    /// <summary>By source, who spoke of each theme and who wrote at all.</summary>
    private static (HashSet<int>[][] Spoke, HashSet<int>[] Wrote) Speakers(Voice voice, List<(BookEntry Entry, FeedbackLine Line)> some)
    {
        var sources = Enum.GetValues<FeedbackSource>().Length;
        HashSet<int>[] Sets(int count) => [.. Enumerable.Range(0, count).Select(_ => new HashSet<int>())];
        var (spoke, wrote) = (Enumerable.Range(0, sources).Select(_ => Sets(voice.Themes.Shown.Count)).ToArray(), Sets(sources));
        foreach (var (entry, line) in some)
        {
            wrote[(int)line.Source].Add(entry.AccountNo);
            foreach (var place in line.Themes(voice.Themes))
            {
                spoke[(int)line.Source][place].Add(entry.AccountNo);
            }
        }

        return (spoke, wrote);
    }

    private static int AllOf(HashSet<int>[][] spoke, int place) => spoke.SelectMany(source => source[place]).Distinct().Count();

    private static ThemeFigures Figures(Voice voice, FeedbackTheme theme, IReadOnlyList<(BookEntry Entry, FeedbackLine Line)> own, int wrote, int before, int wroteBefore, ThemeTrend change, ThemeChurn churn)
    {
        var accounts = own.Select(one => one.Entry).DistinctBy(entry => entry.AccountNo).ToList();
        var paying = accounts.Select(voice.Mrr).Where(mrr => mrr > 0).ToList();
        var groups = new int[3];
        foreach (var (_, line) in own.Where(one => one.Line is { Kind: "nps", Score: not null }))
        {
            groups[(int)NetPromoter.GroupOf(line.Score!.Value)]++;
        }

        var parts = own.Where(one => one.Line.Part is not null).ToLookup(one => one.Line.Kind, one => one.Line.Part!.Value);
        var told = own.Select(one => one.Line.Sentiment(voice.Model)).ToList();
        double? Mean(string kind, int top) => parts[kind].Any() ? 1 + ((top - 1) * parts[kind].Average()) : null;
        return new(
            theme, own.Count, accounts.Count, paying.Sum(), accounts.Count - paying.Count, wroteBefore == 0 ? null : before, wrote == 0 ? null : (double)accounts.Count / wrote, wroteBefore == 0 ? null : (double)before / wroteBefore, change,
            told.Count(one => one == Sentiment.Unhappy), told.Count(one => one != Sentiment.Unclear), NetPromoter.Of(groups), Mean("csat", 5), parts["csat"].Count(), Mean("ces", 7), parts["ces"].Count(), churn,
            [.. own.OrderByDescending(one => one.Line.At).ThenBy(one => one.Entry.AccountNo).Select(one => one.Line).DistinctBy(line => line.Language).Select(line => line.Text)]);
    }

    private static List<FeedbackMonth> Months(Voice voice, List<(BookEntry Entry, FeedbackLine Line)> all, DateOnly to, int months, IReadOnlyList<int> places)
    {
        var first = MonthEnds.OnOrAfter(all.Min(one => one.Line.Day));
        var from = MonthEnds.OnOrAfter(CompanyCalendar.Month(to).AddMonths(1 - months));
        var byMonth = all.ToLookup(one => MonthEnds.OnOrAfter(one.Line.Day));
        return
        [
            .. MonthEnds.Between(from > first ? from : first, to).Select(month =>
            {
                var (spoke, wrote) = Speakers(voice, [.. byMonth[month]]);
                return new FeedbackMonth(month, wrote.SelectMany(source => source).Distinct().Count(), [.. places.Select(place => AllOf(spoke, place))]);
            }),
        ];
    }

    private static List<ProposedTheme> Proposed(Voice voice, List<(BookEntry Entry, FeedbackLine Line)> now)
    {
        var texts = now.Select(one => (one.Entry.AccountNo, one.Line.Text, one.Line.Themes(voice.Themes).Length > 0)).ToList();
        return [.. ThemeProposals.Of(texts).Select(proposal => new ProposedTheme(proposal, [.. proposal.Quotes.Select(place => texts[place].Text)]))];
    }

    /// <summary>At earlier days, who had spoken of a theme in the days before against who had written of other things, and who left in the days after.</summary>
    private static ThemeChurn[] Churn(Voice voice, FeedbackScope scope)
    {
        var (book, settings, themes) = (voice.Book, voice.Book.Settings, voice.Themes.Shown.Count);
        var (with, leftWith, wrote, left) = (new int[themes], new int[themes], 0, 0);
        if (book.ContractsUntil is { } known && voice.Lines.Count > 0)
        {
            var (last, heard) = (known.AddDays(-settings.HorizonDays - settings.GraceDays), voice.Lines.Values.Max(lines => lines[^1].Day));
            foreach (var day in PastDays.Of(last < heard ? last : heard, settings.HorizonDays, voice.Lines.Values.Min(lines => lines[0].Day).AddDays(settings.HorizonDays)))
            {
                foreach (var entry in voice.Accounts)
                {
                    var recent = voice.Lines.GetValueOrDefault(entry.AccountNo, []).Where(line => line.Day <= day && line.Day > day.AddDays(-settings.HorizonDays) && scope.Has(entry, line)).ToList();
                    if (recent.Count == 0 || NpsFates.Of(entry.Contracts.Mrr, day, settings.HorizonDays, known, settings.GraceDays) is var fate && fate == NpsFate.Unknown)
                    {
                        continue;
                    }

                    var hasLeft = fate == NpsFate.Left ? 1 : 0;
                    (wrote, left) = (wrote + 1, left + hasLeft);
                    foreach (var place in recent.SelectMany(line => line.Themes(voice.Themes)).Distinct())
                    {
                        with[place]++;
                        leftWith[place] += hasLeft;
                    }
                }
            }
        }

        return [.. Enumerable.Range(0, themes).Select(place => new ThemeChurn(with[place], leftWith[place], wrote - with[place], left - leftWith[place], ShareDifference.Of(leftWith[place], with[place], left - leftWith[place], wrote - with[place])))];
    }
}
