using System.Globalization;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Search;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Search;

/// <summary>Finds records of every kind by their words, among the accounts that the viewer may see.</summary>
public sealed class SearchQuery(Database database, SettingsStore settingsStore)
{
    /// <summary>Hits at most.</summary>
    public const int Most = 10_000;

    /// <summary>Documents that the index is asked for at a time, at most.</summary>
    private const int Together = 300;

    /// <summary>Times that the index is asked where what it gives is mostly not what was meant.</summary>
    private const int MostRounds = 50;

    /// <summary>Accounts of a portfolio that the index itself is asked for; of a larger one the rest is left out afterwards.</summary>
    private const int MostOwn = 400;

    /// <summary>Records that contain all words.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="filter">What is looked for.</param>
    /// <param name="limit">Hits at most, 1 to <see cref="Most"/>.</param>
    /// <param name="cancellation">Ends the query.</param>
    public async Task<SearchResult> FindAsync(Viewer viewer, SearchRequest filter, int limit, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, Most);
        var words = SearchTokens.WordsOf(filter.Words);
        await using var context = database.OpenContext();
        var isComplete = await FillSearch.IsCompleteAsync(context, cancellation);
        if (words.Count == 0 || await FacetsAsync(context, viewer, filter, cancellation) is not { } facets)
        {
            return new(words, [], false, isComplete);
        }

        var calendar = new CompanyCalendar((await settingsStore.ReadAsync(cancellation)).TimeZone);
        var (from, below) = (
            filter.From is { } first ? SearchDocument.FirstAt(calendar.Start(first)) : 0,
            filter.Until is { } last && last < DateOnly.MaxValue ? SearchDocument.FirstAt(calendar.Start(last.AddDays(1))) : long.MaxValue);
        var terms = SearchTokens.TermsOf(words);
        List<string> called = [.. new[] { SearchKinds.Account, SearchKinds.Person }.Where(kind => filter.Kinds.Count == 0 || filter.Kinds.Contains(kind)).Select(kind => SearchTokens.OfKind + kind)];
        var isNarrow = filter.AccountNo is not null || facets.Any(facet => facet[0][0] == SearchTokens.OfAccount);
        var scan = new Scan(context, viewer, words, from, below, limit + 1, cancellation);
        if (called.Count > 0)
        {
            await scan.AddAsync(new(Of(SearchTokens.InTitle), [.. facets, called], IsNarrow: true));
            scan.SortByName();
        }

        if (filter.Kinds.Count == 0 || filter.Kinds.Any(kind => kind != SearchKinds.Message))
        {
            await scan.AddAsync(new(Of(SearchTokens.InTitle), facets, isNarrow));
        }

        await scan.AddAsync(new(Of(SearchTokens.Anywhere), facets, isNarrow));
        return new(words, scan.Hits.Count > limit ? scan.Hits.GetRange(0, limit) : scan.Hits, scan.Hits.Count > limit, isComplete);

        IReadOnlyList<SearchTerm> Of(char field) => [.. terms.Select(term => term with { Token = field + term.Token })];
    }

    /// <summary>What kind and account a document must be of; null where none can be.</summary>
    private static async Task<IReadOnlyList<IReadOnlyList<string>>?> FacetsAsync(CustomerSuccessContext context, Viewer viewer, SearchRequest filter, CancellationToken cancellation)
    {
        List<IReadOnlyList<string>> facets = [];
        if (filter.Kinds.Count > 0)
        {
            // kinds are words of our own; anything else would be no token
            var kinds = filter.Kinds.Where(SearchKinds.All.Contains).Select(kind => SearchTokens.OfKind + kind).ToList();
            if (kinds.Count == 0)
            {
                return null;
            }

            facets.Add(kinds);
        }

        if (filter.AccountNo is { } account)
        {
            facets.Add([TokenOf(account)]);
        }
        else if (viewer.OwnPortfolioOnly)
        {
            var own = await context.Accounts.AsNoTracking().VisibleTo(viewer).OrderBy(a => a.AccountNo).Select(a => a.AccountNo).Take(MostOwn + 1).ToListAsync(cancellation);
            if (own.Count == 0)
            {
                return null;
            }

            if (own.Count <= MostOwn)
            {
                facets.Add(own.ConvertAll(TokenOf));
            }
        }

        return facets;
    }

    private static string TokenOf(int accountNo) => string.Create(CultureInfo.InvariantCulture, $"{SearchTokens.OfAccount}{accountNo}");

    /// <summary>Collects hits, each once, and looks at each whether it really says the words: tokens alone do not tell that they follow one another.</summary>
    private sealed class Scan(CustomerSuccessContext context, Viewer viewer, IReadOnlyList<string> words, long from, long below, int limit, CancellationToken cancellation)
    {
        private readonly HashSet<long> _seen = [];
        private readonly int _together = Math.Clamp(limit + 20, 50, Together);

        public List<SearchHit> Hits { get; } = [];

        public async Task AddAsync(IndexQuestion question)
        {
            var asked = await SearchIndex.WordsOfAsync(context, question, cancellation);
            var next = below;
            for (var round = 0; round < MostRounds && Hits.Count < limit; round++)
            {
                var numbers = await SearchIndex.FindAsync(context, asked, from, next, _together, cancellation);
                var fresh = numbers.Where(_seen.Add).ToList();
                var rows = await (
                    from text in context.SearchTexts.AsNoTracking()
                    join account in context.Accounts.AsNoTracking().VisibleTo(viewer) on text.AccountNo equals account.AccountNo
                    where fresh.Contains(text.DocNo)
                    select new { text.DocNo, text.Kind, text.RecordId, text.At, text.Title, text.Text, account.AccountNo, account.AccountId, account.Namespace, account.Name }).ToListAsync(cancellation);
                foreach (var row in rows.OrderByDescending(row => row.DocNo))
                {
                    if (Hits.Count < limit && SearchDocument.Says(row.Kind == SearchKinds.Message ? "" : row.Title, row.Text, words))
                    {
                        var dated = row.Kind != SearchKinds.Person && (row.Kind != SearchKinds.Account || row.At.TimeOfDay == TimeSpan.Zero);
                        Hits.Add(new(row.AccountNo, row.AccountId, row.Namespace, row.Name, row.Kind, row.RecordId, dated ? row.At : null, row.Title, row.Text));
                    }
                }

                if (numbers.Count < _together)
                {
                    return;
                }

                next = numbers[^1];
            }
        }

        /// <summary>Who is called just so stands before who is called so among others.</summary>
        public void SortByName()
        {
            var whole = string.Join(' ', words);
            var sorted = Hits.OrderBy(hit => FoldedText.Of(hit.Title).Text is var name && name == whole ? 0 : name.StartsWith(whole, StringComparison.Ordinal) ? 1 : 2).ThenBy(hit => hit.Kind == SearchKinds.Account ? 0 : 1).ToList();
            Hits.Clear();
            Hits.AddRange(sorted);
        }
    }
}
