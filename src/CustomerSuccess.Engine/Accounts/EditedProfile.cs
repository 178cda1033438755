using System.Globalization;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Engine.Ingestion.Applying;
using CustomerSuccess.Engine.Playbooks;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace CustomerSuccess.Engine.Accounts;

/// <summary>
/// An account or a person under change: the row as it stands now, and the history of its attributes. A change holds from today on, as one that a file brings would;
/// what sources had said is kept, so that a source that says it again does not undo the change.
/// </summary>
internal sealed class EditedProfile
{
    private readonly CustomerSuccessContext _context;
    private readonly EntityEntry _entry;
    private readonly RecordType _record;
    private readonly IReadOnlyList<string> _editable;
    private readonly List<AttributeDefinition> _attributes;
    private readonly Dictionary<int, DatedValues> _values;
    private readonly Dictionary<string, string?> _imported;
    private readonly (int AccountNo, int ContactNo) _whose;
    private readonly DateOnly _today;

    private EditedProfile(CustomerSuccessContext context, EntityEntry entry, RecordType record, IReadOnlyList<string> editable, List<AttributeDefinition> attributes, Dictionary<int, DatedValues> values, (int, int) whose, DateOnly today)
    {
        (_context, _entry, _record, _editable, _attributes, _values, _whose, _today) = (context, entry, record, editable, attributes, values, whose, today);
        _imported = ImportedValues.Read((string?)entry.Property(nameof(Account.ImportedJson)).CurrentValue);
    }

    /// <summary>The earliest day from which something was changed; null where nothing was.</summary>
    public DateOnly? ChangedFrom { get; private set; }

    /// <summary>What was changed, for the journal.</summary>
    public FieldChanges Changes { get; } = new();

    /// <summary>Reads an account with its history.</summary>
    public static async Task<EditedProfile> OfAsync(CustomerSuccessContext context, Account account, IReadOnlyList<string> editable, DateOnly today, CancellationToken cancellation)
    {
        var rows = await context.AccountValues.AsNoTracking().Where(value => value.AccountNo == account.AccountNo).ToListAsync(cancellation);
        return new(context, context.Entry(account), ImportContract.Find("accounts")!, editable, await AttributesAsync(context, "accounts", cancellation), Histories(rows.Select(row => (row.AttributeId, row.ValidFrom, row.Value, row.ImportFileId))), (account.AccountNo, 0), today);
    }

    /// <summary>Reads a person with his or her history.</summary>
    public static async Task<EditedProfile> OfAsync(CustomerSuccessContext context, Contact contact, IReadOnlyList<string> editable, DateOnly today, CancellationToken cancellation)
    {
        var rows = await context.ContactValues.AsNoTracking().Where(value => value.AccountNo == contact.AccountNo && value.ContactNo == contact.ContactNo).ToListAsync(cancellation);
        return new(context, context.Entry(contact), ImportContract.Find("contacts")!, editable, await AttributesAsync(context, "contacts", cancellation), Histories(rows.Select(row => (row.AttributeId, row.ValidFrom, row.Value, row.ImportFileId))), (contact.AccountNo, contact.ContactNo), today);
    }

    /// <summary>The fields as they stand.</summary>
    public ProfileSheet Read() => new(_whose.ContactNo == 0 ? _whose.AccountNo : _whose.ContactNo,
    [
        .. _editable.Select(name => _record.Fields[_record.IndexOf(name)]).Select(field => Of(field.Name, field.Type) with { IsRequired = field.Name == "name", MaxLength = field.MaxLength }),
        .. _attributes.Where(attribute => attribute.IsCustom).OrderBy(attribute => attribute.Name, StringComparer.Ordinal).Select(attribute => Of(attribute.Name, TypeOf(attribute)) with { IsCustom = true, MaxLength = 1_000 }),
    ]);

    /// <summary>Asks for changes: all are put or none.</summary>
    /// <returns>True for a conflict, where somebody else changed one of the fields; problems by field where values break a rule. Neither where all was put.</returns>
    public async Task<(bool IsConflict, Dictionary<string, string> Problems)> PutAsync(IReadOnlyList<FieldEdit> edits, CancellationToken cancellation)
    {
        var fields = Read().Fields.ToDictionary(field => field.Name);
        var problems = new Dictionary<string, string>();
        var wanted = new List<(ProfileField Field, string? Value)>();
        var isConflict = false;
        foreach (var edit in edits)
        {
            if (!fields.TryGetValue(edit.Field, out var field))
            {
                problems[edit.Field] = "unknown";
                continue;
            }

            if (ProfileValue.Read(field.Type, edit.Value, out var value) is { } problem)
            {
                problems[field.Name] = problem;
            }
            else if (field.Type == FieldType.Text)
            {
                EnteredText.Check(problems, field.Name, value, field.MaxLength, field.IsRequired);
            }

            // two who want the same are of one mind
            isConflict |= edit.Seen != field.Value && value != field.Value;
            wanted.Add((field, value));
        }

        if (problems.Count > 0 || isConflict)
        {
            return (isConflict && problems.Count == 0, problems);
        }

        foreach (var (field, value) in wanted.Where(change => change.Field.Value != change.Value))
        {
            await KeepHistoryAsync(field.Name, cancellation);
            Put(field, value);
        }

        return (false, problems);
    }

