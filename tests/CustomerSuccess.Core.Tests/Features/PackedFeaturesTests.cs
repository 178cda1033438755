using CsCheck;
using CustomerSuccess.Core.Features;

namespace CustomerSuccess.Core.Tests.Features;

public sealed class PackedFeaturesTests
{
    [Fact]
    public void Any_row_comes_back_bit_by_bit() =>
        Gen.Select(Gen.OneOf(Gen.Double, Gen.Int[-40000, 40000].Select(i => (double)i), Gen.Const(double.NaN), Gen.Const(-0.0)).Array[1, 20], Gen.String.Array[1, 5], Gen.Bool).Sample((numbers, texts, missing) =>
        {
            FeatureTable table = new([1], [DateOnly.MinValue],
            [
                .. numbers.Select((number, i) => FeatureColumn.OfNumbers($"n{i}", [number])),
                .. texts.Select((text, i) => FeatureColumn.OfCategories($"c{i}", [missing ? -1 : 0], [Encodable(text)])),
            ]);
            var names = string.Concat(table.Columns.Select(column => $"{column.Name}\tnumber\n"));
            var values = PackedFeatures.Unpack(PackedFeatures.Pack(table, 0), names);
            return values.Take(numbers.Length).Zip(numbers).All(p => BitConverter.DoubleToInt64Bits(p.First.Number) == BitConverter.DoubleToInt64Bits(p.Second) || (double.IsNaN(p.First.Number) && double.IsNaN(p.Second)))
                && values.Skip(numbers.Length).Zip(texts).All(p => p.First.Text == (missing ? null : Encodable(p.Second)));
        });

    [Fact]
    public void Bytes_that_do_not_fit_their_catalogue_are_refused()
    {
        var packed = PackedFeatures.Pack(new FeatureTable([1], [DateOnly.MinValue], [FeatureColumn.OfNumbers("a", [1.5])]), 0);
        FluentActions.Invoking(() => PackedFeatures.Unpack(packed, "a\tnumber\nb\tnumber\n")).Should().Throw<InvalidDataException>();
        FluentActions.Invoking(() => PackedFeatures.Unpack(packed, "")).Should().Throw<InvalidDataException>();
        FluentActions.Invoking(() => PackedFeatures.Unpack(new byte[] { 9 }, "a\tnumber\n")).Should().Throw<InvalidDataException>();
    }

    /// <summary>Texts in a database hold no unpaired surrogates.</summary>
    private static string Encodable(string text) => System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text));
}
