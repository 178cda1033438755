using System.Text;

namespace CustomerSuccess.Core.Ingestion;

/// <summary>What of a header counts when it is compared: no case, blanks, underscores, hyphens or dots, and full-width letters like narrow ones.</summary>
public static class HeaderKey
{
    /// <summary>The key of one header; empty where nothing is left.</summary>
    public static string Of(string header)
    {
        var normal = header.IsNormalized(NormalizationForm.FormKC) ? header : header.Normalize(NormalizationForm.FormKC);
        var key = new StringBuilder(normal.Length);
        foreach (var c in normal)
        {
            if (!char.IsWhiteSpace(c) && !char.IsControl(c) && c is not ('_' or '-' or '.' or '\uFEFF' or '\u200B'))
            {
                key.Append(char.ToLowerInvariant(c));
            }
        }

        return key.ToString();
    }
}
