using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Demo;
using CustomerSuccess.Engine.Demo;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.Logging.Abstractions;

namespace CustomerSuccess.Engine.Tests.Demo;

/// <summary>The demo company goes whole, whatever stops the work on its way; what people set up stays.</summary>
public sealed class DiscardDemoTests
{
    private sealed class CrashException : Exception;

    [Theory]
    [DatabaseData]
    public async Task Nothing_of_the_demo_is_left_and_what_people_set_up_stays(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        await FillAsync(test);
        var tables = Tables(test);

        (await Discard(test).RunAsync(Viewer.System, TestContext.Current.CancellationToken)).Should().Be(DiscardOutcome.Done);

        await using var context = test.Database.OpenContext();
        foreach (var table in tables.Where(table => table != "journal_entry"))
        {
            (await CountAsync(context, table)).Should().Be(0, table);
        }

        foreach (var table in CompanyTables.Kept.Where(table => table != "lease"))
        {
            (await CountAsync(context, table)).Should().BeGreaterThan(0, table);
        }

        (await context.Users.Select(user => user.Email).ToListAsync(TestContext.Current.CancellationToken)).Should().BeEquivalentTo(DemoMark.SignIn, "sato@example.com");
        (await context.Journal.Select(entry => entry.Act).ToListAsync(TestContext.Current.CancellationToken)).Should().Equal("demo_discarded");
        var settings = await new SettingsStore(test.Database, TimeProvider.System).ReadAsync(TestContext.Current.CancellationToken);
        (settings.Name, settings.Currency, settings.LeadDays).Should().Be(("", "USD", 21), "the demo's own settings go, those of people stay");
        (await new DemoMark(test.Database, TimeProvider.System).ReadAsync(TestContext.Current.CancellationToken)).Should().Be(DemoState.Discarded);
    }

    [Theory]
    [DatabaseData]
    public async Task Killed_after_any_commit_the_next_start_finishes(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var steps = Tables(test).Count + 2;
        foreach (var crash in (int[])[0, 1, steps / 2, steps - 2, steps - 1])
        {
            await FillAsync(test);
            var commits = 0;
            var killed = Discard(test, _ =>
            {
                if (commits++ == crash)
                {
                    throw new CrashException();
                }
            });
            await FluentActions.Awaiting(() => killed.RunAsync(Viewer.System)).Should().ThrowAsync<CrashException>();
            var mark = new DemoMark(test.Database, TimeProvider.System);
            (await mark.ReadAsync(TestContext.Current.CancellationToken)).Should().Be(crash == steps - 1 ? DemoState.Discarded : DemoState.Discarding, "after commit {0}", crash);

            (await Discard(test).FinishAsync(TestContext.Current.CancellationToken)).Should().Be(crash < steps - 1);
            (await mark.ReadAsync(TestContext.Current.CancellationToken)).Should().Be(DemoState.Discarded);
            await using var context = test.Database.OpenContext();
            foreach (var table in Tables(test).Where(table => table != "journal_entry"))
            {
                (await CountAsync(context, table)).Should().Be(0, "{0} after commit {1}", table, crash);
            }
        }
    }

    [Theory]
    [DatabaseData]
    public async Task Data_that_came_after_the_demo_are_never_touched(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        await FillAsync(test);
        await Discard(test).RunAsync(Viewer.System, TestContext.Current.CancellationToken);
        await using (var company = new TestCompany(test.Database))
        {
            company.Account(1);
            await company.SaveAsync();
        }

        (await Discard(test).RunAsync(Viewer.System, TestContext.Current.CancellationToken)).Should().Be(DiscardOutcome.NoDemo);
        (await Discard(test).FinishAsync(TestContext.Current.CancellationToken)).Should().BeFalse();
        await using var context = test.Database.OpenContext();
        context.Accounts.Should().HaveCount(1);
    }

