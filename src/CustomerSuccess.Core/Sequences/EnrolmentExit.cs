using CustomerSuccess.Core.Outreach;

namespace CustomerSuccess.Core.Sequences;

/// <summary>Codes of why an account left a sequence; pages put them into words.</summary>
public static class EnrolmentEnds
{
    public const string Replied = "replied", GoalMet = "goal_met", AccountLeft = "account_left", ContactLeft = "contact_left", OptedOut = "opted_out", NoAddress = "no_address", NoConsent = "no_consent", NoContact = "no_contact",
        UrgentInquiry = "urgent_inquiry", Outage = "outage", ReasonGone = "reason_gone", PlayOff = "play_off", PlayDeleted = "play_deleted", Stopped = "stopped", NotDelivered = "not_delivered";

    /// <summary>Every code.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Replied, GoalMet, AccountLeft, ContactLeft, OptedOut, NoAddress, NoConsent, NoContact, UrgentInquiry, Outage, ReasonGone, PlayOff, PlayDeleted, Stopped, NotDelivered];

    /// <summary>Why a message that may not be sent ends the sequence; null where it can be mended and tried again.</summary>
    /// <param name="hold">A code of <see cref="HoldReasons"/>.</param>
    public static string? OfHold(string hold) => hold.Split(':')[0] switch
    {
        HoldReasons.OptedOut or HoldReasons.ListOptedOut or HoldReasons.Unsubscribed => OptedOut,
        HoldReasons.NoAddress or HoldReasons.BadAddress or HoldReasons.AddressBounced => NoAddress,
        HoldReasons.ContactLeft or HoldReasons.ContactUnknown => ContactLeft,
        HoldReasons.NoConsent => NoConsent,
        _ => null,
    };
}

/// <summary>What is known about a running enrolment when it is looked at.</summary>
public readonly record struct EnrolmentFacts
{
    public bool PlayDeleted { get; init; }

    public bool PlayOff { get; init; }

    public bool HasReplied { get; init; }

    public bool GoalMet { get; init; }

    /// <summary>The account paid when it was enrolled and pays no more.</summary>
    public bool AccountLeft { get; init; }

    public bool ContactLeft { get; init; }

    public bool OptedOut { get; init; }

    /// <summary>True where no trigger holds any more.</summary>
    public bool ReasonGone { get; init; }

    public bool UrgentInquiry { get; init; }

    public bool Outage { get; init; }
}

/// <summary>The rules by which an account leaves a sequence or waits in it.</summary>
public static class EnrolmentExit
{
    /// <summary>Why the account leaves, the strongest reason first; null where it stays.</summary>
    public static string? Of(PlaySequence sequence, EnrolmentFacts facts) =>
        facts.PlayDeleted ? EnrolmentEnds.PlayDeleted
        : facts.PlayOff ? EnrolmentEnds.PlayOff
        : facts.AccountLeft ? EnrolmentEnds.AccountLeft
        : facts.ContactLeft ? EnrolmentEnds.ContactLeft
        : facts.OptedOut ? EnrolmentEnds.OptedOut
        : facts.HasReplied ? EnrolmentEnds.Replied
        : facts.GoalMet ? EnrolmentEnds.GoalMet
        : facts.UrgentInquiry && sequence.OnUrgentInquiry == Interruption.Leave ? EnrolmentEnds.UrgentInquiry
        : facts.Outage && sequence.OnOutage == Interruption.Leave ? EnrolmentEnds.Outage
        : facts.ReasonGone && sequence.EndsWhenReasonGone ? EnrolmentEnds.ReasonGone
        : null;

    /// <summary>What lets the next step wait; null for nothing.</summary>
    public static string? Waits(PlaySequence sequence, EnrolmentFacts facts) =>
        facts.UrgentInquiry && sequence.OnUrgentInquiry == Interruption.Wait ? EnrolmentEnds.UrgentInquiry
        : facts.Outage && sequence.OnOutage == Interruption.Wait ? EnrolmentEnds.Outage
        : null;
}

/// <summary>Codes of what holds a step back beside <see cref="HoldReasons"/>.</summary>
public static class SequenceHolds
{
    public const string NoPostalAddress = "no_postal_address", NoOwner = "no_owner", TaskDeleted = "task_deleted", Condition = "condition";
}
