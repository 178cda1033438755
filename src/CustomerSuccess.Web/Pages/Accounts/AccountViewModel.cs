using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Accounts;
using CustomerSuccess.Engine.Modelling;
using CustomerSuccess.Engine.Playbooks;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Web.Shared;

namespace CustomerSuccess.Web.Pages.Accounts;

/// <summary>The head of one open account page: who it is, where it stands, what to do next. Each of its parts reads for itself.</summary>
public sealed class AccountViewModel(AccountQuery accounts, SuggestionActions actions, ModelRegistry models, SettingsStore settingsStore, ColleagueNames names, CurrentViewer current, TimeProvider clock)
{
    private int? _cardOf;
    private ModelCard? _card;

    /// <summary>Null until it was fetched, or where there is no such account for this viewer.</summary>
    public AccountHead? Head { get; private set; }

    /// <summary>The same, as the parts need it.</summary>
    public OpenAccount? Open { get; private set; }

    /// <summary>What became of accounts with a similar probability in the backtest; null until it was fetched, and where no model is in use.</summary>
    public ReliabilityBin? Similar { get; private set; }

    /// <summary>Fetches the account.</summary>
    /// <param name="accountId">As the sources write it.</param>
    /// <param name="ns">Namespace of the id; empty for the shared one.</param>
    /// <param name="cancellation">Ends the work.</param>
    public async Task ReadAsync(string accountId, string ns, CancellationToken cancellation)
    {
        var viewer = await current.GetAsync();
        var settings = await settingsStore.ReadAsync(cancellation);
        Head = await accounts.FindAsync(viewer, accountId, ns, cancellation);
        Open = Head is { Header: var header } ? new(header.AccountNo, header.AccountId, header.Namespace, header.Name, settings, settings.Today(clock), viewer) : null;
        await names.LoadAsync(cancellation);
    }

    /// <summary>Fetches what became of similar accounts; the model's card is read once.</summary>
    public async Task ReadSimilarAsync(CancellationToken cancellation)
    {
        if (Head is not { Score.Probability: { } probability, Run.ChurnModelId: { } modelId })
        {
            Similar = null;
            return;
        }

        if (_cardOf != modelId)
        {
            (_cardOf, _card) = (modelId, (await models.ListAsync(Target.Churn, cancellation)).FirstOrDefault(model => model.ModelId == modelId)?.Card);
        }

        Similar = SimilarBin.Of(_card, probability);
    }

    /// <summary>Takes back what was made of a suggestion.</summary>
    public Task<ActResult<TakenAction>> UndoAsync(string actionId, CancellationToken cancellation) => actions.UndoAsync(Open!.Viewer, Open.No, actionId, cancellation);
}
