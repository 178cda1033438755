using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Engine.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Tests.Storage;

public sealed class SchemaTests
{
    [Theory]
    [DatabaseData]
    public async Task The_migrations_make_what_the_code_asks_for(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        await using var context = test.Database.OpenContext();
        context.Database.HasPendingModelChanges().Should().BeFalse("src/add-migration NAME writes what is missing");
    }

    [Theory]
    [DatabaseData]
    public async Task Names_sort_bytewise_and_money_sums_exactly(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        await using (var context = test.Database.OpenContext())
        {
            string[] names = ["b", "a", "B", "あ", "ア", "亜"];
            foreach (var (name, no) in names.Select((name, i) => (name, i + 1)))
            {
                context.Accounts.Add(new Account { AccountNo = no, AccountId = $"A{no}", Name = name, NameSort = name });
                context.Subscriptions.Add(new Subscription { AccountNo = no, SourceId = 1, FactId = "S", Currency = "USD", Mrr = 0.1m, StartedOn = new DateOnly(2024, 2, 29) });
            }

            await context.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        await using var again = test.Database.OpenContext();
        (await again.Accounts.OrderBy(a => a.NameSort).Select(a => a.Name).ToListAsync(TestContext.Current.CancellationToken))
            .Should().Equal("B", "a", "b", "あ", "ア", "亜");
        (await again.Subscriptions.Select(s => s.Mrr).ToListAsync(TestContext.Current.CancellationToken)).Sum().Should().Be(0.6m);
        (await again.Subscriptions.CountAsync(s => s.StartedOn < new DateOnly(2024, 3, 1), TestContext.Current.CancellationToken)).Should().Be(6);
    }

    [Theory]
    [InlineData("usage_day")]
    [InlineData("account_score")]
    public async Task What_is_scanned_on_sqlite_lies_in_the_order_of_its_key(string table)
    {
        await using var test = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var connection = await test.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT sql FROM sqlite_master WHERE type = 'table' AND name = '{table}'";
        ((string)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!).Should().EndWith("WITHOUT ROWID");
    }

    [Fact]
    public async Task A_schema_whose_making_was_killed_is_made_at_the_next_start()
    {
        var folder = Directory.CreateTempSubdirectory("cs-test-").FullName;
        var options = DatabaseOptions.Parse(Path.Combine(folder, "test.db"));
        await using (var left = new SqliteConnection($"Data Source={options.Path};Pooling=False"))
        {
            await left.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = left.CreateCommand();
            command.CommandText = """
                CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER NOT NULL CONSTRAINT "PK___EFMigrationsLock" PRIMARY KEY, "Timestamp" TEXT NOT NULL);
                INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-01-01 00:00:00');
                """;
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => new Database(options).MigrateAsync(TestContext.Current.CancellationToken)))
            .WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

        await using (var context = new Database(options).OpenContext())
        {
            (await context.Database.GetPendingMigrationsAsync(TestContext.Current.CancellationToken)).Should().BeEmpty();
        }

        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }
}
