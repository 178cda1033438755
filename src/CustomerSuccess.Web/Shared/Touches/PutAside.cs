namespace CustomerSuccess.Web.Shared.Touches;

/// <summary>What was answered: until when (null for good), and why.</summary>
public sealed record PutAside(DateOnly? Until, string Reason);

/// <summary>What is asked before a suggestion is put aside.</summary>
/// <param name="Title">Snooze or dismiss, in words.</param>
/// <param name="Text">Which suggestion, of which account.</param>
/// <param name="Today">In the company's time zone.</param>
/// <param name="AsksDay">True for a snooze, which needs a day.</param>
public sealed record PutAsideQuestion(string Title, string Text, DateOnly Today, bool AsksDay);
