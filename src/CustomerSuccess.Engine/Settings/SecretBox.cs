using System.Security.Cryptography;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerSuccess.Engine.Settings;

/// <summary>Seals settings that nobody is to read, with the keys that protect cookies. What names a file is not sealed but read there.</summary>
internal sealed class SecretBox
{
    private readonly Lazy<IDataProtector> _protector;

    public SecretBox(Database database) => _protector = new(() =>
    {
        var services = new ServiceCollection();
        services.AddSingleton(database);
        services.AddDataProtection().SetApplicationName("CustomerSuccess").PersistKeysToDatabase();
        return services.BuildServiceProvider().GetRequiredService<IDataProtectionProvider>().CreateProtector("CustomerSuccess.Settings");
    });

    /// <summary>The value as it may be stored.</summary>
    public string Seal(string value) =>
        value.Length == 0 || value.StartsWith(CompanySettings.FileReference, StringComparison.Ordinal) ? value : CompanySettings.SealedValue + _protector.Value.Protect(value);

    /// <summary>The value behind a stored one.</summary>
    /// <exception cref="InvalidOperationException">The file cannot be read, or the value was sealed with keys that are gone.</exception>
    public string Open(string stored)
    {
        if (stored.StartsWith(CompanySettings.FileReference, StringComparison.Ordinal))
        {
            var path = stored[CompanySettings.FileReference.Length..];
            try
            {
                return File.ReadLines(path).FirstOrDefault() ?? "";
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new InvalidOperationException($"The secret in {path} cannot be read: {error.Message}", error);
            }
        }

        if (!stored.StartsWith(CompanySettings.SealedValue, StringComparison.Ordinal))
        {
            return stored;
        }

        try
        {
            return _protector.Value.Unprotect(stored[CompanySettings.SealedValue.Length..]);
        }
        catch (CryptographicException error)
        {
            throw new InvalidOperationException("A secret setting was sealed with keys that are gone; set it again.", error);
        }
    }
}
