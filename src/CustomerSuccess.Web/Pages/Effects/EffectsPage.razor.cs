using CustomerSuccess.Core.Effects;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Effects;

/// <summary>Which plays work, which do not, and of which too little is known.</summary>
public sealed partial class EffectsPage
{
    private static readonly string[] Areas = [JournalAreas.Play, JournalAreas.Score];

    private double _reach = 0.05;

    [Inject]
    private EffectsViewModel Model { get; set; } = default!;

    private string? Answer => !IsReady ? null
        : Model.Rows.All(row => row.Effect.Offered + row.Effect.HeldOut == 0) ? Text["AnswerNone"].Value
        : Text["Answer", Format.Count(Model.Count(EffectVerdict.Works)), Format.Count(Model.Count(EffectVerdict.DoesNotWork)), Format.Count(Model.Count(EffectVerdict.Harms)), Format.Count(Model.Count(EffectVerdict.TooEarly) + Model.Count(EffectVerdict.TooLittle))].Value;

    private string? Known => Model.Report is { KnownUntil: { } until } report ? Text["Known", Format.Day(until.AddDays(-report.Rule.Span))].Value : null;

    protected override async Task ReadAsync(CancellationToken cancellation)
    {
        await Model.ReadAsync(cancellation);
        _reach = Model.Rows.Where(row => row.Effect.Known.AreEnough)
            .Select(row => Math.Max(Math.Abs(row.Effect.Difference.Lower), Math.Abs(row.Effect.Difference.Upper)))
            .DefaultIfEmpty(0.05).Max();
    }

    private static int Place(EffectVerdict verdict) => verdict switch
    {
        EffectVerdict.Works => 0,
        EffectVerdict.DoesNotWork => 1,
        EffectVerdict.Harms => 2,
        EffectVerdict.TooEarly => 3,
        _ => 4,
    };

    private async Task FollowAsync()
    {
        if (IsReady)
        {
            await ReadAsync(Leaving);
            StateHasChanged();
        }
    }
}
