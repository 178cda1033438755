using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Capacity;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Capacity;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Portfolios;

namespace CustomerSuccess.Web.Pages.Capacity;

/// <summary>Who has how much to do and how much time for it, and whose week and absences are being changed.</summary>
public sealed class CapacityViewModel(CapacityQuery query, CapacityEdits edits, OwnerChoices people, SettingsStore settings, CurrentViewer current, TimeProvider clock)
{
    private Viewer? _viewer;

    public IReadOnlyList<CsmLoad> Loads { get; private set; } = [];

    public CompanySettings Settings { get; private set; } = new();

    public DateOnly Today => Settings.Today(clock);

    /// <summary>True where the viewer may change everybody's week.</summary>
    public bool MayManage => _viewer?.MayManage == true;

    /// <summary>Whose minutes are exceeded.</summary>
    public int Over => Loads.Count(load => load.IsOver);

    public async Task ReadAsync(CancellationToken cancellation)
    {
        _viewer = await current.GetAsync();
        Settings = await settings.ReadAsync(cancellation);
        Loads = await query.LoadsAsync(_viewer, cancellation);
        await people.ReadAsync(cancellation);
    }

    public string NameOf(string? email) => people.NameOf(email);

    /// <summary>True where the viewer may note absences of somebody.</summary>
    public bool MayChange(string? email) => email is not null && (MayManage || (_viewer?.MayWork == true && string.Equals(email, _viewer.Email, StringComparison.OrdinalIgnoreCase)));

    public async Task<CapacitySheet> FindAsync(string email, CancellationToken cancellation) => await edits.FindAsync(await current.GetAsync(), email, cancellation);

    public async Task<ActResult<CsmCapacity>> SetWeekAsync(CapacitySheet sheet, WorkWeek? week) => await edits.SetWeekAsync(await current.GetAsync(), sheet.Email, week, sheet.Version);

    public async Task<ActResult<Absence>> AddDaysOffAsync(string email, DateOnly from, DateOnly until, string? note) => await edits.AddDaysOffAsync(await current.GetAsync(), email, from, until, note);

    public async Task<ActResult<Absence>> SetDeletedAsync(Absence off, bool isDeleted) => await edits.SetDeletedAsync(await current.GetAsync(), off.Email, off.AbsenceId, isDeleted);
}
