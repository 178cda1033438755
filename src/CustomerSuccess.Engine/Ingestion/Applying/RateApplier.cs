using System.Globalization;
using CustomerSuccess.Engine.Ingestion.Staging;

namespace CustomerSuccess.Engine.Ingestion.Applying;

/// <summary>Applies exchange rates, which belong to no account.</summary>
internal sealed class RateApplier(ApplyScope scope)
{
    /// <summary>Stands for all accounts where a change is noted: amounts of any of them may be converted at the rate.</summary>
    public const int EveryAccount = 0;

    public void Apply(IReadOnlyList<StagedRow> rows)
    {
        foreach (var row in rows)
        {
            scope.Tally.Count(Apply(row));
        }
    }

    /// <summary>The key of a rate, as revisions name it.</summary>
    public static string KeyOf(string currency, int month) =>
        string.Create(CultureInfo.InvariantCulture, $"{currency}/{DateOnly.FromDayNumber(month):yyyy-MM}");

    /// <summary>Currency and first day of the month of a row.</summary>
    public static (string Currency, int Month) KeyOf(StagedRow row) =>
        (row.Text("currency")!, ((DateOnly)row.Values[row.Record.IndexOf("month")]!).DayNumber);

    private RowOutcome Apply(StagedRow row)
    {
        var (currency, month) = KeyOf(row);
        var rate = row.Values[row.Record.IndexOf("rate")];
        (string, object?)[] key = [("@source", scope.Header.SourceId), ("@currency", currency), ("@month", month)];
        var found = scope.Session.Query(
            "SELECT rate, import_file_id, voided_by FROM exchange_rate WHERE source_id = @source AND currency = @currency AND month = @month",
            reader => (Rate: reader.GetDouble(0), File: reader.GetInt32(1), VoidedBy: reader.IsDBNull(2) ? (int?)null : reader.GetInt32(2)),
            key);
        if (found is not [var before])
        {
            if (row.IsDeleted)
            {
                return RowOutcome.Unchanged;
            }

            scope.Session.Execute(
                "INSERT INTO exchange_rate (source_id, currency, month, rate, import_file_id) VALUES (@source, @currency, @month, @rate, @file)",
                [.. key, ("@rate", rate), ("@file", scope.ImportFileId)]);
            scope.Reached(month);
            scope.Changes.Touch(EveryAccount, month);
            return RowOutcome.Inserted;
        }

        scope.Reached(month);
        if (row.IsDeleted ? before.VoidedBy is not null : before.VoidedBy is null && Equals(before.Rate, rate))
        {
            return RowOutcome.Unchanged;
        }

        var earlier = new Dictionary<string, object?>();
        if ((before.VoidedBy is not null) != row.IsDeleted)
        {
            earlier.Add("voided_by", before.VoidedBy);
        }

        if (!row.IsDeleted && !Equals(before.Rate, rate))
        {
            earlier.Add("rate", before.Rate);
        }

        scope.Changes.Touch(EveryAccount, month);
        scope.Changes.Replaced(EveryAccount, "rates", ChangeLog.KeyOf(scope.Header.SourceId, KeyOf(currency, month)), before.File, earlier);
        scope.Session.Execute(
            "UPDATE exchange_rate SET rate = @rate, import_file_id = @file, voided_by = @voided WHERE source_id = @source AND currency = @currency AND month = @month",
            [.. key, ("@rate", row.IsDeleted ? before.Rate : rate), ("@file", scope.ImportFileId), ("@voided", row.IsDeleted ? scope.ImportFileId : null)]);
        return RowOutcome.Updated;
    }
}
