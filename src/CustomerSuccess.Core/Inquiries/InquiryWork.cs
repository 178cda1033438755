using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Activity;

namespace CustomerSuccess.Core.Inquiries;

/// <summary>Why an inquiry was escalated without anybody's words.</summary>
public static class EscalationReasons
{
    public const string FirstResponseMissed = "first_response_missed", ResolutionMissed = "resolution_missed";
}

/// <summary>What happens to an inquiry, and what follows from it for its clock, its targets and the fact that figures read. Times are UTC.</summary>
public static class InquiryWork
{
    private const int LongestSearchKey = 400, LongestKey = 60;

    /// <summary>A new one, opened at an instant.</summary>
    public static void Open(Inquiry inquiry, DeskRules rules)
    {
        inquiry.Priority ??= inquiry.Urgency.Word();
        inquiry.Status = InquiryState.New.Word();
        inquiry.Language ??= TextLanguage.Of($"{inquiry.Subject}\n{inquiry.Body}");
        inquiry.ChangedAt = inquiry.OpenedAt;
        Describe(inquiry);
        rules.Aim(inquiry);
    }

    /// <summary>Puts it into another state. Settling it stamps its closing, taking it up again counts as reopening, and its clock stands or goes on.</summary>
    public static void Move(Inquiry inquiry, InquiryState state, DateTime now, DeskRules rules)
    {
        if (inquiry.PausedSince is { } since && !state.IsPaused())
        {
            inquiry.PausedMinutes += rules.CalendarOf(inquiry.Language).Between(since, now).TotalMinutes;
            inquiry.PausedSince = null;
        }
        else if (state.IsPaused())
        {
            inquiry.PausedSince ??= now;
        }

        if (state.IsSettled() && !inquiry.IsSettled)
        {
            inquiry.ClosedAt = now;
        }
        else if (!state.IsSettled() && inquiry.IsSettled)
        {
            inquiry.ClosedAt = null;
            inquiry.ReopenedCount++;
        }

        (inquiry.State, inquiry.IsSettled, inquiry.Status, inquiry.ChangedAt) = (state, state.IsSettled(), state.Word(), now);
        rules.Aim(inquiry);
    }

    /// <summary>We answered the customer; a first answer is stamped.</summary>
    public static void Answered(Inquiry inquiry, DateTime now, DeskRules rules)
    {
        inquiry.FirstResponseAt ??= now;
        (inquiry.CustomerSpokeLast, inquiry.ChangedAt) = (false, now);
        rules.Aim(inquiry);
    }

    /// <summary>The customer wrote again: what was waiting or settled is open again.</summary>
    public static void Heard(Inquiry inquiry, DateTime now, DeskRules rules)
    {
        (inquiry.CustomerSpokeLast, inquiry.ChangedAt) = (true, now);
        if (inquiry.State.IsPaused())
        {
            Move(inquiry, inquiry.FirstResponseAt is null ? InquiryState.New : InquiryState.Open, now, rules);
        }
    }

    /// <summary>It is more, or less, urgent.</summary>
    public static void Rank(Inquiry inquiry, InquiryPriority priority, DateTime now, DeskRules rules)
    {
        (inquiry.Urgency, inquiry.Priority, inquiry.ChangedAt) = (priority, priority.Word(), now);
        rules.Aim(inquiry);
    }

    /// <summary>It was put before somebody.</summary>
    public static void Escalate(Inquiry inquiry, string? to, string reason, DateTime now)
    {
        (inquiry.Escalated, inquiry.EscalatedAt, inquiry.EscalatedTo, inquiry.EscalationReason, inquiry.ChangedAt) = (true, now, to, reason, now);
    }

    /// <summary>
    /// Draws the consequences of what an import said: the state follows the source's word or time of closing where these are news, urgency follows its word;
    /// what only the desk knows stays.
    /// </summary>
    /// <param name="inquiry">As it stands with the imported values.</param>
    /// <param name="before">As it stood before; null for a new one.</param>
    /// <param name="rules">The desk's rules.</param>
    public static void Imported(Inquiry inquiry, Inquiry? before, DeskRules rules)
    {
        inquiry.Urgency = InquiryPriorities.Of(inquiry.Priority);
        inquiry.Language ??= TextLanguage.Of($"{inquiry.Subject}\n{inquiry.Body}");
        Describe(inquiry);
        if (before is null)
        {
            Stand(inquiry, InquiryStates.Of(inquiry.Status, inquiry.ClosedAt, inquiry.FirstResponseAt));
            inquiry.CustomerSpokeLast = inquiry.FirstResponseAt is null;
        }
        else if (before.Status != inquiry.Status || before.ClosedAt != inquiry.ClosedAt)
        {
            var state = InquiryStates.Of(inquiry.Status, inquiry.ClosedAt, inquiry.FirstResponseAt);
            inquiry.ReopenedCount += inquiry.IsSettled && !state.IsSettled() ? 1 : 0;
            Stand(inquiry, state);
        }
        else if (inquiry is { State: InquiryState.New, FirstResponseAt: not null })
        {
            Stand(inquiry, InquiryState.Open);
        }

        inquiry.ChangedAt = new[] { inquiry.ChangedAt, inquiry.OpenedAt, inquiry.FirstResponseAt ?? default, inquiry.ClosedAt ?? default, inquiry.EscalatedAt ?? default }.Max();
        inquiry.Version++;
        rules.Aim(inquiry);
    }

    /// <summary>Makes the keys by which it is found.</summary>
    public static void Describe(Inquiry inquiry)
    {
        inquiry.SearchKey = Cut(SortKey.Of($"{inquiry.Subject} {inquiry.FactId} {inquiry.RequesterName} {inquiry.RequesterEmail}"), LongestSearchKey);
        (inquiry.AssigneeKey, inquiry.CategoryKey, inquiry.ProductKey, inquiry.ChannelKey) = (KeyOf(inquiry.Assignee), KeyOf(inquiry.Category), KeyOf(inquiry.Product), KeyOf(inquiry.Channel));
    }

    /// <summary>The key of a word to filter by: without regard to case and width, cut so that an index can hold it.</summary>
    public static string? KeyOf(string? word) => string.IsNullOrWhiteSpace(word) ? null : Cut(SortKey.Of(word), LongestKey);

    private static string Cut(string key, int longest) => key.Length <= longest ? key : key[..longest];

    private static void Stand(Inquiry inquiry, InquiryState state)
    {
        (inquiry.State, inquiry.IsSettled) = (state, state.IsSettled());
        inquiry.PausedSince = !state.IsPaused() ? null : inquiry.PausedSince ?? inquiry.ClosedAt ?? inquiry.FirstResponseAt ?? inquiry.OpenedAt;
    }
}
