using System.Globalization;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Capacity;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Inquiries;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Capacity;

/// <summary>Changes weeks and days off. Whoever manages may change everybody's and the company's; a CSM notes own days off.</summary>
public sealed class CapacityEdits(Database database, Acts acts, SettingsStore settingsStore, TimeProvider clock)
{
    /// <summary>A CSM's week and absences from today on.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="email">Whose; <see cref="Absence.Everybody"/> for the company's.</param>
    /// <param name="cancellation">Ends the query.</param>
    public async Task<CapacitySheet> FindAsync(Viewer viewer, string email, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        var key = email.Trim().ToLowerInvariant();
        var settings = await settingsStore.ReadAsync(cancellation);
        var today = settings.Today(clock);
        await using var context = database.OpenContext();
        var own = await context.CsmCapacities.AsNoTracking().FirstOrDefaultAsync(capacity => capacity.Email == key, cancellation);
        var off = await context.Absences.AsNoTracking().Where(day => day.Email == key && day.DeletedAt == null && day.Until >= today).OrderBy(day => day.From).ToListAsync(cancellation);
        return new(key, WorkWeek.Parse(own?.Week), WorkWeek.Weekdays(settings.CsmMinutesPerDay), own?.Version ?? 0, off);
    }

    /// <summary>Sets a CSM's week.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="email">Whose.</param>
    /// <param name="week">Null for the company's.</param>
    /// <param name="seen">The version that the viewer saw, 0 for none; null where any will do.</param>
    /// <param name="cancellation">Ends the work before it is committed.</param>
    public Task<ActResult<CsmCapacity>> SetWeekAsync(Viewer viewer, string email, WorkWeek? week, int? seen = null, CancellationToken cancellation = default)
    {
        var key = email.Trim().ToLowerInvariant();
        return !viewer.MayManage ? Task.FromResult(ActResult.Forbidden<CsmCapacity>())
            : !EmailForm.IsAddress(key) ? Task.FromResult(ActResult.Invalid<CsmCapacity>("email", "not_an_address"))
            : acts.RunAsync(viewer, async act =>
            {
                await act.LockAsync("capacity");
                var capacity = await act.Context.CsmCapacities.FindAsync([key], cancellation);
                if (seen is { } version && version != (capacity?.Version ?? 0))
                {
                    return ActResult.Conflict(capacity);
                }

                var text = week?.ToString();
                if (capacity is null ? text is null : capacity.Week == text)
                {
                    return ActResult.Unchanged(capacity ?? new CsmCapacity { Email = key });
                }

                if (capacity is null)
                {
                    capacity = new CsmCapacity { Email = key };
                    act.Context.CsmCapacities.Add(capacity);
                }

                act.Note(JournalAreas.Capacity, "changed", recordId: key, changes: new FieldChanges().Note("week", capacity.Week, text));
                (capacity.Week, capacity.ChangedAt, capacity.ChangedByEmail, capacity.Version) = (text, act.Now, viewer.Email, capacity.Version + 1);
                return ActResult.Done(capacity);
            }, cancellation);
    }

    /// <summary>Notes days off; the same days twice are noted once.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="email">Whose; <see cref="Absence.Everybody"/> for the company's.</param>
    /// <param name="from">The first day.</param>
    /// <param name="until">The last day.</param>
    /// <param name="note">Why; at most <see cref="Absence.LongestNote"/> characters.</param>
    /// <param name="cancellation">Ends the work before it is committed.</param>
    public async Task<ActResult<Absence>> AddDaysOffAsync(Viewer viewer, string email, DateOnly from, DateOnly until, string? note = null, CancellationToken cancellation = default)
    {
        var key = email.Trim().ToLowerInvariant();
        if (!MayChange(viewer, key))
        {
            return ActResult.Forbidden<Absence>();
        }

        var problems = new Dictionary<string, string>();
        var text = EnteredText.Of(note);
        EnteredText.Check(problems, "note", text, Absence.LongestNote);
        if (key.Length > 0 && !EmailForm.IsAddress(key))
        {
            problems["email"] = "not_an_address";
        }

        if (until < from || until.DayNumber - from.DayNumber > 366)
        {
            problems["until"] = until < from ? "before_from" : "too_long";
        }

        return problems.Count > 0 ? ActResult.Invalid<Absence>(problems) : await RunAsync(viewer, key, async act =>
        {
            if (await act.Context.Absences.FirstOrDefaultAsync(day => day.Email == key && day.From == from && day.Until == until && day.DeletedAt == null, cancellation) is { } same)
            {
                return ActResult.Unchanged(same);
            }

            var off = new Absence { Email = key, AbsenceId = act.NewId(), From = from, Until = until, Note = text, CreatedAt = act.Now, CreatedByEmail = viewer.Email };
            act.Context.Absences.Add(off);
            act.Note(JournalAreas.Capacity, "away", recordId: off.AbsenceId, changes: new FieldChanges().Note("email", null, key).Note("from", null, from.ToString("O", CultureInfo.InvariantCulture)).Note("until", null, until.ToString("O", CultureInfo.InvariantCulture)));
            return ActResult.Done(off);
        }, cancellation);
    }

    /// <summary>Takes days off back, or brings them back; twice is once.</summary>
    public Task<ActResult<Absence>> SetDeletedAsync(Viewer viewer, string email, string dayOffId, bool isDeleted, CancellationToken cancellation = default)
    {
        var key = email.Trim().ToLowerInvariant();
        return !MayChange(viewer, key) ? Task.FromResult(ActResult.Forbidden<Absence>()) : RunAsync(viewer, key, async act =>
        {
            if (await act.Context.Absences.FindAsync([key, dayOffId], cancellation) is not { } off)
            {
                return ActResult.NotFound<Absence>();
            }

            if (off.DeletedAt is not null == isDeleted)
            {
                return ActResult.Unchanged(off);
            }

            off.DeletedAt = isDeleted ? act.Now : null;
            act.Note(JournalAreas.Capacity, isDeleted ? "back" : "away", recordId: off.AbsenceId, changes: new FieldChanges().Note("email", null, key));
            return ActResult.Done(off);
        }, cancellation);
    }

    /// <summary>Changes days off. The desk is closed on the company's: what is open there is aimed anew in the same act.</summary>
    private async Task<ActResult<Absence>> RunAsync(Viewer viewer, string key, Func<ActScope, Task<ActResult<Absence>>> change, CancellationToken cancellation)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        return await acts.RunAsync(viewer, async act =>
        {
            await act.LockAsync("capacity");
            if (key == Absence.Everybody)
            {
                await act.LockAsync(DeskSetup.Lock);
            }

            var result = await change(act);
            if (key == Absence.Everybody && result.Outcome == ActOutcome.Done)
            {
                await act.Context.SaveChangesAsync(cancellation);
                await DeskSetup.AimAsync(act.Context, settings, cancellation);
            }

            return result;
        }, cancellation);
    }

    private static bool MayChange(Viewer viewer, string key) => viewer.MayManage || (viewer.MayWork && key.Length > 0 && string.Equals(key, viewer.Email, StringComparison.OrdinalIgnoreCase));
}
