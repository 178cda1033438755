using System.Text;

namespace CustomerSuccess.Core.Inquiries;

/// <summary>
/// Ids of inquiries that are opened here, such as <c>Q7K2-9XMD</c>: short enough to be read out on the telephone, without letters that are mistaken for
/// digits (Crockford's base 32), and random, so that they say nothing about how many there are.
/// </summary>
public static class InquiryReference
{
    private const string Digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>Random bytes that <see cref="Of"/> takes.</summary>
    public const int Bytes = 5;

    /// <summary>The reference of 40 random bits.</summary>
    public static string Of(ReadOnlySpan<byte> random)
    {
        ulong bits = 0;
        foreach (var b in random[..Bytes])
        {
            bits = (bits << 8) | b;
        }

        var text = new StringBuilder(9);
        for (var i = 7; i >= 0; i--)
        {
            text.Append(Digits[(int)((bits >> (5 * i)) & 31)]);
            if (i == 4)
            {
                text.Append('-');
            }
        }

        return text.ToString();
    }
}
