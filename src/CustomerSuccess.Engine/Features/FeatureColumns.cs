using CustomerSuccess.Core.Features;

namespace CustomerSuccess.Engine.Features;

/// <summary>The table while it is being filled: everything is missing at first.</summary>
internal sealed class FeatureColumns
{
    private readonly FeatureCatalogue _catalogue;
    private readonly int[] _accountNo;
    private readonly DateOnly[] _asOf;
    private readonly double[]?[] _numbers;
    private readonly string?[]?[] _texts;

    public FeatureColumns(FeatureCatalogue catalogue, int[] accountNo, DateOnly[] asOf)
    {
        _catalogue = catalogue;
        _accountNo = accountNo;
        _asOf = asOf;
        _numbers = new double[catalogue.Features.Count][];
        _texts = new string[catalogue.Features.Count][];
        for (var i = 0; i < catalogue.Features.Count; i++)
        {
            if (catalogue.Features[i].Kind == FeatureKind.Category)
            {
                _texts[i] = new string?[accountNo.Length];
            }
            else
            {
                _numbers[i] = new double[accountNo.Length];
                Array.Fill(_numbers[i]!, double.NaN);
            }
        }
    }

    public FeatureCatalogue Catalogue => _catalogue;

    public ReadOnlySpan<int> AccountNo => _accountNo;

    public double[] Numbers(string feature) => _numbers[_catalogue.IndexOf(feature)]!;

    /// <summary>Texts of a category, null where missing; null for a feature of numbers.</summary>
    public string?[]? Texts(string feature) => _texts[_catalogue.IndexOf(feature)];

    public FeatureTable ToTable() => new(_accountNo, _asOf,
        [.. _catalogue.Features.Select((feature, i) => _numbers[i] is { } numbers ? FeatureColumn.OfNumbers(feature.Name, numbers) : OfTexts(feature.Name, _texts[i]!))]);

    /// <summary>Levels in ordinal order, so that codes depend on what there is and not on the order of reading.</summary>
    private static FeatureColumn OfTexts(string name, string?[] texts)
    {
        string[] levels = [.. texts.OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var codes = levels.Select((level, i) => (level, i)).ToDictionary(pair => pair.level, pair => pair.i, StringComparer.Ordinal);
        return FeatureColumn.OfCategories(name, Array.ConvertAll(texts, text => text is null ? -1 : codes[text]), levels);
    }
}
