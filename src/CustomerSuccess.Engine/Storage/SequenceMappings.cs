using CustomerSuccess.Core.Sequences;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Storage;

/// <summary>Tables of who is in the sequence of a play.</summary>
internal static class SequenceMappings
{
    public static void Apply(ModelBuilder model)
    {
        model.Entity<Enrolment>(enrolment =>
        {
            enrolment.ToTable("enrolment");
            enrolment.HasKey(e => new { e.AccountNo, e.EnrolmentId });
            enrolment.HasIndex(e => new { e.State, e.DueAt });
            enrolment.HasIndex(e => new { e.Play, e.State, e.StartedAt });
        });
        model.Entity<EnrolmentStep>(step =>
        {
            step.ToTable("enrolment_step");
            step.HasKey(s => new { s.AccountNo, s.EnrolmentId, s.StepNo });
            step.HasIndex(s => new { s.Channel, s.State });
        });
    }
}
