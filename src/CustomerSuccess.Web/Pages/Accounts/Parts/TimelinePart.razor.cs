using System.Globalization;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Timeline;
using CustomerSuccess.Web.Shared.Lists;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Accounts.Parts;

/// <summary>Everything that happened to an account: its latest on the overview, all of it with filters on a tab of its own.</summary>
public sealed partial class TimelinePart
{
    private const int Page = 50, Latest = 20;

    /// <summary>Characters that are shown before the reader asks for the rest.</summary>
    private const int Clamped = 280;

    private static readonly string[] Areas =
    [
        JournalAreas.Account, JournalAreas.Contact, JournalAreas.File, JournalAreas.Import, JournalAreas.Inquiry, JournalAreas.Judgement, JournalAreas.Mail, JournalAreas.Note, JournalAreas.Plan, JournalAreas.Score, JournalAreas.Suggestion, JournalAreas.Task, JournalAreas.Touch,
    ];

    private readonly HashSet<(DateTime At, string Source, string Id)> _whole = [];

    /// <summary>True for the latest alone, without filters.</summary>
    [Parameter]
    public bool Compact { get; set; }

    protected override object? Subject => (Account.No, Compact ? "" : string.Join('&', TimelineView.Keys.Select(key => Address[key])));

    private ListAddress Address => ListAddress.Parse(Navigation.Uri);

    private TimelineFilter Filter => Compact ? new() : TimelineView.Parse(Address);

    private bool IsNarrowed => !Compact && TimelineView.Keys.Any(key => Address[key] is not null);

    private int PageSize => Compact ? Latest : Page;

    /// <summary>How many entries the filter leaves; null where words are searched, which nobody counts.</summary>
    private int? Total => Filter.Search is not null ? Model.Next is null && IsReady ? Model.Entries.Count : null
        : Model.Counts is { } counts ? counts.Where(count => Filter.Groups.Count == 0 || Filter.Groups.Contains(count.Key)).Sum(count => count.Value) : null;

    private IReadOnlyList<Filter> Filters =>
    [
        new SearchFilter(TimelineView.Search, Text["Search"], Filter.Search),
        new ChoiceFilter(TimelineView.Person, Text["Person"], [.. Model.People.Select(person => new FilterChoice(person.ContactNo.ToString(CultureInfo.InvariantCulture), person.Called))], Address[TimelineView.Person]),
        new ChoiceFilter(TimelineView.By, Text["By"], [.. Names.All.Select(colleague => new FilterChoice(colleague.Email, colleague.Name))], Filter.ByEmail),
    ];

    protected override Task ReadAsync(CancellationToken cancellation) => Model.ReadAsync(Account, Filter, PageSize, again: !Loading, cancellation);

    protected override Task ReadRestAsync(CancellationToken cancellation) => Compact ? Task.CompletedTask : Model.ReadChoicesAsync(Account, Filter, cancellation);

    private Task MoreAsync() => WorkAsync(() => Model.MoreAsync(Account, Filter, PageSize, Leaving));

    private void Turn(string group) => Go(Address.With(TimelineView.Groups, TimelineView.Turned(Filter, group)));

    private void Go(ListAddress address) => Navigation.NavigateTo(address.ToString(), replace: true);

    private string? By(TimelineEntry entry)
    {
        var parts = new[] { Words.Detail(entry), entry.ByEmail is null ? null : Names.Of(entry.ByEmail), entry.ContactName }.Where(part => !string.IsNullOrEmpty(part)).ToList();
        return parts.Count == 0 ? null : string.Join(Text["Dot"], parts);
    }

    private string? Link(TimelineEntry entry) => entry.Kind switch
    {
        TimelineKinds.FileAdded => Account.Href(AccountTabs.Files),
        TimelineKinds.ReportGiven => Account.Href(AccountTabs.Report),
        TimelineKinds.PlanStarted or TimelineKinds.PlanAchieved or TimelineKinds.PlanAbandoned or TimelineKinds.GoalReached or TimelineKinds.MilestoneDone => Account.Href(AccountTabs.Plan),
        TimelineKinds.HealthBandChanged or TimelineKinds.RiskChanged => Account.Href(AccountTabs.Health),
        _ => null,
    };
}
