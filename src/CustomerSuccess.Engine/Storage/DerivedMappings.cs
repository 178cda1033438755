using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Health;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Products;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Core.Settings;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Storage;

/// <summary>Tables of what was computed from the facts, and of what people decided about it.</summary>
internal static class DerivedMappings
{
    public static void Apply(ModelBuilder model)
    {
        model.Entity<FeatureSnapshot>(snapshot =>
        {
            snapshot.ToTable("feature_snapshot");
            snapshot.HasKey(s => new { s.AccountNo, s.AsOf });
        });
        model.Entity<StoredCatalogue>(catalogue =>
        {
            catalogue.ToTable("feature_catalogue");
            catalogue.HasKey(c => c.Hash);
        });
        model.Entity<HealthPoint>(point =>
        {
            point.ToTable("health_point");
            point.HasKey(p => new { p.AccountNo, p.AsOf });
            point.HasIndex(p => p.AsOf);
        });
        model.Entity<HealthScheme>(scheme =>
        {
            scheme.ToTable("health_scheme");
            scheme.HasKey(s => s.SchemeNo);
            scheme.Property(s => s.SchemeNo).ValueGeneratedNever();
        });
        model.Entity<StoredHealthStudy>(study =>
        {
            study.ToTable("health_study");
            study.HasKey(s => s.StudyNo);
        });
        model.Entity<Judgement>(judgement =>
        {
            judgement.ToTable("judgement");
            judgement.HasKey(j => new { j.AccountNo, j.JudgementId });
        });
        model.Entity<ModelVersion>(version =>
        {
            version.ToTable("model");
            version.HasKey(v => v.ModelId);
            version.HasIndex(v => new { v.Target, v.Version }).IsUnique();
        });
        model.Entity<BacktestRow>(row =>
        {
            row.ToTable("backtest_row");
            row.HasKey(r => new { r.ModelId, r.AsOf, r.AccountNo });
        });
        model.Entity<ModelEvent>(happened =>
        {
            happened.ToTable("model_event");
            happened.HasKey(e => e.ModelEventId);
        });
        model.Entity<ModelWatch>(watch =>
        {
            watch.ToTable("model_watch");
            watch.HasKey(w => w.ModelWatchId);
        });
        model.Entity<ScoreRun>(run =>
        {
            run.ToTable("score_run");
            run.HasKey(r => r.ScoreRunId);
            run.Ignore(r => r.IsFallback);
        });
        model.Entity<AccountScore>(score =>
        {
            score.ToTable("account_score");
            score.HasKey(s => new { s.ScoreRunId, s.AccountNo });
            score.HasIndex(s => new { s.ScoreRunId, s.QueueRank });
            score.HasIndex(s => new { s.ScoreRunId, s.NameSort });
            // all that a CSM's load is added up from, so that it is read without the rows
            score.HasIndex(s => new { s.ScoreRunId, s.OwnerEmail, s.QueueRank, s.TopMinutes, s.AwayUntil, s.Health, s.Mrr }).HasDatabaseName("ix_account_score_load");
            score.HasIndex(s => new { s.ScoreRunId, s.OpportunityRank });
            score.HasIndex(s => new { s.ScoreRunId, s.AwayUntil });
            score.HasIndex(s => new { s.ScoreRunId, s.RenewsOn, s.OwnerEmail, s.Mrr });
            score.HasIndex(s => s.AccountNo);
        });
        model.Entity<ProductScore>(score =>
        {
            score.ToTable("product_score");
            score.HasKey(s => new { s.ScoreRunId, s.AccountNo, s.Product });
        });
        model.Entity<ProductHealthPoint>(point =>
        {
            point.ToTable("product_health_point");
            point.HasKey(p => new { p.AccountNo, p.Product, p.AsOf });
            point.HasIndex(p => p.AsOf);
        });
        model.Entity<AccountDrivers>(drivers =>
        {
            drivers.ToTable("account_drivers");
            drivers.HasKey(d => new { d.ScoreRunId, d.AccountNo });
        });
        model.Entity<RunFigure>(figure =>
        {
            figure.ToTable("run_figure");
            figure.HasKey(f => new { f.ScoreRunId, f.Name, f.AsOf });
            figure.HasIndex(f => new { f.Name, f.ScoreRunId });
        });
        model.Entity<Suggestion>(suggestion =>
        {
            suggestion.ToTable("suggestion");
            suggestion.HasKey(s => new { s.ScoreRunId, s.AccountNo, s.Rank });
        });
        model.Entity<RenewalDue>(due =>
        {
            due.ToTable("renewal_due");
            due.HasKey(d => new { d.ScoreRunId, d.AccountNo, d.Month });
            due.HasIndex(d => new { d.ScoreRunId, d.Month, d.AtRiskMrr });
            due.HasIndex(d => new { d.ScoreRunId, d.AtRiskMrr });
            due.Ignore(d => d.ExpectedMrr);
        });
        model.Entity<SuggestionAction>(action =>
        {
            action.ToTable("suggestion_action");
            action.HasKey(a => new { a.AccountNo, a.ActionId });
            action.HasIndex(a => a.At);
            action.HasIndex(a => a.Until);
        });
        model.Entity<JournalEntry>(entry =>
        {
            entry.ToTable("journal_entry");
            entry.HasKey(e => new { e.AccountNo, e.EntryNo });
            entry.Property(e => e.EntryNo).ValueGeneratedNever();
            entry.HasIndex(e => e.EntryNo);
        });
        model.Entity<Setting>(setting =>
        {
            setting.ToTable("setting");
            setting.HasKey(s => s.Key);
        });
        model.Entity<ProtectionKey>(key =>
        {
            key.ToTable("protection_key");
            key.HasKey(k => k.KeyId);
        });
    }
}
