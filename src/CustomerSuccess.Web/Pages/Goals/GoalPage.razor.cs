using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Goals;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Engine.Goals;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Web.Layout;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Charts;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Goals;

/// <summary>One goal: its way so far, what serves it, and what was made of it month by month.</summary>
public sealed partial class GoalPage
{
    /// <summary>Months before a goal's first day that its chart shows.</summary>
    private const int MonthsBefore = 6;

    private static readonly string[] Areas = [JournalAreas.Goal, JournalAreas.Import];

    private GoalDialog? _dialog;
    private ReviewDialog? _review;
    private Chart? _chart;
    private bool _mayGoDown;
    private IReadOnlyList<GoalRow> _goals = [];
    private string _timeZone = "UTC";

    [Parameter]
    public string GoalId { get; set; } = "";

    [Inject]
    private GoalViewModel Model { get; set; } = default!;

    [Inject]
    private GoalQuery Query { get; set; } = default!;

    [Inject]
    private CurrentViewer Current { get; set; } = default!;

    [Inject]
    private SettingsStore Settings { get; set; } = default!;

    [Inject]
    private ColleagueNames People { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    protected override object? Subject => GoalId;

    /// <summary>Whoever may open the company's figures goes down to what is behind them.</summary>
    private EventCallback<ChartPoint> Down => _mayGoDown ? EventCallback.Factory.Create<ChartPoint>(this, point => Navigation.NavigateTo(GoalMarks.Behind(Model.Details!.Row.Goal.Measure, Model.Details.Row.Goal.Scope, _chart!.Days[point.Index]))) : default;

    private string? Answer => !IsReady || Model.Details is not { Row: { } row, Currency: var currency } ? null
        : row.Standing.Point is not { } point ? Text["GoalAnswerNone", Words.Value(row.Goal.Measure, (double)row.Goal.TargetValue, currency), Format.Day(row.Goal.DueOn), Format.Day(row.Goal.StartOn)].Value
        : Text["GoalAnswer", Words.Status(row.Standing.Status), Words.Measure(row.Goal.Measure), Words.Value(row.Goal.Measure, point.Value, currency), Words.Value(row.Goal.Measure, row.Standing.Expected, currency), Words.Value(row.Goal.Measure, (double)row.Goal.TargetValue, currency), Format.Day(row.Goal.DueOn)].Value;

    protected override async Task ReadAsync(CancellationToken cancellation)
    {
        _timeZone = (await Settings.ReadAsync(cancellation)).TimeZone;
        await Model.ReadAsync(GoalId, cancellation);
        var viewer = await Current.GetAsync();
        _mayGoDown = PageRoles.Retention.Split(',').Any(role => viewer.IsIn(role));
        _chart = Model.Details is { } details ? Draw(details) : null;
        _goals = Model.MaySet ? [.. (await Query.StandingAsync(viewer, cancellation)).Select(goal => new GoalRow(goal, new(GoalStatus.NotMeasured, null, null), null, 0))] : [];
    }

    private Chart? Draw(GoalDetails details)
    {
        var goal = details.Row.Goal;
        var first = MonthEnds.OnOrAfter(goal.StartOn.AddMonths(-MonthsBefore));
        IReadOnlyList<DateOnly> months = [.. MonthEnds.Between(first, GoalStanding.LastMonth(goal))];
        var points = details.Points.ToDictionary(point => point.Month);
        var definition = MeasureCatalogue.Of(goal.Measure);
        MeasurePoint? On(DateOnly month) => points.GetValueOrDefault(month);
        return new Chart
        {
            Title = Text["ChartOf", goal.Title],
            YTitle = Words.Measure(goal.Measure),
            YFormat = definition.Unit switch { MeasureUnit.Share => ChartFormat.Percent, MeasureUnit.Nps or MeasureUnit.Score => ChartFormat.Score, MeasureUnit.Stars or MeasureUnit.Hours => ChartFormat.Ratio, _ => ChartFormat.Number },
            Height = 280,
            Days = months,
            Categories = [.. months.Select(Format.Month)],
            AxisLabels = [.. months.Select(Format.ShortMonth)],
            Series =
            [
                new ChartSeries(Words.Measure(goal.Measure), [.. months.Select(month => On(month)?.Value)], Colour: 1)
                {
                    Low = definition.IsSampled ? [.. months.Select(month => On(month)?.Lower)] : [],
                    High = definition.IsSampled ? [.. months.Select(month => On(month)?.Upper)] : [],
                    Measure = new(goal.Measure, goal.Scope),
                },
            ],
        };
    }

    private DateOnly Day(DateTime utc) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), TimeZoneInfo.FindSystemTimeZoneById(_timeZone)));

    private static IEnumerable<(string Key, string Words)> Parts(GoalReview review) =>
        new (string Key, string? Words)[] { ("PdcaPlan", review.Plan), ("PdcaDo", review.Do), ("PdcaCheck", review.Check), ("PdcaAct", review.Act) }.Where(part => part.Words is not null).Select(part => (part.Key, part.Words!));

    /// <summary>What was changed, in one line.</summary>
    private string Told(JournalEntry entry, GoalMeasure measure, string currency)
    {
        var act = Text["Act_" + entry.Act].Value;
        var changes = FieldChanges.Read(entry.ChangesJson);
        if (entry.Act is not "changed")
        {
            return changes.TryGetValue("month", out var month) && DateOnly.TryParse(month.After, System.Globalization.CultureInfo.InvariantCulture, out var day) ? Text["ActOf", act, Format.Month(day)] : act;
        }

        string? Written(string field, string? value) => value is null ? null : field switch
        {
            "start" or "target" when double.TryParse(value, System.Globalization.CultureInfo.InvariantCulture, out var number) => Words.Value(measure, number, currency),
            "start_on" or "due_on" when DateOnly.TryParse(value, System.Globalization.CultureInfo.InvariantCulture, out var date) => Format.Day(date),
            "owner" or "of_owner" => People.Of(value),
            "measure" when Enum.TryParse<GoalMeasure>(value, out var other) => Words.Measure(other),
            "kind" when Enum.TryParse<GoalKind>(value, out var kind) => Words.Kind(kind),
            "parent" => _goals.FirstOrDefault(row => row.Goal.GoalId == value)?.Goal.Title ?? Text["Kgi"],
            _ => value,
        };
        return string.Join(Text["AnswerJoin"], changes.Select(change => Text["FieldChange", Text["Field_" + change.Key], Written(change.Key, change.Value.Before) ?? Format.Missing, Written(change.Key, change.Value.After) ?? Format.Missing].Value));
    }

    private async Task OpenReviewAsync(DateOnly month, GoalReview? review)
    {
        await Model.ReadLinksAsync(Leaving);
        await _review!.OpenAsync(month, review);
    }

    private Task GiveUpAsync(Goal goal) => WorkAsync(async () =>
    {
        if ((await Model.SetDeletedAsync(goal.GoalId, true)).Holds)
        {
            Toasts.TellWithUndo(Text["GivenUp", goal.Title], async () => await Model.SetDeletedAsync(goal.GoalId, false));
            Navigation.NavigateTo(GoalsView.Path);
        }
        else
        {
            Toasts.Warn(Text["NotDone"]);
        }
    });
}
