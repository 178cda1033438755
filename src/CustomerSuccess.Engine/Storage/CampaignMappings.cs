using CustomerSuccess.Core.Campaigns;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Storage;

/// <summary>Tables of campaigns and of whom they go to.</summary>
internal static class CampaignMappings
{
    public static void Apply(ModelBuilder model)
    {
        model.Entity<Campaign>(campaign =>
        {
            campaign.ToTable("campaign");
            campaign.HasKey(c => c.CampaignId);
            campaign.Ignore(c => c.Plan);
            campaign.Ignore(c => c.DrawKey);
            campaign.Ignore(c => c.MayChange);
        });
        model.Entity<CampaignVersion>(version =>
        {
            version.ToTable("campaign_version");
            version.HasKey(v => new { v.CampaignId, v.Version });
            version.Property(v => v.Version).ValueGeneratedNever();
        });
        model.Entity<CampaignMember>(member =>
        {
            member.ToTable("campaign_member");
            member.HasKey(m => new { m.AccountNo, m.CampaignId, m.ContactNo });
            member.Property(m => m.ContactNo).ValueGeneratedNever();
            // whose turn is next, in order; and all that a campaign's counts ask for
            member.HasIndex(m => new { m.CampaignId, m.State, m.DueAt, m.AccountNo, m.ContactNo, m.Reasons });
            member.HasIndex(m => new { m.CampaignId, m.AddressKey });
        });
    }
}
