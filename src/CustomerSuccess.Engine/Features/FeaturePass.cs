using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Products;
using CustomerSuccess.Engine.Storage;

namespace CustomerSuccess.Engine.Features;

/// <summary>What every pass over one kind of fact works with.</summary>
/// <param name="Snapshot">The state of the database that all passes see.</param>
/// <param name="Rows">The rows that are asked for.</param>
/// <param name="Columns">Where features go.</param>
/// <param name="Rates">Rates to the reporting currency.</param>
/// <param name="Settings">The company's time zone and currency.</param>
internal sealed record FeaturePass(Snapshot Snapshot, FeatureRows Rows, FeatureColumns Columns, CurrencyRates Rates, CompanySettings Settings)
{
    /// <summary>What gathers features of products meanwhile; null where nobody asks for them, or products cannot be told apart.</summary>
    public ProductPass? Products { get; set; }

    private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(Settings.TimeZone);

    /// <summary>The company's calendar day of an instant.</summary>
    public DateOnly DayOf(DateTime utc) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(utc, _zone));

    /// <summary>Groups facts, which come in the order of accounts, and leaves out accounts that nobody asked for. One account is held at a time.</summary>
    public async IAsyncEnumerable<(int Position, List<T> Facts)> ByAccountAsync<T>(
        IAsyncEnumerable<T> facts, Func<T, int> account, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        List<T> group = [];
        var current = 0;
        await foreach (var fact in facts.WithCancellation(cancellation))
        {
            if (group.Count > 0 && account(fact) != current)
            {
                if (Rows.IndexOf(current) is >= 0 and var position)
                {
                    yield return (position, group);
                }

                group = [];
            }

            current = account(fact);
            group.Add(fact);
        }

        if (group.Count > 0 && Rows.IndexOf(current) is >= 0 and var last)
        {
            yield return (last, group);
        }
    }
}
