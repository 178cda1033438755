using Bunit;
using CustomerSuccess.Web.Shared.Lists;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Web;

namespace CustomerSuccess.Web.Tests.Shared.Lists;

/// <summary>The list in each of its states, and what can be done in it.</summary>
public sealed class DataListTests : PartTests
{
    private readonly List<ListRequest> _asked = [];
    private int _rows = 40;
    private bool _fails;
    private ListSelection? _selected;
    private ListSort? _sorted;

    [Fact]
    public void Rows_come_with_their_links_and_the_count()
    {
        var list = Show();
        list.WaitForAssertion(() => list.FindAll("tr.list-row[data-index]").Should().HaveCount(40));
        list.Find("tr[data-key='3'] a.row-link").GetAttribute("href").Should().Be("/rows/3");
        list.Find("[data-count]").TextContent.Should().Contain("40");
        list.FindAll("thead th")[1].QuerySelector("button").Should().NotBeNull("the name can be sorted by");
    }

    [Fact]
    public void Each_group_begins_with_its_name()
    {
        var list = Show(grouped: true);
        list.WaitForAssertion(() => list.FindAll("tr.list-group").Select(group => group.TextContent.Trim()).Should().Equal("tens 0", "tens 1", "tens 2", "tens 3"));
    }

    [Fact]
    public void One_row_a_stretch_and_everything_can_be_selected()
    {
        var list = Show();
        list.WaitForAssertion(() => list.FindAll("tr.list-row[data-index]").Should().HaveCount(40));
        list.On("tr[data-key='3'] .check", found => found.Click());
        _selected!.Keys.Should().Equal("3");
        list.On("tr[data-key='6'] .check", found => found.Click(new MouseEventArgs { ShiftKey = true }));
        _selected!.Keys.Should().BeEquivalentTo("3", "4", "5", "6");
        list.Find("[data-bulk]").TextContent.Should().Contain("4 selected");

        list.On("[data-act=select-all]", found => found.Click());
        _selected!.All.Should().BeTrue();
        _selected.Count(40).Should().Be(40);
        list.On("tr[data-key='3'] .check", found => found.Click());
        _selected!.Count(40).Should().Be(39, "one is left out of all");
        _selected.Has("3").Should().BeFalse();
        list.On("[data-act=select-none]", found => found.Click());
        _selected!.IsEmpty.Should().BeTrue();
        list.FindAll("[data-bulk]").Should().BeEmpty();
    }

    [Fact]
    public void A_header_asks_for_its_useful_direction_first()
    {
        var list = Show();
        list.WaitForAssertion(() => list.FindAll("tr.list-row[data-index]").Should().HaveCount(40));
        list.On("[data-sort=size]", found => found.Click());
        _sorted.Should().Be(new ListSort("size", true));
        ListSort.After(_sorted, "size", descendingFirst: true).Should().Be(new ListSort("size", false));
    }

    [Fact]
    public void A_column_can_be_hidden_but_the_one_that_names_the_row()
    {
        var list = Show();
        list.WaitForAssertion(() => list.FindAll("thead th.c-size").Should().HaveCount(1));
        list.FindAll("[data-column=name]").Should().BeEmpty();
        list.On("[data-column=size]", found => found.Change(false));
        list.FindAll("thead th.c-size").Should().BeEmpty();
        JSInterop.Invocations["keep.set"].Should().ContainSingle().Which.Arguments.Should().Equal("columns.rows", "size");
    }

    [Fact]
    public void Nothing_at_all_and_nothing_found_are_told_apart()
    {
        _rows = 0;
        var list = Show();
        list.WaitForAssertion(() => list.Find(".why-empty"));
        list = Show(search: "nobody");
        list.WaitForAssertion(() => list.Find("[data-state=NothingFound]"));
    }

    [Fact]
    public void A_failure_is_said_so_and_can_be_tried_again()
    {
        _fails = true;
        var list = Show();
        list.WaitForAssertion(() => list.Find("[data-state=Error] [role=alert], section.state-error"));
        _fails = false;
        list.On("section.state-error button", found => found.Click());
        list.WaitForAssertion(() => list.FindAll("tr.list-row[data-index]").Should().HaveCount(40));
    }

    [Fact]
    public void Another_query_is_read_from_the_top_and_selects_nothing()
    {
        var list = Show();
        list.WaitForAssertion(() => list.FindAll("tr.list-row[data-index]").Should().HaveCount(40));
        list.On("tr[data-key='3'] .check", found => found.Click());
        _rows = 7;
        list.Render(p => p.Add(l => l.Query, "other"));
        list.WaitForAssertion(() => list.FindAll("tr.list-row[data-index]").Should().HaveCount(7));
        list.FindAll("[data-bulk]").Should().BeEmpty();
        JSInterop.Invocations["lists.top"].Should().ContainSingle();
    }

    private Task<ListStretch<int>> LoadAsync(ListRequest request, CancellationToken cancellation)
    {
        _asked.Add(request);
        return _fails
            ? Task.FromException<ListStretch<int>>(new TimeoutException("The database did not answer."))
            : Task.FromResult(new ListStretch<int>([.. Enumerable.Range(request.Offset, Math.Clamp(_rows - request.Offset, 0, request.Limit))], _rows));
    }

    private IRenderedComponent<DataList<int>> Show(bool grouped = false, string? search = null) => Render<DataList<int>>(list => list
        .Add(l => l.Id, "rows")
        .Add(l => l.Title, "Rows")
        .Add(l => l.Load, LoadAsync)
        .Add(l => l.Query, "first")
        .Add(l => l.RowKey, row => row.ToString(System.Globalization.CultureInfo.InvariantCulture))
        .Add(l => l.Href, row => $"/rows/{row}")
        .Add(l => l.Selectable, true)
        .Add(l => l.SelectionChanged, selection => _selected = selection)
        .Add(l => l.SortChanged, sort => _sorted = sort)
        .Add(l => l.GroupOf, grouped ? row => $"tens {row / 10}" : null)
        .Add(l => l.Filters, [new SearchFilter("q", "Search", search)])
        .Add(l => l.Empty, "<p class='why-empty'></p>")
        .Add(l => l.Columns, builder =>
        {
            builder.OpenRegion(0);
            Column(builder, "name", primary: true);
            builder.CloseRegion();
            builder.OpenRegion(1);
            Column(builder, "size");
            builder.CloseRegion();
            builder.OpenRegion(2);
            Column(builder, "kind");
            builder.CloseRegion();
            builder.OpenRegion(3);
            Column(builder, "place");
            builder.CloseRegion();
        }));

    private static void Column(RenderTreeBuilder builder, string key, bool primary = false)
    {
        builder.OpenComponent<ListColumn<int>>(0);
        builder.AddComponentParameter(1, "Key", key);
        builder.AddComponentParameter(2, "Title", key);
        builder.AddComponentParameter(3, "Sortable", true);
        builder.AddComponentParameter(4, "DescendingFirst", !primary);
        builder.AddComponentParameter(5, "Primary", primary);
        builder.AddComponentParameter(6, "ChildContent", (RenderFragment<int>)(row => cell => cell.AddContent(0, $"{key} {row}")));
        builder.CloseComponent();
    }
}
