using Bunit;
using CustomerSuccess.Web.Startup;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MudBlazor.Services;

namespace CustomerSuccess.Web.Tests.Shared;

/// <summary>A shared part on its own, in a circuit.</summary>
public abstract class PartTests : BunitContext
{
    protected PartTests()
    {
        Services.AddSingleton<TimeProvider>(Clock);
        Services.AddLocalization(options => options.ResourcesPath = "Resources");
        Services.AddMudServices(options => options.PopoverOptions.CheckForPopoverProvider = false);
        Services.AddWebPages();
        JSInterop.Mode = JSRuntimeMode.Loose;
        Renderer.SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        DefaultWaitTimeout = TimeSpan.FromSeconds(30);
    }

    protected FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 10, 1, 3, 0, 0, TimeSpan.Zero));
}
