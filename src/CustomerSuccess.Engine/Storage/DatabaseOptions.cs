using Microsoft.Data.Sqlite;
using Npgsql;

namespace CustomerSuccess.Engine.Storage;

public enum DatabaseKind
{
    Sqlite,
    Postgres,
}

/// <summary>Which database to open: a SQLite path or a PostgreSQL connection string.</summary>
public sealed class DatabaseOptions
{
    /// <summary>Used where neither an argument nor <see cref="EnvironmentVariable"/> names a database.</summary>
    public const string DefaultPath = "customersuccess.db";

    public const string EnvironmentVariable = "CUSTOMERSUCCESS_DATABASE";

    private DatabaseOptions(DatabaseKind kind, string connectionString, string? path)
    {
        Kind = kind;
        ConnectionString = connectionString;
        Path = path;
    }

    public DatabaseKind Kind { get; }

    public string ConnectionString { get; }

    /// <summary>The SQLite file; null on PostgreSQL.</summary>
    public string? Path { get; }

    /// <summary>Reads what the user wrote: <c>Host=...</c> and <c>postgres://...</c> are PostgreSQL, everything else a path.</summary>
    /// <exception cref="FormatException">The text looks like a connection string and cannot be read as one.</exception>
    public static DatabaseOptions Parse(string? text)
    {
        var value = string.IsNullOrWhiteSpace(text) ? Environment.GetEnvironmentVariable(EnvironmentVariable) : text;
        value = string.IsNullOrWhiteSpace(value) ? DefaultPath : value.Trim();
        if (value.StartsWith("postgres://", StringComparison.Ordinal) || value.StartsWith("postgresql://", StringComparison.Ordinal))
        {
            return Postgres(FromUri(new Uri(value)));
        }

        if (value.Contains("Host=", StringComparison.OrdinalIgnoreCase) || value.Contains("Server=", StringComparison.OrdinalIgnoreCase))
        {
            try
            {
                return Postgres(new NpgsqlConnectionStringBuilder(value));
            }
            catch (ArgumentException error)
            {
                throw new FormatException(error.Message, error);
            }
        }

        var path = System.IO.Path.GetFullPath(value);
        var builder = new SqliteConnectionStringBuilder { DataSource = path, ForeignKeys = true, DefaultTimeout = 30 };
        return new DatabaseOptions(DatabaseKind.Sqlite, builder.ConnectionString, path);
    }

    private static DatabaseOptions Postgres(NpgsqlConnectionStringBuilder builder) =>
        new(DatabaseKind.Postgres, builder.ConnectionString, null);

    private static NpgsqlConnectionStringBuilder FromUri(Uri uri)
    {
        var user = uri.UserInfo.Split(':', 2);
        return new NpgsqlConnectionStringBuilder
        {
            Host = uri.Host,
            Port = uri.Port > 0 ? uri.Port : 5432,
            Database = uri.AbsolutePath.TrimStart('/'),
            Username = user[0].Length > 0 ? Uri.UnescapeDataString(user[0]) : null,
            Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null,
        };
    }
}
