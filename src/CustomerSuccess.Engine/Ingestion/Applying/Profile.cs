using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Engine.Accounts;
using CustomerSuccess.Engine.Calls;
using CustomerSuccess.Engine.Ingestion.Staging;
using CustomerSuccess.Engine.Storage;

namespace CustomerSuccess.Engine.Ingestion.Applying;

/// <summary>An account or a person with the history of its attributes.</summary>
internal sealed class Profile(object?[] row, bool isNew)
{
    private int _latestStated = -1;

    public object?[] Row { get; } = row;

    public bool IsNew { get; } = isNew;

    public bool IsChanged { get; set; } = isNew;

    /// <summary>What sources last said of fields that people have changed since, by name; null where nobody changed any.</summary>
    public Dictionary<string, string?>? Said { get; set; }

    /// <summary>History by attribute.</summary>
    public Dictionary<int, DatedValues> Values { get; } = [];

    /// <summary>The history of the parent, as account numbers.</summary>
    public DatedValues Parent { get; } = new();

    /// <summary>The latest day from which a value of any attribute holds.</summary>
    public int LatestDay => Math.Max(_latestStated, Values.Values.Append(Parent).Max(values => values.LatestDay));

    /// <summary>A row with this day of validity has been applied.</summary>
    public void Saw(int day) => _latestStated = Math.Max(_latestStated, day);

    public DatedValues Of(int attributeId)
    {
        if (!Values.TryGetValue(attributeId, out var values))
        {
            Values.Add(attributeId, values = new DatedValues());
        }

        return values;
    }
}

/// <summary>Applies the columns of accounts and of people: those with history by their day of validity, the others as the latest row has them.</summary>
internal sealed class ProfileColumns
{
    /// <summary>What says who someone is rather than what is known about them: replaced values are kept as revisions, without days.</summary>
    private static readonly HashSet<string> WithoutHistory =
        ["account_id", "contact_id", "name", "name_kana", "phone", "address", "parent_account_id", "email", "language", "time_zone", "consent_on", "left_on"];

    /// <summary>True where values of a column are kept with the day from which they held.</summary>
    public static bool HasHistory(string column) => !WithoutHistory.Contains(column);

    private readonly ApplyScope _scope;
    private readonly AttributeDirectory _attributes;
    private readonly StoredTable _table;
    private readonly (int Column, int AttributeId, bool IsStatic)[] _fields;
    private readonly int _name;
    private readonly int _kana;
    private readonly int _sort;
    private readonly int _file;
    private readonly int _phone;
    private readonly int _phoneKey;
    private readonly int _email;
    private readonly int _emailKey;
    private readonly int _said;
    private readonly string _fallbackName;

    public ProfileColumns(ApplyScope scope, AttributeDirectory attributes, StoredTable table, string fallbackName)
    {
        _scope = scope;
        _attributes = attributes;
        _table = table;
        _fallbackName = fallbackName;
        _name = table.IndexOf("name");
        _kana = table.IndexOf("name_kana");
        _sort = table.IndexOf("name_sort");
        _file = table.IndexOf("import_file_id");
        _phone = table.IndexOf("phone");
        _phoneKey = table.IndexOf("phone_key");
        (_email, _emailKey) = (table.IndexOf("email"), table.IndexOf("email_key"));
        _said = table.IndexOf("imported_json");
        _fields =
        [
            .. scope.Record.Fields.Select(field =>
            {
                if (field.Name is "account_id" or "contact_id" || table.IndexOf(field.Name) is not (>= 0 and var column))
                {
                    return (-1, 0, false);
                }

                var definition = WithoutHistory.Contains(field.Name) ? null : attributes.OfField(scope.Record, field);
                return (column, definition?.AttributeId ?? 0, definition?.IsStatic ?? false);
            }),
        ];
    }

