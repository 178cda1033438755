using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Engine.Storage;

namespace CustomerSuccess.Engine.Ingestion.Applying;

/// <summary>The tables that imports write, by what the mapping says of them.</summary>
internal sealed class Tables
{
    public Tables(Database database)
    {
        using var context = database.OpenContext();
        Account = StoredTable.Of<Account>(context);
        AccountValue = StoredTable.Of<AccountValue>(context);
        AccountLink = StoredTable.Of<AccountLink>(context);
        Contact = StoredTable.Of<Contact>(context);
        ContactValue = StoredTable.Of<ContactValue>(context);
        Attribute = StoredTable.Of<AttributeDefinition>(context);
        Metric = StoredTable.Of<Metric>(context);
        ExchangeRate = StoredTable.Of<ExchangeRate>(context);
        FactRevision = StoredTable.Of<FactRevision>(context);
        RejectedRow = StoredTable.Of<RejectedRow>(context);
        Facts = FactShape.All.ToDictionary(shape => shape.Record, shape => StoredTable.Of(context, shape.Entity));
    }

    public StoredTable Account { get; }

    public StoredTable AccountValue { get; }

    public StoredTable AccountLink { get; }

    public StoredTable Contact { get; }

    public StoredTable ContactValue { get; }

    public StoredTable Attribute { get; }

    public StoredTable Metric { get; }

    public StoredTable ExchangeRate { get; }

    public StoredTable FactRevision { get; }

    public StoredTable RejectedRow { get; }

    /// <summary>Tables of facts by record.</summary>
    public IReadOnlyDictionary<string, StoredTable> Facts { get; }
}
