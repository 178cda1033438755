using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Inquiries;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Inquiries;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Lists;

namespace CustomerSuccess.Web.Pages.Inquiries;

/// <summary>What the desk's list knows: how much waits, what it can be narrowed to, the stretch on the screen and who is at what.</summary>
public sealed class InquiryListViewModel(InquiryListQuery query, InquiryQuery inquiries, InquiryChanges changes, Colleagues colleagues, PresenceBoard board, SettingsStore settings, CurrentViewer current, TimeProvider clock)
{
    /// <summary>Rows that the query gives at once.</summary>
    private const int Stretch = 200;

    private Viewer? _viewer;

    public InquiryListView View { get; set; } = new();

    public InquiryCounts? Counts { get; private set; }

    /// <summary>How many match; null before the first answer.</summary>
    public int? Total { get; private set; }

    /// <summary>In which MRR is given.</summary>
    public string Currency { get; private set; } = "";

    public InquiryChoices Choices { get; private set; } = new([], [], [], [], []);

    public IReadOnlyList<Colleague> Colleagues { get; private set; } = [];

    public CompanySettings Settings { get; private set; } = new();

    /// <summary>The name of the account that the list is narrowed to.</summary>
    public string? AccountName { get; private set; }

    /// <summary>Who else has an inquiry open, by its key.</summary>
    public ILookup<string, string> Readers { get; private set; } = Array.Empty<(string Key, string Name)>().ToLookup(pair => pair.Key, pair => pair.Name);

    public bool MayAct { get; private set; }

    public bool MayManage { get; private set; }

    /// <summary>True where the viewer may say whose inquiries of strangers are.</summary>
    public bool MayMatch { get; private set; }

    public string? Me { get; private set; }

    public DateTime Now => clock.GetUtcNow().UtcDateTime;

    private DateOnly Today => Settings.Today(clock);

    /// <summary>Reads what stays the same while the filters change.</summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        var viewer = await ViewerAsync();
        (MayAct, MayManage, MayMatch, Me) = (viewer.MayWork, viewer.MayManage, viewer is { MayWork: true, OwnPortfolioOnly: false }, viewer.Email?.ToLowerInvariant());
        Settings = await settings.ReadAsync(cancellation);
        Colleagues = await colleagues.ListAsync(cancellation);
        Choices = await query.ChoicesAsync(viewer, cancellation);
        await CountAsync(cancellation);
        AccountName = View.Account is { } account ? (await inquiries.AccountAsync(viewer, account, cancellation))?.Name : null;
    }

    public async Task CountAsync(CancellationToken cancellation) => Counts = await query.CountsAsync(await ViewerAsync(), cancellation);

    /// <summary>A stretch of the list in the view's order.</summary>
    public async Task<IReadOnlyList<InquiryListRow>> LoadAsync(int offset, int limit, CancellationToken cancellation)
    {
        var viewer = await ViewerAsync();
        var (sort, descending) = View.Order;
        var rows = new List<InquiryListRow>();
        while (rows.Count < limit)
        {
            var page = await query.PageAsync(viewer, View.Filter(Today), sort, descending, offset + rows.Count, Math.Min(Stretch, limit - rows.Count), cancellation);
            (Total, Currency) = (page.Total, page.Currency);
            rows.AddRange(page.Rows);
            if (page.Rows.Count == 0 || rows.Count >= page.Total - offset)
            {
                break;
            }
        }

        Readers = await board.ReadersAsync(viewer, JournalAreas.Inquiry, [.. rows.Select(row => row.AccountNo).Distinct()], cancellation);
        return rows;
    }

    /// <summary>The inquiries that are selected, as many as may be changed at once.</summary>
    public async Task<IReadOnlyList<InquiryRef>> SelectedAsync(ListSelection selection, CancellationToken cancellation) => selection.All
        ? [.. (await LoadAsync(0, InquiryChanges.MostAtOnce, cancellation)).Where(row => selection.Has(KeyOf(row))).Select(row => new InquiryRef(row.AccountNo, row.Key))]
        : [.. selection.Keys.Select(RefOf).OfType<InquiryRef>()];

    public async Task<ActResult<ManyChanged>> AssignAsync(IReadOnlyCollection<InquiryRef> which, string? assignee, CancellationToken cancellation) =>
        await changes.AssignManyAsync(await ViewerAsync(), which, assignee, cancellation);

    public async Task<ActResult<ManyChanged>> MoveAsync(IReadOnlyCollection<InquiryRef> which, InquiryState state, CancellationToken cancellation) =>
        await changes.MoveManyAsync(await ViewerAsync(), which, state, cancellation);

    /// <summary>What tells a row from every other.</summary>
    public static string KeyOf(InquiryListRow row) => System.FormattableString.Invariant($"{row.AccountNo}/{row.Key}");

    private static InquiryRef? RefOf(string key) =>
        key.IndexOf('/', StringComparison.Ordinal) is > 0 and var at && InquiryKey.TryParse(key[(at + 1)..]) is { } inquiry
            ? new InquiryRef(int.Parse(key.AsSpan(0, at), System.Globalization.CultureInfo.InvariantCulture), inquiry)
            : null;

    private async Task<Viewer> ViewerAsync() => _viewer ??= await current.GetAsync();
}
