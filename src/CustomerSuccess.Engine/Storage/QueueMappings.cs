using CustomerSuccess.Core.Capacity;
using CustomerSuccess.Core.Portfolios;
using CustomerSuccess.Core.Views;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Storage;

/// <summary>Tables of how the queue is worked: views, capacity, who is given what.</summary>
internal static class QueueMappings
{
    public static void Apply(ModelBuilder model)
    {
        model.Entity<SavedView>(view =>
        {
            view.ToTable("saved_view");
            view.HasKey(v => v.ViewId);
            view.HasIndex(v => new { v.List, v.OwnerUser });
        });
        model.Entity<ViewPreference>(preference =>
        {
            preference.ToTable("view_preference");
            preference.HasKey(p => new { p.UserId, p.List });
        });
        model.Entity<CsmCapacity>(capacity =>
        {
            capacity.ToTable("csm_capacity");
            capacity.HasKey(c => c.Email);
        });
        model.Entity<Absence>(off =>
        {
            off.ToTable("absence");
            off.HasKey(o => new { o.Email, o.AbsenceId });
        });
        model.Entity<AssignmentRule>(rule =>
        {
            rule.ToTable("assignment_rule");
            rule.HasKey(r => r.RuleId);
            rule.Ignore(r => r.Members);
            rule.Ignore(r => r.When);
        });
        model.Entity<Handover>(handover =>
        {
            handover.ToTable("handover");
            handover.HasKey(h => h.HandoverId);
            handover.Ignore(h => h.IsOver);
        });
        model.Entity<HandoverAccount>(account =>
        {
            account.ToTable("handover_account");
            account.HasKey(a => new { a.AccountNo, a.HandoverId });
            account.HasIndex(a => a.HandoverId);
        });
    }
}
