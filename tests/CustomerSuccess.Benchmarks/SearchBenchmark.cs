using System.Diagnostics;
using System.Globalization;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Search;
using CustomerSuccess.Engine.Search;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using SortKey = CustomerSuccess.Core.Accounts.SortKey;

namespace CustomerSuccess.Benchmarks;

/// <summary>Searches over a million texts in Japanese and English. A connection string or a path measures that database, and keeps what it was filled with for the next time.</summary>
internal static class SearchBenchmark
{
    private const int Accounts = 20_000;
    private const int Rounds = 7;

    private static readonly string[] Japanese =
        ["ログイン", "できません", "請求書", "再発行", "ダッシュボード", "共有", "先月", "データ", "見当たりません", "設定", "権限", "追加", "お願いします", "グラフ", "表示されない", "至急", "契約", "更新", "見積", "担当者", "変更", "連携", "エラー", "帳票", "承認", "について", "教えてください", "月次", "締め", "困っています"];

    private static readonly string[] English =
        ["dashboard", "cannot", "sign", "in", "invoice", "export", "import", "fails", "again", "please", "share", "report", "monthly", "users", "permission", "contract", "renewal", "error", "integration", "setup", "question", "about", "slow", "missing", "data", "the", "we", "our", "team", "today"];

    public static async Task<int> RunAsync(string[] args)
    {
        var texts = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1_000_000;
        var folder = Directory.CreateTempSubdirectory("cs-bench-").FullName;
        try
        {
            var database = new Database(DatabaseOptions.Parse(args.Length > 1 ? args[1] : Path.Combine(folder, "search.db")));
            await database.MigrateAsync();
            var seeding = Stopwatch.StartNew();
            if (!await IsSeededAsync(database))
            {
                await SeedAsync(database, texts);
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"indexed {texts:N0} texts in {seeding.Elapsed.TotalSeconds:F1} s on {database.Kind}{(args.Length > 1 ? "" : $", {new FileInfo(Path.Combine(folder, "search.db")).Length / 1e9:F2} GB")}"));
            var query = new SearchQuery(database, new SettingsStore(database, TimeProvider.System));
            var viewer = new Viewer("u", "u@cs.example", new HashSet<string> { Roles.Csm }, false);
            var own = new Viewer("csm7", "csm7@cs.example", new HashSet<string> { Roles.Csm }, true);
            var until = DateOnly.FromDateTime(DateTime.UtcNow).AddYears(-3);
            (string Name, Viewer Viewer, SearchRequest Filter)[] searches =
            [
                ("a common word, Japanese", viewer, new() { Words = "ログイン" }), ("a common word, English", viewer, new() { Words = "dashboard" }), ("two common words", viewer, new() { Words = "請求書 再発行" }),
                ("three common words", viewer, new() { Words = "invoice export missing" }), ("a phrase in no text", viewer, new() { Words = "請求書共有方法" }), ("one character", viewer, new() { Words = "契" }), ("the beginning of a word", viewer, new() { Words = "da" }),
                ("one letter", viewer, new() { Words = "d" }), ("a rare word, Japanese", viewer, new() { Words = "量子計算" }), ("a rare word, English", viewer, new() { Words = "quantum" }), ("a word in no text", viewer, new() { Words = "zzz" }), ("an account", viewer, new() { Words = "Company 777" }),
                ("a common word in notes of long ago", viewer, new() { Words = "エラー", Kinds = [SearchKinds.Note], Until = until }), ("a common word of an account", viewer, new() { Words = "ログイン", AccountNo = 77 }), ("own portfolio, a common word", own, new() { Words = "ログイン" }),
            ];
            foreach (var (name, asks, filter) in searches)
            {
                var found = await query.FindAsync(asks, filter, 50);
                List<double> times = [];
                for (var round = 0; round < Rounds; round++)
                {
                    var clock = Stopwatch.StartNew();
                    await query.FindAsync(asks, filter, 50);
                    times.Add(clock.Elapsed.TotalMilliseconds);
                }

                times.Sort();
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} ({found.Hits.Count}{(found.HasMore ? "+" : "")} hits): median {times[Rounds / 2]:F1} ms, worst {times[^1]:F1} ms"));
            }

            return 0;
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<bool> IsSeededAsync(Database database)
    {
        await using var context = database.OpenContext();
        return await Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.AnyAsync(context.SearchTexts);
    }

    private static async Task SeedAsync(Database database, int texts)
    {
        var random = new Random(1);
        await using var context = database.OpenContext();
        Account[] accounts = [.. Enumerable.Range(1, Accounts).Select(no => new Account { AccountNo = no, AccountId = $"C{no:D6}", Name = $"Company {no} 株式会社", NameSort = SortKey.Of($"Company {no}"), OwnerEmail = $"csm{no % 200}@cs.example" })];
        await context.InsertAllAsync(accounts, default);
        await context.InsertAllAsync(await SearchHook.RowsAsync(context, [.. accounts.Select(account => SearchDocuments.Of(account)!)], default), default);
        var now = DateTime.UtcNow;
        for (var from = 0; from < texts; from += 20_000)
        {
            List<SearchDocument> some = [];
            for (var no = from; no < Math.Min(from + 20_000, texts); no++)
            {
                var isJapanese = random.Next(2) == 0;
                string Words(int count) => string.Join(isJapanese ? "" : " ", Enumerable.Range(0, count).Select(_ => (isJapanese ? Japanese : English) is var words ? words[random.Next(words.Length)] : ""));
                var rare = random.Next(10_000) == 0 ? " 量子計算 quantum" : "";
                some.Add(new(1 + random.Next(Accounts), random.Next(3) switch { 0 => SearchKinds.Note, 1 => SearchKinds.Message, _ => SearchKinds.Inquiry }, $"{no}", now.AddSeconds(-random.Next(5 * 365 * 86_400)), Words(2), Words(12) + rare));
            }

            await using var transaction = await Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.BeginTransactionAsync(context.Database, System.Data.IsolationLevel.ReadCommitted);
            await context.InsertAllAsync(await SearchHook.RowsAsync(context, some, default), default);
            await transaction.CommitAsync();
        }

        await using var connection = await database.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        (command.CommandText, command.CommandTimeout) = (database.Kind == DatabaseKind.Postgres ? "VACUUM ANALYZE search_text" : "ANALYZE", 600);
        await command.ExecuteNonQueryAsync();
    }
}
