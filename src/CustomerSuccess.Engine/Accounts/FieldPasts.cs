using System.Globalization;
using System.Text.Json;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Playbooks;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Accounts;

/// <summary>What a field was before: by the days that sources gave, by what imports replaced, and by who changed it here.</summary>
internal static class FieldPasts
{
    public static async Task<IReadOnlyList<FieldPast>> OfAsync(CustomerSuccessContext context, CompanySettings settings, string area, string record, int accountNo, int contactNo, string id, string field, string? current, int most, CancellationToken cancellation)
    {
        var recordId = contactNo == 0 ? null : contactNo.ToString(CultureInfo.InvariantCulture);
        var entries = await context.Journal.AsNoTracking().Where(entry => entry.AccountNo == accountNo && entry.Area == area && entry.RecordId == recordId && entry.ChangesJson != null).OrderByDescending(entry => entry.EntryNo).ToListAsync(cancellation);
        var pasts = entries.Select(entry => (Entry: entry, Change: FieldChanges.Read(entry.ChangesJson).GetValueOrDefault(field))).Where(told => told.Change is not null)
            .Select(told => new FieldPast(settings.DayOf(told.Entry.At), told.Entry.At, told.Change!.Before, told.Change.After, told.Entry.ByEmail ?? told.Entry.ByUser)).ToList();
        pasts.AddRange(await DatedAsync(context, record, accountNo, contactNo, field, cancellation));
        pasts.AddRange(await ReplacedAsync(context, settings, record, accountNo, id, field, cancellation));
        // what an import put in a value's place is what the next change found there
        var after = current;
        var told = new List<FieldPast>();
        foreach (var past in pasts.OrderByDescending(past => past.Day).ThenByDescending(past => past.At).Take(most))
        {
            told.Add(past.IsReplaced ? past with { Value = after } : past);
            after = past.Before;
        }

        return told;
    }

    /// <summary>Values that sources gave a day to.</summary>
    private static async Task<IEnumerable<FieldPast>> DatedAsync(CustomerSuccessContext context, string record, int accountNo, int contactNo, string field, CancellationToken cancellation)
    {
        if (await context.Attributes.AsNoTracking().FirstOrDefaultAsync(attribute => attribute.Record == record && attribute.Name == field, cancellation) is not { AttributeId: var attributeId })
        {
            return [];
        }

        var values = contactNo == 0
            ? await context.AccountValues.AsNoTracking().Where(value => value.AccountNo == accountNo && value.AttributeId == attributeId).OrderBy(value => value.ValidFrom)
                .Select(value => new { value.ValidFrom, value.Value, value.ImportFileId }).ToListAsync(cancellation)
            : await context.ContactValues.AsNoTracking().Where(value => value.AccountNo == accountNo && value.ContactNo == contactNo && value.AttributeId == attributeId).OrderBy(value => value.ValidFrom)
                .Select(value => new { value.ValidFrom, value.Value, value.ImportFileId }).ToListAsync(cancellation);
        return values.Select((value, i) => (Value: value, Before: i == 0 ? null : values[i - 1].Value)).Where(pair => pair.Value.ImportFileId != AppSource.NoImportFile)
            .Select(pair => new FieldPast(pair.Value.ValidFrom, null, pair.Before, pair.Value.Value, null));
    }

    /// <summary>Values without a day that an import replaced, on the day of that import.</summary>
    private static async Task<IEnumerable<FieldPast>> ReplacedAsync(CustomerSuccessContext context, CompanySettings settings, string record, int accountNo, string id, string field, CancellationToken cancellation)
    {
        var ending = ":" + id;
        var revisions = await (
            from revision in context.FactRevisions.AsNoTracking()
            where revision.AccountNo == accountNo && revision.Record == record && revision.FactKey.EndsWith(ending)
            join file in context.ImportFiles on revision.ReplacedBy equals file.ImportFileId
            orderby revision.RevisionNo descending
            select new { file.StartedAt, revision.EarlierJson }).ToListAsync(cancellation);
        return revisions.Select(revision => (revision.StartedAt, Earlier: JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(revision.EarlierJson)!))
            .Where(revision => !Ingestion.Applying.ProfileColumns.HasHistory(field) && revision.Earlier.ContainsKey(field))
            .Select(revision => new FieldPast(settings.DayOf(revision.StartedAt), null, revision.Earlier[field] is { ValueKind: not JsonValueKind.Null } before ? before.ToString() : null, null, null) { IsReplaced = true });
    }
}
