using CustomerSuccess.Core.Feedback;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Storage;

/// <summary>Tables of what customers say: themes as a company edits them, and what is asked of the product.</summary>
internal static class FeedbackMappings
{
    public static void Apply(ModelBuilder model)
    {
        model.Entity<FeedbackTheme>(theme =>
        {
            theme.ToTable("feedback_theme");
            theme.HasKey(t => t.ThemeId);
        });
        model.Entity<ProductRequest>(request =>
        {
            request.ToTable("product_request");
            request.HasKey(r => r.RequestId);
        });
        model.Entity<RequestVoice>(voice =>
        {
            voice.ToTable("request_voice");
            voice.HasKey(v => new { v.AccountNo, v.RequestId });
            voice.HasIndex(v => v.RequestId);
        });
    }
}
