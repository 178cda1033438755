using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Inquiries;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Inquiries;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Web.Shared;

namespace CustomerSuccess.Web.Pages.Inquiries;

/// <summary>What the page of one inquiry knows and does. Every change names the version that the page shows.</summary>
public sealed class InquiryViewModel(
    InquiryQuery query, InquiryListQuery lists, InquiryChanges changes, InquiryMessages messages, MergeInquiries merging, SimilarInquiries similar, CannedAnswers answers, SatisfactionRequests satisfaction,
    Colleagues colleagues, SettingsStore settings, CurrentViewer current, TimeProvider clock)
{
    private const int MostSimilar = 5;

    private Viewer? _viewer;

    public InquiryPage? Page { get; private set; }

    public CompanySettings Settings { get; private set; } = new();

    public IReadOnlyList<Colleague> Colleagues { get; private set; } = [];

    public IReadOnlyList<CannedAnswer> Answers { get; private set; } = [];

    public InquiryChoices Choices { get; private set; } = new([], [], [], [], []);

    /// <summary>Null while they are being looked for.</summary>
    public IReadOnlyList<SimilarInquiry>? Similar { get; private set; }

    public bool MayAct { get; private set; }

    public Viewer Viewer => _viewer!;

    /// <summary>The viewer's address as colleagues' are written.</summary>
    public string? Me => _viewer?.Email?.ToLowerInvariant();

    public string Name { get; private set; } = "";

    public DateTime Now => clock.GetUtcNow().UtcDateTime;

    public async Task ReadAsync(InquiryKey key, CancellationToken cancellation)
    {
        _viewer = await current.GetAsync();
        (MayAct, Name) = (_viewer.MayWork, await current.NameAsync());
        Settings = await settings.ReadAsync(cancellation);
        Colleagues = await colleagues.ListAsync(cancellation);
        Similar = null;
        Page = await query.FindAsync(_viewer, key, cancellation);
        if (Page is not null)
        {
            Answers = await answers.ListAsync(_viewer, cancellation);
            Choices = await lists.ChoicesAsync(_viewer, cancellation);
            await messages.SeeAsync(_viewer, Page.Inquiry.Ref, cancellation);
        }
    }

    /// <summary>Reads the inquiry as it stands now; what the reader types is not touched.</summary>
    public async Task RefreshAsync(CancellationToken cancellation)
    {
        if (Page is { } page)
        {
            Page = await query.FindAsync(Viewer, page.Inquiry.Ref.Key, cancellation) ?? page;
            await messages.SeeAsync(Viewer, page.Inquiry.Ref, cancellation);
        }
    }

    public async Task ReadSimilarAsync(CancellationToken cancellation)
    {
        if (Page is { } page)
        {
            var body = page.Messages.FirstOrDefault(message => message is { MessageId: "", FromMerged: null })?.Body;
            Similar = await similar.FindAsync(Viewer, SimilarInquiries.TextOf(page.Inquiry.Subject, body), page.Inquiry.Ref, MostSimilar, cancellation);
        }
    }

    public Task<ActResult<DeskInquiry>> AnswerAsync(int version, NewAnswer answer, CancellationToken cancellation) => messages.AnswerAsync(Viewer, Page!.Inquiry.Ref, version, answer, cancellation);

    public Task<ActResult<DeskInquiry>> NoteAsync(string? body, CancellationToken cancellation) => messages.NoteAsync(Viewer, Page!.Inquiry.Ref, body, cancellation);

    public Task<ActResult<DeskInquiry>> HeardAsync(string? body, string? channel, CancellationToken cancellation) => messages.HeardAsync(Viewer, Page!.Inquiry.Ref, body, channel, cancellation);

    public Task<ActResult<DeskInquiry>> AssignAsync(string? assignee, CancellationToken cancellation) => changes.AssignAsync(Viewer, Page!.Inquiry.Ref, Page.Inquiry.Version, assignee, cancellation);

    public Task<ActResult<DeskInquiry>> MoveAsync(InquiryState state, CancellationToken cancellation) => changes.MoveAsync(Viewer, Page!.Inquiry.Ref, Page.Inquiry.Version, state, cancellation);

    public Task<ActResult<DeskInquiry>> RankAsync(InquiryPriority priority, CancellationToken cancellation) => changes.RankAsync(Viewer, Page!.Inquiry.Ref, Page.Inquiry.Version, priority, cancellation);

    public Task<ActResult<DeskInquiry>> DescribeAsync(int version, InquiryDescription description, CancellationToken cancellation) => changes.DescribeAsync(Viewer, Page!.Inquiry.Ref, version, description, cancellation);

    public Task<ActResult<DeskInquiry>> EscalateAsync(string? to, string? reason, CancellationToken cancellation) => changes.EscalateAsync(Viewer, Page!.Inquiry.Ref, Page.Inquiry.Version, to, reason, cancellation);

    public Task<ActResult<DeskInquiry>> MergeAsync(InquiryKey into, CancellationToken cancellation) => merging.MergeAsync(Viewer, Page!.Inquiry.Ref, Page.Inquiry.Version, into, cancellation);

    public Task<ActResult<DeskInquiry>> PartAsync(CancellationToken cancellation) => merging.UndoAsync(Viewer, Page!.Inquiry.Ref, Page.Inquiry.Version, cancellation);

    public Task<ActResult<SatisfactionLink>> AskSatisfactionAsync(CancellationToken cancellation) => satisfaction.AskAsync(Viewer, Page!.Inquiry.Ref, cancellation);

    public Task UsedAsync(CannedAnswer answer, CancellationToken cancellation) => answers.UsedAsync(Viewer, answer.AnswerId, cancellation);

    /// <summary>A canned answer in a language, with its fields filled in.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="language">The one wanted; the other where the answer is not written in it.</param>
    /// <param name="ratingLink">Where the customer says how satisfied they are; null where none was made.</param>
    public FilledAnswer Fill(CannedAnswer answer, string language, string? ratingLink)
    {
        var body = (language == "ja" ? answer.BodyJa ?? answer.BodyEn : answer.BodyEn ?? answer.BodyJa) ?? "";
        var day = Settings.DayOf(Page!.Inquiry.OpenedAt);
        var openedOn = language == "ja" ? day.ToString("yyyy年M月d日", System.Globalization.CultureInfo.InvariantCulture) : day.ToString("MMMM d, yyyy", System.Globalization.CultureInfo.InvariantCulture);
        return AnswerTemplate.Fill(body, CannedAnswers.Values(Page, Name, Viewer, Settings, openedOn, ratingLink));
    }

    /// <summary>The language in which the customer is answered: the contact's, else the inquiry's, else Japanese.</summary>
    public string AnswerLanguage => Page?.Inquiry.Language ?? "ja";

    /// <summary>True where an entry of the thread tells how the inquiry came to stand as it does; false after an import changed it.</summary>
    public bool IsTold => Page is null || Page.Events.Count == 0 || Page.Events[^1].Version >= Page.Inquiry.Version;

    /// <summary>What happened since a version, without what the viewer did.</summary>
    public IReadOnlyList<ThreadEvent> Since(int version) =>
        Page is null ? [] : [.. Page.Events.Where(happened => happened.Version > version && !string.Equals(happened.By, Viewer.Email, StringComparison.OrdinalIgnoreCase))];
}
