using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.BusinessTime;
using CustomerSuccess.Core.Campaigns;
using CustomerSuccess.Core.Capacity;
using CustomerSuccess.Core.Closing;
using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Feedback;
using CustomerSuccess.Core.Files;
using CustomerSuccess.Core.Gateways;
using CustomerSuccess.Core.Goals;
using CustomerSuccess.Core.Handouts;
using CustomerSuccess.Core.Health;
using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Core.Inquiries;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Marks;
using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Core.Notes;
using CustomerSuccess.Core.Notices;
using CustomerSuccess.Core.Outreach;
using CustomerSuccess.Core.Plans;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Portfolios;
using CustomerSuccess.Core.Products;
using CustomerSuccess.Core.Reports;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Core.Search;
using CustomerSuccess.Core.Segments;
using CustomerSuccess.Core.Sequences;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Core.Surveys;
using CustomerSuccess.Core.Tasks;
using CustomerSuccess.Core.Views;
using CustomerSuccess.Engine.Accounts;
using CustomerSuccess.Engine.Search;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Storage;

/// <summary>The whole store. One context lives for one operation; open it through <see cref="Database"/>.</summary>
public sealed class CustomerSuccessContext(DbContextOptions<CustomerSuccessContext> options)
    : IdentityDbContext<User, IdentityRole, string>(options)
{
    public DbSet<Account> Accounts => Set<Account>();

    public DbSet<AccountValue> AccountValues => Set<AccountValue>();

    public DbSet<AttributeDefinition> Attributes => Set<AttributeDefinition>();

    public DbSet<AccountLink> AccountLinks => Set<AccountLink>();

    public DbSet<Contact> Contacts => Set<Contact>();

    public DbSet<ContactValue> ContactValues => Set<ContactValue>();

    public DbSet<Subscription> Subscriptions => Set<Subscription>();

    public DbSet<Metric> Metrics => Set<Metric>();

    public DbSet<UsageDay> Usage => Set<UsageDay>();

    public DbSet<Inquiry> Inquiries => Set<Inquiry>();

    public DbSet<SurveyResponse> SurveyResponses => Set<SurveyResponse>();

    public DbSet<Purchase> Purchases => Set<Purchase>();

    public DbSet<Invoice> Invoices => Set<Invoice>();

    public DbSet<ExchangeRate> ExchangeRates => Set<ExchangeRate>();

    public DbSet<Deal> Deals => Set<Deal>();

    public DbSet<Touch> Touches => Set<Touch>();

    public DbSet<Assignment> Assignments => Set<Assignment>();

    public DbSet<Outcome> Outcomes => Set<Outcome>();

    public DbSet<Source> Sources => Set<Source>();

    public DbSet<SourceReach> SourceReaches => Set<SourceReach>();

    public DbSet<ImportRun> ImportRuns => Set<ImportRun>();

    public DbSet<ImportFile> ImportFiles => Set<ImportFile>();

    public DbSet<RejectedRow> RejectedRows => Set<RejectedRow>();

    public DbSet<IgnoredRows> IgnoredRows => Set<IgnoredRows>();

    public DbSet<FactRevision> FactRevisions => Set<FactRevision>();

    public DbSet<AccountChange> AccountChanges => Set<AccountChange>();

    public DbSet<Lease> Leases => Set<Lease>();

    public DbSet<Counter> Counters => Set<Counter>();

    public DbSet<FeatureSnapshot> FeatureSnapshots => Set<FeatureSnapshot>();

    public DbSet<StoredCatalogue> FeatureCatalogues => Set<StoredCatalogue>();

    public DbSet<ModelVersion> Models => Set<ModelVersion>();

    public DbSet<BacktestRow> BacktestRows => Set<BacktestRow>();

    public DbSet<ScoreRun> ScoreRuns => Set<ScoreRun>();

    public DbSet<AccountScore> AccountScores => Set<AccountScore>();

    public DbSet<ProductScore> ProductScores => Set<ProductScore>();

    public DbSet<ProductHealthPoint> ProductHealthPoints => Set<ProductHealthPoint>();

    public DbSet<ModelEvent> ModelEvents => Set<ModelEvent>();

    public DbSet<ModelWatch> ModelWatches => Set<ModelWatch>();

    public DbSet<RunFigure> RunFigures => Set<RunFigure>();

    public DbSet<AccountDrivers> AccountDrivers => Set<AccountDrivers>();

    public DbSet<HealthPoint> HealthPoints => Set<HealthPoint>();

    public DbSet<HealthScheme> HealthSchemes => Set<HealthScheme>();

    public DbSet<StoredHealthStudy> HealthStudies => Set<StoredHealthStudy>();

    public DbSet<Judgement> Judgements => Set<Judgement>();

    public DbSet<Suggestion> Suggestions => Set<Suggestion>();

    public DbSet<RenewalDue> RenewalsDue => Set<RenewalDue>();

    public DbSet<SuggestionAction> SuggestionActions => Set<SuggestionAction>();

    public DbSet<SavedSegment> SavedSegments => Set<SavedSegment>();

    public DbSet<SegmentVersion> SegmentVersions => Set<SegmentVersion>();

    public DbSet<SegmentStay> SegmentStays => Set<SegmentStay>();

    public DbSet<SegmentCount> SegmentCounts => Set<SegmentCount>();

    public DbSet<StoredPlay> StoredPlays => Set<StoredPlay>();

    public DbSet<PlayVersion> PlayVersions => Set<PlayVersion>();

    public DbSet<Mark> Marks => Set<Mark>();

    public DbSet<MarkAccount> MarkAccounts => Set<MarkAccount>();

    public DbSet<Goal> Goals => Set<Goal>();

    public DbSet<GoalReview> GoalReviews => Set<GoalReview>();
    public DbSet<MailAttachment> MailAttachments => Set<MailAttachment>();

    public DbSet<SummarySubscription> SummarySubscriptions => Set<SummarySubscription>();

    public DbSet<SummarySending> SummarySendings => Set<SummarySending>();

    public DbSet<CustomerReport> CustomerReports => Set<CustomerReport>();

    public DbSet<CustomerReportFile> CustomerReportFiles => Set<CustomerReportFile>();
    public DbSet<FeedbackTheme> FeedbackThemes => Set<FeedbackTheme>();

    public DbSet<ProductRequest> ProductRequests => Set<ProductRequest>();

    public DbSet<RequestVoice> RequestVoices => Set<RequestVoice>();

    public DbSet<Note> Notes => Set<Note>();

    public DbSet<Mention> Mentions => Set<Mention>();

    public DbSet<WorkTask> WorkTasks => Set<WorkTask>();

    public DbSet<StoredFile> StoredFiles => Set<StoredFile>();

    public DbSet<FileChunk> FileChunks => Set<FileChunk>();

    public DbSet<SuccessPlan> SuccessPlans => Set<SuccessPlan>();

    public DbSet<PlanGoal> PlanGoals => Set<PlanGoal>();

    public DbSet<PlanMilestone> PlanMilestones => Set<PlanMilestone>();

    public DbSet<StoredPlanTemplate> PlanTemplates => Set<StoredPlanTemplate>();

    public DbSet<SavedView> SavedViews => Set<SavedView>();

    public DbSet<ViewPreference> ViewPreferences => Set<ViewPreference>();

    public DbSet<MonthClose> MonthCloses => Set<MonthClose>();

    public DbSet<Restatement> Restatements => Set<Restatement>();

    public DbSet<SavedReport> SavedReports => Set<SavedReport>();

    public DbSet<CsmCapacity> CsmCapacities => Set<CsmCapacity>();

    public DbSet<Absence> Absences => Set<Absence>();

    public DbSet<AssignmentRule> AssignmentRules => Set<AssignmentRule>();

    public DbSet<Handover> Handovers => Set<Handover>();

    public DbSet<HandoverAccount> HandoverAccounts => Set<HandoverAccount>();

    public DbSet<Notice> Notices => Set<Notice>();

    public DbSet<NoticePreference> NoticePreferences => Set<NoticePreference>();

    public DbSet<NoticeReader> NoticeReaders => Set<NoticeReader>();

    public DbSet<JournalEntry> Journal => Set<JournalEntry>();

    public DbSet<InquiryMessage> InquiryMessages => Set<InquiryMessage>();

    public DbSet<InquiryMention> InquiryMentions => Set<InquiryMention>();

    public DbSet<SatisfactionRequest> SatisfactionRequests => Set<SatisfactionRequest>();

    public DbSet<ReceivedInquiry> ReceivedInquiries => Set<ReceivedInquiry>();

    public DbSet<CannedAnswer> CannedAnswers => Set<CannedAnswer>();

    public DbSet<InquiryTarget> InquiryTargets => Set<InquiryTarget>();

    public DbSet<DeskCalendar> DeskCalendars => Set<DeskCalendar>();

    public DbSet<DayOff> DaysOff => Set<DayOff>();

    public DbSet<Presence> Presences => Set<Presence>();

    public DbSet<MailMessage> MailMessages => Set<MailMessage>();

    public DbSet<Gateway> Gateways => Set<Gateway>();

    public DbSet<MailRecipient> MailRecipients => Set<MailRecipient>();

    public DbSet<MailContent> MailContents => Set<MailContent>();

    public DbSet<MailEvent> MailEvents => Set<MailEvent>();

    public DbSet<MailTemplate> MailTemplates => Set<MailTemplate>();

    public DbSet<MailList> MailLists => Set<MailList>();

    public DbSet<MailOutage> MailOutages => Set<MailOutage>();

    public DbSet<MailPaceMark> MailPaces => Set<MailPaceMark>();

    public DbSet<ReceivedMail> ReceivedMails => Set<ReceivedMail>();

    public DbSet<ContactStop> ContactStops => Set<ContactStop>();

    public DbSet<Consent> Consents => Set<Consent>();

    public DbSet<Survey> Surveys => Set<Survey>();

    public DbSet<SurveyVersion> SurveyVersions => Set<SurveyVersion>();

    public DbSet<SurveyWave> SurveyWaves => Set<SurveyWave>();

    public DbSet<SurveyInvitation> SurveyInvitations => Set<SurveyInvitation>();

    public DbSet<Campaign> Campaigns => Set<Campaign>();

    public DbSet<CampaignVersion> CampaignVersions => Set<CampaignVersion>();

    public DbSet<CampaignMember> CampaignMembers => Set<CampaignMember>();
    public DbSet<Enrolment> Enrolments => Set<Enrolment>();

    public DbSet<EnrolmentStep> EnrolmentSteps => Set<EnrolmentStep>();

    public DbSet<SearchText> SearchTexts => Set<SearchText>();

    public DbSet<Setting> Settings => Set<Setting>();

    public DbSet<ProtectionKey> ProtectionKeys => Set<ProtectionKey>();

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        await PutFollowersAsync(cancellationToken);
        return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    /// <summary>Changes what follows what is about to be saved. What was changed is looked for once, not by each of them.</summary>
    private async Task PutFollowersAsync(CancellationToken cancellation)
    {
        var looks = ChangeTracker.AutoDetectChangesEnabled;
        if (looks)
        {
            ChangeTracker.DetectChanges();
        }

        ChangeTracker.AutoDetectChangesEnabled = false;
        try
        {
            await ContactKeys.PutAsync(this, cancellation);
            await SearchHook.PutAsync(this, cancellation);
        }
        finally
        {
            ChangeTracker.AutoDetectChangesEnabled = looks;
        }
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<decimal>().HaveConversion<MoneyConverter>();
        configurationBuilder.Properties<DateOnly>().HaveConversion<DayConverter>();
        configurationBuilder.Properties<DateTime>().HaveConversion<InstantConverter>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>();
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        FactMappings.Apply(builder);
        ImportMappings.Apply(builder, staged: Database.IsNpgsql());
        DerivedMappings.Apply(builder);
        DeskMappings.Apply(builder);
        FeedbackMappings.Apply(builder);
        WorkMappings.Apply(builder);
        MailMappings.Apply(builder);
        QueueMappings.Apply(builder);
        SequenceMappings.Apply(builder);
        PlaybookMappings.Apply(builder);
        SurveyMappings.Apply(builder);
        CampaignMappings.Apply(builder);
        NoticeMappings.Apply(builder);
        SearchMappings.Apply(builder);
        ReportMappings.Apply(builder);
        HandoutMappings.Apply(builder);
        SnakeCase.Apply(builder);
        if (Database.IsNpgsql())
        {
            CompareBytewise(builder);
        }
    }

    /// <summary>PostgreSQL compares text by the bytes, as SQLite does.</summary>
    private static void CompareBytewise(ModelBuilder builder)
    {
        foreach (var property in builder.Model.GetEntityTypes().Where(entity => !entity.IsMappedToJson()).SelectMany(entity => entity.GetProperties()))
        {
            if ((property.GetProviderClrType() ?? property.ClrType) == typeof(string))
            {
                property.SetCollation("C");
            }
        }
    }
}
