using System.Globalization;
using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Engine.Storage;

namespace CustomerSuccess.Engine.Ingestion.Applying;

/// <summary>Values in the contract's own writing: invariant numbers, ISO days and instants, true and false.</summary>
internal static class ContractText
{
    /// <summary>A checked value as canonical text; null stays null.</summary>
    public static string? Of(object? value) => value switch
    {
        null => null,
        string text => text,
        bool flag => flag ? "true" : "false",
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime instant => instant.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    /// <summary>A stored value as revisions write it.</summary>
    public static object? OfStored(object? stored, FieldType? type) => (stored, type) switch
    {
        (long money, FieldType.Money) => Stored.Money(money),
        (long day, FieldType.Day or FieldType.Month) => Of(Stored.Day((int)day)),
        (long instant, FieldType.Instant) => Of(Stored.Instant(instant)),
        _ => stored,
    };
}
