using System.Globalization;
using CustomerSuccess.Core.Effects;
using CustomerSuccess.Engine.Effects;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Lists;
using CustomerSuccess.Web.Shared.Values;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Effects;

/// <summary>The accounts behind a play's effect: who was drawn when, into which arm, and what became of them.</summary>
public sealed partial class DrawnPage
{
    private DrawnStretch? _page;

    [Inject]
    private EffectsQuery Query { get; set; } = default!;

    [Inject]
    private CurrentViewer Current { get; set; } = default!;

    protected override string Path => DrawnView.Path;

    private string Title => _page is { } page ? Text["DrawnTitle", Plays.Name(page.Play)] : Text["Title"];

    private string? Answer => !IsReady || _page is not { } page ? null
        : Text["DrawnAnswer", Format.Count(page.Total)].Value
            + (View.Ask.Until is { } until ? " " + Text["DrawnUntil", Format.Day(until)].Value : "")
            + (page.Hidden > 0 ? " " + Text["DrawnHidden", Format.Count(page.Hidden)].Value : "");

    private string File => DrawnView.Address(View.Ask, DrawnView.Path + "/export.csv").ToString();

    private IReadOnlyList<Filter> Filters =>
    [
        new ChoiceFilter(DrawnView.ArmKey, Text["ArmColumn"], [new("offered", Text["Arm_offered"]), new("held_out", Text["Arm_held_out"])], View.Ask.Offered switch { true => "offered", false => "held_out", _ => null }),
        new ToggleFilter(DrawnView.KnownKey, Text["KnownOnly"], View.Ask.Known),
        new ToggleFilter(DrawnView.HappenedKey, Text[_page?.Play.IsUpsell == true ? "ExpandedOnly" : "LeftOnly"], View.Ask.Happened),
    ];

    protected override DrawnView Parse(ListAddress address) => DrawnView.Parse(address);

    protected override async Task ReadAsync(CancellationToken cancellation) => _page = await Query.AccountsAsync(await Current.GetAsync(), View.Ask, 0, 1, cancellation);

    private static string KeyOf(DrawnRow row) => string.Create(CultureInfo.InvariantCulture, $"{row.AccountNo}:{row.Draw.AssignedOn:O}");

    private Tone ToneOf(Drawn draw) => draw.Outcome switch
    {
        OutcomeState.Happened => _page?.Play.IsUpsell == true ? Tone.Good : Tone.Danger,
        OutcomeState.NotHappened => Tone.Neutral,
        _ => Tone.Info,
    };

    private string OutcomeOf(DrawnRow row) => row.Draw.Outcome == OutcomeState.Pending ? Text["Outcome_Pending", Format.Day(row.KnownOn)] : Text[$"Outcome_{row.Draw.Outcome}" + (row.Draw.Outcome == OutcomeState.NotPaying ? "" : _page?.Play.IsUpsell == true ? "Sells" : "Keeps")];

    private async Task<ListStretch<DrawnRow>> LoadRowsAsync(ListRequest request, CancellationToken cancellation)
    {
        _page = await Query.AccountsAsync(await Current.GetAsync(), View.Ask, request.Offset, request.Limit, cancellation);
        return new(_page?.Rows ?? [], _page?.Total ?? 0);
    }

    private string Count(int rows) => Text["RowsCount", Format.Count(rows)];
}
