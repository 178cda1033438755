using CustomerSuccess.Web.Api;
using CustomerSuccess.Web.Layout;
using CustomerSuccess.Web.Pages.Accounts;
using CustomerSuccess.Web.Pages.Accounts.Parts;
using CustomerSuccess.Web.Pages.Accounts.Print;
using CustomerSuccess.Web.Pages.Capacity;
using CustomerSuccess.Web.Pages.Forecast;
using CustomerSuccess.Web.Pages.Health;
using CustomerSuccess.Web.Pages.Imports;
using CustomerSuccess.Web.Pages.Inquiries;
using CustomerSuccess.Web.Pages.Models;
using CustomerSuccess.Web.Pages.Portfolios;
using CustomerSuccess.Web.Pages.Risk;
using CustomerSuccess.Web.Pages.Search;
using CustomerSuccess.Web.Pages.Start;
using CustomerSuccess.Web.Pages.Workday;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Commands;
using CustomerSuccess.Web.Shared.Portfolios;
using CustomerSuccess.Web.Shared.Surfaces;
using CustomerSuccess.Web.Shared.Tasks;
using CustomerSuccess.Web.Shared.Touches;
using CustomerSuccess.Web.Shared.Wording;

namespace CustomerSuccess.Web.Startup;

/// <summary>Registers the pages' view models: one for each open page.</summary>
internal static class WebPages
{
    public static void AddWebPages(this IServiceCollection services)
    {
        services.AddScoped<CommandDesk>();
        services.AddScoped<ShortcutBook>();
        services.AddScoped<Asking>();
        services.AddScoped<Toasts>();
        services.AddScoped<ICommandSource, PageCommands>();
        services.AddScoped<ICommandSource, SearchCommands>();
        services.AddScoped<ICommandSource, ShellCommands>();
        services.AddScoped<SearchWords>();
        services.AddTransient<SearchViewModel>();
        services.AddScoped<FeatureWords>();
        services.AddScoped<TouchWords>();
        services.AddScoped<TouchDesk>();
        services.AddScoped<ColleagueNames>();
        services.AddScoped<ActTeller>();
        services.AddScoped<ProfileWords>();
        services.AddScoped<TimelineWords>();
        services.AddScoped<TaskWords>();
        services.AddScoped<TaskDesk>();
        services.AddTransient<DayViewModel>();
        services.AddTransient<RiskQueueViewModel>();
        services.AddScoped<RiskQueueFilters>();
        services.AddScoped<INavigationCount, InquiryNavigationCount>();
        services.AddScoped<InquiryWords>();
        services.AddScoped<InquiryListFilters>();
        services.AddTransient<InquiryListViewModel>();
        services.AddTransient<InquiryViewModel>();
        services.AddScoped<OwnerChoices>();
        services.AddScoped<QueueFile>();
        services.AddTransient<CapacityViewModel>();
        services.AddTransient<PortfoliosViewModel>();
        services.AddScoped<PortfolioWords>();
        services.AddTransient<AccountViewModel>();
        services.AddTransient<TimelineViewModel>();
        services.AddTransient<NotesViewModel>();
        services.AddTransient<TasksViewModel>();
        services.AddTransient<PeopleViewModel>();
        services.AddTransient<ProfileViewModel>();
        services.AddTransient<ContractsViewModel>();
        services.AddTransient<UsageViewModel>();
        services.AddTransient<FactsViewModel>();
        services.AddTransient<FilesViewModel>();
        services.AddTransient<PlanViewModel>();
        services.AddTransient<AccountHealthViewModel>();
        services.AddTransient<AccountPrintViewModel>();
        services.AddTransient<ModelsViewModel>();
        services.AddTransient<HealthViewModel>();
        services.AddTransient<ForecastViewModel>();
        services.AddTransient<StartViewModel>();
        services.AddScoped<LeaveDemo>();
        services.AddTransient<ImportsViewModel>();
        services.AddTransient<UploadViewModel>();
        services.AddScoped<ReasonWords>();
    }
}
