using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Engine.Storage;

namespace CustomerSuccess.Engine.Playbooks;

/// <summary>Which suggestions of a run are offered: those of plays that were turned off or deleted since stay in the run, where past queues show them, but nobody is asked to do them.</summary>
internal static class OfferedSuggestions
{
    public static IQueryable<Suggestion> Offered(this IQueryable<Suggestion> suggestions, CustomerSuccessContext context) =>
        suggestions.Where(suggestion => !context.StoredPlays.Any(play => play.PlayKey == suggestion.Play && play.IsOff));
}
