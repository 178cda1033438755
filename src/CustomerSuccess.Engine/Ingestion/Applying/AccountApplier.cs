using System.Globalization;
using CustomerSuccess.Engine.Ingestion.Staging;
using CustomerSuccess.Engine.Storage;

namespace CustomerSuccess.Engine.Ingestion.Applying;

/// <summary>Applies rows of accounts: what they are now, what they were from which day on, and their parents.</summary>
/// <param name="scope">The file being applied.</param>
/// <param name="attributes">Attributes with history.</param>
/// <param name="named">Accounts that the file names anywhere: a parent may stand after its child.</param>
internal sealed class AccountApplier(ApplyScope scope, AttributeDirectory attributes, Lazy<HashSet<string>> named)
{
    private static readonly string[] Keys = ["account_no"];
    private static readonly string[] ValueKeys = ["account_no", "attribute_id", "valid_from"];
    private static readonly string[] LinkKeys = ["account_no", "kind", "valid_from"];

    private readonly StoredTable _table = scope.Tables.Account;
    private readonly ProfileColumns _columns = new(scope, attributes, scope.Tables.Account, "account_id");
    private readonly int _unlisted = scope.Tables.Account.IndexOf("unlisted");
    private readonly int _file = scope.Tables.Account.IndexOf("import_file_id");
    private readonly int _source = scope.Tables.Account.IndexOf("source_id");

    public void Apply(IReadOnlyList<StagedRow> rows)
    {
        // parents first: those that are only named by now must stand before their children's profiles are loaded
        var parents = rows.Select(row => row.IsDeleted ? 0 : ParentOf(row)).ToList();
        var parentOf = rows.Zip(parents).ToDictionary(pair => pair.First, pair => pair.Second);
        var profiles = Load(rows);
        foreach (var row in _columns.InOrder(rows))
        {
            if (Apply(row, parentOf[row], profiles) is { } outcome)
            {
                scope.Tally.Count(outcome);
            }
        }

        Save(profiles.Values);
    }

    private RowOutcome? Apply(StagedRow row, int parentNo, Dictionary<int, Profile> profiles)
    {
        var accountId = row.Text("account_id")!;
        var no = scope.Accounts.Find(row.Namespace, accountId);
        if (row.IsDeleted)
        {
            return no != 0 && Unlist(profiles[no], accountId, true) ? RowOutcome.Updated : RowOutcome.Unchanged;
        }

        if (parentNo < 0 || (parentNo != 0 && parentNo == no))
        {
            scope.Reject(row, "parent_account_id", row.Text("parent_account_id"), parentNo < 0 ? "parent_unknown" : "parent_is_itself");
            return null;
        }

        var isNew = no == 0;
        if (isNew)
        {
            no = scope.Accounts.Add(row.Namespace, accountId);
            profiles.Add(no, Create(no, row, accountId));
        }

        var profile = profiles[no];
        // the row of a parent that was named before its own row came
        var awaited = (long)profile.Row[_file]! == 0;
        var broughtBy = (int)(long)profile.Row[_file]!;
        var relisted = Unlist(profile, accountId, false);
        var earlier = new Dictionary<string, object?>();
        var changedFrom = _columns.Apply(row, profile, parentNo, earlier);
        if (isNew || awaited)
        {
            profile.Row[_file] = (long)scope.ImportFileId;
            profile.IsChanged = true;
            scope.Changes.Touch(no, changedFrom ?? scope.Header.ImportDay.DayNumber);
            scope.Reached((row.ValidFrom ?? scope.Header.ImportDay).DayNumber);
            return RowOutcome.Inserted;
        }

        if (changedFrom is null && !relisted)
        {
            return RowOutcome.Unchanged;
        }

        profile.Row[_source] = (long)scope.Header.SourceId;
        scope.Changes.Touch(no, changedFrom ?? scope.Header.ImportDay.DayNumber);
        scope.Reached((row.ValidFrom ?? scope.Header.ImportDay).DayNumber);
        if (earlier.Count > 0)
        {
            scope.Changes.Replaced(no, "accounts", ChangeLog.KeyOf(scope.Header.SourceId, accountId), broughtBy, earlier);
        }

        return RowOutcome.Updated;
    }

    /// <summary>Marks or unmarks; false where it stands so already.</summary>
    private bool Unlist(Profile profile, string accountId, bool unlisted)
    {
        if ((bool)profile.Row[_unlisted]! == unlisted)
        {
            return false;
        }

        var no = (int)(long)profile.Row[0]!;
        scope.Changes.Replaced(no, "accounts", ChangeLog.KeyOf(scope.Header.SourceId, accountId), (int)(long)profile.Row[_file]!, new Dictionary<string, object?> { ["unlisted"] = !unlisted });
        scope.Changes.Touch(no, scope.Header.ImportDay.DayNumber);
        profile.Row[_unlisted] = unlisted;
        profile.Row[_file] = (long)scope.ImportFileId;
        profile.IsChanged = true;
        return true;
    }

