using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Segments;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Storage;

/// <summary>Tables of segments and plays.</summary>
internal static class PlaybookMappings
{
    public static void Apply(ModelBuilder model)
    {
        model.Entity<SavedSegment>(segment =>
        {
            segment.ToTable("saved_segment");
            segment.HasKey(s => s.SegmentId);
            segment.Ignore(s => s.Condition);
        });
        model.Entity<SegmentVersion>(version =>
        {
            version.ToTable("segment_version");
            version.HasKey(v => new { v.SegmentId, v.Version });
            version.Ignore(v => v.Condition);
        });
        model.Entity<SegmentStay>(stay =>
        {
            stay.ToTable("segment_stay");
            stay.HasKey(s => new { s.AccountNo, s.SegmentId, s.EnteredNo });
            stay.HasIndex(s => new { s.SegmentId, s.LeftOn });
            stay.HasIndex(s => new { s.SegmentId, s.EnteredOn });
        });
        model.Entity<SegmentCount>(count =>
        {
            count.ToTable("segment_count");
            count.HasKey(c => new { c.SegmentId, c.CountNo });
        });
        model.Entity<StoredPlay>(play =>
        {
            play.ToTable("play");
            play.HasKey(p => p.PlayKey);
        });
        model.Entity<PlayVersion>(version =>
        {
            version.ToTable("play_version");
            version.HasKey(v => new { v.PlayKey, v.Version });
        });
    }
}
