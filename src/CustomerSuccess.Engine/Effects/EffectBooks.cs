using System.Globalization;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Effects;

/// <summary>A draw as it was written down.</summary>
internal readonly record struct DrawOf(string Play, DateOnly AssignedOn, string Arm, string? PlayVersion, int SourceId);

/// <summary>A touch of a play, on the company's day.</summary>
internal readonly record struct DoneOf(string Play, DateOnly Day);

/// <summary>What effects are measured by, of an account that was drawn.</summary>
/// <param name="Segment">The account's segment now.</param>
internal sealed record EffectFacts(string? Segment, DrawOf[] Draws, DoneOf[] Done)
{
    public bool TellsTheSameAs(EffectFacts other) => Segment == other.Segment && Draws.AsSpan().SequenceEqual(other.Draws) && Done.AsSpan().SequenceEqual(other.Done);
}

/// <summary>Keeps draws and what was done for them in memory, in step with a company's book.</summary>
public sealed class EffectBooks : IDisposable
{
    private readonly AccountShelf<EffectFacts> _shelf;

    public EffectBooks(Database database) => _shelf = new(database, VariantAsync, ReadAsync, (one, other) => one.TellsTheSameAs(other));

    public void Dispose() => _shelf.Dispose();

    /// <summary>Accounts that were ever drawn.</summary>
    internal Task<Shelf<EffectFacts>> ForAsync(CompanyBook book, CancellationToken cancellation) => _shelf.ForAsync(book, cancellation);

    /// <summary>Whoever draws notes no change of an account: every draw there is reads all anew.</summary>
    private static async Task<string> VariantAsync(CustomerSuccessContext context, CompanyBook book, CancellationToken cancellation)
    {
        var draws = await context.Assignments.CountAsync(cancellation);
        return string.Create(CultureInfo.InvariantCulture, $"{draws}|{book.Settings.TimeZone}");
    }

    private static async Task<Dictionary<int, EffectFacts>> ReadAsync(Snapshot snapshot, CompanyBook book, string variant, int[]? which, CancellationToken cancellation)
    {
        var context = snapshot.Context;
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        var draws = (await context.Assignments.AsNoTracking().Where(own => own.VoidedBy == null && (which == null || which.Contains(own.AccountNo)))
            .Select(own => new { own.AccountNo, own.Play, own.AssignedOn, own.Arm, own.PlayVersion, own.SourceId }).ToListAsync(cancellation))
            .GroupBy(own => own.AccountNo).ToDictionary(own => own.Key, own => own.Select(one => new DrawOf(Shared(one.Play), one.AssignedOn, Shared(one.Arm), one.PlayVersion is { } version ? Shared(version) : null, one.SourceId)).ToArray());
        var segments = await context.Accounts.AsNoTracking().Where(account => account.Segment != null && (which == null || which.Contains(account.AccountNo)))
            .Select(account => new { account.AccountNo, account.Segment }).ToDictionaryAsync(account => account.AccountNo, account => Shared(account.Segment!), cancellation);
        var calendar = new CompanyCalendar(book.Settings.TimeZone);
        var done = (await context.Touches.AsNoTracking().Where(touch => touch.VoidedBy == null && touch.Play != null && (which == null || which.Contains(touch.AccountNo))).Select(touch => new { touch.AccountNo, touch.Play, touch.At }).ToListAsync(cancellation))
            .Where(touch => draws.ContainsKey(touch.AccountNo)).GroupBy(touch => touch.AccountNo).ToDictionary(own => own.Key, own => own.Select(touch => new DoneOf(Shared(touch.Play!), calendar.Day(touch.At))).ToArray());
        return draws.ToDictionary(own => own.Key, own => new EffectFacts(segments.GetValueOrDefault(own.Key), own.Value, done.GetValueOrDefault(own.Key) ?? []));

        string Shared(string text) => texts.TryGetValue(text, out var same) ? same : texts[text] = text;
    }
}
