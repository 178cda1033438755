using System.Reflection;

namespace CustomerSuccess.Engine.Storage;

/// <summary>Turns rows of a table as bulk statements hold them into entities and back, so that both writers share the rules in Core.</summary>
internal sealed class StoredEntity<T>
    where T : class
{
    private readonly (int Column, StoredKind Kind, PropertyInfo Property, Type Type)[] _columns;

    public StoredEntity(StoredTable table)
    {
        var properties = typeof(T).GetProperties().ToDictionary(property => SnakeCase.Of(property.Name));
        _columns = [.. table.Columns.Select((column, i) => (i, column.Kind, properties[column.Name], Nullable.GetUnderlyingType(properties[column.Name].PropertyType) ?? properties[column.Name].PropertyType))];
    }

    public T Read(object?[] row)
    {
        // every column is set, so that no required member stays unset
        var entity = (T)System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(typeof(T));
        foreach (var (column, _, property, type) in _columns)
        {
            property.SetValue(entity, (row[column], type) switch
            {
                (null, _) => null,
                (long instant, _) when type == typeof(DateTime) => Stored.Instant(instant),
                (long day, _) when type == typeof(DateOnly) => Stored.Day((int)day),
                (long whole, _) when type == typeof(int) => (int)whole,
                (long whole, { IsEnum: true }) => Enum.ToObject(type, whole),
                (string word, { IsEnum: true }) => Enum.Parse(type, word),
                (var value, _) => value,
            });
        }

        return entity;
    }

    public void Write(T entity, object?[] row)
    {
        foreach (var (column, kind, property, _) in _columns)
        {
            row[column] = property.GetValue(entity) switch
            {
                Enum named when kind == StoredKind.Text => named.ToString(),
                Enum named => Convert.ToInt64(named, System.Globalization.CultureInfo.InvariantCulture),
                var value => StoredTable.ToStored(value, kind),
            };
        }
    }
}