    /// <summary>Makes the attribute of a column with history of which no file has said anything yet.</summary>
    private async Task KeepHistoryAsync(string name, CancellationToken cancellation)
    {
        if (_record.IndexOf(name) < 0 || !ProfileColumns.HasHistory(name) || _attributes.Exists(attribute => attribute.Name == name))
        {
            return;
        }

        var field = _record.Fields[_record.IndexOf(name)];
        var attribute = new AttributeDefinition
        {
            AttributeId = await Numbers.TakeAsync(_context, Numbers.Attributes, cancellation),
            Record = _record.Name,
            Name = name,
            Type = AttributeDirectory.TypeOf(field),
            IsStatic = field.IsStatic,
        };
        _context.Attributes.Add(attribute);
        _attributes.Add(attribute);
    }

    private void Put(ProfileField field, string? value)
    {
        Changes.Note(field.Name, field.Value, value);
        Remember(field, value);
        var day = _today;
        if (_attributes.FirstOrDefault(attribute => attribute.Name == field.Name) is { } attribute)
        {
            var values = Of(attribute.AttributeId);
            if (values.Set(_today.DayNumber, isStated: false, attribute.IsStatic, value, AppSource.NoImportFile) is var (from, earlier))
            {
                day = DateOnly.FromDayNumber(from);
                Write(attribute.AttributeId, day, value, isNew: earlier is null);
            }
        }

        if (!field.IsCustom)
        {
            var property = Property(field.Name);
            property.CurrentValue = ToClr(property.Metadata.ClrType, value);
        }

        ChangedFrom = ChangedFrom is { } first && first < day ? first : day;
    }

    /// <summary>Keeps what the sources had said, once; a change back to it is none of ours any more.</summary>
    private void Remember(ProfileField field, string? value)
    {
        if (_entry.Entity is Contact { SourceId: AppSource.SourceId })
        {
            // somebody added here: no source has said anything
            return;
        }

        if (!_imported.TryGetValue(field.Name, out var said))
        {
            _imported[field.Name] = field.Value;
        }
        else if (said == value)
        {
            _imported.Remove(field.Name);
        }

        _entry.Property(nameof(Account.ImportedJson)).CurrentValue = _imported.Count == 0 ? null : ImportedValues.Write(_imported);
    }

    private void Write(int attributeId, DateOnly from, string? value, bool isNew)
    {
        object row = _whose.ContactNo == 0
            ? new AccountValue { AccountNo = _whose.AccountNo, AttributeId = attributeId, ValidFrom = from, Value = value, ImportFileId = AppSource.NoImportFile }
            : new ContactValue { AccountNo = _whose.AccountNo, ContactNo = _whose.ContactNo, AttributeId = attributeId, ValidFrom = from, Value = value, ImportFileId = AppSource.NoImportFile };
        _context.Entry(row).State = isNew ? EntityState.Added : EntityState.Modified;
    }

    private ProfileField Of(string name, FieldType type)
    {
        var value = _record.IndexOf(name) >= 0
            ? ContractText.Of(Property(name).CurrentValue)
            : _attributes.FirstOrDefault(attribute => attribute.Name == name) is { } attribute && _values.TryGetValue(attribute.AttributeId, out var values) ? values.On(_today.DayNumber)?.Value : null;
        return new(name, type, value) { IsOwnWord = _imported.ContainsKey(name), Imported = _imported.GetValueOrDefault(name) };
    }

    private PropertyEntry Property(string field) => _entry.Properties.Single(property => property.Metadata.GetColumnName() == field);

    private DatedValues Of(int attributeId)
    {
        if (!_values.TryGetValue(attributeId, out var values))
        {
            _values.Add(attributeId, values = new DatedValues());
        }

        return values;
    }

    private static object? ToClr(Type type, string? value) => (Nullable.GetUnderlyingType(type) ?? type, value) switch
    {
        (_, null) => null,
        ({ } text, _) when text == typeof(string) => value,
        ({ } whole, _) when whole == typeof(int) => int.Parse(value, CultureInfo.InvariantCulture),
        ({ } day, _) when day == typeof(DateOnly) => DateOnly.ParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture),
        ({ } flag, _) when flag == typeof(bool) => value == "true",
        var (other, _) => throw new NotSupportedException(other.Name),
    };

    private static FieldType TypeOf(AttributeDefinition attribute) => attribute.Type switch
    {
        AttributeType.Number => FieldType.Number,
        AttributeType.Date => FieldType.Day,
        AttributeType.Flag => FieldType.Flag,
        _ => FieldType.Text,
    };

    private static async Task<List<AttributeDefinition>> AttributesAsync(CustomerSuccessContext context, string record, CancellationToken cancellation) =>
        await context.Attributes.AsNoTracking().Where(attribute => attribute.Record == record).ToListAsync(cancellation);

    private static Dictionary<int, DatedValues> Histories(IEnumerable<(int AttributeId, DateOnly From, string? Value, int File)> rows)
    {
        var histories = new Dictionary<int, DatedValues>();
        foreach (var (attribute, from, value, file) in rows)
        {
            if (!histories.TryGetValue(attribute, out var values))
            {
                histories.Add(attribute, values = new DatedValues());
            }

            values.Load(from.DayNumber, value, file);
        }

        return histories;
    }
}
