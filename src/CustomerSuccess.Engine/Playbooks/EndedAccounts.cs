using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Playbooks;

/// <summary>Customers whose contract has ended, at any days, and how often such customers come back within the horizon. Memory holds the contracts of those who ever left.</summary>
internal sealed class EndedAccounts
{
    /// <summary>How often customers come back where nobody was watched yet.</summary>
    private const double Unknown = 0.02;

    private readonly List<(int AccountNo, AccountContracts Contracts)> _left = [];
    private readonly Dictionary<int, List<(DateOnly Day, double Score)>> _answers = [];
    private readonly CompanySettings _settings;
    private readonly ChurnReasons _reasons;
    private CurrencyRates? _rates;
    private (int Known, int Back) _returns;

    private EndedAccounts(CompanySettings settings) => (_settings, _reasons) = (settings, new(settings.InvoluntaryWords));

    /// <summary>The share of those who left that paid again within lead and horizon, 0–1.</summary>
    public double ReturnRate => _returns.Known == 0 ? Unknown : (_returns.Back + (Unknown * 10)) / (_returns.Known + 10.0);

    /// <param name="context">The store.</param>
    /// <param name="settings">The company's settings.</param>
    /// <param name="knownUntil">How far contracts are heeded when returns are counted.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <param name="accounts">Some accounts alone; null for all.</param>
    public static async Task<EndedAccounts> ReadAsync(CustomerSuccessContext context, CompanySettings settings, DateOnly? knownUntil, CancellationToken cancellation, IReadOnlyCollection<int>? accounts = null)
    {
        var ended = new EndedAccounts(settings);
        var rule = LabelRule.Of(settings);
        await AccountTerms.ReadAsync(context, settings, (account, terms, rates) =>
        {
            ended._rates = rates;
            var contracts = AccountContracts.Of(terms);
            var churns = contracts.Mrr.ChurnEvents(settings.GraceDays);
            if (churns.Count == 0)
            {
                return;
            }

            ended._left.Add((account, contracts));
            foreach (var left in churns.Where(left => left.DayNumber + rule.Span <= knownUntil?.DayNumber))
            {
                var end = left.AddDays(rule.LeadDays + rule.HorizonDays);
                ended._returns = (ended._returns.Known + 1, ended._returns.Back + (contracts.Mrr.ChangeDays.Any(day => day > left && day <= end && contracts.Mrr.IsPaying(day)) ? 1 : 0));
            }
        }, cancellation, accounts);
        var gone = ended._left.Select(own => own.AccountNo).ToHashSet();
        if (gone.Count > 0)
        {
            var answers = context.SurveyResponses.AsNoTracking().Among(accounts, answer => answer.AccountNo).Where(answer => answer.VoidedBy == null && answer.Kind == "nps")
                .Select(answer => new { answer.AccountNo, answer.RespondedAt, answer.Score, answer.ScaleMin, answer.ScaleMax }).AsAsyncEnumerable();
            await foreach (var answer in answers.WithCancellation(cancellation))
            {
                if (gone.Contains(answer.AccountNo) && answer.ScaleMax > answer.ScaleMin)
                {
                    (ended._answers.TryGetValue(answer.AccountNo, out var own) ? own : ended._answers[answer.AccountNo] = [])
                        .Add((settings.DayOf(answer.RespondedAt), 10 * (answer.Score - answer.ScaleMin) / (answer.ScaleMax - answer.ScaleMin)));
                }
            }
        }

        return ended;
    }

    /// <summary>The accounts whose contract has ended as of a day, by number.</summary>
    public IEnumerable<(int AccountNo, EndedContract Contract)> On(DateOnly day)
    {
        foreach (var (account, contracts) in _left)
        {
            if (EndedContract.Of(contracts, day, _settings.GraceDays, currency => _rates!.KnownOn(currency, day), _reasons, NpsOf(account, day)) is { } contract)
            {
                yield return (account, contract);
            }
        }
    }

    /// <summary>Whether an account that had left paid again within lead and horizon of a day; null where that is not known.</summary>
    public IReadOnlyDictionary<int, bool?> CameBack(DateOnly day, DateOnly? knownUntil)
    {
        var rule = LabelRule.Of(_settings);
        return _left.ToDictionary(own => own.AccountNo, own => Core.Effects.AssignmentOutcome.OfReturn(own.Contracts.Mrr, day, rule, knownUntil) switch
        {
            Core.Effects.OutcomeState.Happened => true,
            Core.Effects.OutcomeState.NotHappened => (bool?)false,
            _ => null,
        });
    }

    private double? NpsOf(int account, DateOnly day)
    {
        (DateOnly Day, double Score)? last = null;
        foreach (var answer in _answers.GetValueOrDefault(account, []))
        {
            if (answer.Day <= day && !(answer.Day < last?.Day))
            {
                last = answer;
            }
        }

        return last?.Score;
    }
}
