using System.Text.Json;
using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Engine.Ingestion.Staging;
using CustomerSuccess.Engine.Storage;

namespace CustomerSuccess.Engine.Ingestion.Applying;

/// <summary>What applying one file works with.</summary>
internal sealed class ApplyScope
{
    private readonly TimeZoneInfo _zone;

    public ApplyScope(BulkSession session, Tables tables, StagedHeader header, int importFileId, AccountDirectory accounts, ContactDirectory contacts)
    {
        Session = session;
        Tables = tables;
        Header = header;
        ImportFileId = importFileId;
        Accounts = accounts;
        Contacts = contacts;
        Record = ImportContract.Find(header.Record) ?? throw new InvalidDataException($"The contract has no record '{header.Record}'.");
        Tally = new FileTally(importFileId, tables);
        Changes = new ChangeLog(importFileId, tables);
        _zone = TimeZoneInfo.FindSystemTimeZoneById(header.TimeZone);
    }

    public BulkSession Session { get; }

    public Tables Tables { get; }

    public StagedHeader Header { get; }

    public RecordType Record { get; }

    public int ImportFileId { get; }

    public AccountDirectory Accounts { get; }

    public ContactDirectory Contacts { get; }

    /// <summary>The country of telephone numbers without a country code.</summary>
    public required string Region { get; init; }

    public FileTally Tally { get; }

    public ChangeLog Changes { get; }

    /// <summary>The company's day of an instant in stored milliseconds.</summary>
    public int DayOf(long storedInstant) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(Stored.Instant(storedInstant), _zone)).DayNumber;

    /// <summary>Something of the source happened; what lies after the day of import has only been agreed.</summary>
    public void Reached(int day)
    {
        if (day <= Header.ImportDay.DayNumber)
        {
            Changes.Reached(day);
        }
    }

    public void Reject(StagedRow row, string? column, string? value, string code, object? args = null) =>
        Tally.Reject(row.Line, column is null ? null : Header.Headers.GetValueOrDefault(column, column), value, code, args is null ? "{}" : JsonSerializer.Serialize(args), row.RawRow);

    /// <summary>The row's account: found, created where that was asked for, else 0 and the row is rejected.</summary>
    public int AccountOf(StagedRow row, string accountId)
    {
        var no = Accounts.Find(row.Namespace, accountId);
        if (no == 0 && Header.CreateAccounts)
        {
            no = Accounts.Create(row.Namespace, accountId, Header.SourceId, ImportFileId);
            Changes.Touch(no, Header.ImportDay.DayNumber);
        }

        if (no == 0)
        {
            Reject(row, "account_id", accountId, "account_unknown");
        }

        return no;
    }

    /// <summary>The row's person: found, created where that was asked for, else 0 and the row is rejected.</summary>
    public int ContactOf(StagedRow row, int accountNo, string contactId)
    {
        var no = Contacts.Find(accountNo, contactId);
        if (no == 0 && Header.CreateAccounts)
        {
            no = Contacts.Create(accountNo, row.Namespace, contactId, Header.SourceId, ImportFileId);
        }

        if (no == 0)
        {
            Reject(row, "contact_id", contactId, "contact_unknown");
        }

        return no;
    }
}
