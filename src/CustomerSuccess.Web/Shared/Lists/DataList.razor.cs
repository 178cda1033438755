using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Components.Web.Virtualization;
using Microsoft.JSInterop;

namespace CustomerSuccess.Web.Shared.Lists;

/// <summary>
/// A long list that pages on the server: filters and chips over it, columns to choose, sort, selection with acts on many,
/// acts at a row's end, the keyboard (j, k, Enter, Space), groups; on a phone each row is a card. The page keeps the state
/// (filters, order, the row opened last) in its address and hands it in; the list asks for stretches of rows.
/// </summary>
public sealed partial class DataList<TRow> : IDisposable
{
    private const int MostAtOnce = 1000;

    private readonly CancellationTokenSource _life = new();
    private readonly List<ListColumn<TRow>> _columns = [];
    private readonly HashSet<string> _asOpposite = [];
    private Virtualize<ListRow<TRow>>? _virtualize;
    private ListSelection _selection = ListSelection.None;
    private object? _query;
    private int? _total;
    private int? _anchor;
    private bool _asked;
    private bool _ready;
    private bool _busy;
    private bool _failed;

    /// <summary>Names the list in the reader's browser, where the choice of columns is kept.</summary>
    [Parameter, EditorRequired]
    public string Id { get; set; } = "";

    /// <summary>What the list holds, for screen readers.</summary>
    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    /// <summary><see cref="ListColumn{TRow}"/>s, one of them primary.</summary>
    [Parameter, EditorRequired]
    public RenderFragment Columns { get; set; } = default!;

    /// <summary>Gives a stretch of the list under the page's filters and order.</summary>
    [Parameter, EditorRequired]
    public Func<ListRequest, CancellationToken, Task<ListStretch<TRow>>> Load { get; set; } = default!;

    /// <summary>What tells a row from every other, also between reads.</summary>
    [Parameter, EditorRequired]
    public Func<TRow, string> RowKey { get; set; } = default!;

    /// <summary>Everything that decides which rows there are, and their order, compared by value: when it changes, the list is read anew from its top.</summary>
    [Parameter]
    public object? Query { get; set; }

    /// <summary>True while the page is not ready for rows yet: the list stays grey and asks for none.</summary>
    [Parameter]
    public bool Waits { get; set; }

    /// <summary>Where a row leads; null where <see cref="Opened"/> is called.</summary>
    [Parameter]
    public Func<TRow, string>? Href { get; set; }

    /// <summary>A row is opened beside the list.</summary>
    [Parameter]
    public EventCallback<TRow> Opened { get; set; }

    /// <summary>The list's own address with a row as the current one, put in the browser's history before the row's link is followed.</summary>
    [Parameter]
    public Func<TRow, string>? Here { get; set; }

    /// <summary>The row's whole name, shown on hover where it is cut.</summary>
    [Parameter]
    public Func<TRow, string>? NameOf { get; set; }

    /// <summary>Key of the row that was opened last; null for none.</summary>
    [Parameter]
    public string? Current { get; set; }

    /// <summary>A row's class, beside the list's own.</summary>
    [Parameter]
    public Func<TRow, string>? RowClass { get; set; }

    /// <summary>The group a row belongs to, in words; rows must come in the order of their groups. Null for no groups.</summary>
    [Parameter]
    public Func<TRow, string?>? GroupOf { get; set; }

    /// <summary>The order; null for the list's own.</summary>
    [Parameter]
    public ListSort? Sort { get; set; }

    /// <summary>Another order is asked for; null for the list's own.</summary>
    [Parameter]
    public EventCallback<ListSort?> SortChanged { get; set; }

    /// <summary>The order in words, shown as a chip; null where it is the list's own.</summary>
    [Parameter]
    public string? SortChip { get; set; }

    /// <summary>What the list can be narrowed by; null for a list without filters.</summary>
    [Parameter]
    public IReadOnlyList<Filter>? Filters { get; set; }

