using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace CustomerSuccess.Engine.Inquiries;

/// <summary>What sources last said of fields that the desk has changed since: stored values by column, in <see cref="Inquiry.ImportedJson"/>.</summary>
internal static class ImportedFields
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>The fields of the import contract that the desk changes too.</summary>
    private static readonly string[] Shared =
    [
        nameof(Inquiry.ContactNo), nameof(Inquiry.Category), nameof(Inquiry.Priority), nameof(Inquiry.FirstResponseAt), nameof(Inquiry.ClosedAt), nameof(Inquiry.Status),
        nameof(Inquiry.Satisfaction), nameof(Inquiry.Escalated), nameof(Inquiry.EscalatedAt), nameof(Inquiry.Assignee), nameof(Inquiry.Product),
    ];

    /// <summary>Values as the tables hold them: long, string, bool or null.</summary>
    public static Dictionary<string, object?> Read(string? json)
    {
        var fields = new Dictionary<string, object?>();
        if (json is not null)
        {
            using var document = JsonDocument.Parse(json);
            foreach (var field in document.RootElement.EnumerateObject())
            {
                fields.Add(field.Name, field.Value.ValueKind switch
                {
                    JsonValueKind.Number => field.Value.GetInt64(),
                    JsonValueKind.String => field.Value.GetString(),
                    JsonValueKind.True => true,
                    JsonValueKind.False => false,
                    _ => null,
                });
            }
        }

        return fields;
    }

    public static string Write(IReadOnlyDictionary<string, object?> fields) => JsonSerializer.Serialize(fields, Json);

    /// <summary>Keeps what the source said of the fields that are about to change, where nothing is kept of them yet. To be called once, before the change is saved.</summary>
    public static void Keep(EntityEntry<Inquiry> entry)
    {
        var fields = Read(entry.Entity.ImportedJson);
        var known = fields.Count;
        foreach (var name in Shared)
        {
            var property = entry.Property(name);
            var column = SnakeCase.Of(name);
            if (!Equals(property.OriginalValue, property.CurrentValue) && !fields.ContainsKey(column))
            {
                fields.Add(column, StoredTable.ToStored(property.OriginalValue, StoredKind.Text));
            }
        }

        if (fields.Count > known)
        {
            entry.Entity.ImportedJson = Write(fields);
        }
    }
}
