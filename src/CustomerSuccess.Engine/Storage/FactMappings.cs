using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Activity;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Storage;

/// <summary>Tables of what happened. The account leads the key of every table that grows with the customers; no foreign key crosses accounts.</summary>
internal static class FactMappings
{
    public static void Apply(ModelBuilder model)
    {
        model.Entity<Account>(account =>
        {
            account.ToTable("account");
            account.HasKey(a => a.AccountNo);
            account.Property(a => a.AccountNo).ValueGeneratedNever();
            account.HasIndex(a => new { a.Namespace, a.AccountId }).IsUnique();
            account.HasIndex(a => a.NameSort);
        });
        model.Entity<AccountValue>(value =>
        {
            value.ToTable("account_value");
            value.HasKey(v => new { v.AccountNo, v.AttributeId, v.ValidFrom });
        });
        model.Entity<ContactValue>(value =>
        {
            value.ToTable("contact_value");
            value.HasKey(v => new { v.AccountNo, v.ContactNo, v.AttributeId, v.ValidFrom });
        });
        model.Entity<AttributeDefinition>(attribute =>
        {
            attribute.ToTable("attribute");
            attribute.HasKey(a => a.AttributeId);
            attribute.Property(a => a.AttributeId).ValueGeneratedNever();
            attribute.HasIndex(a => new { a.Record, a.Name }).IsUnique();
        });
        model.Entity<AccountLink>(link =>
        {
            link.ToTable("account_link");
            link.HasKey(l => new { l.AccountNo, l.Kind, l.ValidFrom });
            link.HasIndex(l => l.TargetNo);
        });
        model.Entity<Contact>(contact =>
        {
            contact.ToTable("contact");
            contact.HasKey(c => new { c.AccountNo, c.ContactNo });
            contact.HasIndex(c => new { c.SourceId, c.ContactId });
            contact.HasIndex(c => c.EmailKey);
        });
        model.Entity<Metric>(metric =>
        {
            metric.ToTable("metric");
            metric.HasKey(m => m.MetricId);
            metric.Property(m => m.MetricId).ValueGeneratedNever();
            metric.HasIndex(m => m.Name).IsUnique();
        });
        // WITHOUT ROWID on SQLite: the rows lie in the order in which they are read
        model.Entity<UsageDay>(usage =>
        {
            usage.ToTable("usage_day");
            usage.HasKey(u => new { u.AccountNo, u.Day, u.MetricId, u.ContactNo, u.SourceId });
        });

        Fact<Subscription>(model, "subscription");
        Fact<Inquiry>(model, "inquiry");
        Fact<SurveyResponse>(model, "survey_response");
        Fact<Purchase>(model, "purchase");
        Fact<Invoice>(model, "invoice");
        Fact<Deal>(model, "deal");
        Fact<Touch>(model, "touch");
        model.Entity<Touch>().HasIndex(touch => touch.At);
        model.Entity<SurveyResponse>().HasIndex(answer => answer.RespondedAt);
        Fact<Assignment>(model, "assignment");
        Fact<Outcome>(model, "outcome");

        model.Entity<ExchangeRate>(rate =>
        {
            rate.ToTable("exchange_rate");
            rate.HasKey(r => new { r.SourceId, r.Currency, r.Month });
        });
    }

    private static void Fact<T>(ModelBuilder model, string table)
        where T : Fact
    {
        model.Entity<T>(fact =>
        {
            fact.ToTable(table);
            fact.HasKey(f => new { f.AccountNo, f.SourceId, f.FactId });
            fact.HasIndex(f => new { f.SourceId, f.FactId });
        });
    }
}
