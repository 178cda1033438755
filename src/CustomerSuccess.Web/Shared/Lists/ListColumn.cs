using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Shared.Lists;

/// <summary>A column of a <see cref="DataList{TRow}"/>. Draws nothing itself.</summary>
public sealed class ListColumn<TRow> : ComponentBase
{
    /// <summary>Names the column in the address, in the reader's choice of columns and as the cells' class <c>c-key</c>.</summary>
    [Parameter, EditorRequired]
    public string Key { get; set; } = "";

    /// <summary>The header, with its unit.</summary>
    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    /// <summary>On hover over the header: what it means.</summary>
    [Parameter]
    public string? Hint { get; set; }

    /// <summary>A term of the glossary whose definition stands behind the header; null for none.</summary>
    [Parameter]
    public string? Term { get; set; }

    [Parameter]
    public bool Sortable { get; set; }

    /// <summary>True where the largest is the most interesting.</summary>
    [Parameter]
    public bool DescendingFirst { get; set; }

    /// <summary>Pixels; 0 shares what the others leave.</summary>
    [Parameter]
    public int Width { get; set; }

    /// <summary>True for figures: right-aligned, tabular.</summary>
    [Parameter]
    public bool Numeric { get; set; }

    /// <summary>The column that names the row: it stays in view, carries the link and cannot be hidden.</summary>
    [Parameter]
    public bool Primary { get; set; }

    /// <summary>True where the reader has to ask for it.</summary>
    [Parameter]
    public bool HiddenAtFirst { get; set; }

    [Parameter]
    public CardPlace OnCard { get; set; } = CardPlace.Fact;

    /// <summary>The cell.</summary>
    [Parameter, EditorRequired]
    public RenderFragment<TRow> ChildContent { get; set; } = default!;

    /// <summary>Beside the link in the primary column's cell, such as a tag.</summary>
    [Parameter]
    public RenderFragment<TRow>? Beside { get; set; }

    [CascadingParameter]
    internal List<ListColumn<TRow>> Columns { get; set; } = default!;

    internal string Class => $"c-{Key}{(Numeric ? " num" : "")}{(Primary ? " list-fixed" : "")} on-card-{OnCard.ToString().ToLowerInvariant()}";

    protected override void OnParametersSet() => Columns.Add(this);
}
