using CustomerSuccess.Core.Closing;
using CustomerSuccess.Core.Reports;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Storage;

/// <summary>Tables of figures that are kept as they were, and of reports under names.</summary>
internal static class ReportMappings
{
    public static void Apply(ModelBuilder model)
    {
        model.Entity<MonthClose>(close =>
        {
            close.ToTable("month_close");
            close.HasKey(c => c.MonthCloseId);
            close.HasIndex(c => c.Month);
        });
        model.Entity<Restatement>(restatement =>
        {
            restatement.ToTable("restatement");
            restatement.HasKey(r => new { r.MonthCloseId, r.RestatementNo });
            restatement.Property(r => r.RestatementNo).ValueGeneratedNever();
        });
        model.Entity<SavedReport>(report =>
        {
            report.ToTable("saved_report");
            report.HasKey(r => r.ReportNo);
            report.Property(r => r.ReportNo).ValueGeneratedNever();
            report.HasIndex(r => r.OwnerUser);
            report.Ignore(r => r.Definition);
        });
    }
}
