using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Notes;
using CustomerSuccess.Core.Plans;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Core.Tasks;
using CustomerSuccess.Engine.Accounts;
using CustomerSuccess.Engine.Notes;
using CustomerSuccess.Engine.Plans;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Tasks;
using CustomerSuccess.Web.Shared;

namespace CustomerSuccess.Web.Pages.Accounts.Print;

/// <summary>What stands on the sheet for a meeting: little enough for one or two pages.</summary>
public sealed class AccountPrintViewModel(AccountQuery accounts, AccountSheets sheets, FeatureUseQuery features, SuccessPlans plans, TaskQuery tasks, AccountNotes notes, SettingsStore settingsStore, ColleagueNames names, CurrentViewer current, TimeProvider clock)
{
    private const int MostInquiries = 6, MostAnswers = 4, MostTasks = 8, MostNotes = 6;

    /// <summary>Null where there is no such account for this viewer.</summary>
    public AccountHead? Head { get; private set; }

    public CompanySettings Settings { get; private set; } = new();

    public DateOnly Today => Settings.Today(clock);

    public ContractSheet? Contracts { get; private set; }

    public IReadOnlyList<PersonRow> People { get; private set; } = [];

    public FeatureUseSheet? Usage { get; private set; }

    public IReadOnlyList<InquiryRow> Inquiries { get; private set; } = [];

    public IReadOnlyList<AnswerRow> Answers { get; private set; } = [];

    /// <summary>Plans that run.</summary>
    public IReadOnlyList<PlanSheet> Plans { get; private set; } = [];

    /// <summary>What is to be done; empty unless the sheet is for ourselves.</summary>
    public IReadOnlyList<TaskRow> Tasks { get; private set; } = [];

    /// <summary>Empty unless the sheet is for ourselves.</summary>
    public IReadOnlyList<Note> Notes { get; private set; } = [];

    /// <summary>Reads the sheet.</summary>
    /// <param name="accountId">As the sources write it.</param>
    /// <param name="ns">Namespace of the id.</param>
    /// <param name="isInternal">True for a sheet that stays with us: it has tasks and notes as well.</param>
    /// <param name="cancellation">Ends the work.</param>
    public async Task ReadAsync(string accountId, string ns, bool isInternal, CancellationToken cancellation)
    {
        var viewer = await current.GetAsync();
        Settings = await settingsStore.ReadAsync(cancellation);
        Head = await accounts.FindAsync(viewer, accountId, ns, cancellation);
        if (Head is not { Header.AccountNo: var no })
        {
            return;
        }

        await names.LoadAsync(cancellation);
        Contracts = await sheets.ContractsAsync(viewer, no, cancellation);
        People = [.. (await sheets.PeopleAsync(viewer, no, cancellation) ?? []).Where(person => person.LeftOn is null && (person.IsChampion || person.IsDecisionMaker || person.IsExecutiveSponsor))];
        Usage = await features.FindAsync(viewer, no, cancellation);
        Inquiries = (await accounts.InquiriesAsync(viewer, no, 0, MostInquiries, cancellation))?.Rows ?? [];
        Answers = (await accounts.AnswersAsync(viewer, no, 0, MostAnswers, cancellation))?.Rows ?? [];
        Plans = [.. (await plans.OfAccountAsync(viewer, no, cancellation) ?? []).Where(sheet => sheet.Plan.Status == PlanStatus.Active)];
        Tasks = isInternal ? (await tasks.PageAsync(viewer, new() { AccountNo = no }, 0, MostTasks, cancellation)).Rows : [];
        Notes = isInternal ? (await notes.PageAsync(viewer, no, 0, MostNotes, cancellation))?.Rows ?? [] : [];
    }
}
