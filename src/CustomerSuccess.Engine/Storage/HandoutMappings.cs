using CustomerSuccess.Core.Handouts;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Storage;

/// <summary>Tables of what is handed out: who gets the summary, what was sent, and reports for customers.</summary>
internal static class HandoutMappings
{
    public static void Apply(ModelBuilder model)
    {
        model.Entity<SummarySubscription>(subscription =>
        {
            subscription.ToTable("summary_subscription");
            subscription.HasKey(s => s.SubscriptionId);
            subscription.HasIndex(s => s.UserId);
        });
        model.Entity<SummarySending>(sending =>
        {
            sending.ToTable("summary_sending");
            // one for each time, whatever process sends it
            sending.HasKey(s => new { s.SubscriptionId, s.DueAt, s.IsAsked });
        });
        model.Entity<CustomerReport>(report =>
        {
            report.ToTable("customer_report");
            report.HasKey(r => new { r.AccountNo, r.ReportId });
        });
        model.Entity<CustomerReportFile>(file =>
        {
            file.ToTable("customer_report_file");
            file.HasKey(f => new { f.AccountNo, f.ReportId });
        });
    }
}
