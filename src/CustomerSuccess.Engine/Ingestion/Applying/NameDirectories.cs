using System.Globalization;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Core.Products;
using CustomerSuccess.Engine.Storage;

namespace CustomerSuccess.Engine.Ingestion.Applying;

/// <summary>
/// Numbers of metrics by name; a new name gets the next number. A metric belongs to the first product that a row names with it, its earlier counters too;
/// where another product counts under the same name, that is a metric of its own, which carries the product in its name.
/// </summary>
internal sealed class MetricDirectory
{
    private readonly BulkSession _session;
    private readonly Tables _tables;
    private readonly Dictionary<string, (int No, string? Product)> _metrics = [];

    /// <summary>Metrics that carry their product in the name, by the name without it and the product's key.</summary>
    private readonly Dictionary<(string Name, string Product), int> _further = [];

    public MetricDirectory(BulkSession session, Tables tables)
    {
        (_session, _tables) = (session, tables);
        foreach (var (name, no, product) in session.Query("SELECT name, metric_id, product FROM metric", reader => (reader.GetString(0), reader.GetInt32(1), reader.IsDBNull(2) ? null : reader.GetString(2))))
        {
            Keep(name, no, product);
        }
    }

    /// <param name="key">The metric, and its product where the row names one.</param>
    public int FindOrAdd(string key)
    {
        var (name, product) = MetricKey.Split(key);
        if (product is null || string.IsNullOrWhiteSpace(product))
        {
            return _metrics.TryGetValue(name, out var known) ? known.No : Add(name, null);
        }

        if (!_metrics.TryGetValue(name, out var first))
        {
            return Add(name, product);
        }

        if (first.Product is null)
        {
            _metrics[name] = (first.No, product);
            _session.Execute("UPDATE metric SET product = @product WHERE metric_id = @id", ("@product", product), ("@id", first.No));
            return first.No;
        }

        var wanted = ProductKey.Of(product);
        return ProductKey.Of(first.Product) == wanted ? first.No : _further.TryGetValue((name, wanted), out var further) ? further : Add(name + Suffix(product), product);
    }

    private static string Suffix(string product) => $" ({product})";

    private void Keep(string name, int no, string? product)
    {
        _metrics[name] = (no, product);
        if (product is not null && name.EndsWith(Suffix(product), StringComparison.Ordinal))
        {
            _further.TryAdd((name[..^Suffix(product).Length], ProductKey.Of(product)), no);
        }
    }

    private int Add(string name, string? product)
    {
        var no = (int)Numbers.Take(_session, Numbers.Metrics, 1);
        Keep(name, no, product);
        _session.Insert(_tables.Metric,
        [
            [
                .. _tables.Metric.Columns.Select(column => column.Name switch
                {
                    "metric_id" => (object?)(long)no,
                    "name" => name,
                    "product" => product,
                    var other => throw new NotSupportedException(other),
                }),
            ],
        ]);
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
