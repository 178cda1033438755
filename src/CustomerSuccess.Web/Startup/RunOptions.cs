using System.Globalization;

namespace CustomerSuccess.Web.Startup;

/// <summary>What <c>./run</c> was asked for.</summary>
/// <param name="Database">A SQLite path or PostgreSQL connection string; null for the default.</param>
/// <param name="Port">The loopback port; 0 takes a free one.</param>
/// <param name="Demo">True to load the demo company into a new database.</param>
/// <param name="Help">True to print the options and end.</param>
public sealed record RunOptions(string? Database, int Port, bool Demo, bool Help)
{
    public const int DefaultPort = 5080;

    public const string Usage = """
        ./run [--no-demo] [--database X] [--port N]

          --no-demo       start empty instead of loading the demo company into a new database
          --database X    SQLite path or PostgreSQL connection string
                          (default: CUSTOMERSUCCESS_DATABASE, else customersuccess.db)
          --port N        port on the loopback (default 5080; 0 takes a free one)
        """;

    /// <summary>Reads the arguments. Null where they are wrong, with the reason in <paramref name="problem"/>.</summary>
    public static RunOptions? Parse(string[] args, out string? problem)
    {
        var options = new RunOptions(null, DefaultPort, true, false);
        problem = null;
        for (var i = 0; i < args.Length; i++)
        {
            var (name, value) = args[i].Split('=', 2) is [var n, var v] ? (n, v) : (args[i], null);
            switch (name)
            {
                case "--no-demo":
                    options = options with { Demo = false };
                    break;
                case "--help" or "-h":
                    options = options with { Help = true };
                    break;
                case "--database" or "--port" when (value ??= i + 1 < args.Length ? args[++i] : null) is null:
                    problem = $"{name} needs a value.\n{Usage}";
                    return null;
                case "--database":
                    options = options with { Database = value };
                    break;
                case "--port" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= 65535:
                    options = options with { Port = port };
                    break;
                case "--port":
                    problem = $"'{value}' is no port.\n{Usage}";
                    return null;
                default:
                    problem = $"'{args[i]}' is not known.\n{Usage}";
                    return null;
            }
        }

        return options;
    }
}
