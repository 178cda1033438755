using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace CustomerSuccess.Engine.Storage;

/// <summary>Makes the big tables of SQLite WITHOUT ROWID: their rows then lie in the order of their key, in which they are read.</summary>
#pragma warning disable EF1001 // the generator's constructor asks for an internal annotation provider
internal sealed class WithoutRowid(MigrationsSqlGeneratorDependencies dependencies, IRelationalAnnotationProvider annotations)
    : SqliteMigrationsSqlGenerator(dependencies, annotations)
#pragma warning restore EF1001
{
    /// <summary>What EF Core names a table while it rebuilds it.</summary>
    private const string Rebuilt = "ef_temp_";

    private static readonly HashSet<string> Tables = ["usage_day", "account_value", "contact_value", "account_score", "product_score", "product_health_point"];

    protected override void Generate(CreateTableOperation operation, IModel? model, MigrationCommandListBuilder builder, bool terminate = true)
    {
        if (!Tables.Contains(operation.Name.StartsWith(Rebuilt, StringComparison.Ordinal) ? operation.Name[Rebuilt.Length..] : operation.Name))
        {
            base.Generate(operation, model, builder, terminate);
            return;
        }

        base.Generate(operation, model, builder, terminate: false);
        builder.AppendLine(" WITHOUT ROWID;");
        EndStatement(builder);
    }
}
