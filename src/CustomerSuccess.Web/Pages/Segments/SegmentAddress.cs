namespace CustomerSuccess.Web.Pages.Segments;

/// <summary>Addresses of segments.</summary>
public static class SegmentAddress
{
    public const string List = "/segments", New = "/segments/new";

    public static string Of(string segmentId) => $"/segments/{Uri.EscapeDataString(segmentId)}";

    /// <summary>The risk queue, narrowed to a segment.</summary>
    public static string Queue(string segmentId) => $"/queue?segmentId={Uri.EscapeDataString(segmentId)}";
}
