using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using CustomerSuccess.Engine.Storage;

namespace CustomerSuccess.Engine.Ingestion.Applying;

/// <summary>Which accounts changed from which day on, what earlier values were replaced, and how far the source reaches, since the last commit.</summary>
internal sealed class ChangeLog(int importFileId, Tables tables)
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    private readonly Dictionary<int, int> _earliest = [];
    private readonly List<(int AccountNo, string Record, string Key, int BroughtBy, string Json)> _revisions = [];
    private int _latest;

    /// <summary>Facts of the account changed from the day on.</summary>
    public void Touch(int accountNo, int day)
    {
        if (!_earliest.TryGetValue(accountNo, out var earliest) || day < earliest)
        {
            _earliest[accountNo] = day;
        }
    }

    /// <summary>Something of the source happened on a day; days after the import's are agreed, not happened.</summary>
    public void Reached(int day)
    {
        if (day > _latest)
        {
            _latest = day;
        }
    }

    /// <param name="accountNo">Whose fact.</param>
    /// <param name="record">The contract's name.</param>
    /// <param name="key">The fact's key without the account.</param>
    /// <param name="broughtBy">The import file that had brought the values.</param>
    /// <param name="earlier">Earlier values by the contract's name, in the contract's own writing.</param>
    public void Replaced(int accountNo, string record, string key, int broughtBy, IReadOnlyDictionary<string, object?> earlier) =>
        _revisions.Add((accountNo, record, key, broughtBy, JsonSerializer.Serialize(earlier, Json)));

    /// <summary>Writes what was noted and empties itself.</summary>
    public void Write(BulkSession session, int sourceId, string record, DateOnly? stated)
    {
        if (_earliest.Count > 0)
        {
            var first = Numbers.Take(session, Numbers.Changes, _earliest.Count);
            session.NoteChanges([.. _earliest.Select(pair => (pair.Key, pair.Value)).OrderBy(pair => pair.Key)], first, importFileId);
            _earliest.Clear();
        }

        if (_revisions.Count > 0)
        {
            var no = Numbers.Take(session, Numbers.Revisions, _revisions.Count);
            session.Insert(tables.FactRevision, [.. _revisions.Select(revision => Row(revision, no++))]);
            _revisions.Clear();
        }

        if (_latest > 0)
        {
            // a later fact than was stated shows that the statement no longer holds
            session.Execute(
                """
                INSERT INTO source_reach (source_id, record, stated, latest) VALUES (@source, @record, NULL, @latest)
                ON CONFLICT (source_id, record) DO UPDATE SET
                    stated = CASE WHEN excluded.latest > coalesce(source_reach.latest, 0) AND excluded.latest > source_reach.stated THEN NULL ELSE source_reach.stated END,
                    latest = CASE WHEN excluded.latest > coalesce(source_reach.latest, 0) THEN excluded.latest ELSE source_reach.latest END
                """,
                ("@source", sourceId), ("@record", record), ("@latest", _latest));
            _latest = 0;
        }

        if (stated is { } day)
        {
            session.Execute(
                "INSERT INTO source_reach (source_id, record, stated, latest) VALUES (@source, @record, @stated, NULL) ON CONFLICT (source_id, record) DO UPDATE SET stated = excluded.stated",
                ("@source", sourceId), ("@record", record), ("@stated", day.DayNumber));
        }
    }

    private object?[] Row((int AccountNo, string Record, string Key, int BroughtBy, string Json) revision, long no)
    {
        var row = new object?[tables.FactRevision.Columns.Count];
        for (var i = 0; i < row.Length; i++)
        {
            row[i] = tables.FactRevision.Columns[i].Name switch
            {
                "account_no" => (long)revision.AccountNo,
                "revision_no" => no,
                "record" => revision.Record,
                "fact_key" => revision.Key,
                "brought_by" => (long)revision.BroughtBy,
                "replaced_by" => (long)importFileId,
                "earlier_json" => revision.Json,
                var name => throw new NotSupportedException(name),
            };
        }

        return row;
    }

    /// <summary>The key of a fact of a source, as revisions name it.</summary>
    public static string KeyOf(int sourceId, string id) => string.Create(CultureInfo.InvariantCulture, $"{sourceId}:{id}");
}
