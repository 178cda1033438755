using Microsoft.AspNetCore.WebUtilities;

namespace CustomerSuccess.Web.Shared.Lists;

/// <summary>What a page shows, as its address says it: a path and named values, so that links, reload and the browser's history work.</summary>
public sealed class ListAddress
{
    /// <summary>Key of the column by which a list is ordered, and of its direction.</summary>
    public const string SortKey = "sort", DirectionKey = "dir";

    private readonly Dictionary<string, string> _values;

    private ListAddress(string path, Dictionary<string, string> values)
    {
        Path = path;
        _values = values;
    }

    public string Path { get; }

    /// <summary>A value; null where the address does not name it, or names it blank.</summary>
    public string? this[string key] => _values.GetValueOrDefault(key);

    /// <summary>The order that the address asks for; null for the list's own.</summary>
    public ListSort? Sort => this[SortKey] is { } key ? new(key, this[DirectionKey] == "desc") : null;

    /// <param name="address">Absolute, or from the root.</param>
    public static ListAddress Parse(string address)
    {
        var uri = new Uri(new Uri("http://localhost"), address);
        var values = QueryHelpers.ParseQuery(uri.Query).Where(pair => !string.IsNullOrWhiteSpace(pair.Value)).ToDictionary(pair => pair.Key, pair => pair.Value.ToString());
        return new(uri.AbsolutePath, values);
    }

    /// <summary>A value out of a fixed set, in any case; null for what is not in it.</summary>
    public T? Choice<T>(string key)
        where T : struct, Enum => Enum.TryParse<T>(this[key], ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : null;

    /// <summary>The address with a value set or, with null, taken away.</summary>
    public ListAddress With(string key, string? value)
    {
        var values = new Dictionary<string, string>(_values);
        if (string.IsNullOrWhiteSpace(value))
        {
            values.Remove(key);
        }
        else
        {
            values[key] = value;
        }

        return new(Path, values);
    }

    public ListAddress With(FilterChange change) => change.And is { } and ? With(change.Key, change.Value).With(and) : With(change.Key, change.Value);

    public ListAddress With(ListSort? sort) => With(SortKey, sort?.Key).With(DirectionKey, sort is { Descending: true } ? "desc" : null);

    /// <summary>Without any of the values named.</summary>
    public ListAddress Without(IEnumerable<string> keys) => keys.Aggregate(this, (address, key) => address.With(key, null));

    /// <summary>From the root, values in the order of their keys: the same view has one address.</summary>
    public override string ToString() => _values.Count == 0
        ? Path
        : Path + "?" + string.Join('&', _values.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value)}"));
}