    /// <summary>The earliest day from which the row changes something, with the earlier values of what it replaces; null where it changes nothing.</summary>
    public int? Apply(StagedRow row, Profile profile, int parentNo, Dictionary<string, object?> earlier)
    {
        var day = (row.ValidFrom ?? _scope.Header.ImportDay).DayNumber;
        var isLatest = day >= profile.LatestDay;
        profile.Saw(day);
        profile.Said ??= profile.Row[_said] is string said ? ImportedValues.Read(said) : null;
        int? changedFrom = null;
        void Changed(int from) => changedFrom = Math.Min(changedFrom ?? from, from);

        for (var i = 0; i < _fields.Length; i++)
        {
            var (column, attributeId, isStatic) = _fields[i];
            if (column < 0 || !row.Present[i] || (row.Values[i] is null && !_scope.Header.BlankClears))
            {
                continue;
            }

            // the value that a column holds where its cell is blank
            var value = row.Values[i] ?? (_table.Columns[column].Kind == StoredKind.Flag ? false : null);
            var holdsNow = isLatest;
            if ((attributeId == 0 || row.ValidFrom is null) && IsNoNews(profile, _scope.Record.Fields[i].Name, ContractText.Of(value)))
            {
                continue;
            }

            if (attributeId != 0)
            {
                var values = profile.Of(attributeId);
                var change = values.Set(day, row.ValidFrom is not null, isStatic, ContractText.Of(row.Values[i]), _scope.ImportFileId);
                holdsNow = day >= values.LatestDay;
                if (change is var (from, before))
                {
                    Changed(from);
                    if (before is not null)
                    {
                        earlier[_scope.Record.Fields[i].Name] = before.Value;
                    }
                }
            }

            var stored = StoredTable.ToStored(value, _table.Columns[column].Kind);
            Overtakes(profile, _scope.Record.Fields[i].Name, holdsNow);
            if (holdsNow && !Equals(profile.Row[column], stored) && !(column == _name && stored is null && !_table.Columns[column].IsNullable))
            {
                if (attributeId == 0 && !profile.IsNew)
                {
                    earlier[_scope.Record.Fields[i].Name] = ContractText.OfStored(profile.Row[column], _scope.Record.Fields[i].Type);
                }

                profile.Row[column] = stored;
                profile.IsChanged = true;
                Changed(day);
            }
        }

        foreach (var (name, value) in row.Custom)
        {
            if ((value is null && !_scope.Header.BlankClears) || _attributes.OfCustom(_scope.Record.Name, name, value) is not { } definition || (row.ValidFrom is null && IsNoNews(profile, name, value)))
            {
                continue;
            }

            Overtakes(profile, name, day >= profile.Of(definition.AttributeId).LatestDay);
            if (profile.Of(definition.AttributeId).Set(day, row.ValidFrom is not null, definition.IsStatic, value, _scope.ImportFileId) is var (from, before))
            {
                Changed(from);
                if (before is not null)
                {
                    earlier[name] = before.Value;
                }
            }
        }

        if (row.Gives("parent_account_id") && (parentNo != 0 || _scope.Header.BlankClears)
            && profile.Parent.Set(day, row.ValidFrom is not null, isStatic: false, parentNo == 0 ? null : ContractText.Of((long)parentNo), _scope.ImportFileId) is var (parentFrom, _))
        {
            Changed(parentFrom);
        }

        PutKeys(profile, row);
        if (changedFrom is not null)
        {
            profile.Row[_file] = (long)_scope.ImportFileId;
            profile.IsChanged = true;
        }

        return changedFrom;
    }

    /// <summary>True where somebody changed the field here and the source only says again what it said before.</summary>
    private static bool IsNoNews(Profile profile, string field, string? value) =>
        profile.Said is { } said && said.TryGetValue(field, out var before) && before == value;

    /// <summary>A source has news of a field that somebody changed here: from now on the source's word stands.</summary>
    private void Overtakes(Profile profile, string field, bool holdsNow)
    {
        if (holdsNow && profile.Said?.Remove(field) == true)
        {
            profile.Row[_said] = profile.Said.Count == 0 ? null : ImportedValues.Write(profile.Said);
            profile.IsChanged = true;
        }
    }

    private void PutKeys(Profile profile, StagedRow row)
    {
        if (profile.Row[_name] is null && !_table.Columns[_name].IsNullable)
        {
            profile.Row[_name] = row.Text(_fallbackName) ?? row.FactId;
        }

        profile.Row[_sort] = SortKey.Of((string?)profile.Row[_kana], (string?)profile.Row[_name] ?? row.FactId);
        if (profile.IsChanged)
        {
            profile.Row[_phoneKey] = PhoneReader.Key((string?)profile.Row[_phone], _scope.Region);
            if (_emailKey >= 0)
            {
                profile.Row[_emailKey] = EmailAddress.Key((string?)profile.Row[_email]);
            }
        }
    }

    /// <summary>Rows of one account or person in the order of their days, so that the latest ends as what holds now.</summary>
    public IEnumerable<StagedRow> InOrder(IReadOnlyList<StagedRow> rows) =>
        rows.OrderBy(row => row.ValidFrom ?? _scope.Header.ImportDay);
}
