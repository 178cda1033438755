using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Core.Team;
using CustomerSuccess.Engine.Team;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Charts;
using CustomerSuccess.Web.Shared.Values;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Team;

/// <summary>What CSMs look after, do, and what came of it: losses against those expected, in no order of merit.</summary>
public sealed partial class OutcomesPage
{
    private const double Inner = 1.96, Outer = 3.09;

    /// <summary>Places at which the funnel's lines are drawn.</summary>
    private const int FunnelSteps = 40;

    /// <summary>Steps between the marks of the funnel's axis of losses.</summary>
    private const int AxisSteps = 5;

    private static readonly string[] Areas = [JournalAreas.Import, JournalAreas.Score, JournalAreas.Touch, JournalAreas.Capacity];

    private TeamOverview? _overview;
    private Chart? _chart;
    private IReadOnlyList<TeamRow> _told = [];
    private List<TeamRow> _dots = [];
    private double[] _xs = [];
    private bool _mayWork;

    [Inject]
    private TeamReport Report { get; set; } = default!;

    [Inject]
    private CurrentViewer Current { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private string? Answer
    {
        get
        {
            if (!IsReady || _overview is not { } overview)
            {
                return null;
            }

            if (overview.Windows.Count == 0 || _told.Count == 0)
            {
                return Text["AnswerNone"];
            }

            if (overview.Sight == TeamSight.Own)
            {
                return _told[0].Outcome is { } own ? Text["AnswerOwn", Format.Number(own.Observed), Format.Number(own.Expected), Text["Verdict_" + own.Verdict].Value] : Text["AnswerNone"];
            }

            var (off, small) = (_told.Count(row => row.Outcome!.Verdict is LossVerdict.More or LossVerdict.Fewer), _told.Count(row => row.Outcome!.Verdict == LossVerdict.TooSmall));
            return Text[off == 0 ? "AnswerChance" : "Answer", Format.Count(_told.Count), Format.Count(off)] + (small > 0 ? " " + Text["AnswerSmall", Format.Count(small)] : "");
        }
    }

    protected override async Task ReadAsync(CancellationToken cancellation)
    {
        await People.LoadAsync(cancellation);
        var viewer = await Current.GetAsync();
        _mayWork = viewer.MayWork;
        _overview = await Report.OverviewAsync(viewer, cancellation);
        _told = [.. _overview.Rows.Where(row => row.Outcome is not null)];
        Draw();
    }

    private void Draw()
    {
        _dots = [.. _told.Where(row => row.Outcome!.Expected >= 1).OrderBy(row => row.Outcome!.Expected)];
        if (_dots.Count == 0)
        {
            _chart = null;
            return;
        }

        // whole losses stand at the marks of the axis
        var most = Math.Ceiling(Math.Max(10, _dots[^1].Outcome!.Expected * 1.1) / AxisSteps) * AxisSteps;
        _xs = [.. Enumerable.Range(0, FunnelSteps + 1).Select(i => 1 + ((most - 1) * i / FunnelSteps)).Concat(_dots.Select(row => row.Outcome!.Expected)).Distinct().Order()];
        double?[] Line(Func<double, double> value) => [.. _xs.Select(x => (double?)value(x))];
        var ratios = _dots.ToLookup(row => row.Outcome!.Expected, row => row.Outcome!.Ratio);
        _chart = new Chart
        {
            Kind = ChartKind.Scatter,
            Title = Text["FunnelTitle"],
            XTitle = Text["FunnelX"],
            YTitle = Text["FunnelY"],
            XFormat = ChartFormat.Number,
            YFormat = ChartFormat.Ratio,
            XMin = 0,
            XMax = most,
            YMin = 0,
            Height = 320,
            Xs = _xs,
            Series =
            [
                new(Text["Csm"], [.. _xs.Select(x => ratios[x].FirstOrDefault())], Colour: 1),
                new(Text["AsExpected"], Line(_ => 1), ChartKind.Line, Colour: 7),
                new(Text["Limit95"], Line(x => RiskAdjusted.Funnel(x, Inner).Upper), ChartKind.Line, Colour: 4, Dashed: true),
                new(Text["Limit95Below"], Line(x => RiskAdjusted.Funnel(x, Inner).Lower), ChartKind.Line, Colour: 4, Dashed: true),
                new(Text["Limit998"], Line(x => RiskAdjusted.Funnel(x, Outer).Upper), ChartKind.Line, Colour: 2, Dashed: true),
                new(Text["Limit998Below"], Line(x => RiskAdjusted.Funnel(x, Outer).Lower), ChartKind.Line, Colour: 2, Dashed: true),
            ],
        };
    }

    private void Choose(ChartPoint point)
    {
        if (point.Series == 0 && _dots.Find(row => row.Outcome!.Expected == _xs[point.Index]) is { } row)
        {
            Navigation.NavigateTo(OutcomesView.Of(row.Email, TeamListKind.Predicted));
        }
    }

    private string NameOf(string? email) => email is null ? Text["Nobody"] : People.Of(email);

    private string Interval(string low, string high) => Text["Interval95", low, high];

    private static string Signed(double? value) => value is { } number ? (number < 0 ? "−" : "+") + Format.Fixed(Math.Abs(number)) : Format.Missing;

    private string Hours(double minutes) => Text["Hours", Format.Fixed(minutes / 60)];

    private static Tone ToneOf(LossVerdict verdict) => verdict switch { LossVerdict.Fewer => Tone.Good, LossVerdict.More => Tone.Watch, _ => Tone.Neutral };

    private static string QueueOf(string? email) => $"/queue?owner={Uri.EscapeDataString(email ?? RiskQueueFilter.Nobody)}";
}
