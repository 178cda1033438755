using CustomerSuccess.Core.Features;
using Microsoft.EntityFrameworkCore;
using static CustomerSuccess.Core.Features.FeatureNames;

namespace CustomerSuccess.Engine.Features;

/// <summary>Touches: how many, how long ago.</summary>
internal static class TouchPass
{
    public static async Task RunAsync(FeaturePass pass, CancellationToken cancellation)
    {
        var context = pass.Snapshot.Context;
        var earliest = await context.Touches.Where(touch => touch.VoidedBy == null).MinAsync(touch => (DateTime?)touch.At, cancellation);
        if (earliest is null)
        {
            return;
        }

        var (named, least, most) = pass.Rows.Choice();
        var touches = context.Touches
            .Where(touch => touch.VoidedBy == null && (named == null ? touch.AccountNo >= least && touch.AccountNo <= most : named.Contains(touch.AccountNo)))
            .OrderBy(touch => touch.AccountNo).ThenBy(touch => touch.At)
            .Select(touch => new { touch.AccountNo, touch.At });
        var from = pass.DayOf(earliest.Value);
        var written = new bool[pass.Rows.Accounts.Length];
        await foreach (var (position, facts) in pass.ByAccountAsync(touches.AsAsyncEnumerable(), touch => touch.AccountNo, cancellation))
        {
            Fill(pass, [.. facts.Select(touch => pass.DayOf(touch.At).DayNumber)], position, from);
            written[position] = true;
        }

        for (var position = 0; position < written.Length; position++)
        {
            if (!written[position])
            {
                Fill(pass, [], position, from);
            }
        }
    }

    /// <param name="pass">What is asked for.</param>
    /// <param name="touched">Days of the account's touches, ascending.</param>
    /// <param name="position">The account.</param>
    /// <param name="from">The company's first touch; before it features are missing.</param>
    private static void Fill(FeaturePass pass, int[] touched, int position, DateOnly from)
    {
        for (var i = 0; i < pass.Rows.DaysAt(position).Length; i++)
        {
            var t = pass.Rows.DaysAt(position)[i];
            if (t < from)
            {
                continue;
            }

            var row = pass.Rows.PlacesAt(position)[i];
            var last = Array.FindLast(touched, day => day <= t.DayNumber);
            pass.Columns.Numbers(Touches91)[row] = touched.Count(day => day <= t.DayNumber && day > t.DayNumber - 91);
            pass.Columns.Numbers(DaysSinceTouch)[row] = last > 0 ? t.DayNumber - last : double.NaN;
        }
    }
}
