using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Analytics;

/// <summary>Would customers recommend us, who, and does it tell who leaves? Every score is <see cref="NetPromoter.Of(int, int, int)"/>.</summary>
public sealed class NpsReport(Database database, CompanyBooks books, SurveyBooks surveys)
{
    private static readonly NpsSlice[] Slices = Enum.GetValues<NpsSlice>();

    /// <summary>Scores, their trend, by whom, and what came after.</summary>
    public async Task<NpsOverview> OverviewAsync(Viewer viewer, NpsAsk ask, CancellationToken cancellation = default)
    {
        var (book, accounts, key) = await books.ForAsync(viewer, $"nps|{ask}", cancellation, token => OverviewAsync(viewer, ask, token));
        var overview = await Task.Run(() => book.Answered(key, () => NpsTally.Overview(book, accounts, ask)), cancellation);
        if (overview.Period is not { } period)
        {
            return overview;
        }

        var invitations = await surveys.InvitationsAsync(book, cancellation);
        return WithAsked(overview, await Task.Run(() => invitations.Figures.Figure(key is null ? null : $"asked|{ask.Scope}|{period}", () => AskedCounts.Of(book, Asked(book, accounts, invitations, ask.Scope, period))), cancellation));
    }

    /// <summary>Satisfaction and effort in a time, with how many said so: answers to surveys, and what customers said of their inquiries, which is the same question. Kinds without answers are left out.</summary>
    public async Task<IReadOnlyList<OtherScore>> OthersAsync(Viewer viewer, NpsScope scope, RetentionPeriod period, CancellationToken cancellation = default)
    {
        var (book, accounts, key) = await books.ForAsync(viewer, $"others|{scope}|{period}", cancellation);
        var (said, _, figures) = await surveys.SaidAsync(book, cancellation);
        return await Task.Run(() => figures.Figure(key, () => Others(book, accounts, said, scope, period)), cancellation);
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
        var (book, accounts, key) = await books.ForAsync(viewer, $"answers|{ask}", cancellation, token => AnswersAsync(viewer, ask, offset, limit, token));
        IReadOnlyList<Listed> rows;
        if (ask.Unanswered)
        {
            var invitations = await surveys.InvitationsAsync(book, cancellation);
            rows = await Task.Run(() => invitations.Figures.List(key, () => Unanswered(book, accounts, invitations, ask)), cancellation);
        }
        else
        {
            rows = await Task.Run(() => book.AnsweredList(key, () => Rows(book, accounts, ask)), cancellation);
        }

        var within = ask.Within ?? book.Settings.HorizonDays;
        var shown = rows.Skip(offset).Take(limit).Select(row => Row(book, book.Accounts[row.Place], row.Answer, row.Day, within)).ToList();
        return new(await WithWordsAsync(shown, cancellation), rows.Count, rows.Count == 0 ? 0 : rows[0].Accounts);
    }

    /// <summary>Who was asked in a time, of a scope.</summary>
    private static IEnumerable<(BookEntry Entry, DateOnly Day, bool IsAnswered)> Asked(CompanyBook book, IReadOnlyList<BookEntry> accounts, InvitationBook invitations, NpsScope scope, RetentionPeriod period)
    {
        var visible = accounts.Count == book.Accounts.Count ? null : accounts.Select(entry => entry.AccountNo).ToHashSet();
        foreach (var asked in invitations.Rows)
        {
            if (NpsTally.Within(asked.Day, period) && visible?.Contains(asked.AccountNo) != false && book.Entries.TryGetValue(asked.AccountNo, out var entry) && NpsTally.Has(book, entry, scope, asked.Day))
            {
                yield return (entry, asked.Day, asked.IsAnswered);
            }
        }
    }

    private static NpsOverview WithAsked(NpsOverview overview, AskedCounts asked) => asked.All.People == 0 ? overview : overview with
    {
        Asked = asked.All,
        Parts = overview.Parts.ToDictionary(parts => parts.Key, parts =>
        {
            var by = asked.ByValue[Array.IndexOf(Slices, parts.Key)];
            return (IReadOnlyList<NpsPart>)
            [
                .. parts.Value.Select(part => part with { Asked = by.GetValueOrDefault(part.Value) }),
                .. by.Where(same => !parts.Value.Any(part => part.Value == same.Key)).Select(same => new NpsPart(same.Key, null, null, 0, 0) { Asked = same.Value }),
            ];
        }),
    };

