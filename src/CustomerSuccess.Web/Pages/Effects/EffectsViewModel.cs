using CustomerSuccess.Core.Effects;
using CustomerSuccess.Engine.Effects;

namespace CustomerSuccess.Web.Pages.Effects;

/// <summary>Whether plays work: all of them, or one.</summary>
public sealed class EffectsViewModel(EffectsQuery query)
{
    /// <summary>Null until it was read.</summary>
    public EffectsReport? Report { get; private set; }

    /// <summary>Plays that are on or that somebody was drawn for: what is known first, then what is most.</summary>
    public IReadOnlyList<PlayEffectRow> Rows { get; private set; } = [];

    public int Count(EffectVerdict verdict) => Rows.Count(row => row.IsMeasured && row.Effect.Verdict == verdict);

    public async Task ReadAsync(CancellationToken cancellation)
    {
        Report = await query.RunAsync(cancellation);
        Rows = [.. Report.Plays.Where(row => row.Entry.Play.IsOn || row.Effect.Offered + row.Effect.HeldOut > 0).OrderBy(Place).ThenByDescending(row => row.Effect.Known.Accounts)];
    }

    private static int Place(PlayEffectRow row) => !row.IsMeasured ? 9 : row.Effect.Verdict switch
    {
        EffectVerdict.Works => 0,
        EffectVerdict.Harms => 1,
        EffectVerdict.DoesNotWork => 2,
        EffectVerdict.TooEarly => 3,
        _ => 4,
    };
}
