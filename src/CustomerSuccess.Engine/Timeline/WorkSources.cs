using System.Globalization;
using CustomerSuccess.Core.Files;
using CustomerSuccess.Core.Handouts;
using CustomerSuccess.Core.Health;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Notes;
using CustomerSuccess.Core.Plans;
using CustomerSuccess.Core.Tasks;
using CustomerSuccess.Core.Timeline;
using Microsoft.EntityFrameworkCore;
using static CustomerSuccess.Engine.Timeline.FactSources;

namespace CustomerSuccess.Engine.Timeline;

/// <summary>What people wrote, did and changed here.</summary>
internal static class WorkSources
{
    private static readonly string[] ProfileAreas = [JournalAreas.Account, JournalAreas.Contact];

    public static IReadOnlyList<TimelineSource> All { get; } =
    [
        new InstantSource<Note>("notes", TimelineGroups.Notes, reading =>
        {
            var all = reading.Context.Notes.AsNoTracking().Where(note => note.AccountNo == reading.AccountNo && note.DeletedAt == null);
            all = reading.Filter.ContactNo is { } contact ? all.Where(note => note.ContactNo == contact) : all;
            all = reading.By is { } by ? all.Where(note => note.ByEmail!.ToLower() == by) : all;
            return all.Select(note => new Stamped<Note> { At = note.At, Order = 0, Id = note.NoteId, Item = note });
        }, note => Entry(TimelineKinds.NoteWritten, note.NoteId, text: note.Text, by: note.ByEmail, contact: note.ContactNo, values: [("pinned", note.IsPinned ? true : null), ("edited", note.EditedAt is null ? null : true)]))
        { NamesPeople = true, NamesColleagues = true },
        new InstantSource<StoredFile>("files", TimelineGroups.Files, reading =>
        {
            var all = reading.Context.StoredFiles.AsNoTracking().Where(file => file.AccountNo == reading.AccountNo && file.DeletedAt == null);
            all = reading.Filter.ContactNo is { } contact ? all.Where(file => file.ContactNo == contact) : all;
            all = reading.By is { } by ? all.Where(file => file.ByEmail!.ToLower() == by) : all;
            return all.Select(file => new Stamped<StoredFile> { At = file.At, Order = 0, Id = file.FileId, Item = file });
        }, file => Entry(TimelineKinds.FileAdded, file.FileId, file.Name, file.Description, file.ByEmail, file.ContactNo, [("size", file.Size), ("media_type", file.MediaType), ("revision", file.Revision > 1 ? file.Revision : null)]))
        { NamesPeople = true, NamesColleagues = true },
        new InstantSource<CustomerReport>("reports", TimelineGroups.Files, reading =>
        {
            var all = reading.Context.CustomerReports.AsNoTracking().Where(report => report.AccountNo == reading.AccountNo && report.GivenAt != null);
            all = reading.Filter.ContactNo is { } contact ? all.Where(report => report.ContactNo == contact) : all;
            all = reading.By is { } by ? all.Where(report => report.GivenByEmail!.ToLower() == by) : all;
            return all.Select(report => new Stamped<CustomerReport> { At = report.GivenAt!.Value, Order = 0, Id = report.ReportId, Item = report });
        }, report => Entry(TimelineKinds.ReportGiven, report.ReportId, text: report.Note, by: report.GivenByEmail, contact: report.ContactNo, values: [("from", report.From), ("to", report.To), ("by_mail", report.MailId is null ? null : true)]))
        { NamesPeople = true, NamesColleagues = true },
        new InstantSource<WorkTask>("tasks", TimelineGroups.Tasks, reading =>
        {
            var all = reading.Context.WorkTasks.AsNoTracking().Where(task => task.AccountNo == reading.AccountNo && task.DeletedAt == null && task.DoneAt != null);
            all = reading.Filter.ContactNo is { } contact ? all.Where(task => task.ContactNo == contact) : all;
            all = reading.By is { } by ? all.Where(task => task.DoneByEmail!.ToLower() == by) : all;
            return all.Select(task => new Stamped<WorkTask> { At = task.DoneAt!.Value, Order = 0, Id = task.TaskId, Item = task });
        }, task => Entry(TimelineKinds.TaskDone, task.TaskId, task.Title, task.Detail, task.DoneByEmail, task.ContactNo, [("due_on", task.DueOn), ("recurs", task.Recurrence is null ? null : true)]))
        { NamesPeople = true, NamesColleagues = true },
        new DaySource<SuccessPlan>("plans", TimelineGroups.Plans, reading => Plans(reading).Where(plan => plan.Status != PlanStatus.Draft).Select(plan => new Dated<SuccessPlan> { Day = plan.StartsOn, Order = 0, Id = plan.PlanId, Item = plan }),
            plan => Entry(TimelineKinds.PlanStarted, plan.PlanId, plan.Title, plan.Summary, plan.OwnerEmail, values: [("due_on", plan.DueOn)]))
        { NamesColleagues = true },
        new InstantSource<SuccessPlan>("plans-ended", TimelineGroups.Plans, reading => Plans(reading).Where(plan => plan.EndedAt != null).Select(plan => new Stamped<SuccessPlan> { At = plan.EndedAt!.Value, Order = 0, Id = plan.PlanId, Item = plan }),
            plan => Entry(plan.Status == PlanStatus.Achieved ? TimelineKinds.PlanAchieved : TimelineKinds.PlanAbandoned, plan.PlanId, plan.Title, by: plan.OwnerEmail))
        { NamesColleagues = true },
        new InstantSource<PlanGoal>("goals", TimelineGroups.Plans, reading =>
        {
            var all = reading.Context.PlanGoals.AsNoTracking().Where(goal => goal.AccountNo == reading.AccountNo && goal.DeletedAt == null && goal.ReachedAt != null);
            all = reading.By is { } by ? all.Where(goal => goal.ReachedByEmail!.ToLower() == by) : all;
            return all.Select(goal => new Stamped<PlanGoal> { At = goal.ReachedAt!.Value, Order = 0, Id = goal.GoalId, Item = goal });
        }, goal => Entry(TimelineKinds.GoalReached, goal.GoalId, goal.Title, by: goal.ReachedByEmail, values: [("measure", goal.Measure), ("target", goal.Target), ("current", goal.Current)]))
        { NamesColleagues = true },
        new InstantSource<PlanMilestone>("milestones", TimelineGroups.Plans, reading =>
        {
            var all = reading.Context.PlanMilestones.AsNoTracking().Where(step => step.AccountNo == reading.AccountNo && step.DeletedAt == null && step.DoneAt != null);
            all = reading.By is { } by ? all.Where(step => step.DoneByEmail!.ToLower() == by) : all;
            all = reading.Filter.ContactNo is { } contact ? all.Where(step => step.OwnerContactNo == contact) : all;
            return all.Select(step => new Stamped<PlanMilestone> { At = step.DoneAt!.Value, Order = 0, Id = step.MilestoneId, Item = step });
        }, step => Entry(TimelineKinds.MilestoneDone, step.MilestoneId, step.Title, by: step.DoneByEmail, contact: step.OwnerContactNo, values: [("due_on", step.DueOn)]))
        { NamesColleagues = true, NamesPeople = true },
        new InstantSource<Judgement>("judgements", TimelineGroups.Health, reading =>
        {
            var all = reading.Context.Judgements.AsNoTracking().Where(judgement => judgement.AccountNo == reading.AccountNo && judgement.WithdrawnAt == null);
            all = reading.By is { } by ? all.Where(judgement => judgement.ByEmail!.ToLower() == by) : all;
            return all.Select(judgement => new Stamped<Judgement> { At = judgement.At, Order = 0, Id = judgement.JudgementId, Item = judgement });
        }, judgement => Entry(TimelineKinds.JudgementMade, judgement.JudgementId, text: judgement.Reason, by: judgement.ByEmail, values: [("band", judgement.Band)]))
        { NamesColleagues = true },
        new InstantSource<JournalEntry>("journal", TimelineGroups.Changes, reading =>
        {
            // who left is told on the day on which he or she did
            var all = reading.Context.Journal.AsNoTracking().Where(entry => entry.AccountNo == reading.AccountNo && ProfileAreas.Contains(entry.Area) && entry.Act != "left");
            all = reading.By is { } by ? all.Where(entry => entry.ByEmail!.ToLower() == by) : all;
            if (reading.Filter.ContactNo is { } contact)
            {
                var id = contact.ToString(CultureInfo.InvariantCulture);
                all = all.Where(entry => entry.Area == JournalAreas.Contact && entry.RecordId == id);
            }

            return all.Select(entry => new Stamped<JournalEntry> { At = entry.At, Order = entry.EntryNo, Id = "", Item = entry });
        }, Change)
        { NamesColleagues = true, NamesPeople = true },
    ];

    private static TimelineEntry Change(JournalEntry entry)
    {
        var isPerson = entry.Area == JournalAreas.Contact;
        int? contact = isPerson && int.TryParse(entry.RecordId, CultureInfo.InvariantCulture, out var no) ? no : null;
        return Entry(!isPerson ? TimelineKinds.AttributesChanged : entry.Act == "created" ? TimelineKinds.PersonAdded : TimelineKinds.PersonChanged, entry.RecordId ?? "", by: entry.ByEmail, contact: contact)
            with
        { Changes = FieldChanges.Read(entry.ChangesJson) };
    }

    private static IQueryable<SuccessPlan> Plans(TimelineReading reading) =>
        reading.Context.SuccessPlans.AsNoTracking().Where(plan => plan.AccountNo == reading.AccountNo && plan.DeletedAt == null && (reading.By == null || plan.OwnerEmail!.ToLower() == reading.By));
}
