namespace CustomerSuccess.Web.Shared.Forms;

/// <summary>A value that a field can take.</summary>
/// <param name="Value">What is stored.</param>
/// <param name="Label">In words.</param>
/// <param name="Detail">A second line where labels may be alike, such as a mail address; null for none.</param>
public sealed record FieldChoice(string Value, string Label, string? Detail = null);
