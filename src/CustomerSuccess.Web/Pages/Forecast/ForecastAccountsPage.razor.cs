using System.Globalization;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Lists;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Forecast;

/// <summary>The accounts behind a mark of the forecast: who moved a month's forecast, or what became of the renewals of a past month.</summary>
public sealed partial class ForecastAccountsPage
{
    private ForecastMovedAccounts? _moved;
    private PastRenewalRows? _past;

    [Inject]
    private ForecastAccounts Accounts { get; set; } = default!;

    [Inject]
    private CurrentViewer Current { get; set; } = default!;

    protected override string Path => ForecastAccountsView.Path;

    private string Currency => _past?.Currency ?? _moved?.Currency ?? "";

    private string Title => View.Month is not { } month ? Text["AccountsTitle"] : Text[View.From is null ? "MovedTitle" : "PastTitle", Format.Month(month)];

    private string? Answer => !IsReady ? null
        : _past is { } past && View.From is { } from ? Text["PastAnswer", Format.Day(from), Format.Count(past.Rows.Count), Format.Money(past.DueMrr, Currency), Format.Money(past.RenewedMrr, Currency)].Value
        : _moved is { } moved ? Text["MovedAnswer", Format.Day(moved.Earlier.AsOf), Format.Count(moved.Rows.Select(row => row.Step.AccountNo).Distinct().Count()), ChangesCard.Signed(moved.Rows.Sum(row => row.Step.Mrr), Currency)].Value
        : null;

    private IReadOnlyList<Filter> Filters =>
    [
        new ChoiceFilter("move", Text["Why"], [.. Enum.GetValues<ForecastMove>().Select(move => new FilterChoice(move.ToString().ToLowerInvariant(), Text[$"Move_{move}"]))], View.Move?.ToString().ToLowerInvariant()),
    ];

    protected override ForecastAccountsView Parse(ListAddress address) => ForecastAccountsView.Parse(address);

    protected override async Task ReadAsync(CancellationToken cancellation)
    {
        var viewer = await Current.GetAsync();
        await People.LoadAsync(cancellation);
        (_moved, _past) = (null, null);
        if (View is { From: { } from, Month: { } past })
        {
            _past = await Accounts.PastAsync(viewer, from, past, cancellation);
        }
        else if (View.Month is { } month)
        {
            _moved = await Accounts.MovedAsync(viewer, month, View.Move, cancellation);
        }
    }

    private static string KeyOf(ForecastMoved row) => string.Create(CultureInfo.InvariantCulture, $"{row.Step.AccountNo}/{row.Step.Move}");

    private Task<ListStretch<PastRenewalRow>> LoadPastAsync(ListRequest request, CancellationToken cancellation) => Task.FromResult(Stretch(_past?.Rows ?? [], request));

    private Task<ListStretch<ForecastMoved>> LoadMovedAsync(ListRequest request, CancellationToken cancellation) => Task.FromResult(Stretch(_moved?.Rows ?? [], request));

    private static ListStretch<T> Stretch<T>(IReadOnlyList<T> rows, ListRequest request) => new([.. rows.Skip(request.Offset).Take(request.Limit)], rows.Count);

    private string Count(int rows) => Text["Count", Format.Count(rows)];
}
