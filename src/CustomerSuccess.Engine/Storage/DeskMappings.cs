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
            // numbers, because lists are sorted by them
            inquiry.Property(i => i.Urgency).HasConversion<int>();
            inquiry.Property(i => i.State).HasConversion<int>();

            // lists are filtered, counted and sorted in an index alone: rows with their texts are read for one page only.
            // What is open is few and asked for most, so it has an index of its own, in which settled rows cost nothing
            inquiry.HasIndex(i => new { i.NextDueAt, i.State, i.Urgency, i.AssigneeKey, i.CategoryKey, i.ProductKey, i.ChannelKey, i.Language, i.Escalated, i.OpenedAt, i.ChangedAt, i.IsSettled, i.VoidedBy, i.AccountNo, i.SourceId, i.FactId }, "IX_inquiry_open").HasFilter("NOT is_settled");
            inquiry.HasIndex(i => new { i.OpenedAt, i.AccountNo, i.SourceId, i.FactId, i.State, i.Urgency, i.AssigneeKey, i.CategoryKey, i.ProductKey, i.ChannelKey, i.Language, i.Escalated, i.NextDueAt, i.ChangedAt, i.IsSettled, i.VoidedBy }, "IX_inquiry_opened");
            inquiry.HasIndex(i => new { i.ChangedAt, i.AccountNo, i.SourceId, i.FactId }, "IX_inquiry_changed");
        });
        model.Entity<Contact>().HasIndex(c => c.PhoneKey);
        model.Entity<Account>().HasIndex(a => a.PhoneKey);
        model.Entity<InquiryMessage>(message =>
        {
            message.ToTable("inquiry_message");
            message.HasKey(m => new { m.AccountNo, m.SourceId, m.FactId, m.MessageId });
            message.HasIndex(m => m.At);
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
