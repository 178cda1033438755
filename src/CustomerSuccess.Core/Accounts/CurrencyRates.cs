using System.Globalization;
using CustomerSuccess.Core.Activity;

namespace CustomerSuccess.Core.Accounts;

/// <summary>A rate to the reporting currency is missing: figures in several currencies never guess.</summary>
/// <param name="currency">ISO 4217 code of the currency without a rate.</param>
/// <param name="reporting">The reporting currency.</param>
/// <param name="day">A day of the month that lacks it.</param>
public sealed class MissingRateException(string currency, string reporting, DateOnly day) : InvalidOperationException(string.Create(CultureInfo.InvariantCulture,
    $"There is no rate from {currency} to {reporting} for {day:yyyy-MM}. Import it with a file of rates (currency, month, rate)."))
{
    public string Currency { get; } = currency;

    public DateOnly Day { get; } = day;
}

/// <summary>Rates to the reporting currency by month. Where several sources give one, the later import holds.</summary>
public sealed class CurrencyRates
{
    private readonly string _reporting;
    private readonly Dictionary<string, SortedList<DateOnly, decimal>> _rates = new(StringComparer.Ordinal);

    /// <param name="reportingCurrency">ISO 4217 code; its own rate is 1.</param>
    /// <param name="rates">Rates as imported; voided ones are left out.</param>
    public CurrencyRates(string reportingCurrency, IEnumerable<ExchangeRate> rates)
    {
        _reporting = reportingCurrency;
        foreach (var rate in rates.Where(r => r.VoidedBy is null).OrderBy(r => r.ImportFileId).ThenBy(r => r.SourceId))
        {
            if (!_rates.TryGetValue(rate.Currency, out var months))
            {
                _rates[rate.Currency] = months = [];
            }

            months[Month(rate.Month)] = (decimal)rate.Rate;
        }
    }

    /// <summary>The rate of the day's month.</summary>
    /// <exception cref="MissingRateException">There is none: figures in several currencies never guess.</exception>
    public decimal On(string currency, DateOnly day) => currency == _reporting ? 1
        : _rates.TryGetValue(currency, out var months) && months.TryGetValue(Month(day), out var rate) ? rate
        : throw Missing(currency, day);

    /// <summary>The rate of the day's month, else of the last month before that has one: what is known on the day.</summary>
    /// <exception cref="MissingRateException">No month up to the day has one.</exception>
    public decimal KnownOn(string currency, DateOnly day)
    {
        if (currency == _reporting)
        {
            return 1;
        }

        if (_rates.TryGetValue(currency, out var months))
        {
            var month = Month(day);
            for (var i = months.Count - 1; i >= 0; i--)
            {
                if (months.GetKeyAtIndex(i) <= month)
                {
                    return months.GetValueAtIndex(i);
                }
            }
        }

        throw Missing(currency, day);
    }

    private static DateOnly Month(DateOnly day) => new(day.Year, day.Month, 1);

    private MissingRateException Missing(string currency, DateOnly day) => new(currency, _reporting, day);
}
