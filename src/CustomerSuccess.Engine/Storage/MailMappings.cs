using CustomerSuccess.Core.Gateways;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Outreach;
using CustomerSuccess.Core.Playbooks;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Storage;

/// <summary>Tables of messages sent and received, and of what people said about being contacted.</summary>
internal static class MailMappings
{
    public static void Apply(ModelBuilder model)
    {
        model.Entity<MailMessage>(message =>
        {
            message.ToTable("mail_message");
            message.HasKey(m => new { m.AccountNo, m.MailId });
            // what is due is few among many: indexes over these alone
            message.HasIndex(m => new { m.Priority, m.NotBefore }).HasFilter("status = 'Queued'");
            message.HasIndex(m => m.ClaimedBy).HasFilter("claimed_by IS NOT NULL");
            message.HasIndex(m => new { m.Status, m.MailId });
            message.HasIndex(m => new { m.Origin, m.OriginId, m.Status });
            message.HasIndex(m => m.MessageId);
            message.Property(m => m.Channel).HasDefaultValue(Channels.Email);
        });
        model.Entity<MailRecipient>(recipient =>
        {
            recipient.ToTable("mail_recipient");
            recipient.HasKey(r => new { r.AccountNo, r.MailId, r.RecipientNo });
            recipient.HasIndex(r => r.AddressKey);
        });
        model.Entity<MailContent>(content =>
        {
            content.ToTable("mail_content");
            content.HasKey(c => new { c.AccountNo, c.MailId });
        });
        model.Entity<MailAttachment>(file =>
        {
            file.ToTable("mail_attachment");
            file.HasKey(f => new { f.AccountNo, f.MailId, f.AttachmentNo });
        });
        model.Entity<MailEvent>(happened =>
        {
            happened.ToTable("mail_event");
            happened.HasKey(e => new { e.AccountNo, e.MailId, e.EventId });
            happened.HasIndex(e => new { e.Kind, e.At });
        });
        model.Entity<MailTemplate>(template =>
        {
            template.ToTable("mail_template");
            template.HasKey(t => new { t.TemplateId, t.Version });
            template.Property(t => t.Version).ValueGeneratedNever();
        });
        model.Entity<MailList>(list =>
        {
            list.ToTable("mail_list");
            list.HasKey(l => l.ListId);
        });
        model.Entity<MailOutage>(outage =>
        {
            outage.ToTable("mail_outage");
            outage.HasKey(o => o.Name);
        });
        model.Entity<MailPaceMark>(pace =>
        {
            pace.ToTable("mail_pace");
            pace.HasKey(p => p.Name);
        });
        model.Entity<Gateway>(gateway =>
        {
            gateway.ToTable("gateway");
            gateway.HasKey(g => g.GatewayId);
        });
        model.Entity<ReceivedMail>(received =>
        {
            received.ToTable("received_mail");
            received.HasKey(r => new { r.AccountNo, r.ReceivedId });
            received.HasIndex(r => r.MessageId);
            received.HasIndex(r => r.ReceivedAt);
        });
        model.Entity<ContactStop>(stop =>
        {
            stop.ToTable("contact_stop");
            stop.HasKey(s => new { s.AccountNo, s.StopId });
            stop.HasIndex(s => s.AddressKey);
        });
        model.Entity<Consent>(consent =>
        {
            consent.ToTable("consent");
            consent.HasKey(c => new { c.AccountNo, c.ConsentId });
            consent.HasIndex(c => c.AddressKey);
        });
    }
}
