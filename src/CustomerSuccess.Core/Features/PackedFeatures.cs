using System.Buffers.Binary;
using System.Text;

namespace CustomerSuccess.Core.Features;

/// <summary>
/// A row of features in few bytes: for each column a tag, then its value. Numbers come back exactly as they were.
/// Tags: 0 missing, 1 zero, 2 a whole number of 16 bits, 3 a single, 4 a double, 5 a text (length as 7-bit integer, UTF-8).
/// </summary>
public static class PackedFeatures
{
    private const byte Missing = 0, Zero = 1, Small = 2, Single = 3, Double = 4, Text = 5;

    /// <summary>Packs a row; the catalogue that names the columns is kept apart.</summary>
    public static byte[] Pack(FeatureTable table, int row)
    {
        using var bytes = new MemoryStream(4 * table.Columns.Count);
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        foreach (var column in table.Columns)
        {
            if (column.IsCategory)
            {
                Write(writer, column.Codes![row] is >= 0 and var code ? column.Levels[code] : null);
            }
            else
            {
                Write(writer, column.Numbers![row]);
            }
        }

        writer.Flush();
        return bytes.ToArray();
    }

    /// <summary>Reads a row back.</summary>
    /// <param name="values">What <see cref="Pack"/> gave.</param>
    /// <param name="catalogue">The text of the catalogue by which it was packed.</param>
    /// <exception cref="InvalidDataException">The bytes do not hold a value for each feature of the catalogue.</exception>
    public static IReadOnlyList<FeatureValue> Unpack(ReadOnlyMemory<byte> values, string catalogue)
    {
        var names = catalogue.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var unpacked = new FeatureValue[names.Length];
        var at = 0;
        for (var i = 0; i < names.Length; i++)
        {
            unpacked[i] = Read(names[i].Split('\t')[0], values.Span, ref at);
        }

        return at == values.Length ? unpacked : throw Broken();
    }

    private static void Write(BinaryWriter writer, string? text)
    {
        if (text is null)
        {
            writer.Write(Missing);
            return;
        }

        writer.Write(Text);
        writer.Write(text);
    }

    private static void Write(BinaryWriter writer, double number)
    {
        if (double.IsNaN(number))
        {
            writer.Write(Missing);
        }
        else if (BitConverter.DoubleToInt64Bits(number) == 0)
        {
            writer.Write(Zero);
        }
        else if (number is >= short.MinValue and <= short.MaxValue && Same((short)number, number))
        {
            writer.Write(Small);
            writer.Write((short)number);
        }
        else if (Same((float)number, number))
        {
            writer.Write(Single);
            writer.Write((float)number);
        }
        else
        {
            writer.Write(Double);
            writer.Write(number);
        }
    }

    private static bool Same(double a, double b) => BitConverter.DoubleToInt64Bits(a) == BitConverter.DoubleToInt64Bits(b);

    private static FeatureValue Read(string name, ReadOnlySpan<byte> bytes, ref int at)
    {
        switch (Take(bytes, 1, ref at)[0])
        {
            case Missing:
                return new FeatureValue(name, double.NaN, null);
            case Zero:
                return new FeatureValue(name, 0, null);
            case Small:
                return new FeatureValue(name, BinaryPrimitives.ReadInt16LittleEndian(Take(bytes, 2, ref at)), null);
            case Single:
                return new FeatureValue(name, BinaryPrimitives.ReadSingleLittleEndian(Take(bytes, 4, ref at)), null);
            case Double:
                return new FeatureValue(name, BinaryPrimitives.ReadDoubleLittleEndian(Take(bytes, 8, ref at)), null);
            case Text:
                return new FeatureValue(name, double.NaN, Encoding.UTF8.GetString(Take(bytes, Length(bytes, ref at), ref at)));
            default:
                throw Broken();
        }
    }

    private static int Length(ReadOnlySpan<byte> bytes, ref int at)
    {
        var length = 0;
        for (var shift = 0; shift < 35; shift += 7)
        {
            var part = Take(bytes, 1, ref at)[0];
            length |= (part & 0x7f) << shift;
            if (part < 0x80)
            {
                return length;
            }
        }

        throw Broken();
    }

    private static ReadOnlySpan<byte> Take(ReadOnlySpan<byte> bytes, int count, ref int at)
    {
        if (count < 0 || bytes.Length - at < count)
        {
            throw Broken();
        }

        at += count;
        return bytes.Slice(at - count, count);
    }

    private static InvalidDataException Broken() => new("The stored features do not fit their catalogue.");
}

/// <summary>A stored feature.</summary>
/// <param name="Name">Its name in the catalogue.</param>
/// <param name="Number">Its number; NaN where missing, and for a category.</param>
/// <param name="Text">Its level where it is a category; null where missing, and for a number.</param>
public readonly record struct FeatureValue(string Name, double Number, string? Text);
