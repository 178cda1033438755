using System.Globalization;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Engine.Storage;

namespace CustomerSuccess.Engine.Ingestion.Applying;

/// <summary>Numbers of metrics by name; a new name gets the next number.</summary>
internal sealed class MetricDirectory(BulkSession session, Tables tables)
{
    private readonly Dictionary<string, int> _numbers =
        session.Query("SELECT name, metric_id FROM metric", reader => (reader.GetString(0), reader.GetInt32(1))).ToDictionary(row => row.Item1, row => row.Item2);

    public int FindOrAdd(string name)
    {
        if (!_numbers.TryGetValue(name, out var no))
        {
            no = (int)Numbers.Take(session, Numbers.Metrics, 1);
            _numbers.Add(name, no);
            session.Insert(tables.Metric, [[.. tables.Metric.Columns.Select(column => column.Name == "name" ? name : (object)(long)no)]]);
        }

        return no;
    }
}

/// <summary>Attributes with history by record and name. The type of a custom one is what all its values so far can be read as.</summary>
internal sealed class AttributeDirectory(BulkSession session, Tables tables, IReadOnlyList<string> declaredStatic)
{
    private readonly Dictionary<(string Record, string Name), AttributeDefinition> _definitions =
        session.Query("SELECT attribute_id, record, name, type, is_static, is_custom FROM attribute", reader => new AttributeDefinition
        {
            AttributeId = reader.GetInt32(0),
            Record = reader.GetString(1),
            Name = reader.GetString(2),
            Type = Enum.Parse<AttributeType>(reader.GetString(3)),
            IsStatic = reader.GetBoolean(4),
            IsCustom = reader.GetBoolean(5),
        }).ToDictionary(definition => (definition.Record, definition.Name));

    /// <summary>The definition of one of the contract's columns.</summary>
    public AttributeDefinition OfField(RecordType record, Field field) =>
        FindOrAdd(record.Name, field.Name, isCustom: false, field.IsStatic, TypeOf(field));

    /// <summary>What values of one of the contract's columns are kept as.</summary>
    public static AttributeType TypeOf(Field field) => field.Type switch
    {
        FieldType.Whole or FieldType.Number or FieldType.Money => AttributeType.Number,
        FieldType.Day or FieldType.Month or FieldType.Instant => AttributeType.Date,
        FieldType.Flag => AttributeType.Flag,
        _ => AttributeType.Category,
    };

    /// <summary>The definition of a custom column; null where it never held a value and holds none now.</summary>
    public AttributeDefinition? OfCustom(string record, string name, string? value)
    {
        if (value is null)
        {
            return _definitions.GetValueOrDefault((record, name));
        }

        var type = TypeOf(value);
        var definition = FindOrAdd(record, name, isCustom: true, isStatic: false, type);
        if (definition.IsCustom && definition.Type != type && definition.Type != AttributeType.Category)
        {
            definition.Type = AttributeType.Category;
            session.Execute("UPDATE attribute SET type = @type WHERE attribute_id = @id", ("@type", nameof(AttributeType.Category)), ("@id", definition.AttributeId));
        }

        return definition;
    }

    private AttributeDefinition FindOrAdd(string record, string name, bool isCustom, bool isStatic, AttributeType type)
    {
        isStatic |= declaredStatic.Contains(name, StringComparer.OrdinalIgnoreCase);
        if (_definitions.TryGetValue((record, name), out var definition))
        {
            if (isStatic && !definition.IsStatic)
            {
                definition.IsStatic = true;
                session.Execute("UPDATE attribute SET is_static = @yes WHERE attribute_id = @id", ("@yes", true), ("@id", definition.AttributeId));
            }

            return definition;
        }

        definition = new AttributeDefinition { AttributeId = (int)Numbers.Take(session, Numbers.Attributes, 1), Record = record, Name = name, Type = type, IsStatic = isStatic, IsCustom = isCustom };
        _definitions.Add((record, name), definition);
        session.Insert(tables.Attribute,
        [
            [
                .. tables.Attribute.Columns.Select(column => (object?)(column.Name switch
                {
                    "attribute_id" => (long)definition.AttributeId,
                    "record" => record,
                    "name" => name,
                    "type" => type.ToString(),
                    "is_static" => isStatic,
                    "is_custom" => isCustom,
                    var other => throw new NotSupportedException(other),
                })),
            ],
        ]);
        return definition;
    }

    private static AttributeType TypeOf(string value) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? AttributeType.Number
        : DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? AttributeType.Date
        : value is "true" or "false" ? AttributeType.Flag
        : AttributeType.Category;
}
