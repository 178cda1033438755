using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Engine.Inquiries;
using CustomerSuccess.Web.Layout;

namespace CustomerSuccess.Web.Pages.Inquiries;

/// <summary>How many inquiries wait for the viewer.</summary>
public sealed class InquiryNavigationCount(InquiryListQuery query) : INavigationCount
{
    public string Key => "Inquiries";

    public IReadOnlyCollection<string> Areas { get; } = [JournalAreas.Inquiry, JournalAreas.Import];

    public async Task<int> CountAsync(Viewer viewer, CancellationToken cancellation) => (await query.CountsAsync(viewer, cancellation)).Mine;
}
