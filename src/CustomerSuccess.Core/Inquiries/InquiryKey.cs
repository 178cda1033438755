using System.Globalization;

namespace CustomerSuccess.Core.Inquiries;

/// <summary>Names an inquiry within its account, in addresses and in the journal: its source's number and its id there, such as <c>3:T-1042</c>.</summary>
public readonly record struct InquiryKey(int SourceId, string FactId)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{SourceId}:{FactId}");

    /// <summary>Reads what <see cref="ToString"/> wrote; null for anything else.</summary>
    public static InquiryKey? TryParse(string? text) =>
        text?.IndexOf(':', StringComparison.Ordinal) is > 0 and var at && at < text.Length - 1
        && int.TryParse(text.AsSpan(0, at), NumberStyles.None, CultureInfo.InvariantCulture, out var source)
            ? new InquiryKey(source, text[(at + 1)..])
            : null;
}
