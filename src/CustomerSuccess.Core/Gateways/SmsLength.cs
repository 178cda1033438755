namespace CustomerSuccess.Core.Gateways;

/// <summary>How long a text is as a short message (3GPP TS 23.038 and 23.040).</summary>
/// <param name="Units">Septets of the GSM alphabet, or UTF-16 characters where the text holds a sign that it lacks.</param>
/// <param name="Parts">How many short messages it is sent as; 0 for no text.</param>
/// <param name="IsGsm">True where the GSM alphabet is enough: 160 to one message, 153 to each of several; else 70 and 67.</param>
public sealed record SmsLength(int Units, int Parts, bool IsGsm)
{
    private const string Basic = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    /// <summary>Signs that take an escape and one more.</summary>
    private const string Extended = "\f^{}\\[~]|€";

    public static SmsLength Of(string text)
    {
        var septets = 0;
        foreach (var c in text)
        {
            var takes = Basic.Contains(c, StringComparison.Ordinal) ? 1 : Extended.Contains(c, StringComparison.Ordinal) ? 2 : 0;
            if (takes == 0)
            {
                return new(text.Length, PartsOf(text.Length, 70, 67), false);
            }

            septets += takes;
        }

        return new(septets, PartsOf(septets, 160, 153), true);
    }

    private static int PartsOf(int units, int alone, int together) => units == 0 ? 0 : units <= alone ? 1 : ((units - 1) / together) + 1;
}
