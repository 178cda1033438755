using System.Globalization;
using System.Net;
using CustomerSuccess.Engine;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Web.Api;
using CustomerSuccess.Web.Layout;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Startup;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Localization;
using MudBlazor;
using MudBlazor.Services;

if (RunOptions.Parse(args, out var problem) is not { } run)
{
    await Console.Error.WriteLineAsync(problem);
    return 2;
}

if (run.Help)
{
    Console.WriteLine(RunOptions.Usage);
    return 0;
}

var builder = WebApplication.CreateBuilder(new WebApplicationOptions
{
    ApplicationName = typeof(Program).Assembly.GetName().Name,
    ContentRootPath = AppContext.BaseDirectory,
});
builder.WebHost.UseStaticWebAssets();
builder.WebHost.ConfigureKestrel(kestrel =>
{
    kestrel.AddServerHeader = false;
    if (run.Port == 0)
    {
        kestrel.Listen(IPAddress.Loopback, 0);
    }
    else
    {
        kestrel.ListenLocalhost(run.Port);
    }
});
builder.Logging.ClearProviders();
builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Error);
builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);

DatabaseOptions database;
try
{
    database = DatabaseOptions.Parse(run.Database);
    var opened = new Database(database);
    await opened.MigrateAsync();
    // what recipients of mail call this server, beside the machine's own names
    var named = (await new SettingsStore(opened, TimeProvider.System).ReadAsync()).WebAddress;
    builder.Configuration["AllowedHosts"] = "localhost;127.0.0.1;[::1]" + (named.Length > 0 ? ";" + new Uri(named).Host : "");
}
catch (Exception error) when (error is FormatException or IOException or UnauthorizedAccessException or System.Data.Common.DbException or InvalidOperationException)
{
    await Console.Error.WriteLineAsync($"The database cannot be opened: {error.Message}");
    return 1;
}

var services = builder.Services;
services.AddSingleton(run);
services.AddCustomerSuccessEngine(database);
services.AddSignIn(database);
services.AddDataProtection().SetApplicationName("CustomerSuccess").PersistKeysToDatabase();
services.AddLocalization(options => options.ResourcesPath = "Resources");
services.AddRazorComponents().AddInteractiveServerComponents(circuit => circuit.DetailedErrors = false)
    .AddHubOptions(hub => hub.ClientTimeoutInterval = TimeSpan.FromSeconds(90));
services.AddMudServices(mud =>
{
    mud.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.BottomCenter;
    mud.SnackbarConfiguration.PreventDuplicates = false;
    mud.SnackbarConfiguration.ShowTransitionDuration = 150;
    mud.SnackbarConfiguration.HideTransitionDuration = 150;
    mud.SnackbarConfiguration.VisibleStateDuration = 8000;
});
services.AddTransient<MudLocalizer, MudWords>();
services.AddScoped<CurrentViewer>();
services.AddSingleton<PreparationProgress>();
services.AddScoped<DemoCompany>();
services.AddHostedService<Preparation>();
services.AddHostedService<KeepBooks>();
services.AddWebPages();
services.AddMailPages();
services.AddSurveyPages();

var app = builder.Build();
app.UseExceptionHandler("/error", createScopeForErrors: true);
app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
app.UseSecurityHeaders();
app.UseRequestLocalization(new RequestLocalizationOptions
{
    DefaultRequestCulture = new RequestCulture("en"),
    SupportedCultures = [new CultureInfo("en"), new CultureInfo("ja")],
    SupportedUICultures = [new CultureInfo("en"), new CultureInfo("ja")],
    RequestCultureProviders = [PublicPages.Language, new CookieRequestCultureProvider { CookieName = Language.Cookie }, new AcceptLanguageHeaderRequestCultureProvider()],
});
app.UsePreparingPage();
app.UsePublicPages();
app.UseRateLimiter();
app.UseAuthentication();
app.UseAuthorization();
app.UseAntiforgery();
app.MapStaticAssets();
app.MapLanguage();
app.MapSignOut();
app.MapModelCards();
app.MapPastQueues();
app.MapQueueExport();
app.MapRetentionFiles();
app.MapSummaryFiles();
app.MapCustomerReports();
app.MapLifecycleFiles();
app.MapDriversFiles();
app.MapReportFiles();
app.MapAdoptionFiles();
app.MapServiceFiles();
app.MapFeedbackFiles();
app.MapNpsFiles();
app.MapGoalFiles();
app.MapOutcomeFiles();
app.MapForecastFiles();
app.MapWinBackFiles();
app.MapCampaignFiles();
app.MapSearchFile();
app.MapRejectedRows();
app.MapImportTemplates();
app.MapAccountFiles();
app.MapPlanTemplates();
app.MapPlayFiles();
app.MapEffectFiles();
app.MapLetterFiles();
app.MapMailPages();
app.MapSurveyPages();
app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null);

try
{
    await app.RunAsync();
    return 0;
}
catch (IOException error) when (error.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
{
    await Console.Error.WriteLineAsync($"Port {run.Port} is in use. Choose another with --port.");
    return 1;
}
