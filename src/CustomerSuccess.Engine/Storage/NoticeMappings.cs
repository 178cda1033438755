using CustomerSuccess.Core.Notices;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Storage;

/// <summary>Tables of what colleagues are told, and how they wish to be.</summary>
internal static class NoticeMappings
{
    public static void Apply(ModelBuilder model)
    {
        model.Entity<Notice>(notice =>
        {
            notice.ToTable("notice");
            notice.HasKey(n => new { n.AccountNo, n.NoticeId });
            // one event is one notice for a person, whoever writes it and however often
            notice.HasIndex(n => new { n.ToUser, n.EventKey }).IsUnique();
            notice.HasIndex(n => new { n.ToUser, n.NoticeId });
            notice.HasIndex(n => new { n.Mail, n.At }).HasFilter("mailed_at IS NULL");
            notice.HasIndex(n => n.At);
        });
        model.Entity<NoticePreference>(preference =>
        {
            preference.ToTable("notice_preference");
            preference.HasKey(p => new { p.UserId, p.Kind });
        });
        model.Entity<NoticeReader>(reader =>
        {
            reader.ToTable("notice_reader");
            reader.HasKey(r => r.UserId);
        });
    }
}
