namespace CustomerSuccess.Web.Shared.Forms;

/// <summary>A field of a record that two people may have changed at once.</summary>
/// <param name="Key">Names it.</param>
/// <param name="Label">In words.</param>
/// <param name="Theirs">What a record has in it, as the reader's culture writes it; null for nothing.</param>
/// <param name="Mine">What the reader typed, written likewise.</param>
/// <param name="Take">Puts a record's value in place of what was typed.</param>
public sealed record EditedField<TRecord>(string Key, string Label, Func<TRecord, string?> Theirs, Func<string?> Mine, Action<TRecord> Take);
