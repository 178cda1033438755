using CustomerSuccess.Core.Feedback;
using CustomerSuccess.Core.Inquiries;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Feedback;

/// <summary>A text of a customer. What themes and what sentiment it has is found once for each state of the themes and of the model, and kept with it.</summary>
internal sealed class FeedbackLine
{
    private Tuple<SentimentModel, Sentiment>? _sentiment;
    private Tuple<ThemeSet, int[]>? _found;
    private int[]? _terms;
    private ulong _hash;

    public required FeedbackSource Source { get; init; }

    /// <summary>Of the inquiry or the answer, within its account.</summary>
    public required InquiryKey Key { get; init; }

    public required DateTime At { get; init; }

    /// <summary>The company's day.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>As it was written, the first <see cref="FeedbackTerms.LongestText"/> characters.</summary>
    public required string Text { get; init; }

    /// <summary><c>ja</c> or <c>en</c>.</summary>
    public required string Language { get; init; }

    /// <summary><c>nps</c>, <c>csat</c> or <c>ces</c> of a comment, <c>csat</c> of an inquiry.</summary>
    public required string Kind { get; init; }

    /// <summary>On the scale of its kind; null where none was given.</summary>
    public double? Score { get; init; }

    /// <summary>Where the score lies on its scale, 0–1.</summary>
    public double? Part { get; init; }

    public int? ContactNo { get; init; }

    /// <summary>True for a low score, false for a high one, null for one in between or none: NPS by its groups, other scales by their outer quarters.</summary>
    public bool? IsLow => Part is not { } part ? null : Kind == "nps" ? Score switch { >= 9 => false, <= 6 => true, _ => null } : part switch { >= 0.74 => false, <= 0.3 => true, _ => null };

    public string Folded => ThemeWords.Folded(Text);

    /// <summary>Tells texts and which way their scores point apart.</summary>
    public ulong Hash
    {
        get
        {
            if (_hash == 0)
            {
                var hash = IsLow == true ? 14695981039346656037UL : 1469598103934665603UL;
                foreach (var c in Text)
                {
                    hash = (hash ^ c) * 1099511628211UL;
                }

                _hash = hash;
            }

            return _hash;
        }
    }

    /// <summary>The terms that name what it is about. A company has one vocabulary.</summary>
    public int[] Terms(TermVocabulary vocabulary) => _terms ??= vocabulary.Of(Text);

    public bool TellsTheSameAs(FeedbackLine other) =>
        (Source, Key, At, Day, Text, Language, Kind) == (other.Source, other.Key, other.At, other.Day, other.Text, other.Language, other.Kind) && (Score, Part, ContactNo) == (other.Score, other.Part, other.ContactNo);

    public int[] Themes(ThemeSet set)
    {
        if (_found is { } found && ReferenceEquals(found.Item1, set))
        {
            return found.Item2;
        }

        var themes = set.Of(Folded);
        _found = Tuple.Create(set, themes);
        return themes;
    }

    public Sentiment Sentiment(SentimentModel model)
    {
        if (_sentiment is { } known && ReferenceEquals(known.Item1, model))
        {
            return known.Item2;
        }

        var sentiment = model.Of(Folded);
        _sentiment = Tuple.Create(model, sentiment);
        return sentiment;
    }
}

/// <summary>Keeps the texts of every account in memory, in step with the company's book: an account whose facts change is read anew, and nothing else.</summary>
public sealed class FeedbackBooks : IDisposable
{
    private readonly AccountShelf<FeedbackLine[]> _shelf;

    public FeedbackBooks(Database database) => _shelf = new(database, (_, book, _) => Task.FromResult(book.Settings.TimeZone), ReadAsync, (one, other) => one.Length == other.Length && one.Zip(other).All(pair => pair.First.TellsTheSameAs(pair.Second)));

    /// <summary>Of every text.</summary>
    internal TermVocabulary Vocabulary { get; } = new();

    public void Dispose() => _shelf.Dispose();

    /// <summary>By account number, oldest first; an account that never wrote is not there.</summary>
    internal Task<Shelf<FeedbackLine[]>> ForAsync(CompanyBook book, CancellationToken cancellation) => _shelf.ForAsync(book, cancellation);

    private static async Task<Dictionary<int, FeedbackLine[]>> ReadAsync(Snapshot snapshot, CompanyBook book, string variant, int[]? which, CancellationToken cancellation)
    {
        var (calendar, texts) = (new CompanyCalendar(book.Settings.TimeZone), new Dictionary<string, string>(StringComparer.Ordinal));
        var found = new Dictionary<int, List<FeedbackLine>>();
        var answers = snapshot.Context.SurveyResponses.AsNoTracking().Where(answer => answer.VoidedBy == null && answer.Comment != null && (which == null || which.Contains(answer.AccountNo)))
            .Select(a => new { a.AccountNo, a.SourceId, a.FactId, a.RespondedAt, a.Comment, a.Kind, a.Score, a.ScaleMin, a.ScaleMax, a.ContactNo });
        await foreach (var a in answers.AsAsyncEnumerable().WithCancellation(cancellation))
        {
            Add(a.AccountNo, a.Comment, text => new FeedbackLine
            {
                Source = FeedbackSource.Comment,
                Key = new(a.SourceId, a.FactId),
                At = a.RespondedAt,
                Day = calendar.Day(a.RespondedAt),
                Text = text,
                Language = TextLanguage.Of(text) ?? "en",
                Kind = a.Kind,
                Score = a.Score,
                Part = a.ScaleMax > a.ScaleMin ? (a.Score - a.ScaleMin) / (a.ScaleMax - a.ScaleMin) : null,
                ContactNo = a.ContactNo,
            });
        }

        var inquiries = snapshot.Context.Inquiries.AsNoTracking().Where(inquiry => inquiry.VoidedBy == null && inquiry.MergedInto == null && (which == null || which.Contains(inquiry.AccountNo)))
            .Select(i => new { i.AccountNo, i.SourceId, i.FactId, i.OpenedAt, i.Subject, i.Body, i.Satisfaction, i.ContactNo });
        await foreach (var i in inquiries.AsAsyncEnumerable().WithCancellation(cancellation))
        {
            Add(i.AccountNo, string.Join('\n', new[] { i.Subject, i.Body }.Where(part => !string.IsNullOrWhiteSpace(part))), text => new FeedbackLine
            {
                Source = FeedbackSource.Inquiry,
                Key = new(i.SourceId, i.FactId),
                At = i.OpenedAt,
                Day = calendar.Day(i.OpenedAt),
                Text = text,
                Language = TextLanguage.Of(text) ?? "en",
                Kind = "csat",
                Score = i.Satisfaction,
                Part = (i.Satisfaction - 1) / 4.0,
                ContactNo = i.ContactNo,
            });
        }

        return found.ToDictionary(pair => pair.Key, pair => pair.Value.OrderBy(line => line.At).ThenBy(line => line.Source).ThenBy(line => line.Key.SourceId).ThenBy(line => line.Key.FactId, StringComparer.Ordinal).ToArray());

        void Add(int account, string? written, Func<string, FeedbackLine> make)
        {
            if (string.IsNullOrWhiteSpace(written))
            {
                return;
            }

            var text = written.Trim();
            text = text.Length > FeedbackTerms.LongestText ? text[..FeedbackTerms.LongestText] : text;
            // the same words come again and again
            text = texts.TryGetValue(text, out var same) ? same : texts[text] = text;
            (found.TryGetValue(account, out var lines) ? lines : found[account] = []).Add(make(text));
        }
    }
}
