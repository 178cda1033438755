using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Accounts;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Engine.Features;
using CustomerSuccess.Engine.Files;
using CustomerSuccess.Engine.Health;
using CustomerSuccess.Engine.Ingestion;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Mail;
using CustomerSuccess.Engine.Modelling;
using CustomerSuccess.Engine.Notes;
using CustomerSuccess.Engine.Plans;
using CustomerSuccess.Engine.Outreach;
using CustomerSuccess.Engine.Playbooks;
using CustomerSuccess.Engine.Products;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tasks;
using CustomerSuccess.Engine.Timeline;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CustomerSuccess.Engine;

/// <summary>Registers what the web application and the command line call.</summary>
public static class EngineServices
{
    /// <summary>Adds every query and command over one database. They hold no state and open a context for each call.</summary>
    public static IServiceCollection AddCustomerSuccessEngine(this IServiceCollection services, DatabaseOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(new Database(options));
        services.AddSingleton<LiveChanges>();
        services.AddHostedService(provider => provider.GetRequiredService<LiveChanges>());
        services.AddSingleton<Acts>();
        services.AddSingleton<JournalQuery>();
        services.AddSingleton<SettingsStore>();
        services.AddSingleton<Colleagues>();
        services.AddSingleton<ModelRegistry>();
        services.AddSingleton<BacktestQuery>();
        services.AddSingleton<AccountQuery>();
        services.AddSingleton<TimelineQuery>();
        services.AddSingleton<AccountSheets>();
        services.AddSingleton<FeatureUseQuery>();
        services.AddSingleton<AccountProfiles>();
        services.AddSingleton<ContactProfiles>();
        services.AddSingleton<AccountNotes>();
        services.AddSingleton<MentionInbox>();
        services.AddSingleton<AccountFiles>();
        services.AddSingleton<WorkTasks>();
        services.AddSingleton<TaskQuery>();
        services.AddSingleton<SuccessPlans>();
        services.AddSingleton<PlanSteps>();
        services.AddSingleton<PlanTemplates>();
        services.AddSingleton<RiskQueueQuery>();
        services.AddSingleton<ScoreRunQuery>();
        services.AddSingleton<ForecastQuery>();
        services.AddSingleton<SuggestionActions>();
        services.AddSingleton<RetentionQuery>();
        services.AddSingleton<InquiriesQuery>();
        services.AddSingleton<NpsQuery>();
        services.AddSingleton<RfmQuery>();
        services.AddSingleton<AsOfDates>();
        services.AddSingleton<BuildFeatures>();
        services.AddSingleton<BuildObservations>();
        services.AddSingleton<FeatureSnapshots>();
        services.AddSingleton<ScoreAccounts>();
        services.AddSingleton<UpdateHealthHistory>();
        services.AddSingleton<HealthSchemes>();
        services.AddSingleton<HealthRows>();
        services.AddSingleton<StudyHealth>();
        services.AddSingleton<Judgements>();
        services.AddSingleton<HealthQuery>();
        services.AddSingleton<ProductQuery>();
        services.AddSingleton<ProductMetrics>();
        services.AddSingleton<PendingImports>();
        services.AddSingleton<ImportRunner>();
        services.AddSingleton<ImportUpload>();
        services.AddSingleton<ImportsQuery>();
        services.AddHostedService<FinishImports>();
        services.AddSingleton<TrainModels>();
        services.AddSingleton<WatchModels>();
        services.AddHostedService<RetrainModels>();
        services.AddSingleton<RecalibrateModels>();
        services.AddSingleton<MailLinks>();
        services.AddSingleton<MailBell>();
        services.AddSingleton<Mailbox>();
        services.AddSingleton<MailQuery>();
        services.AddSingleton<MailTemplates>();
        services.AddSingleton<MailTracking>();
        services.AddSingleton<ReceiveMail>();
        services.AddSingleton<ContactWishes>();
        services.AddSingleton<ContactAdvice>();
        services.AddSingleton<SendMail>();
        services.AddHostedService(provider => provider.GetRequiredService<SendMail>());

        return services;
    }
}
