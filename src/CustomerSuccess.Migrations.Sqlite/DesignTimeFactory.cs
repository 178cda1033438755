using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore.Design;

namespace CustomerSuccess.Migrations.Sqlite;

/// <summary>Lets <c>dotnet ef migrations add</c> run on this project alone.</summary>
public sealed class DesignTimeFactory : IDesignTimeDbContextFactory<CustomerSuccessContext>
{
    public CustomerSuccessContext CreateDbContext(string[] args) =>
        Database.OpenDesignContext(DatabaseOptions.Parse("design.db"));
}
