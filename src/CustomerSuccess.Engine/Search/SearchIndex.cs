using System.Data.Common;
using System.Globalization;
using CustomerSuccess.Core.Search;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Search;

/// <summary>What documents must have, in tokens of the index.</summary>
/// <param name="Terms">With the letters of their fields; all of them.</param>
/// <param name="AnyOf">Whole tokens; one out of each list.</param>
/// <param name="IsNarrow">True where few documents can be meant, such as those of one account.</param>
internal sealed record IndexQuestion(IReadOnlyList<SearchTerm> Terms, IReadOnlyList<IReadOnlyList<string>> AnyOf, bool IsNarrow);

/// <summary>A question as the database puts it.</summary>
/// <param name="Text">In the index's own language.</param>
/// <param name="IsNarrow">True where few documents can be meant.</param>
internal sealed record IndexWords(string Text, bool IsNarrow);

/// <summary>
/// The database's own full-text index over <see cref="SearchText"/>: FTS5 on SQLite, a tsvector under GIN on PostgreSQL, both over the same tokens, which Core makes.
/// Triggers keep it in step with the table and take the tokens out of the row again. It holds no text and can be dropped and made anew.
/// </summary>
internal static class SearchIndex
{
    /// <summary>The newest documents that PostgreSQL looks through one by one before it asks the index for the rest: it cannot read that in order.</summary>
    private const int Recent = 5_000;

    /// <summary>Tokens that stand for a beginning at most: SQLite reads those in order, while for a beginning it puts all documents together first.</summary>
    private const int MostWritten = 8;

    private const string Sqlite =
        """
        CREATE VIRTUAL TABLE IF NOT EXISTS search_index USING fts5(tokens, content='', contentless_delete=1, detail=none, tokenize='ascii');
        CREATE TRIGGER IF NOT EXISTS search_text_added AFTER INSERT ON search_text WHEN new.tokens <> '' BEGIN
            INSERT INTO search_index (rowid, tokens) VALUES (new.doc_no, new.tokens);
            UPDATE search_text SET tokens = '' WHERE doc_no = new.doc_no;
        END;
        CREATE TRIGGER IF NOT EXISTS search_text_changed AFTER UPDATE ON search_text WHEN new.tokens <> '' BEGIN
            DELETE FROM search_index WHERE rowid = old.doc_no;
            INSERT INTO search_index (rowid, tokens) VALUES (new.doc_no, new.tokens);
            UPDATE search_text SET tokens = '' WHERE doc_no = new.doc_no;
        END;
        CREATE TRIGGER IF NOT EXISTS search_text_removed AFTER DELETE ON search_text BEGIN
            DELETE FROM search_index WHERE rowid = old.doc_no;
        END;
        CREATE VIRTUAL TABLE IF NOT EXISTS search_vocabulary USING fts5vocab(search_index, row);
        """;

    private const string Postgres =
        """
        SELECT pg_advisory_xact_lock(7205401);
        ALTER TABLE search_text ADD COLUMN IF NOT EXISTS vector tsvector;
        CREATE INDEX IF NOT EXISTS ix_search_text_vector ON search_text USING gin (vector);
        CREATE OR REPLACE FUNCTION search_text_indexed() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF new.tokens <> '' THEN
                new.vector := array_to_tsvector(string_to_array(new.tokens, ' '));
                new.tokens := '';
            END IF;
            RETURN new;
        END $$;
        CREATE OR REPLACE TRIGGER search_text_indexed BEFORE INSERT OR UPDATE ON search_text FOR EACH ROW EXECUTE FUNCTION search_text_indexed();
        """;

    /// <summary>The inner query's offset keeps PostgreSQL from reading in order what the index should find.</summary>
    private const string ByIndex = "SELECT doc_no FROM (SELECT doc_no FROM search_text WHERE vector @@ @q::tsquery AND doc_no >= @from AND doc_no < @below OFFSET 0) found ORDER BY doc_no DESC LIMIT @limit";

    /// <summary>Makes the index where there is none. After migrating.</summary>
    public static async Task EnsureAsync(CustomerSuccessContext context, CancellationToken cancellation)
    {
        if (!context.Database.IsNpgsql())
        {
            await context.Database.ExecuteSqlRawAsync(Sqlite, cancellation);
            return;
        }

        var isThere = await context.Database.SqlQueryRaw<bool>("SELECT EXISTS (SELECT 1 FROM pg_trigger WHERE tgname = 'search_text_indexed' AND tgrelid = 'search_text'::regclass) AS \"Value\"").ToListAsync(cancellation);
        if (!isThere[0])
        {
            await using var transaction = await context.Database.BeginTransactionAsync(cancellation);
            await context.Database.ExecuteSqlRawAsync(Postgres, cancellation);
            await transaction.CommitAsync(cancellation);
        }
    }