    [Parameter]
    public EventCallback<FilterChange> FiltersChanged { get; set; }

    /// <summary>All filters are to be taken away.</summary>
    [Parameter]
    public EventCallback FiltersCleared { get; set; }

    /// <summary>How many there are, in words; null prints the number of rows.</summary>
    [Parameter]
    public Func<int, string>? CountText { get; set; }

    /// <summary>True where rows can be selected for acts on many.</summary>
    [Parameter]
    public bool Selectable { get; set; }

    /// <summary>
    /// Acts on the selected rows. They ask for <see cref="Selection"/> when they are carried out: whoever selects and acts by quick keys acts before
    /// the browser has drawn what was selected last.
    /// </summary>
    [Parameter]
    public RenderFragment? BulkActions { get; set; }

    [Parameter]
    public EventCallback<ListSelection> SelectionChanged { get; set; }

    /// <summary>Icon buttons at a row's end, seen on hover and by keyboard. A <c>data-row-key="d"</c> on a button gives it a key.</summary>
    [Parameter]
    public RenderFragment<TRow>? RowActions { get; set; }

    /// <summary>Keys of the columns that are shown beside the primary one, such as by a saved view; null for the reader's own choice, which the browser keeps.</summary>
    [Parameter]
    public IReadOnlyList<string>? ShownColumns { get; set; }

    /// <summary>Other columns are to be shown; asked only where <see cref="ShownColumns"/> says which are.</summary>
    [Parameter]
    public EventCallback<IReadOnlyList<string>> ShownColumnsChanged { get; set; }

    /// <summary>What stands at the end of the list's head, such as an export.</summary>
    [Parameter]
    public RenderFragment? Tools { get; set; }

    /// <summary>Why there may be nothing at all, and what to do.</summary>
    [Parameter]
    public RenderFragment? Empty { get; set; }

    /// <summary>What is said where the filters leave nothing; null says it in general.</summary>
    [Parameter]
    public string? NothingFoundTitle { get; set; }

    [Parameter]
    public string? NothingFoundText { get; set; }

    /// <summary>A CSS length; null fills the window to its lower edge.</summary>
    [Parameter]
    public string? MaxHeight { get; set; }

    /// <summary>Rows drawn grey before the first answer: about as many as are expected.</summary>
    [Parameter]
    public int WaitingRows { get; set; } = 12;

    [Inject]
    private IJSRuntime Script { get; set; } = default!;

    [Inject]
    private ILogger<DataList> Log { get; set; } = default!;

    /// <summary>Keys of the columns that are shown now beside the primary one.</summary>
    public IReadOnlyList<string> ColumnKeys => [.. Shown.Where(column => !column.Primary).Select(column => column.Key)];

    /// <summary>Rows of the whole list; null before the first answer.</summary>
    public int? Total => _total;

    /// <summary>What is selected now.</summary>
    public ListSelection Selection => _selection;

    private string State => _failed ? "Error" : _total is null ? "Loading" : _total == 0 ? "None" : "Ready";

    private IReadOnlyList<ListColumn<TRow>> Shown => [.. _columns.Where(IsShown)];

    private string ChooserId => $"columns-{Id}";

    /// <summary>Reads the rows on the screen anew, where they stand.</summary>
    public async Task ReloadAsync()
    {
        _failed = false;
        if (_virtualize is not null && !_life.IsCancellationRequested)
        {
            await _virtualize.RefreshDataAsync();
        }

        StateHasChanged();
    }

    /// <summary>Selects nothing any more, such as after an act on what was selected.</summary>
    public Task ClearSelectionAsync() => SelectAsync(ListSelection.None);