    private static List<OtherScore> Others(CompanyBook book, IReadOnlyList<BookEntry> accounts, IReadOnlyDictionary<int, SaidOf[]> said, NpsScope scope, RetentionPeriod period)
    {
        var counts = new (int N, int Good, double Sum)[2];
        foreach (var entry in accounts)
        {
            foreach (var one in said.GetValueOrDefault(entry.AccountNo) ?? [])
            {
                if (NpsTally.Within(one.Day, period) && NpsTally.Has(book, entry, scope, one.Day))
                {
                    ref var count = ref counts[one.IsEffort ? 0 : 1];
                    count = (count.N + 1, count.Good + (one.IsGood ? 1 : 0), count.Sum + one.Part);
                }
            }
        }

        return
        [
            .. new[] { "ces", "csat" }.Zip(counts).Where(own => own.Second.N > 0).Select(own =>
            {
                var (n, good, sum) = own.Second;
                var (lower, upper) = TestCurves.Wilson(good, n);
                return new OtherScore(own.First, n, 1 + ((own.First == "csat" ? 4 : 6) * (sum / n)), (double)good / n, lower, upper);
            }),
        ];
    }

    /// <summary>Customers with an invitation that nobody answered, each once, by name.</summary>
    private static List<Listed> Unanswered(CompanyBook book, IReadOnlyList<BookEntry> accounts, InvitationBook invitations, NpsAnswerAsk ask)
    {
        var period = new RetentionPeriod((ask.From ?? new DateOnly(2000, 1, 1)).AddDays(-1), ask.To ?? new DateOnly(2999, 12, 31));
        var silent = new Dictionary<int, DateOnly>();
        foreach (var (entry, day, isAnswered) in Asked(book, accounts, invitations, ask.Scope, period))
        {
            if (!isAnswered)
            {
                silent[entry.AccountNo] = silent.TryGetValue(entry.AccountNo, out var known) && known > day ? known : day;
            }
        }

        var ranks = book.NameRanks;
        var sorted = StableOrder.By([.. silent.Keys.Select(book.PlaceOf).Order()], place => ranks[place], descending: false);
        if (ask is { Sort: NpsSort.Name, Descending: true })
        {
            Array.Reverse(sorted);
        }

        return [.. sorted.Select(place => new Listed(place, null, silent[book.Accounts[place].AccountNo], sorted.Length))];
    }

    /// <summary>What is listed, in its order: what is shown of it is made for a page.</summary>
    private static List<Listed> Rows(CompanyBook book, IReadOnlyList<BookEntry> accounts, NpsAnswerAsk ask)
    {
        var within = ask.Within ?? book.Settings.HorizonDays;
        var rows = new List<Listed>();
        if (ask.Silent)
        {
            var period = new RetentionPeriod((ask.From ?? DateOnly.MinValue.AddDays(1)).AddDays(-1), ask.To ?? book.LastMonth ?? DateOnly.MaxValue);
            rows.AddRange(accounts.Where(entry => entry.Contracts.Mrr.IsPaying(period.End) && NpsTally.Has(book, entry, ask.Scope, period.End) && !NpsTally.Answered(entry, period)).Select(entry => new Listed(book.PlaceOf(entry.AccountNo), null, period.End, 0)));
        }
        else
        {
            var answers = from entry in accounts
                          from answer in entry.Answers
                          where !(answer.Day < ask.From) && !(answer.Day > ask.To) && (ask.Group is null || answer.Group == ask.Group)
                              && (ask.Score is null || (int)Math.Clamp(Math.Floor(answer.Score), 0, 10) == ask.Score) && NpsTally.Has(book, entry, ask.Scope, answer.Day)
                          select (Entry: entry, Answer: answer);
            rows.AddRange((ask.Fate is null ? answers : NpsTally.Once(answers)).Where(given => ask.Fate is null || NpsTally.FateOf(book, given.Entry, given.Answer, within) == ask.Fate).Select(given => new Listed(book.PlaceOf(given.Entry.AccountNo), given.Answer, given.Answer.Day, 0)));
        }

        var (ranks, all, known) = (book.NameRanks, Enumerable.Range(0, rows.Count).ToArray(), rows.Select(row => row.Place).Distinct().Count());
        var sorted = ask.Sort switch
        {
            NpsSort.Name => StableOrder.By(all, row => ranks[rows[row].Place], ask.Descending),
            NpsSort.Score => StableOrder.By(all, row => rows[row].Answer?.Score ?? -1, ask.Descending),
            _ => StableOrder.By(all, row => rows[row].Answer?.RespondedAt.Ticks ?? 0, ask.Descending),
        };
        return [.. sorted.Select(row => rows[row] with { Accounts = known })];
    }

