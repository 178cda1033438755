using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Inquiries;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Inquiries;

/// <summary>
/// Finds resolved inquiries about the same matter, among the <see cref="Most"/> that were settled last. They are held as an index in memory, which is made
/// when somebody first asks and follows what is settled since.
/// </summary>
public sealed class SimilarInquiries(Database database, TimeProvider clock) : IDisposable
{
    /// <summary>Inquiries that are looked through.</summary>
    public const int Most = 20_000;

    /// <summary>Characters of a text that are looked at.</summary>
    private const int LongestText = 2_000;

    /// <summary>How old the index may be before it is looked what was settled since.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private Index? _index;

    private sealed record Entry(InquiryRef Ref, string? Subject, DateTime? ClosedAt, int? Satisfaction);

    private sealed class Index
    {
        public SimilarTexts<Entry> Texts { get; } = new();

        /// <summary>The entry that stands for an inquiry: one that was settled again has older ones.</summary>
        public Dictionary<InquiryRef, Entry> Latest { get; } = [];

        public DateTime ChangedUntil { get; set; }

        public DateTimeOffset ReadAt { get; set; }
    }

    /// <summary>The resolved inquiries that are nearest to a text, of accounts that the viewer may see.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="text">Subject and body.</param>
    /// <param name="except">The inquiry itself.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="cancellation">Ends the query.</param>
    public async Task<IReadOnlyList<SimilarInquiry>> FindAsync(Viewer viewer, string text, InquiryRef? except, int most, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        var accounts = viewer.OwnPortfolioOnly ? (await context.Accounts.VisibleTo(viewer).Select(account => account.AccountNo).ToListAsync(cancellation)).ToHashSet() : null;
        IReadOnlyList<SimilarText<Entry>> found;
        await _turn.WaitAsync(cancellation);
        try
        {
            var index = await UpToDateAsync(context, cancellation);
            found = index.Texts.Find(
                Cut(text), most,
                isWanted: entry => entry.Ref != except && ReferenceEquals(index.Latest.GetValueOrDefault(entry.Ref), entry) && (accounts is null || accounts.Contains(entry.Ref.AccountNo)));
        }
        finally
        {
            _turn.Release();
        }

        return found.Count == 0 ? [] : await TellAsync(context, found, cancellation);
    }

    public void Dispose() => _turn.Dispose();

    private async Task<Index> UpToDateAsync(CustomerSuccessContext context, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (_index is { } known && now - known.ReadAt < Fresh)
        {
            return known;
        }

        // the index forgets nothing: what has doubled is made anew
        var index = _index is { } former && former.Texts.Count < 2 * Most ? former : new Index();
        var since = index.ChangedUntil;
        var settled = await context.Inquiries.AsNoTracking()
            .Where(i => i.IsSettled && i.VoidedBy == null && i.MergedInto == null && i.ChangedAt > since)
            .OrderByDescending(i => i.ChangedAt).Take(Most)
            .Select(i => new { i.AccountNo, i.SourceId, i.FactId, i.Subject, i.Body, i.ClosedAt, i.Satisfaction, i.ChangedAt })
            .ToListAsync(cancellation);
        settled.Reverse();
        foreach (var i in settled)
        {
            var entry = new Entry(new(i.AccountNo, new(i.SourceId, i.FactId)), i.Subject, i.ClosedAt, i.Satisfaction);
            index.Latest[entry.Ref] = entry;
            index.Texts.Add(entry, TextOf(i.Subject, i.Body));
            index.ChangedUntil = i.ChangedAt;
        }

        index.ReadAt = now;
        return _index = index;
    }

    /// <summary>The subject says most of what it is about, so it counts twice.</summary>
    public static string TextOf(string? subject, string? body) => Cut($"{subject}\n{subject}\n{body}");

    private static string Cut(string text) => text.Length <= LongestText ? text : text[..LongestText];

    private static async Task<IReadOnlyList<SimilarInquiry>> TellAsync(CustomerSuccessContext context, IReadOnlyList<SimilarText<Entry>> found, CancellationToken cancellation)
    {
        var accounts = found.Select(f => f.Item.Ref.AccountNo).Distinct().ToList();
        var ids = found.Select(f => f.Item.Ref.Key.FactId).ToList();
        var names = await context.Accounts.AsNoTracking().Where(a => accounts.Contains(a.AccountNo)).ToDictionaryAsync(a => a.AccountNo, a => a.Name, cancellation);
        var answers = (await context.InquiryMessages.AsNoTracking().Where(m => accounts.Contains(m.AccountNo) && ids.Contains(m.FactId) && m.Kind == MessageKind.Answer).ToListAsync(cancellation))
            .GroupBy(m => new InquiryRef(m.AccountNo, new(m.SourceId, m.FactId)))
            .ToDictionary(thread => thread.Key, thread => thread.MaxBy(m => m.At)!.Body);
        return [.. found.Select(f => new SimilarInquiry(f.Item.Ref, names.GetValueOrDefault(f.Item.Ref.AccountNo, ""), f.Item.Subject, f.Item.ClosedAt, f.Item.Satisfaction, answers.GetValueOrDefault(f.Item.Ref), f.Score))];
    }
}
