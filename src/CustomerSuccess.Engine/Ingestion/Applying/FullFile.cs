using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CustomerSuccess.Engine.Ingestion.Staging;
using CustomerSuccess.Engine.Storage;

namespace CustomerSuccess.Engine.Ingestion.Applying;

/// <summary>What a file declared full lacks is voided: never accounts (they are marked unlisted), usage or ended terms.</summary>
internal sealed class FullFile(ApplyScope scope)
{
    private const int BatchRows = 500;

    /// <summary>Ids of the file's rows, by the first 16 bytes of their hash: a file of ten million ids takes 160 MB.</summary>
    private readonly HashSet<UInt128> _named = [];

    public void Names(StagedRow row) => _named.Add(HashOf(row.Record.Name == "accounts" ? KnownAccounts.KeyOf(row.Namespace, row.Text("account_id") ?? row.FactId) : row.FactId));

    /// <summary>Voids in batches; after each, <paramref name="afterBatch"/> may commit. What is voided already is passed over, so that it may be begun again.</summary>
    public void VoidTheRest(Action afterBatch)
    {
        switch (scope.Record.Name)
        {
            case "usage":
                break;
            case "accounts":
                Unlist(afterBatch);
                break;
            case "contacts":
                VoidContacts(afterBatch);
                break;
            case "rates":
                VoidRates(afterBatch);
                break;
            default:
                VoidFacts(FactShape.All.First(shape => shape.Record == scope.Record.Name), afterBatch);
                break;
        }
    }

    private void VoidFacts(FactShape shape, Action afterBatch)
    {
        var table = scope.Tables.Facts[shape.Record];
        var instant = scope.Record.Fields[scope.Record.IndexOf(shape.Day)].Type == Core.Ingestion.FieldType.Instant;
        var standing = shape.Ended is null ? "" : $" AND ({shape.Ended} IS NULL OR {shape.Ended} > @today)";
        var lacking = scope.Session.Query(
            $"SELECT account_no, fact_id, import_file_id, {shape.Day} FROM {table.Name} WHERE source_id = @source AND voided_by IS NULL{standing}",
            reader => (AccountNo: reader.GetInt32(0), Id: reader.GetString(1), File: reader.GetInt32(2), Day: reader.IsDBNull(3) ? 0 : Convert.ToInt64(reader.GetValue(3), CultureInfo.InvariantCulture)),
            ("@source", scope.Header.SourceId), ("@today", scope.Header.ImportDay.DayNumber));
        InBatches(lacking.Where(fact => !_named.Contains(HashOf(fact.Id))), afterBatch, fact =>
        {
            scope.Session.Execute(
                $"UPDATE {table.Name} SET voided_by = @file WHERE account_no = @account AND source_id = @source AND fact_id = @id",
                ("@file", scope.ImportFileId), ("@account", fact.AccountNo), ("@source", scope.Header.SourceId), ("@id", fact.Id));
            scope.Changes.Replaced(fact.AccountNo, shape.Record, ChangeLog.KeyOf(scope.Header.SourceId, fact.Id), fact.File, new Dictionary<string, object?> { ["voided_by"] = null });
            scope.Changes.Touch(fact.AccountNo, instant ? scope.DayOf(fact.Day) : (int)fact.Day);
            scope.Tally.CountVoided();
        });
    }

    private void VoidContacts(Action afterBatch)
    {
        var lacking = scope.Session.Query(
            "SELECT account_no, contact_no, contact_id, import_file_id FROM contact WHERE source_id = @source AND voided_by IS NULL",
            reader => (AccountNo: reader.GetInt32(0), ContactNo: reader.GetInt32(1), Id: reader.GetString(2), File: reader.GetInt32(3)),
            ("@source", scope.Header.SourceId));
        InBatches(lacking.Where(contact => !_named.Contains(HashOf(contact.Id))), afterBatch, contact =>
        {
            scope.Session.Execute(
                "UPDATE contact SET voided_by = @file WHERE account_no = @account AND contact_no = @contact",
                ("@file", scope.ImportFileId), ("@account", contact.AccountNo), ("@contact", contact.ContactNo));
            scope.Contacts.SetHome(scope.Header.Namespace, contact.Id, 0);
            scope.Changes.Replaced(contact.AccountNo, "contacts", ChangeLog.KeyOf(scope.Header.SourceId, contact.Id), contact.File, new Dictionary<string, object?> { ["voided_by"] = null });
            scope.Changes.Touch(contact.AccountNo, scope.Header.ImportDay.DayNumber);
            scope.Tally.CountVoided();
        });
    }

    private void Unlist(Action afterBatch)
    {
        var lacking = scope.Session.Query(
            "SELECT account_no, namespace, account_id, import_file_id FROM account WHERE source_id = @source AND unlisted = @no",
            reader => (AccountNo: reader.GetInt32(0), Key: KnownAccounts.KeyOf(reader.GetString(1), reader.GetString(2)), Id: reader.GetString(2), File: reader.GetInt32(3)),
            ("@source", scope.Header.SourceId), ("@no", false));
        InBatches(lacking.Where(account => !_named.Contains(HashOf(account.Key))), afterBatch, account =>
        {
            scope.Session.Execute("UPDATE account SET unlisted = @yes WHERE account_no = @account", ("@yes", true), ("@account", account.AccountNo));
            scope.Changes.Replaced(account.AccountNo, "accounts", ChangeLog.KeyOf(scope.Header.SourceId, account.Id), account.File, new Dictionary<string, object?> { ["unlisted"] = false });
            scope.Changes.Touch(account.AccountNo, scope.Header.ImportDay.DayNumber);
        });
    }

    private void VoidRates(Action afterBatch)
    {
        var lacking = scope.Session.Query(
            "SELECT currency, month, import_file_id FROM exchange_rate WHERE source_id = @source AND voided_by IS NULL",
            reader => (Currency: reader.GetString(0), Month: reader.GetInt32(1), File: reader.GetInt32(2)),
            ("@source", scope.Header.SourceId));
        InBatches(lacking.Where(rate => !_named.Contains(HashOf(RateApplier.KeyOf(rate.Currency, rate.Month)))), afterBatch, rate =>
        {
            scope.Session.Execute(
                "UPDATE exchange_rate SET voided_by = @file WHERE source_id = @source AND currency = @currency AND month = @month",
                ("@file", scope.ImportFileId), ("@source", scope.Header.SourceId), ("@currency", rate.Currency), ("@month", rate.Month));
            scope.Changes.Touch(RateApplier.EveryAccount, rate.Month);
            scope.Changes.Replaced(RateApplier.EveryAccount, "rates", ChangeLog.KeyOf(scope.Header.SourceId, RateApplier.KeyOf(rate.Currency, rate.Month)), rate.File, new Dictionary<string, object?> { ["voided_by"] = null });
            scope.Tally.CountVoided();
        });
    }

    public void NamesRate(string currency, int month) => _named.Add(HashOf(RateApplier.KeyOf(currency, month)));

    private static void InBatches<T>(IEnumerable<T> rows, Action afterBatch, Action<T> apply)
    {
        foreach (var batch in rows.Chunk(BatchRows))
        {
            Array.ForEach(batch, apply);
            afterBatch();
        }
    }

    private static UInt128 HashOf(string id)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(id), hash);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }
}