    [Theory]
    [DatabaseData]
    public async Task Only_an_administrator_may_and_only_where_there_is_a_demo(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        (await Discard(test).RunAsync(Viewer.System, TestContext.Current.CancellationToken)).Should().Be(DiscardOutcome.NoDemo);
        await FillAsync(test);
        var manager = new Viewer("m", "m@example.com", new HashSet<string> { Roles.CsManager, Roles.CsOperations }, false);
        (await Discard(test).RunAsync(manager, TestContext.Current.CancellationToken)).Should().Be(DiscardOutcome.Forbidden);
        await using var context = test.Database.OpenContext();
        context.Accounts.Should().NotBeEmpty();
    }

    [Fact]
    public async Task Every_table_that_belongs_to_no_account_is_decided_upon()
    {
        await using var test = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var context = test.Database.OpenContext();
        var undecided = context.Model.GetEntityTypes()
            .Where(entity => entity.FindPrimaryKey()?.Properties.Any(property => property.GetColumnName() == "account_no") == false)
            .Select(entity => entity.GetTableName()!)
            .Where(table => !table.StartsWith("asp_net", StringComparison.Ordinal) && !CompanyTables.Kept.Contains(table) && !CompanyTables.Gone.Contains(table));
        undecided.Should().BeEmpty("a table for the whole company is either the demo's or its people's: name it in CompanyTables");
    }

    private static DiscardDemo Discard(TestDatabase test, Action<string>? committed = null) =>
        new(test.Database, new LiveChanges(test.Database, TimeProvider.System, NullLogger<LiveChanges>.Instance), TimeProvider.System) { Committed = committed ?? (_ => { }) };

    private static IReadOnlyList<string> Tables(TestDatabase test)
    {
        using var context = test.Database.OpenContext();
        return CompanyTables.InOrder(context);
    }

    /// <summary>A demo database with a row in every table.</summary>
    private static async Task FillAsync(TestDatabase test)
    {
        await using var context = test.Database.OpenContext();
        foreach (var entity in context.Model.GetEntityTypes().Where(entity => entity.GetTableName() is { } table && !table.StartsWith("asp_net", StringComparison.Ordinal)))
        {
            await InsertAsync(context, entity);
        }

        foreach (var email in (string[])[DemoMark.SignIn, "sato@example.com", .. DemoMark.Colleagues.Select(agent => agent.Email)])
        {
            if (!await context.Users.AnyAsync(user => user.Email == email))
            {
                context.Users.Add(new User { Email = email, UserName = email, NormalizedEmail = email.ToUpperInvariant(), NormalizedUserName = email.ToUpperInvariant() });
            }
        }

        await context.SaveChangesAsync();
        var settings = new SettingsStore(test.Database, TimeProvider.System);
        await settings.SetAsync(DemoMark.Setter, "company.currency", "JPY");
        await settings.SetAsync(Viewer.System, "company.name", DemoMark.Company);
        await settings.SetAsync(Viewer.System, "prediction.lead_days", "21");
        await new DemoMark(test.Database, TimeProvider.System).LoadingAsync();
    }

    private static async Task InsertAsync(DbContext context, IEntityType entity)
    {
        var table = StoreObjectIdentifier.Table(entity.GetTableName()!, null);
        var columns = entity.GetProperties().Select(property => (Name: property.GetColumnName(table)!, Type: property.GetColumnType())).ToList();
        string Value(string type) => type.ToLowerInvariant() switch
        {
            "text" => "'x'",
            "boolean" => "true",
            "blob" => "x'00'",
            "bytea" => "'\\x00'",
            var real when real.StartsWith("real", StringComparison.Ordinal) || real.StartsWith("double", StringComparison.Ordinal) => "1.5",
            var array when array.EndsWith("[]", StringComparison.Ordinal) => "'{}'",
            _ => "1",
        };
        var sql = $"INSERT INTO \"{table.Name}\" ({string.Join(", ", columns.Select(column => $"\"{column.Name}\""))}) VALUES ({string.Join(", ", columns.Select(column => Value(column.Type)))}) ON CONFLICT DO NOTHING";
        await context.Database.ExecuteSqlRawAsync(sql.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal));
    }

    private static async Task<int> CountAsync(DbContext context, string table)
    {
        var sql = $"SELECT CAST(count(*) AS integer) AS \"Value\" FROM \"{table}\"";
        return await context.Database.SqlQueryRaw<int>(sql).SingleAsync();
    }
}
