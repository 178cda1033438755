using CustomerSuccess.Core.Ingestion;

namespace CustomerSuccess.Engine.Ingestion.Reading;

/// <summary>Which account a fact belongs to, for rows that name the fact rather than the account. Remembers what this command has read and asks the database for the rest.</summary>
internal sealed class AccountJoins(ReadingOptions options)
{
    private readonly Dictionary<string, Dictionary<string, string?>> _accounts = options.Preset is null
        ? []
        : options.Preset.Files.Where(rule => rule.Join is not null).Select(rule => rule.Join!.Record).Distinct().ToDictionary(record => record, _ => new Dictionary<string, string?>());

    /// <summary>Keeps the account of a row that others may name.</summary>
    public void Remember(CheckedRow row)
    {
        if (_accounts.TryGetValue(row.Record.Name, out var known) && row.Record.IndexOf("account_id") is var index and >= 0 && row.Values[index] is string account)
        {
            known[row.FactId] = account;
        }
    }

    /// <summary>The account of a record's id; null where nobody knows it.</summary>
    public string? Find(string record, string id)
    {
        var known = _accounts[record];
        if (!known.TryGetValue(id, out var account))
        {
            account = options.FindAccount?.Invoke(record, id);
            known[id] = account;
        }

        return account;
    }
}
