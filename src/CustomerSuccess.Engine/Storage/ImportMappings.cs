using CustomerSuccess.Core.Ingestion;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Storage;

/// <summary>Tables that account for what was imported, row by row.</summary>
internal static class ImportMappings
{
    public static void Apply(ModelBuilder model, bool staged)
    {
        // beside SQLite staged rows lie in files, so that staging does not hold the database
        if (staged)
        {
            model.Entity<StagedBlock>(block =>
            {
                block.ToTable("staged_block");
                block.HasKey(b => new { b.ImportFileId, b.BlockNo });
            });
        }

        model.Entity<Source>(source =>
        {
            source.ToTable("source");
            source.HasKey(s => s.SourceId);
            source.Property(s => s.SourceId).ValueGeneratedNever();
            source.HasIndex(s => s.Name).IsUnique();
        });
        model.Entity<SourceReach>(reach =>
        {
            reach.ToTable("source_reach");
            reach.HasKey(r => new { r.SourceId, r.Record });
            reach.Ignore(r => r.CompleteUntil);
        });
        model.Entity<ImportRun>(run =>
        {
            run.ToTable("import_run");
            run.HasKey(r => r.ImportRunId);
        });
        model.Entity<ImportFile>(file =>
        {
            file.ToTable("import_file");
            file.HasKey(f => f.ImportFileId);
            file.HasIndex(f => f.ImportRunId);
        });
        model.Entity<RejectedRow>(row =>
        {
            row.ToTable("rejected_row");
            row.HasKey(r => new { r.ImportFileId, r.RejectNo });
        });
        model.Entity<IgnoredRows>(ignored =>
        {
            ignored.ToTable("ignored_rows");
            ignored.HasKey(i => new { i.ImportFileId, i.Reason });
        });
        model.Entity<FactRevision>(revision =>
        {
            revision.ToTable("fact_revision");
            revision.HasKey(r => new { r.AccountNo, r.RevisionNo });
        });
        model.Entity<AccountChange>(change =>
        {
            change.ToTable("account_change");
            change.HasKey(c => c.AccountNo);
            change.Property(c => c.AccountNo).ValueGeneratedNever();
            change.HasIndex(c => c.ChangeNo);
            change.HasIndex(c => c.EventNo);
        });
        model.Entity<Lease>(lease =>
        {
            lease.ToTable("lease");
            lease.HasKey(l => l.Name);
        });
        model.Entity<Counter>(counter =>
        {
            counter.ToTable("counter");
            counter.HasKey(c => c.Name);
        });
    }
}
