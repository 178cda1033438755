using System.Globalization;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Lists;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace CustomerSuccess.Web.Pages.Forecast;

/// <summary>What renewals will bring, what moved that, what keeping accounts is worth, and where the past pace leads.</summary>
public sealed partial class ForecastPage
{
    /// <summary>Days after which scores are called old, as in the queue.</summary>
    private const int StaleDays = 2;

    private static readonly IReadOnlyCollection<string> Areas = [JournalAreas.Score];

    [Inject]
    private ForecastViewModel Model { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private ForecastView View => Model.View;

    private string? Answer => !IsReady || Model.Next is not { } next ? null
        : next.ExpectedMrr is { } expected && next.LowerMrr is { } lower && next.UpperMrr is { } upper
            ? Text["Answer", Format.Month(next.Month), Format.Money(next.DueMrr, Model.Currency), Format.Count(next.Accounts), Format.Money(expected, Model.Currency), Format.Money(lower, Model.Currency), Format.Money(upper, Model.Currency), Format.Percent(RenewedRevenue.Coverage, 0)].Value
            : Text["AnswerDue", Format.Month(next.Month), Format.Money(next.DueMrr + next.LeavingMrr, Model.Currency), Format.Count(next.Accounts + next.LeavingAccounts)].Value;

    private string ListTitle => View.Renewals.Month is { } month ? Text["RenewalsOf", Format.Month(month)] : Text["RenewalsOfYear"];

    /// <summary>What is expected of the renewals listed.</summary>
    private decimal Expected => Model.Months.Where(month => View.Renewals.Month is null || month.Month == View.Renewals.Month).Sum(month => month.ExpectedMrr ?? 0);

    private ListSort? Sort => View.Renewals is { Sort: RenewalSort.Risk, Descending: true } ? null : new(View.Renewals.Sort.ToString().ToLowerInvariant(), View.Renewals.Descending);

    private IReadOnlyList<Filter> Filters =>
    [
        new ChoiceFilter("month", Text["Month"], [.. Model.Months.Select(month => new FilterChoice(Key(month.Month), Format.Month(month.Month), month.Accounts + month.LeavingAccounts))], View.Renewals.Month is { } month ? Key(month) : null),
    ];

    protected override void OnInitialized()
    {
        Model.View = ForecastView.Parse(Navigation.Uri);
        Navigation.LocationChanged += Follow;
    }

    protected override Task ReadAsync(CancellationToken cancellation) => Model.LoadAsync(cancellation);

    protected override async Task ReadRestAsync(CancellationToken cancellation)
    {
        await Model.LoadRestAsync(cancellation);
        StateHasChanged();
    }

    protected override void Dispose(bool disposing)
    {
        Navigation.LocationChanged -= Follow;
        base.Dispose(disposing);
    }

    private static string Key(DateOnly month) => month.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    private static string KeyOf(RenewalRow row) => string.Create(CultureInfo.InvariantCulture, $"{row.AccountNo}/{row.Month:yyyy-MM}");

    private static string AddressOf(RenewalRow row) => AccountAddress.Of(row.AccountId, row.Namespace);

    private void Go(ForecastView view) => Navigation.NavigateTo(view.ToAddress(), replace: true);

    private void Narrow(FilterChange change) =>
        ChooseMonth(Model.Months.Select(month => month.Month).Cast<DateOnly?>().FirstOrDefault(month => Key(month!.Value) == change.Value));

    private void ChooseMonth(DateOnly? month) => Go(View with { Renewals = View.Renewals with { Month = month } });

    private void Order(ListSort? sort) => Go(View with
    {
        Renewals = sort is null ? new RenewalView(View.Renewals.Month) : View.Renewals with { Sort = Enum.Parse<RenewalSort>(sort.Key, ignoreCase: true), Descending = sort.Descending },
    });

    private void SaveAsync(int accounts) => Go(View with { Saved = accounts });

    /// <summary>The address has changed, by a control here or by the browser's history: what it decides is read anew.</summary>
    private void Follow(object? sender, LocationChangedEventArgs moved)
    {
        if (new Uri(moved.Location).AbsolutePath != ForecastView.Path || ForecastView.Parse(moved.Location) is not { } view || view == View)
        {
            return;
        }

        var savedChanges = view.Saved != View.Saved || view.Renewals.Month != View.Renewals.Month;
        Model.View = view;
        _ = InvokeAsync(async () =>
        {
            StateHasChanged();
            if (savedChanges && IsReady)
            {
                await WorkAsync(() => Model.LoadSavedAsync(Leaving));
            }
        });
    }
}
