using System.Globalization;
using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Segments;
using CustomerSuccess.Web.Shared.Commands;
using CustomerSuccess.Web.Shared.Forms;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Shared.Conditions;

/// <summary>One test of a condition: a field, what is asked of it, and the value.</summary>
public sealed partial class ConditionRow
{
    private const int Offered = 40;

    private IReadOnlyList<string> _known = [];
    private string? _knownOf;

    [Parameter, EditorRequired]
    public ConditionDraft Draft { get; set; } = default!;

    [Parameter, EditorRequired]
    public string Path { get; set; } = "";

    [Parameter, EditorRequired]
    public string Prefix { get; set; } = "";

    [Parameter, EditorRequired]
    public ConditionEditing Editing { get; set; } = default!;

    [Parameter]
    public bool ReadOnly { get; set; }

    [Parameter]
    public EventCallback Changed { get; set; }

    [Parameter]
    public EventCallback Removed { get; set; }

    private SegmentField? Field => Draft.Field is { } name ? Editing.Fields.GetValueOrDefault(name) : null;

    private FieldChoice? Chosen => Draft.Field is { } name ? new(name, Words.Field(name, Editing.Segments)) : null;

    private string? First => Draft.Values.Count > 0 ? Draft.Values[0] : null;

    private string? Problem => Editing.Problems.TryGetValue(Path, out var code) ? Words.Problem(code) : null;

    private bool IsShare => !IsDays && Field?.Unit is FeatureUnit.Share or FeatureUnit.Change;

    private bool IsDays => Draft.Kind is TestKind.InLastDays or TestKind.MoreThanDaysAgo or TestKind.InNextDays or TestKind.AnniversaryInDays;

    private string? Unit => IsDays || Field?.Unit == FeatureUnit.Days ? Text["UnitDays"]
        : IsShare ? Text["UnitPercent"]
        : Field?.Unit switch
        {
            FeatureUnit.Money => Editing.Currency,
            FeatureUnit.Hours => Text["UnitHours"],
            _ => null,
        };

    private DateOnly? Day => DateOnly.TryParseExact(First, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>As it is shown: shares and changes in per cent.</summary>
    private decimal? Number => double.TryParse(First, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) < 1e15
        ? (decimal)(IsShare ? number * 100 : number)
        : null;

    protected override async Task OnParametersSetAsync()
    {
        if (Field is { Kind: FieldKind.Text } field && _knownOf != field.Name && !ReadOnly)
        {
            _knownOf = field.Name;
            _known = await Editing.Values(field.Name);
        }
    }

    private Task<IReadOnlyList<FieldChoice>> FindAsync(string typed, CancellationToken cancellation) => Task.FromResult<IReadOnlyList<FieldChoice>>(
    [
        .. Editing.Fields.Values.Select(field => new FieldChoice(field.Name, Words.Field(field.Name, Editing.Segments), Words.Group(field.Group)))
            .Where(choice => CommandMatch.Fits(typed, choice.Label, choice.Detail ?? "")).Take(Offered),
    ]);

    private IReadOnlyList<FieldChoice> Kinds(SegmentField field) => [.. field.Tests.Select(kind => new FieldChoice(kind.ToString(), Words.Kind(kind)))];

    private string Label(string value) => Draft.Field is { } field ? Words.Value(field, value) : value;

    private Task SetFieldAsync(string? name)
    {
        if (name == Draft.Field)
        {
            return Task.CompletedTask;
        }

        Draft.Field = name;
        Draft.Values = [];
        if (Field is { } field && !field.Tests.Contains(Draft.Kind) || Draft.Kind is TestKind.Known)
        {
            Draft.Kind = Field?.Tests[0] ?? TestKind.Known;
        }

        return Changed.InvokeAsync();
    }

    private Task SetKindAsync(string? name)
    {
        var kind = Enum.Parse<TestKind>(name ?? nameof(TestKind.Known));
        if (ShapeOf(kind) != ShapeOf(Draft.Kind))
        {
            Draft.Values = [];
        }

        Draft.Kind = kind;
        return Changed.InvokeAsync();
    }

    /// <summary>Kinds of one shape take the same values.</summary>
    private static int ShapeOf(TestKind kind) => kind switch
    {
        TestKind.OneOf or TestKind.NoneOf => 1,
        TestKind.Contains => 2,
        TestKind.OnOrAfter or TestKind.OnOrBefore => 3,
        TestKind.Known or TestKind.Missing or TestKind.Yes or TestKind.No => 4,
        TestKind.InLastDays or TestKind.MoreThanDaysAgo or TestKind.InNextDays or TestKind.AnniversaryInDays => 5,
        _ => 6,
    };

    private Task SetValueAsync(string? value) => SetAsync(string.IsNullOrWhiteSpace(value) ? [] : [value.Trim()]);

    private Task SetDayAsync(DateOnly? day) => SetAsync(day is { } known ? [known.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)] : []);

    private Task SetNumberAsync(decimal? number) => SetAsync(number is { } known ? [(IsShare ? known / 100 : known).ToString("0.##########", CultureInfo.InvariantCulture)] : []);

    /// <summary>What is shown in words is kept as the value that it stands for.</summary>
    private Task SetLabelsAsync(IReadOnlyList<string> labels) => SetAsync([.. labels.Select(label => _known.Concat(Draft.Values).FirstOrDefault(value => Label(value) == label) ?? label).Distinct()]);

    private Task SetAsync(IReadOnlyList<string> values)
    {
        Draft.Values = values;
        return Changed.InvokeAsync();
    }
}
