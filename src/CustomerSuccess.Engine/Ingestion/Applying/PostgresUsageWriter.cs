using CustomerSuccess.Engine.Storage;
using NpgsqlTypes;

namespace CustomerSuccess.Engine.Ingestion.Applying;

/// <summary>Counters on PostgreSQL: what stands is read by arrays of keys, new ones go in by COPY, changed ones by arrays.</summary>
internal sealed class PostgresUsageWriter(PostgresBulkSession session, int sourceId, int importFileId, bool blankUsersClear)
    : UsageWriter(sourceId, importFileId, blankUsersClear)
{
    private const string Keys = "unnest(@accounts, @days, @metrics, @contacts)";
    private const string Join = "u.account_no = k.a AND u.day = k.d AND u.metric_id = k.m AND u.contact_no = k.c AND u.source_id = @source";

    private sealed class State
    {
        public bool Stood;
        public bool Stands;
        public bool IsChanged;
        public double Count;
        public int Users;
        public int File;
    }

    public override int BatchRows => 1 << 15;

    public override void Apply(ReadOnlySpan<ResolvedUsage> rows, Span<UsageResult> results)
    {
        var states = new Dictionary<(int, int, int, int), State>(rows.Length);
        foreach (ref readonly var row in rows)
        {
            states.TryAdd(KeyOf(row), new State());
        }

        Load(states);
        for (var i = 0; i < rows.Length; i++)
        {
            results[i] = Apply(rows[i], states[KeyOf(rows[i])]);
        }

        Insert([.. states.Where(pair => pair.Value is { Stood: false, Stands: true })]);
        Update([.. states.Where(pair => pair.Value is { Stood: true, Stands: true, IsChanged: true })]);
        Delete([.. states.Where(pair => pair.Value is { Stood: true, Stands: false })]);
    }

    private static (int, int, int, int) KeyOf(in ResolvedUsage row) => (row.AccountNo, row.Day, row.MetricId, row.ContactNo);

    private UsageResult Apply(in ResolvedUsage row, State state)
    {
        var result = new UsageResult { Outcome = RowOutcome.Unchanged, EarlierCount = state.Count, EarlierUsers = state.Users, BroughtBy = state.File };
        var users = state.Stands ? UsersAfter(row, state.Users) : row.Users;
        if (row.IsDeleted ? !state.Stands : state.Stands && state.Count == row.Count && state.Users == users)
        {
            return result;
        }

        result.Outcome = state.Stands ? RowOutcome.Updated : RowOutcome.Inserted;
        (state.Stands, state.IsChanged, state.Count, state.Users, state.File) = (!row.IsDeleted, true, row.Count, users, ImportFileId);
        return result;
    }

    private void Load(Dictionary<(int, int, int, int), State> states)
    {
        var found = session.Query(
            $"SELECT u.account_no, u.day, u.metric_id, u.contact_no, u.count, u.users, u.import_file_id FROM {Keys} AS k(a, d, m, c) JOIN usage_day u ON {Join}",
            reader => ((reader.GetInt32(0), reader.GetInt32(1), reader.GetInt32(2), reader.GetInt32(3)), Count: reader.GetDouble(4), Users: reader.IsDBNull(5) ? -1 : reader.GetInt32(5), File: reader.GetInt32(6)),
            Parameters([.. states.Keys]));
        foreach (var (key, count, users, file) in found)
        {
            var state = states[key];
            (state.Stood, state.Stands, state.Count, state.Users, state.File) = (true, true, count, users, file);
        }
    }

    private void Insert(List<KeyValuePair<(int Account, int Day, int Metric, int Contact), State>> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        using var copy = session.Postgres.BeginBinaryImport("COPY usage_day (account_no, day, metric_id, contact_no, source_id, count, users, import_file_id) FROM STDIN (FORMAT BINARY)");
        foreach (var (key, state) in rows)
        {
            copy.StartRow();
            copy.Write(key.Account, NpgsqlDbType.Integer);
            copy.Write(key.Day, NpgsqlDbType.Integer);
            copy.Write(key.Metric, NpgsqlDbType.Integer);
            copy.Write(key.Contact, NpgsqlDbType.Integer);
            copy.Write(SourceId, NpgsqlDbType.Integer);
            copy.Write(state.Count, NpgsqlDbType.Double);
            if (state.Users < 0)
            {
                copy.WriteNull();
            }
            else
            {
                copy.Write(state.Users, NpgsqlDbType.Integer);
            }

            copy.Write(ImportFileId, NpgsqlDbType.Integer);
        }

        copy.Complete();
    }

    private void Update(List<KeyValuePair<(int, int, int, int), State>> rows)
    {
        if (rows.Count > 0)
        {
            session.Execute(
                $"""
                UPDATE usage_day u SET count = k.n, users = nullif(k.p, -1), import_file_id = @file
                FROM unnest(@accounts, @days, @metrics, @contacts, @counts, @users) AS k(a, d, m, c, n, p) WHERE {Join}
                """,
                [.. Parameters([.. rows.Select(row => row.Key)]), ("@counts", rows.Select(row => row.Value.Count).ToArray()), ("@users", rows.Select(row => row.Value.Users).ToArray()), ("@file", ImportFileId)]);
        }
    }

    private void Delete(List<KeyValuePair<(int, int, int, int), State>> rows)
    {
        if (rows.Count > 0)
        {
            session.Execute($"DELETE FROM usage_day u USING {Keys} AS k(a, d, m, c) WHERE {Join}", Parameters([.. rows.Select(row => row.Key)]));
        }
    }

    private (string, object?)[] Parameters((int Account, int Day, int Metric, int Contact)[] keys) =>
    [
        ("@accounts", Array.ConvertAll(keys, key => key.Account)),
        ("@days", Array.ConvertAll(keys, key => key.Day)),
        ("@metrics", Array.ConvertAll(keys, key => key.Metric)),
        ("@contacts", Array.ConvertAll(keys, key => key.Contact)),
        ("@source", SourceId),
    ];
}