    public void Dispose()
    {
        _life.Cancel();
        _life.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (Equals(_query, Query))
        {
            return;
        }

        var first = _query is null && !_asked;
        _query = Query;
        if (first)
        {
            return;
        }

        _selection = ListSelection.None;
        _anchor = null;
        if (_total == 0)
        {
            // the table stood aside for the empty state: it comes back and asks for itself
            _total = null;
            _asked = false;
            return;
        }

        await Script.InvokeVoidAsync("lists.top", Id);
        await ReloadAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        try
        {
            if (await Script.InvokeAsync<string?>("keep.get", Prefix + Id) is { Length: > 0 } kept)
            {
                _asOpposite.UnionWith(kept.Split(','));
            }
        }
        catch (JSDisconnectedException)
        {
            return;
        }

        _ready = true;
        StateHasChanged();
    }

    private const string Prefix = "columns.";

    private bool IsShown(ListColumn<TRow> column) => column.Primary || (ShownColumns is { } shown ? shown.Contains(column.Key) : column.HiddenAtFirst == _asOpposite.Contains(column.Key));

    private string ClassOf(TRow row, string key) => $"list-row {RowClass?.Invoke(row)}{(key == Current ? " selected" : "")}";

    private int MinimumWidth(IReadOnlyList<ListColumn<TRow>> shown) => (Selectable ? 40 : 0) + shown.Sum(column => column.Width > 0 ? column.Width : 160);

    private async ValueTask<ItemsProviderResult<ListRow<TRow>>> ProvideAsync(ItemsProviderRequest request)
    {
        _busy = true;
        try
        {
            // the row before the stretch tells whether its first row begins a group
            var before = GroupOf is not null && request.StartIndex > 0 ? 1 : 0;
            var stretch = await Load(new(request.StartIndex - before, Math.Clamp(request.Count + before, 1, MostAtOnce)), request.CancellationToken);
            var was = _total;
            (_total, _asked, _busy) = (stretch.Total, true, false);
            if (was != _total)
            {
                StateHasChanged();
            }

            var rows = stretch.Rows.Select((row, i) => new ListRow<TRow>(request.StartIndex - before + i, row, i > 0, i > 0 ? stretch.Rows[i - 1] : default)).Skip(before);
            return new([.. rows], stretch.Total);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            Log.LogError(error, "The list {List} could not be read", Id);
            (_failed, _busy) = (true, false);
            StateHasChanged();
            return new([], 0);
        }
    }

    private Task RetryAsync()
    {
        (_failed, _total, _asked) = (false, null, false);
        return Task.CompletedTask;
    }

    private Task SortAsync(ListColumn<TRow> column) => SortChanged.InvokeAsync(ListSort.After(Sort, column.Key, column.DescendingFirst));

    private Task ClearSortAsync() => SortChanged.InvokeAsync(null);

    private Task ToggleAllAsync() => SelectAsync(_selection.IsEmpty ? ListSelection.Everything : ListSelection.None);

    private async Task ToggleAsync(ListRow<TRow> row, bool range)
    {
        var selected = !_selection.Has(RowKey(row.Row));
        IEnumerable<string> keys = [RowKey(row.Row)];
        if (range && _anchor is { } anchor && anchor != row.Index)
        {
            var from = Math.Min(anchor, row.Index);
            var stretch = await Load(new(from, Math.Min(Math.Abs(anchor - row.Index) + 1, MostAtOnce)), _life.Token);
            keys = stretch.Rows.Select(RowKey);
        }

        _anchor = row.Index;
        await SelectAsync(_selection.With(keys, selected));
    }

    private Task SelectAsync(ListSelection selection)
    {
        _selection = selection;
        return SelectionChanged.InvokeAsync(selection);
    }

    private async Task ChooseAsync(ListColumn<TRow> column)
    {
        if (ShownColumns is not null)
        {
            await ShownColumnsChanged.InvokeAsync([.. _columns.Where(other => !other.Primary && IsShown(other) != (other == column)).Select(other => other.Key)]);
            await ReloadAsync();
            return;
        }

        if (!_asOpposite.Remove(column.Key))
        {
            _asOpposite.Add(column.Key);
        }

        await Script.InvokeVoidAsync("keep.set", Prefix + Id, string.Join(',', _asOpposite));
        await ReloadAsync();
    }
}
