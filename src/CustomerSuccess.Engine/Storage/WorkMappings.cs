using CustomerSuccess.Core.Files;
using CustomerSuccess.Core.Goals;
using CustomerSuccess.Core.Marks;
using CustomerSuccess.Core.Notes;
using CustomerSuccess.Core.Plans;
using CustomerSuccess.Core.Tasks;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Storage;

/// <summary>Tables of what people write down and plan.</summary>
internal static class WorkMappings
{
    public static void Apply(ModelBuilder model)
    {
        model.Entity<Note>(note =>
        {
            note.ToTable("note");
            note.HasKey(n => new { n.AccountNo, n.NoteId });
        });
        model.Entity<Mention>(mention =>
        {
            mention.ToTable("mention");
            mention.HasKey(m => new { m.AccountNo, m.MentionId });
            mention.HasIndex(m => new { m.ToUser, m.ReadAt });
        });
        model.Entity<Mark>(mark =>
        {
            mark.ToTable("mark");
            mark.HasKey(m => m.MarkId);
            mark.Property(m => m.Reach).HasDefaultValue(MarkReach.All);
        });
        model.Entity<MarkAccount>(account =>
        {
            account.ToTable("mark_account");
            account.HasKey(a => new { a.AccountNo, a.MarkId });
            account.HasIndex(a => a.MarkId);
        });
        model.Entity<Goal>(goal =>
        {
            goal.ToTable("goal");
            goal.HasKey(g => g.GoalId);
            goal.HasIndex(g => g.OwnerEmail);
            goal.Ignore(g => g.Scope);
            goal.Ignore(g => g.Path);
        });
        model.Entity<GoalReview>(review =>
        {
            review.ToTable("goal_review");
            review.HasKey(r => new { r.GoalId, r.Month });
            review.Ignore(r => r.Point);
            review.Ignore(r => r.Links);
        });
        model.Entity<WorkTask>(task =>
        {
            task.ToTable("task");
            task.HasKey(t => new { t.AccountNo, t.TaskId });
            task.HasIndex(t => new { t.AssigneeEmail, t.DoneAt, t.DueOn });
            task.HasIndex(t => new { t.CreatedByUser, t.DoneAt });
        });
        model.Entity<StoredFile>(file =>
        {
            file.ToTable("stored_file");
            file.HasKey(f => new { f.AccountNo, f.FileId });
        });
        model.Entity<FileChunk>(chunk =>
        {
            chunk.ToTable("file_chunk");
            chunk.HasKey(c => new { c.AccountNo, c.FileId, c.ChunkNo });
        });
        model.Entity<SuccessPlan>(plan =>
        {
            plan.ToTable("success_plan");
            plan.HasKey(p => new { p.AccountNo, p.PlanId });
        });
        model.Entity<PlanGoal>(goal =>
        {
            goal.ToTable("plan_goal");
            goal.HasKey(g => new { g.AccountNo, g.GoalId });
        });
        model.Entity<PlanMilestone>(milestone =>
        {
            milestone.ToTable("plan_milestone");
            milestone.HasKey(m => new { m.AccountNo, m.MilestoneId });
            milestone.HasIndex(m => new { m.OwnerEmail, m.DoneAt, m.DueOn });
        });
        model.Entity<StoredPlanTemplate>(template =>
        {
            template.ToTable("plan_template");
            template.HasKey(t => t.TemplateKey);
        });
    }
}
