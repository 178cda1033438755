namespace CustomerSuccess.Web.Layout;

/// <summary>How the page looks when its circuit starts.</summary>
public sealed record Appearance(bool IsDark);
