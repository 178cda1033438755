using CsCheck;
using CustomerSuccess.Core.Feedback;
using CustomerSuccess.Core.Journal;

namespace CustomerSuccess.Core.Tests.Feedback;

public sealed class ThemeHistoryTests
{
    private static readonly Gen<ThemeState> AnyState = Gen.Select(Gen.String[Gen.Char.AlphaNumeric, 1, 3], Gen.String[Gen.Char.AlphaNumeric, 0, 2], Gen.Enum<ThemeKind>(), Gen.String[Gen.Char.AlphaNumeric, 1, 4], Gen.Bool, Gen.Bool)
        .Select((name, ja, kind, words, merged, hidden) => new ThemeState(name, ja.Length == 0 ? null : ja, kind, words, merged ? "price" : null, hidden));

    /// <summary>Whatever is done to a theme, what it was after each change is read out of what stands now and the journal.</summary>
    [Fact]
    public void Every_version_is_found_again() => AnyState.List[1, 8].Sample(states =>
    {
        var shipped = ThemeCatalogue.Of("speed")!;
        var (state, entries) = (ThemeState.Of(shipped), new List<JournalEntry>());
        foreach (var next in states)
        {
            var changes = new FieldChanges().Note("name", state.Name, next.Name).Note("name_ja", state.NameJa, next.NameJa).Note("kind", state.Kind.ToString(), next.Kind.ToString()).Note("words", state.Words, next.Words)
                .Note("merged_into", state.MergedInto, next.MergedInto).Note("hidden", state.IsHidden ? "true" : "false", next.IsHidden ? "true" : "false");
            entries.Insert(0, new JournalEntry { ByUser = "u", Area = JournalAreas.FeedbackTheme, Act = "changed", ChangesJson = changes.ToString() });
            state = next;
        }

        var now = new FeedbackTheme { ThemeId = "speed", Name = state.Name, NameJa = state.NameJa, Kind = state.Kind, Words = state.Words, MergedInto = state.MergedInto, IsHidden = state.IsHidden, Version = states.Count };
        return ThemeHistory.Of(now, entries).Select(version => version.State).SequenceEqual(states.AsEnumerable().Reverse().Append(ThemeState.Of(shipped)));
    });

    [Fact]
    public void Versions_older_than_the_entries_are_left_out()
    {
        var now = new FeedbackTheme { ThemeId = "speed", Name = "C", Words = "c", Version = 3 };
        var newest = new JournalEntry { ByUser = "u", Area = JournalAreas.FeedbackTheme, Act = "changed", ChangesJson = new FieldChanges().Note("name", "B", "C").ToString() };
        ThemeHistory.Of(now, [newest]).Select(version => (version.Version, version.State.Name)).Should().Equal((3, "C"));
    }
}
