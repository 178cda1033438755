using CustomerSuccess.Engine.Ingestion.Staging;
using CustomerSuccess.Engine.Storage;

namespace CustomerSuccess.Engine.Ingestion.Applying;

/// <summary>Applies rows of people. Someone who changes account is voided there and gets a new number here.</summary>
internal sealed class ContactApplier(ApplyScope scope, AttributeDirectory attributes)
{
    private static readonly string[] Keys = ["account_no", "contact_no"];
    private static readonly string[] ValueKeys = ["account_no", "contact_no", "attribute_id", "valid_from"];

    private readonly StoredTable _table = scope.Tables.Contact;
    private readonly ProfileColumns _columns = new(scope, attributes, scope.Tables.Contact, "contact_id");
    private readonly int _account = scope.Tables.Contact.IndexOf("account_no");
    private readonly int _contact = scope.Tables.Contact.IndexOf("contact_no");
    private readonly int _file = scope.Tables.Contact.IndexOf("import_file_id");
    private readonly int _source = scope.Tables.Contact.IndexOf("source_id");
    private readonly int _voided = scope.Tables.Contact.IndexOf("voided_by");

    public void Apply(IReadOnlyList<StagedRow> rows)
    {
        var accounts = rows.Select(row => row.Text("account_id") is { } id ? scope.Accounts.Find(row.Namespace, id) : 0)
            .Concat(rows.Select(row => scope.Contacts.Home(row.Namespace, row.FactId)))
            .Where(no => no != 0).Distinct();
        var profiles = Load(rows, accounts);
        foreach (var row in _columns.InOrder(rows))
        {
            if (Apply(row, profiles) is { } outcome)
            {
                scope.Tally.Count(outcome);
            }
        }

        Save(profiles.Values);
    }

    private RowOutcome? Apply(StagedRow row, Dictionary<(int, int), Profile> profiles)
    {
        var home = scope.Contacts.Home(row.Namespace, row.FactId);
        if (row.IsDeleted)
        {
            if (home == 0)
            {
                return RowOutcome.Unchanged;
            }

            Void(profiles[(home, scope.Contacts.Find(home, row.FactId))], row);
            return RowOutcome.Updated;
        }

        var accountId = row.Text("account_id");
        var accountNo = accountId is null ? home : scope.AccountOf(row, accountId);
        if (accountNo == 0)
        {
            if (accountId is null)
            {
                scope.Reject(row, "account_id", null, "value_required");
            }

            return null;
        }

        var moved = home != 0 && home != accountNo;
        if (moved)
        {
            Void(profiles[(home, scope.Contacts.Find(home, row.FactId))], row);
        }

        var contactNo = scope.Contacts.Find(accountNo, row.FactId);
        var isNew = contactNo == 0;
        if (isNew)
        {
            contactNo = scope.Contacts.Add(accountNo, row.FactId);
            profiles.Add((accountNo, contactNo), Create(accountNo, contactNo, row));
        }

        var profile = profiles[(accountNo, contactNo)];
        var broughtBy = (int)(long)profile.Row[_file]!;
        var returned = profile.Row[_voided] is not null;
        profile.Row[_voided] = null;
        scope.Contacts.SetHome(row.Namespace, row.FactId, accountNo);
        var earlier = new Dictionary<string, object?>();
        var changedFrom = _columns.Apply(row, profile, 0, earlier);
        if (!isNew && !returned && !moved && changedFrom is null)
        {
            return RowOutcome.Unchanged;
        }

        profile.Row[_file] = (long)scope.ImportFileId;
        profile.Row[_source] = (long)scope.Header.SourceId;
        profile.IsChanged = true;
        scope.Changes.Touch(accountNo, changedFrom ?? scope.Header.ImportDay.DayNumber);
        scope.Reached((row.ValidFrom ?? scope.Header.ImportDay).DayNumber);
        if (!isNew && (earlier.Count > 0 || returned))
        {
            scope.Changes.Replaced(accountNo, "contacts", ChangeLog.KeyOf(scope.Header.SourceId, row.FactId), broughtBy, earlier);
        }

        return isNew && !moved ? RowOutcome.Inserted : RowOutcome.Updated;
    }

    private void Void(Profile profile, StagedRow row)
    {
        var accountNo = (int)(long)profile.Row[_account]!;
        scope.Changes.Replaced(accountNo, "contacts", ChangeLog.KeyOf(scope.Header.SourceId, row.FactId), (int)(long)profile.Row[_file]!, new Dictionary<string, object?> { ["voided_by"] = null });
        scope.Changes.Touch(accountNo, (row.ValidFrom ?? scope.Header.ImportDay).DayNumber);
        scope.Contacts.SetHome(row.Namespace, row.FactId, 0);
        profile.Row[_voided] = (long)scope.ImportFileId;
        profile.IsChanged = true;
    }

    private Profile Create(int accountNo, int contactNo, StagedRow row)
    {
        var values = ContactRows.Empty(_table);
        values[_account] = (long)accountNo;
        values[_contact] = (long)contactNo;
        values[_source] = (long)scope.Header.SourceId;
        values[_table.IndexOf("contact_id")] = row.FactId;
        values[_file] = (long)scope.ImportFileId;
        return new Profile(values, isNew: true);
    }

    private Dictionary<(int, int), Profile> Load(IReadOnlyList<StagedRow> rows, IEnumerable<int> accounts)
    {
        var ids = rows.Select(row => row.FactId).ToHashSet();
        var list = scope.Session.List(accounts);
        var within = scope.Session.In("account_no", "@list");
        var contactId = _table.IndexOf("contact_id");
        var profiles = scope.Session.Select(_table, within, ("@list", list))
            .Where(row => ids.Contains((string)row[contactId]!))
            .ToDictionary(row => ((int)(long)row[_account]!, (int)(long)row[_contact]!), row => new Profile(row, isNew: false));
        foreach (var (key, attribute, from, value, file) in scope.Session.Query(
            $"SELECT account_no, contact_no, attribute_id, valid_from, value, import_file_id FROM contact_value WHERE {within}",
            reader => ((reader.GetInt32(0), reader.GetInt32(1)), reader.GetInt32(2), reader.GetInt32(3), reader.IsDBNull(4) ? null : reader.GetString(4), reader.GetInt32(5)),
            ("@list", list)))
        {
            if (profiles.TryGetValue(key, out var profile))
            {
                profile.Of(attribute).Load(from, value, file);
            }
        }

        return profiles;
    }

    private void Save(IReadOnlyCollection<Profile> profiles)
    {
        scope.Session.Insert(_table, [.. profiles.Where(profile => profile.IsNew).Select(profile => profile.Row)]);
        scope.Session.Update(_table, Keys, [.. profiles.Where(profile => profile is { IsNew: false, IsChanged: true }).Select(profile => profile.Row)]);
        DatedRows.Save(scope.Session, scope.Tables.ContactValue, ValueKeys, profiles.SelectMany(profile => profile.Values.SelectMany(values => values.Value.All.Select(value =>
            (value.Value, new Dictionary<string, object?> { ["account_no"] = profile.Row[_account], ["contact_no"] = profile.Row[_contact], ["attribute_id"] = (long)values.Key, ["valid_from"] = (long)value.Key, ["value"] = value.Value.Value, ["import_file_id"] = (long)value.Value.BroughtBy })))));
    }
}