    private static NpsAnswerRow Row(CompanyBook book, BookEntry entry, NpsAnswer? answer, DateOnly day, int within) => new(
        entry.AccountNo, entry.AccountId, entry.Namespace, entry.Name, entry.Segment.On(day), entry.Owner.On(day), NpsTally.StageOf(book, entry, day), answer,
        answer is { } given ? NpsTally.FateOf(book, entry, given, within) : NpsFate.Unknown,
        answer is { } then && book.ContractsUntil is { } known ? entry.Contracts.Mrr.ChurnEvents(book.Settings.GraceDays).Cast<DateOnly?>().FirstOrDefault(left => left > then.Day && left <= known.AddDays(-book.Settings.GraceDays)) : null);

    /// <summary>Comments and names are read for the rows shown alone.</summary>
    private async Task<IReadOnlyList<NpsAnswerRow>> WithWordsAsync(IReadOnlyList<NpsAnswerRow> rows, CancellationToken cancellation)
    {
        if (!rows.Any(row => row.Answer is not null))
        {
            return rows;
        }

        // of an answer whose score was changed since, the words are its own all the same
        await using var context = database.OpenContext();
        var numbers = rows.Select(row => row.AccountNo).Distinct().ToList();
        var words = (await NpsQuery.Standing(context.SurveyResponses.AsNoTracking()).Where(answer => numbers.Contains(answer.AccountNo))
            .Select(answer => new { answer.AccountNo, answer.RespondedAt, answer.Score, answer.Comment, answer.ContactNo }).ToListAsync(cancellation))
            .ToLookup(answer => (answer.AccountNo, answer.RespondedAt));
        var people = await context.Contacts.AsNoTracking().Where(contact => numbers.Contains(contact.AccountNo)).Select(contact => new { contact.ContactNo, Name = contact.Name ?? contact.Email }).ToDictionaryAsync(contact => contact.ContactNo, contact => contact.Name, cancellation);
        return
        [
            .. rows.Select(row => row.Answer is { } answer && words[(row.AccountNo, answer.RespondedAt)].OrderBy(one => one.Score != answer.Score).FirstOrDefault() is { } said
                ? row with { Comment = said.Comment, Contact = said.ContactNo is { } no ? people.GetValueOrDefault(no) : null }
                : row),
        ];
    }

    /// <summary>An answer, or a customer without one, in a list.</summary>
    /// <param name="Place">The account's place in the book.</param>
    /// <param name="Accounts">How many customers are in the whole list.</param>
    private readonly record struct Listed(int Place, NpsAnswer? Answer, DateOnly Day, int Accounts);

    /// <summary>Whom surveys asked in a time, and by slice.</summary>
    private sealed record AskedCounts(AskedPeople All, Dictionary<string, AskedPeople>[] ByValue)
    {
        public static AskedCounts Of(CompanyBook book, IEnumerable<(BookEntry Entry, DateOnly Day, bool IsAnswered)> asked)
        {
            var (all, byValue) = (new Counting(), Array.ConvertAll(Slices, _ => new Dictionary<string, Counting>(StringComparer.Ordinal)));
            foreach (var (entry, day, isAnswered) in asked)
            {
                all.Add(entry.AccountNo, isAnswered);
                for (var slice = 0; slice < Slices.Length; slice++)
                {
                    var value = NpsTally.ValueOf(book, entry, Slices[slice], day);
                    (byValue[slice].TryGetValue(value, out var own) ? own : byValue[slice][value] = new()).Add(entry.AccountNo, isAnswered);
                }
            }

            return new(all.Told, Array.ConvertAll(byValue, values => values.ToDictionary(value => value.Key, value => value.Value.Told, StringComparer.Ordinal)));
        }

        private sealed class Counting
        {
            private int _people, _answered, _silent, _lastSilent;

            public AskedPeople Told => new(_people, _answered, _silent);

            /// <summary>Counts somebody in; they come account by account.</summary>
            public void Add(int account, bool isAnswered)
            {
                _people++;
                _answered += isAnswered ? 1 : 0;
                if (!isAnswered && account != _lastSilent)
                {
                    (_silent, _lastSilent) = (_silent + 1, account);
                }
            }
        }
    }
}
