using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.BusinessTime;
using CustomerSuccess.Core.Inquiries;
using CustomerSuccess.Core.Journal;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Storage;

/// <summary>Tables of the inquiry desk and of calls. Threads lie beside their inquiry: the account leads their keys too.</summary>
internal static class DeskMappings
{
    public static void Apply(ModelBuilder model)
    {
        model.Entity<Inquiry>(inquiry =>
        {
            // a number, because lists are sorted by it
            inquiry.Property(i => i.Urgency).HasConversion<int>();
            inquiry.Property(i => i.State).HasDefaultValue(InquiryState.New);

            // what is open is few and asked for most; closed rows cost no entry
            inquiry.HasIndex(i => i.NextDueAt, "IX_inquiry_open").HasFilter("NOT is_settled");
            inquiry.HasIndex(i => i.OpenedAt);
            inquiry.HasIndex(i => i.ChangedAt);
            inquiry.HasIndex(i => new { i.Assignee, i.OpenedAt });
        });
        model.Entity<Contact>().HasIndex(c => c.PhoneKey);
        model.Entity<Account>().HasIndex(a => a.PhoneKey);
        model.Entity<InquiryMessage>(message =>
        {
            message.ToTable("inquiry_message");
            message.HasKey(m => new { m.AccountNo, m.SourceId, m.FactId, m.MessageId });
        });
        model.Entity<InquiryMention>(mention =>
        {
            mention.ToTable("inquiry_mention");
            mention.HasKey(m => new { m.AccountNo, m.SourceId, m.FactId, m.MessageId, m.Email });
            mention.HasIndex(m => new { m.Email, m.SeenAt });
        });
        model.Entity<SatisfactionRequest>(request =>
        {
            request.ToTable("satisfaction_request");
            request.HasKey(r => new { r.AccountNo, r.SourceId, r.FactId, r.RequestId });
            request.HasIndex(r => r.TokenHash).IsUnique();
        });
        model.Entity<ReceivedInquiry>(received =>
        {
            received.ToTable("received_inquiry");
            received.HasKey(r => r.ReceivedId);
            received.HasIndex(r => new { r.State, r.At });
        });
        model.Entity<CannedAnswer>(answer =>
        {
            answer.ToTable("canned_answer");
            answer.HasKey(a => a.AnswerId);
        });
        model.Entity<InquiryTarget>(target =>
        {
            target.ToTable("inquiry_target");
            target.HasKey(t => t.Priority);
        });
        model.Entity<DeskCalendar>(calendar =>
        {
            calendar.ToTable("desk_calendar");
            calendar.HasKey(c => c.CalendarNo);
            calendar.Property(c => c.CalendarNo).ValueGeneratedNever();
        });
        model.Entity<DayOff>(day =>
        {
            day.ToTable("day_off");
            day.HasKey(d => new { d.CalendarNo, d.From });
        });
        model.Entity<Presence>(presence =>
        {
            presence.ToTable("presence");
            presence.HasKey(p => new { p.AccountNo, p.Area, p.RecordId, p.PageId });
            presence.HasIndex(p => p.SeenAt);
        });
    }
}
