using Bunit;
using CustomerSuccess.Web.Shared.Forms;

namespace CustomerSuccess.Web.Tests.Shared;

public sealed class DraftFormTests : PartTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_form_that_was_not_saved_leads_to_what_is_wrong(bool saved)
    {
        var form = Render<DraftForm>(parts => parts.Add(part => part.Key, "goal:new").Add(part => part.Sent, (Submission sent) =>
        {
            if (saved)
            {
                sent.Saved();
            }
        }));
        form.Find("form").Submit();
        form.WaitForAssertion(() => JSInterop.Invocations.Select(call => call.Identifier).Should().Contain(saved ? "drafts.clear" : "drafts.showProblem").And.NotContain(saved ? "drafts.showProblem" : "drafts.clear"));
    }
}
