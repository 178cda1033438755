using Bunit;
using CustomerSuccess.Web.Shared.Pages;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;

namespace CustomerSuccess.Web.Tests.Shared.Pages;

/// <summary>What every page does while it reads, fails, is left and works.</summary>
public sealed class DataPageTests : PartTests
{
    [Fact]
    public void It_is_grey_while_it_reads_and_shows_then()
    {
        var page = Render<SamplePage>();
        page.Find("[data-state=Loading]");
        page.Instance.Reading[0].Answer.SetResult();
        page.WaitForAssertion(() => page.Find("#read"));
    }

    [Fact]
    public void A_failure_can_be_tried_again()
    {
        var page = Render<SamplePage>();
        page.Instance.Reading[0].Answer.SetException(new TimeoutException("The database did not answer."));
        page.WaitForAssertion(() => page.Find("[data-state=Error] button"));
        page.On("[data-state=Error] button", found => found.Click());
        page.Instance.Reading[1].Answer.SetResult();
        page.WaitForAssertion(() => page.Find("#read"));
    }

    [Fact]
    public void Leaving_cancels_what_is_read()
    {
        var page = Render<SamplePage>();
        var cancellation = page.Instance.Reading[0].Cancellation;
        page.Instance.Dispose();
        cancellation.IsCancellationRequested.Should().BeTrue();
    }

    [Fact]
    public void Another_subject_cancels_the_first_and_its_late_answer_is_not_shown()
    {
        var page = Render<SamplePage>(p => p.Add(s => s.Of, "a"));
        page.Render(p => p.Add(s => s.Of, "b"));
        page.Instance.Reading[0].Cancellation.IsCancellationRequested.Should().BeTrue();
        page.Instance.Reading[0].Answer.SetException(new TimeoutException("Too late."));
        page.Find("[data-state=Loading]");
        page.Instance.Reading[1].Answer.SetResult();
        page.WaitForAssertion(() => page.Find("#read"));
    }

    [Fact]
    public async Task What_was_read_stays_in_sight_while_it_is_read_anew_and_where_that_fails()
    {
        var page = Render<SamplePage>();
        page.Instance.Reading[0].Answer.SetResult();
        page.WaitForAssertion(() => page.Find("#read"));
        var refreshed = page.InvokeAsync(page.Instance.ReadInSightAsync);
        await page.InvokeAsync(() => page.Instance.Reading.Should().HaveCount(2));
        page.Find("#read");
        page.Instance.Reading[1].Answer.SetException(new TimeoutException("The database did not answer."));
        await refreshed;
        page.Find("#read");
        page.FindAll("[data-state]").Should().BeEmpty();
    }

    [Fact]
    public async Task A_second_act_waits_for_the_first_and_a_failed_one_is_told()
    {
        var page = Render<SamplePage>();
        page.Instance.Reading[0].Answer.SetResult();
        page.WaitForAssertion(() => page.Find("#read"));
        var act = new TaskCompletionSource();
        var first = page.InvokeAsync(() => page.Instance.ActAsync(() => act.Task));
        // the act may have to wait for the renderer: whoever asks there comes after it
        (await page.InvokeAsync(() => page.Instance.Working)).Should().BeTrue();
        await page.InvokeAsync(() => page.Instance.ActAsync(() => throw new InvalidOperationException("It must not begin.")));
        act.SetException(new TimeoutException("The database did not answer."));
        await first;
        page.Instance.Working.Should().BeFalse();
        Services.GetRequiredService<ISnackbar>().ShownSnackbars.Should().ContainSingle().Which.Severity.Should().Be(Severity.Error);
    }

    private sealed class SamplePage : DataPage
    {
        [Parameter]
        public string Of { get; set; } = "";

        public List<(TaskCompletionSource Answer, CancellationToken Cancellation)> Reading { get; } = [];

        protected override object Subject => Of;

        public Task ActAsync(Func<Task> act) => WorkAsync(act);

        protected override Task ReadAsync(CancellationToken cancellation)
        {
            Reading.Add((new(), cancellation));
            return Reading[^1].Answer.Task;
        }

        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            builder.OpenComponent<PageState>(0);
            builder.AddComponentParameter(1, nameof(PageState.Page), this);
            builder.AddComponentParameter(2, nameof(PageState.ChildContent), (RenderFragment)(content => content.AddMarkupContent(0, "<p id='read'></p>")));
            builder.CloseComponent();
        }
    }
}
