using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Engine.Ingestion.Staging;
using CustomerSuccess.Engine.Storage;

namespace CustomerSuccess.Engine.Ingestion.Applying;

/// <summary>Internal numbers of accounts by namespace and id.</summary>
internal sealed class AccountDirectory
{
    private readonly BulkSession _session;
    private readonly Tables _tables;
    private readonly Dictionary<string, int> _numbers;

    public AccountDirectory(BulkSession session, Tables tables)
    {
        _session = session;
        _tables = tables;
        _numbers = session.Query("SELECT namespace, account_id, account_no FROM account", reader => (Key: KnownAccounts.KeyOf(reader.GetString(0), reader.GetString(1)), No: reader.GetInt32(2)))
            .ToDictionary(row => row.Key, row => row.No);
    }

    /// <summary>The account's number; 0 where it is unknown.</summary>
    public int Find(string accountNamespace, string accountId) => Find(KnownAccounts.KeyOf(accountNamespace, accountId));

    public int Find(string key) => _numbers.GetValueOrDefault(key);

    /// <summary>Takes a number for an account whose row its caller inserts.</summary>
    public int Add(string accountNamespace, string accountId)
    {
        var no = (int)Numbers.Take(_session, Numbers.Accounts, 1);
        _numbers.Add(KnownAccounts.KeyOf(accountNamespace, accountId), no);
        return no;
    }

    /// <summary>Inserts an account of which only the id is known.</summary>
    /// <param name="accountNamespace">Empty for the shared one.</param>
    /// <param name="accountId">The id, which serves as the name.</param>
    /// <param name="sourceId">The source that names it.</param>
    /// <param name="importFileId">0 where the file's own row of the account is still to come.</param>
    public int Create(string accountNamespace, string accountId, int sourceId, int importFileId)
    {
        var no = Add(accountNamespace, accountId);
        var row = new object?[_tables.Account.Columns.Count];
        void Set(string column, object value) => row[_tables.Account.IndexOf(column)] = value;
        Set("account_no", (long)no);
        Set("namespace", accountNamespace);
        Set("account_id", accountId);
        Set("name", accountId);
        Set("name_sort", SortKey.Of(accountId));
        Set("unlisted", false);
        Set("source_id", (long)sourceId);
        Set("import_file_id", (long)importFileId);
        _session.Insert(_tables.Account, [row]);
        return no;
    }
}

/// <summary>Internal numbers of people by account and id; someone who left for another account keeps the number he or she had.</summary>
internal sealed class ContactDirectory
{
    private readonly BulkSession _session;
    private readonly Tables _tables;
    private readonly Lazy<Dictionary<(int AccountNo, string ContactId), int>> _numbers;
    private readonly Lazy<Dictionary<string, List<(int AccountNo, string Namespace)>>> _homes;

    public ContactDirectory(BulkSession session, Tables tables)
    {
        _session = session;
        _tables = tables;
        _numbers = new(() => session.Query("SELECT account_no, contact_id, contact_no FROM contact", reader => (reader.GetInt32(0), reader.GetString(1), reader.GetInt32(2)))
            .ToDictionary(row => (row.Item1, row.Item2), row => row.Item3));
        _homes = new(() => session.Query(
                "SELECT c.contact_id, c.account_no, a.namespace FROM contact c JOIN account a ON a.account_no = c.account_no WHERE c.voided_by IS NULL",
                reader => (Id: reader.GetString(0), AccountNo: reader.GetInt32(1), Namespace: reader.GetString(2)))
            .GroupBy(row => row.Id)
            .ToDictionary(group => group.Key, group => group.Select(row => (row.AccountNo, row.Namespace)).ToList()));
    }

    /// <summary>The person's number at the account; 0 where there is none.</summary>
    public int Find(int accountNo, string contactId) => _numbers.Value.GetValueOrDefault((accountNo, contactId));

    /// <summary>The account where the person stands now; 0 where there is none.</summary>
    public int Home(string accountNamespace, string contactId) =>
        _homes.Value.TryGetValue(contactId, out var homes) ? homes.Find(home => home.Namespace == accountNamespace).AccountNo : 0;

    /// <summary>Moves the person's home; 0 where he or she no longer stands anywhere.</summary>
    public void SetHome(string accountNamespace, string contactId, int accountNo)
    {
        if (!_homes.Value.TryGetValue(contactId, out var homes))
        {
            _homes.Value.Add(contactId, homes = []);
        }

        homes.RemoveAll(home => home.Namespace == accountNamespace);
        if (accountNo != 0)
        {
            homes.Add((accountNo, accountNamespace));
        }
    }

    /// <summary>Takes a number for a person whose row its caller inserts.</summary>
    public int Add(int accountNo, string contactId)
    {
        var no = (int)Numbers.Take(_session, Numbers.Contacts, 1);
        _numbers.Value.Add((accountNo, contactId), no);
        return no;
    }

    /// <summary>Inserts a person of whom only the id is known.</summary>
    public int Create(int accountNo, string accountNamespace, string contactId, int sourceId, int importFileId)
    {
        var no = Add(accountNo, contactId);
        if (Home(accountNamespace, contactId) == 0)
        {
            SetHome(accountNamespace, contactId, accountNo);
        }

        var row = ContactRows.Empty(_tables.Contact);
        void Set(string column, object value) => row[_tables.Contact.IndexOf(column)] = value;
        Set("account_no", (long)accountNo);
        Set("contact_no", (long)no);
        Set("source_id", (long)sourceId);
        Set("contact_id", contactId);
        Set("name_sort", SortKey.Of(contactId));
        Set("import_file_id", (long)importFileId);
        _session.Insert(_tables.Contact, [row]);
        return no;
    }
}

internal static class ContactRows
{
    /// <summary>A row with its flags down.</summary>
    public static object?[] Empty(StoredTable contact) =>
        [.. contact.Columns.Select(column => column.Kind == StoredKind.Flag ? (object)false : null)];
}
