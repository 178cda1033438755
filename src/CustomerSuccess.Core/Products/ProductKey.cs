using CustomerSuccess.Core.Accounts;

namespace CustomerSuccess.Core.Products;

/// <summary>By what a product is known, however a source writes its name: without regard to case, width and kana.</summary>
public static class ProductKey
{
    /// <summary>The key of terms that name no product.</summary>
    public const string Unnamed = "";

    /// <summary>Between keys that stand in one text; no key holds it.</summary>
    public const char Separator = '|';

    private const int Longest = 200;

    /// <summary>The key of a name; <see cref="Unnamed"/> for a blank one.</summary>
    public static string Of(string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            return Unnamed;
        }

        var key = SortKey.Of(name).Replace(Separator, '/');
        return key.Length <= Longest ? key : key[..(char.IsHighSurrogate(key[Longest - 1]) ? Longest - 1 : Longest)];
    }

    /// <summary>A key where an empty text says nothing, as in addresses and lists: <c>-</c> for terms that name no product.</summary>
    public static string Listed(string key) => key.Length == 0 ? "-" : key;

    /// <summary>Several keys in one text, each as <see cref="Listed"/> between separators, so that one can be looked for: <c>|core|archive|</c>; empty for none.</summary>
    public static string Join(IEnumerable<string> keys)
    {
        var text = string.Join(Separator, keys.Select(Listed));
        return text.Length == 0 ? "" : $"{Separator}{text}{Separator}";
    }
}
