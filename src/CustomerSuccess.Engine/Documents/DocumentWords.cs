using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using CustomerSuccess.Core.Documents;
using CustomerSuccess.Core.Features;

namespace CustomerSuccess.Engine.Documents;

/// <summary>Words of documents in one language, and the names that pages have for the same things. A document is written for its reader, whatever the thread's culture is.</summary>
internal sealed partial class DocumentWords
{
    private const string Home = "CustomerSuccess.Engine.Resources.";

    private static readonly ResourceManager Features = Of("Shared.FeatureWords"), Touches = Of("Shared.TouchWords"), Marks = Of("Shared.MarkWords"), Effects = Of("Shared.EffectWords");

    private readonly ResourceManager _own;

    /// <param name="own">The document's words, by the name of their file.</param>
    /// <param name="language"><c>en</c> or <c>ja</c>.</param>
    public DocumentWords(string own, string language)
    {
        _own = Of("Handouts." + own);
        Language = language;
        Written = Written.In(language);
    }

    public string Language { get; }

    public Written Written { get; }

    /// <summary>A sentence with its places filled.</summary>
    /// <exception cref="InvalidOperationException">There are no such words.</exception>
    public string this[string key, params object?[] places]
    {
        get
        {
            var words = _own.GetString(key, Written.Culture) ?? throw new InvalidOperationException($"There are no words {key}.");
            return places.Length == 0 ? words : string.Format(Written.Culture, words, places);
        }
    }

    /// <summary>A theme of features, such as <c>Active users</c>.</summary>
    public string Theme(string theme)
    {
        if (theme.StartsWith(FeatureThemes.Metric, StringComparison.Ordinal))
        {
            return Place().Replace(Find(Features, "theme.metric") ?? "{0}", _ => theme[FeatureThemes.Metric.Length..]);
        }

        return Find(Features, "theme." + theme) ?? (Find(Features, theme) is { } name ? Place().Replace(name, _ => theme) : theme);
    }

    /// <summary>A shipped play's name; null for one that a company wrote.</summary>
    public string? Play(string play) => Find(Touches, "play." + play);

    public string MarkKind(Core.Marks.MarkKind kind) => Find(Marks, kind.ToString()) ?? kind.ToString();

    public string Verdict(Core.Effects.EffectVerdict verdict) => Find(Effects, "verdict." + verdict) ?? verdict.ToString();

    private string? Find(ResourceManager words, string key) => words.GetString(key, Written.Culture);

    private static ResourceManager Of(string name) => new(Home + name, typeof(DocumentWords).Assembly);

    [GeneratedRegex(@"\{[a-z_0-9]+:[a-z]+\}")]
    private static partial Regex Place();
}
