using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace CustomerSuccess.Engine.Storage;

/// <summary>How values stand in both databases: money as ten-thousandths, days as day numbers, instants as milliseconds, so that both sum, sort and compare alike.</summary>
public static class Stored
{
    /// <summary>Ten-thousandths; more decimals are rounded half to even.</summary>
    public static long Money(decimal value) => decimal.ToInt64(decimal.Round(value * 10_000m, MidpointRounding.ToEven));

    public static decimal Money(long stored) => stored / 10_000m;

    /// <summary>Days since 0001-01-01.</summary>
    public static int Day(DateOnly value) => value.DayNumber;

    public static DateOnly Day(int stored) => DateOnly.FromDayNumber(stored);

    /// <summary>Milliseconds since 1970-01-01 UTC.</summary>
    public static long Instant(DateTime utc) => (utc.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond;

    public static DateTime Instant(long stored) => new(DateTime.UnixEpoch.Ticks + (stored * TimeSpan.TicksPerMillisecond), DateTimeKind.Utc);
}

internal sealed class MoneyConverter() : ValueConverter<decimal, long>(value => Stored.Money(value), stored => Stored.Money(stored));

internal sealed class DayConverter() : ValueConverter<DateOnly, int>(value => Stored.Day(value), stored => Stored.Day(stored));

internal sealed class InstantConverter() : ValueConverter<DateTime, long>(value => Stored.Instant(value), stored => Stored.Instant(stored));
