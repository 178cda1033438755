using CustomerSuccess.Core.Surveys;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Storage;

/// <summary>Tables of surveys and of whom they asked.</summary>
internal static class SurveyMappings
{
    public static void Apply(ModelBuilder model)
    {
        model.Entity<Survey>(survey =>
        {
            survey.ToTable("survey");
            survey.HasKey(s => s.SurveyId);
            survey.Ignore(s => s.Plan);
        });
        model.Entity<SurveyVersion>(version =>
        {
            version.ToTable("survey_version");
            version.HasKey(v => new { v.SurveyId, v.Version });
            version.Ignore(v => v.Plan);
        });
        model.Entity<SurveyWave>(wave =>
        {
            wave.ToTable("survey_wave");
            wave.HasKey(w => new { w.SurveyId, w.WaveNo });
        });
        model.Entity<SurveyInvitation>(invitation =>
        {
            invitation.ToTable("survey_invitation");
            invitation.HasKey(i => new { i.AccountNo, i.SurveyId, i.WaveNo, i.ContactNo });
            invitation.Ignore(i => i.IsOpen);
            invitation.HasIndex(i => new { i.AccountNo, i.InvitationId }).IsUnique();
            invitation.HasIndex(i => new { i.AddressKey, i.State });
            // all that a survey's counts ask for
            invitation.HasIndex(i => new { i.SurveyId, i.WaveNo, i.State, i.AskedAt, i.OpenedAt, i.CreatedAt });
            invitation.HasIndex(i => new { i.State, i.ExpiresAt });

            // who may still be reminded is few in the end: an index over these alone
            invitation.HasIndex(i => new { i.SurveyId, i.Version, i.AskedAt }).HasFilter("reminded_at IS NULL AND state IN ('Asked', 'Opened')");
        });
    }
}
