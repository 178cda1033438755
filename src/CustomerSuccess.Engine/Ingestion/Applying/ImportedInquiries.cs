using System.Text.Json;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Inquiries;
using CustomerSuccess.Engine.Inquiries;
using CustomerSuccess.Engine.Storage;

namespace CustomerSuccess.Engine.Ingestion.Applying;

/// <summary>
/// What an import of inquiries leaves to the desk. A file that repeats what its source said before does not undo what the desk has done since;
/// what is news in it wins. State, urgency and targets follow from the values that then stand.
/// </summary>
internal sealed class ImportedInquiries(StoredTable table, DeskRules rules)
{
    private static readonly string[] ThreadTables = ["inquiry_message", "inquiry_mention", "satisfaction_request"];

    private readonly int _imported = table.IndexOf("imported_json");
    private readonly StoredEntity<Inquiry> _row = new(table);

    /// <summary>True where the desk has changed the field since, and the file says no more than the source said before. Otherwise the file's value is to be taken.</summary>
    public bool KeepsDesk(object?[] values, int column, object? said)
    {
        if (values[_imported] is not string json)
        {
            return false;
        }

        var before = ImportedFields.Read(json);
        var name = table.Columns[column].Name;
        if (!before.TryGetValue(name, out var saidBefore))
        {
            return false;
        }

        if (Equals(saidBefore, said))
        {
            return true;
        }

        before.Remove(name);
        values[_imported] = before.Count == 0 ? null : ImportedFields.Write(before);
        return false;
    }

    /// <summary>Draws the consequences of the values that now stand.</summary>
    public void Complete(object?[] values, object?[]? before)
    {
        var inquiry = _row.Read(values);
        InquiryWork.Imported(inquiry, before is null ? null : _row.Read(before), rules);
        _row.Write(inquiry, values);
    }

    /// <summary>The thread goes with an inquiry that changes account.</summary>
    public static void MoveThread(BulkSession session, long sourceId, string factId, long fromAccount, long toAccount)
    {
        foreach (var thread in ThreadTables)
        {
            session.Execute(
                $"UPDATE {thread} SET account_no = @to WHERE account_no = @from AND source_id = @source AND fact_id = @fact",
                ("@to", toAccount), ("@from", fromAccount), ("@source", sourceId), ("@fact", factId));
        }
    }
}
