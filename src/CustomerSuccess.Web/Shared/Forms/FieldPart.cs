using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Shared.Forms;

/// <summary>What every field of a form has: a label, a hint, an error that stands at the field, and a name by which a draft keeps it.</summary>
public abstract class FieldPart : ComponentBase
{
    private string? _madeUp;

    /// <summary>Names the field within its form; a draft is kept under it.</summary>
    [Parameter, EditorRequired]
    public string Name { get; set; } = "";

    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>True where the label is said by what stands around the field; it stays for screen readers.</summary>
    [Parameter]
    public bool LabelHidden { get; set; }

    /// <summary>How to fill it in, with unit and range.</summary>
    [Parameter]
    public string? Hint { get; set; }

    /// <summary>What is wrong and how to mend it; null where nothing is.</summary>
    [Parameter]
    public string? Error { get; set; }

    [Parameter]
    public bool Required { get; set; }

    [Parameter]
    public bool Disabled { get; set; }

    [Parameter]
    public bool ReadOnly { get; set; }

    /// <summary>The control's id; null for one of its own.</summary>
    [Parameter]
    public string? Id { get; set; }

    /// <summary>Further attributes of the control.</summary>
    [Parameter(CaptureUnmatchedValues = true)]
    public IReadOnlyDictionary<string, object>? More { get; set; }

    /// <summary>What the control itself finds wrong with what was typed; null where nothing is.</summary>
    public virtual string? OwnError => null;

    /// <summary>The error that is shown.</summary>
    public string? Shown => OwnError ?? Error;

    public string ControlId => Id ?? (_madeUp ??= Unique.Id(Name));

    /// <summary>Ids of the hint and the error, for the control's <c>aria-describedby</c>.</summary>
    public string? DescribedBy => (Hint, Shown) switch
    {
        (null, null) => null,
        (_, null) => ControlId + "-hint",
        (null, _) => ControlId + "-error",
        _ => $"{ControlId}-hint {ControlId}-error",
    };

    /// <summary>For <c>aria-invalid</c>.</summary>
    public string? Invalid => Shown is null ? null : "true";
}