    private Profile Create(int no, StagedRow row, string accountId)
    {
        var values = new object?[_table.Columns.Count];
        values[_table.IndexOf("account_no")] = (long)no;
        values[_table.IndexOf("namespace")] = row.Namespace;
        values[_table.IndexOf("account_id")] = accountId;
        values[_unlisted] = false;
        values[_source] = (long)scope.Header.SourceId;
        values[_file] = (long)scope.ImportFileId;
        return new Profile(values, isNew: true);
    }

    /// <summary>The parent's number; 0 where the row names none, -1 where nothing knows it.</summary>
    private int ParentOf(StagedRow row)
    {
        if (row.Text("parent_account_id") is not { } parentId)
        {
            return 0;
        }

        var no = scope.Accounts.Find(row.Namespace, parentId);
        if (no != 0)
        {
            return no;
        }

        var awaited = named.Value.Contains(KnownAccounts.KeyOf(row.Namespace, parentId));
        return awaited || scope.Header.CreateAccounts
            ? scope.Accounts.Create(row.Namespace, parentId, scope.Header.SourceId, awaited ? 0 : scope.ImportFileId)
            : -1;
    }

    private Dictionary<int, Profile> Load(IReadOnlyList<StagedRow> rows)
    {
        var numbers = rows.Select(row => scope.Accounts.Find(row.Namespace, row.Text("account_id")!)).Where(no => no != 0).Distinct().ToList();
        var list = scope.Session.List(numbers);
        var within = scope.Session.In("account_no", "@list");
        var at = _table.IndexOf("account_no");
        var profiles = scope.Session.Select(_table, within, ("@list", list)).ToDictionary(row => (int)(long)row[at]!, row => new Profile(row, isNew: false));
        foreach (var (no, attribute, from, value, file) in scope.Session.Query(
            $"SELECT account_no, attribute_id, valid_from, value, import_file_id FROM account_value WHERE {within}",
            reader => (reader.GetInt32(0), reader.GetInt32(1), reader.GetInt32(2), reader.IsDBNull(3) ? null : reader.GetString(3), reader.GetInt32(4)),
            ("@list", list)))
        {
            profiles[no].Of(attribute).Load(from, value, file);
        }

        foreach (var (no, from, target, file) in scope.Session.Query(
            $"SELECT account_no, valid_from, target_no, import_file_id FROM account_link WHERE kind = 'parent' AND {within}",
            reader => (reader.GetInt32(0), reader.GetInt32(1), reader.IsDBNull(2) ? null : reader.GetInt32(2).ToString(CultureInfo.InvariantCulture), reader.GetInt32(3)),
            ("@list", list)))
        {
            profiles[no].Parent.Load(from, target, file);
        }

        return profiles;
    }

    private void Save(IReadOnlyCollection<Profile> profiles)
    {
        var at = _table.IndexOf("account_no");
        scope.Session.Insert(_table, [.. profiles.Where(profile => profile.IsNew).Select(profile => profile.Row)]);
        scope.Session.Update(_table, Keys, [.. profiles.Where(profile => profile is { IsNew: false, IsChanged: true }).Select(profile => profile.Row)]);
        DatedRows.Save(scope.Session, scope.Tables.AccountValue, ValueKeys, profiles.SelectMany(profile => profile.Values.SelectMany(values => values.Value.All.Select(value =>
            (value.Value, new Dictionary<string, object?> { ["account_no"] = profile.Row[at], ["attribute_id"] = (long)values.Key, ["valid_from"] = (long)value.Key, ["value"] = value.Value.Value, ["import_file_id"] = (long)value.Value.BroughtBy })))));
        DatedRows.Save(scope.Session, scope.Tables.AccountLink, LinkKeys, profiles.SelectMany(profile => profile.Parent.All.Select(link =>
            (link.Value, new Dictionary<string, object?> { ["account_no"] = profile.Row[at], ["kind"] = "parent", ["valid_from"] = (long)link.Key, ["target_no"] = link.Value.Value is { } target ? long.Parse(target, CultureInfo.InvariantCulture) : null, ["import_file_id"] = (long)link.Value.BroughtBy }))));
    }
}

/// <summary>Writes histories: new days are inserted, changed ones rewritten.</summary>
internal static class DatedRows
{
    public static void Save(BulkSession session, StoredTable table, IReadOnlyList<string> keys, IEnumerable<(DatedValue Value, Dictionary<string, object?> Cells)> values)
    {
        var changed = values.Where(value => value.Value.IsChanged).Select(value => (value.Value.IsNew, Row: (object?[])[.. table.Columns.Select(column => value.Cells[column.Name])])).ToList();
        session.Insert(table, [.. changed.Where(value => value.IsNew).Select(value => value.Row)]);
        session.Update(table, keys, [.. changed.Where(value => !value.IsNew).Select(value => value.Row)]);
    }
}
