using CustomerSuccess.Engine.Storage;

namespace CustomerSuccess.Engine.Ingestion.Staging;

/// <summary>Accounts and people that rows may refer to: what the database holds and what the run's files before brought.</summary>
internal sealed class KnownAccounts
{
    private readonly HashSet<string> _accounts;
    private readonly List<(string Key, string? ContactId)> _added = [];
    private readonly Lazy<HashSet<(string Account, string Contact)>> _contacts;

    public KnownAccounts(BulkSession session)
    {
        _accounts = [.. session.Query("SELECT namespace, account_id FROM account", reader => KeyOf(reader.GetString(0), reader.GetString(1)))];
        _contacts = new(() =>
        [
            .. session.Query(
                "SELECT a.namespace, a.account_id, c.contact_id FROM contact c JOIN account a ON a.account_no = c.account_no",
                reader => (KeyOf(reader.GetString(0), reader.GetString(1)), reader.GetString(2))),
        ]);
    }

    /// <summary>One text for an account of a namespace.</summary>
    public static string KeyOf(string accountNamespace, string accountId) => $"{accountNamespace}\n{accountId}";

    public static (string Namespace, string AccountId) Split(string key)
    {
        var at = key.IndexOf('\n', StringComparison.Ordinal);
        return (key[..at], key[(at + 1)..]);
    }

    public bool Holds(string key) => _accounts.Contains(key);

    public bool Holds(string key, string contactId) => _contacts.Value.Contains((key, contactId));

    public void Add(string key)
    {
        if (_accounts.Add(key))
        {
            _added.Add((key, null));
        }
    }

    public void Add(string key, string contactId)
    {
        if (_accounts.Contains(key))
        {
            if (!_contacts.Value.Add((key, contactId)))
            {
                return;
            }

            _added.Add((key, contactId));
        }
    }

    /// <summary>The file that brought the last additions stands.</summary>
    public void Keep() => _added.Clear();

    /// <summary>The file that brought the last additions cannot be taken: whatever it named is unknown again.</summary>
    public void Forget()
    {
        foreach (var (key, contactId) in _added)
        {
            _ = contactId is null ? _accounts.Remove(key) : _contacts.Value.Remove((key, contactId));
        }

        _added.Clear();
    }
}