    /// <summary>Puts a question into the index's language.</summary>
    public static async Task<IndexWords> WordsOfAsync(CustomerSuccessContext context, IndexQuestion question, CancellationToken cancellation)
    {
        var isPostgres = context.Database.IsNpgsql();
        List<string> parts = [];
        foreach (var term in question.Terms)
        {
            parts.Add(isPostgres ? $"'{term.Token}'{(term.IsBeginning ? ":*" : "")}" : term.IsBeginning ? await SqliteBeginningAsync(context, term.Token, cancellation) : $"\"{term.Token}\"");
        }

        parts.AddRange(question.AnyOf.Select(any => isPostgres ? $"({string.Join(" | ", any.Select(token => $"'{token}'"))})" : $"({string.Join(" OR ", any.Select(token => $"\"{token}\""))})"));
        return new(string.Join(isPostgres ? " & " : " AND ", parts), question.IsNarrow);
    }

    /// <summary>Numbers of documents that answer, the newest first.</summary>
    /// <param name="context">The store.</param>
    /// <param name="words">What they must have.</param>
    /// <param name="from">The lowest number.</param>
    /// <param name="below">Numbers stay below this.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellation">Ends the query.</param>
    public static async Task<List<long>> FindAsync(CustomerSuccessContext context, IndexWords words, long from, long below, int limit, CancellationToken cancellation)
    {
        if (!context.Database.IsNpgsql())
        {
            return await ReadAsync(context, "SELECT rowid FROM search_index WHERE search_index MATCH @q AND rowid >= @from AND rowid < @below ORDER BY rowid DESC LIMIT @limit", words.Text, from, below, limit, cancellation);
        }

        if (words.IsNarrow)
        {
            return await ReadAsync(context, ByIndex, words.Text, from, below, limit, cancellation);
        }

        // the inner query's limit keeps the planner from asking the index for what is read in order
        var found = await ReadAsync(context, $"SELECT doc_no FROM (SELECT doc_no, vector FROM search_text WHERE doc_no >= @from AND doc_no < @below ORDER BY doc_no DESC LIMIT {Recent}) recent WHERE vector @@ @q::tsquery LIMIT @limit", words.Text, from, below, limit, cancellation);
        return found.Count < limit ? await ReadAsync(context, ByIndex, words.Text, from, below, limit, cancellation) : found;
    }

    /// <summary>Keeps others from changing accounts until the transaction ends: the rows on PostgreSQL, the file on SQLite by the transaction itself.</summary>
    public static async Task LockAsync(CustomerSuccessContext context, IReadOnlyCollection<int> accounts, CancellationToken cancellation)
    {
        if (context.Database.IsNpgsql())
        {
            await context.Database.SqlQuery<int>($"SELECT account_no AS \"Value\" FROM account WHERE account_no = ANY ({accounts.ToArray()}) ORDER BY account_no FOR UPDATE").ToListAsync(cancellation);
        }
    }

    /// <summary>The tokens that begin so, where there are few; else the beginning.</summary>
    private static async Task<string> SqliteBeginningAsync(CustomerSuccessContext context, string beginning, CancellationToken cancellation)
    {
        var end = beginning + "\U0010ffff";
        var tokens = await context.Database.SqlQuery<string>($"SELECT term AS \"Value\" FROM search_vocabulary WHERE term >= {beginning} AND term < {end} LIMIT {MostWritten + 1}").ToListAsync(cancellation);
        return tokens.Count is 0 or > MostWritten ? $"\"{beginning}\"*" : $"({string.Join(" OR ", tokens.Select(token => $"\"{token}\""))})";
    }

    private static async Task<List<long>> ReadAsync(CustomerSuccessContext context, string sql, string? words, long from, long below, int limit, CancellationToken cancellation)
    {
        await context.Database.OpenConnectionAsync(cancellation);
        await using var command = context.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        Put(command, "from", from);
        Put(command, "below", below);
        if (words is not null)
        {
            Put(command, "q", words);
        }

        if (sql.Contains("@limit", StringComparison.Ordinal))
        {
            Put(command, "limit", (long)limit);
        }

        List<long> found = [];
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            found.Add(Convert.ToInt64(reader.GetValue(0), CultureInfo.InvariantCulture));
        }

        return found;
    }

    private static void Put(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value);
        command.Parameters.Add(parameter);
    }
}
