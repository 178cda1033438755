using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Calls;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Accounts;

/// <summary>Keeps the keys by which callers and writers are found in step with the numbers and addresses of accounts and contacts, whoever changes these.</summary>
internal static class ContactKeys
{
    private const string RegionKey = "company.region";

    /// <summary>Sets the keys of what is about to be saved with another number or address.</summary>
    public static async Task PutAsync(CustomerSuccessContext context, CancellationToken cancellation)
    {
        foreach (var entry in context.ChangeTracker.Entries<Contact>().Where(entry => entry.State == EntityState.Added || (entry.State == EntityState.Modified && entry.Property(c => c.Email).IsModified)))
        {
            entry.Entity.EmailKey = EmailAddress.Key(entry.Entity.Email);
        }

        var contacts = context.ChangeTracker.Entries<Contact>().Where(entry => entry.State == EntityState.Added || (entry.State == EntityState.Modified && entry.Property(c => c.Phone).IsModified)).ToList();
        var accounts = context.ChangeTracker.Entries<Account>().Where(entry => entry.State == EntityState.Added || (entry.State == EntityState.Modified && entry.Property(a => a.Phone).IsModified)).ToList();
        if (!contacts.Exists(entry => entry.Entity.Phone != null || entry.State == EntityState.Modified) && !accounts.Exists(entry => entry.Entity.Phone != null || entry.State == EntityState.Modified))
        {
            return;
        }

        var region = await RegionAsync(context, cancellation);
        contacts.ForEach(entry => entry.Entity.PhoneKey = PhoneReader.Key(entry.Entity.Phone, region));
        accounts.ForEach(entry => entry.Entity.PhoneKey = PhoneReader.Key(entry.Entity.Phone, region));
    }

    public static async Task<string> RegionAsync(CustomerSuccessContext context, CancellationToken cancellation) =>
        await context.Settings.AsNoTracking().Where(setting => setting.Key == RegionKey).Select(setting => setting.Value).FirstOrDefaultAsync(cancellation) ?? new CompanySettings().Region;
}
