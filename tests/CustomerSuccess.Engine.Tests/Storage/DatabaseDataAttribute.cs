using System.Reflection;
using CustomerSuccess.Engine.Storage;
using Xunit.Sdk;
using Xunit.v3;

namespace CustomerSuccess.Engine.Tests.Storage;

/// <summary>Runs a storage test once on each database; PostgreSQL shows as skipped where it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DatabaseDataAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker)
    {
        ITheoryDataRow[] rows =
        [
            new TheoryDataRow<DatabaseKind>(DatabaseKind.Sqlite),
            new TheoryDataRow<DatabaseKind>(DatabaseKind.Postgres) { Skip = PostgresServer.IsInstalled ? null : "PostgreSQL is not installed" },
        ];
        return ValueTask.FromResult<IReadOnlyCollection<ITheoryDataRow>>(rows);
    }

    public override bool SupportsDiscoveryEnumeration() => true;
}
