using Bunit;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Engine;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Startup;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MudBlazor.Services;

namespace CustomerSuccess.Web.Tests.Pages;

/// <summary>A page over a database of the test's own.</summary>
public abstract class PageTests : BunitContext
{
    protected static readonly DateOnly AsOf = new(2026, 9, 30);

    internal CompanyDatabase Company { get; } = new();

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            Company.Dispose();
        }
    }

    /// <param name="seed">Null for a company without scores, empty for a run with a model, else the reason of the fallback.</param>
    /// <param name="role">The reader's.</param>
    protected async Task OpenAsync(string? seed, string role = Roles.Administrator)
    {
        await Company.MakeAsync();
        if (seed is not null)
        {
            await Company.SeedAsync(AsOf, seed.Length == 0 ? null : seed);
        }

        Services.AddSingleton<TimeProvider>(new FakeTimeProvider(new DateTimeOffset(AsOf.AddDays(1).ToDateTime(new TimeOnly(6, 0), DateTimeKind.Utc))));
        Services.AddCustomerSuccessEngine(Company.Options);
        Services.AddCustomerSuccessIdentity(Company.Options);
        Services.AddLocalization(options => options.ResourcesPath = "Resources");
        Services.AddMudServices(options => options.PopoverOptions.CheckForPopoverProvider = false);
        Services.AddScoped<CurrentViewer>();
        Services.AddWebPages();
        JSInterop.Mode = JSRuntimeMode.Loose;
        this.AddAuthorization().SetAuthorized("sato").SetRoles(role).SetClaims(
            new System.Security.Claims.Claim(System.Security.Claims.ClaimTypes.NameIdentifier, "u1"),
            new System.Security.Claims.Claim(System.Security.Claims.ClaimTypes.Email, "sato@example.com"));
        Renderer.SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        DefaultWaitTimeout = TimeSpan.FromSeconds(30);
    }

    internal CustomerSuccessContext OpenContext() => Database.OpenDesignContext(Company.Options);

    protected IRenderedComponent<TPage> Show<TPage>(string address, Action<ComponentParameterCollectionBuilder<TPage>>? parameters = null)
        where TPage : IComponent
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        return Render<TPage>(parameters ?? (_ => { }));
    }
}
