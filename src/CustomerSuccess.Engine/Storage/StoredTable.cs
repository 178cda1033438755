using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Storage;

/// <summary>What a column holds in both databases, conversions done.</summary>
internal enum StoredKind
{
    Text,
    Integer,
    Long,
    Real,
    Flag,
}

internal sealed record StoredColumn(string Name, StoredKind Kind, bool IsNullable);

/// <summary>A table as bulk statements see it: the mapping's columns, in the mapping's order.</summary>
internal sealed class StoredTable
{
    private StoredTable(string name, IReadOnlyList<StoredColumn> columns)
    {
        Name = name;
        Columns = columns;
        ColumnList = string.Join(", ", columns.Select(column => $"\"{column.Name}\""));
    }

    public string Name { get; }

    public IReadOnlyList<StoredColumn> Columns { get; }

    public string ColumnList { get; }

    /// <summary>Position of a column; -1 where the table has none of that name.</summary>
    public int IndexOf(string column)
    {
        for (var i = 0; i < Columns.Count; i++)
        {
            if (Columns[i].Name == column)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Reads the mapping of an entity.</summary>
    public static StoredTable Of<T>(CustomerSuccessContext context) => Of(context, typeof(T));

    public static StoredTable Of(CustomerSuccessContext context, Type type)
    {
        var entity = context.Model.FindEntityType(type)!;
        return new StoredTable(entity.GetTableName()!, [.. entity.GetProperties().Select(property =>
        {
            var stored = property.GetTypeMapping().Converter?.ProviderClrType ?? property.ClrType;
            return new StoredColumn(property.GetColumnName(), KindOf(Nullable.GetUnderlyingType(stored) ?? stored), property.IsNullable);
        })]);
    }

    /// <summary>A contract's value as it stands in a column: money in ten-thousandths, days and instants as numbers.</summary>
    public static object? ToStored(object? value, StoredKind kind) => value switch
    {
        null => null,
        decimal money => Stored.Money(money),
        DateOnly day => (long)day.DayNumber,
        DateTime instant => Stored.Instant(instant),
        long whole when kind == StoredKind.Real => (double)whole,
        int whole => (long)whole,
        _ => value,
    };

    /// <summary>A value as a reader of either database gives it, as long, double, bool or string.</summary>
    public static object? Normalize(object? value, StoredKind kind) => value is null or DBNull ? null : kind switch
    {
        StoredKind.Integer or StoredKind.Long => Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture),
        StoredKind.Real => Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture),
        StoredKind.Flag => Convert.ToBoolean(value, System.Globalization.CultureInfo.InvariantCulture),
        _ => value,
    };

    private static StoredKind KindOf(Type type) =>
        type == typeof(string) ? StoredKind.Text
        : type == typeof(int) ? StoredKind.Integer
        : type == typeof(long) ? StoredKind.Long
        : type == typeof(double) ? StoredKind.Real
        : type == typeof(bool) ? StoredKind.Flag
        : throw new NotSupportedException($"No bulk statement writes {type.Name}.");
}
