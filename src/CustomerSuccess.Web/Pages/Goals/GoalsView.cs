using CustomerSuccess.Core.Goals;
using CustomerSuccess.Engine.Goals;
using CustomerSuccess.Web.Shared.Lists;

namespace CustomerSuccess.Web.Pages.Goals;

/// <summary>Which goals are listed, as the address says it.</summary>
public sealed record GoalsView
{
    public const string Path = "/goals", StatusKey = "status", OwnerKey = "owner", DueKey = "review";

    public GoalStatus? Status { get; init; }

    /// <summary>An address in lower case; null for everybody.</summary>
    public string? Owner { get; init; }

    /// <summary>True for those whose review is due alone.</summary>
    public bool ReviewDue { get; init; }

    public bool IsAll => this == new GoalsView();

    public static GoalsView Parse(ListAddress address) => new() { Status = address.Choice<GoalStatus>(StatusKey), Owner = address[OwnerKey], ReviewDue = address[DueKey] == "1" };

    public static string Of(Goal goal) => $"{Path}/{goal.GoalId}";

    public bool Shows(GoalRow row) => (Status is not { } status || row.Standing.Status == status) && (Owner is not { } owner || row.Goal.OwnerEmail == owner) && (!ReviewDue || row.ReviewDue is not null);

    public string ToAddress() => Address(Path).ToString();

    /// <summary>The view at another path, such as that of a file.</summary>
    public ListAddress Address(string path) => ListAddress.Parse(path).With(StatusKey, Status?.ToString().ToLowerInvariant()).With(OwnerKey, Owner).With(DueKey, ReviewDue ? "1" : null);
}
