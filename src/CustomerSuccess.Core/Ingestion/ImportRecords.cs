namespace CustomerSuccess.Core.Ingestion;

/// <summary>Every record that may be imported, with its columns: the one place that knows them. Field names equal the columns of the tables wherever a column exists.</summary>
public static class ImportContract
{
    /// <summary>Voids the fact where true; every record takes it.</summary>
    public static Field Deleted => ContractFields.Deleted;

    /// <summary>The day from which the row's values hold; accounts and contacts take it.</summary>
    public static Field ValidFrom => ContractFields.ValidFrom;

    /// <summary>Price of a billing interval, of which the MRR is worked out.</summary>
    public static Field Price => ContractFields.Price;

    /// <summary>How long one price lasts.</summary>
    public static Field Interval => ContractFields.Interval;

    /// <summary>In the order in which they are best applied: whatever a record refers to stands before it.</summary>
    public static IReadOnlyList<RecordType> Records { get; } =
    [
        AccountRecords.Accounts,
        AccountRecords.Contacts,
        AccountRecords.Subscriptions,
        AccountRecords.Rates,
        ActivityRecords.Inquiries,
        ActivityRecords.Nps,
        ActivityRecords.Purchases,
        ActivityRecords.Invoices,
        ActivityRecords.Deals,
        ActivityRecords.Touches,
        ActivityRecords.Assignments,
        ActivityRecords.Outcomes,
        ActivityRecords.Usage,
    ];

    /// <summary>The record of a name; null where the contract has none.</summary>
    public static RecordType? Find(string name) => Records.FirstOrDefault(record => record.Name == name);
}
