using CustomerSuccess.Engine.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CustomerSuccess.Engine.Access;

/// <summary>Registers sign-ins: ASP.NET Core Identity over the engine's database.</summary>
public static class IdentityServices
{
    /// <summary>Least length of a password; there are no rules of composition.</summary>
    public const int LeastPasswordLength = 10;

    /// <summary>PBKDF2 rounds (HMAC-SHA-512), as OWASP advises.</summary>
    private const int PasswordRounds = 210_000;

    /// <summary>Adds users, roles and <see cref="Users"/>. The web application adds the sign-in manager and its cookies to the result.</summary>
    public static IdentityBuilder AddCustomerSuccessIdentity(this IServiceCollection services, DatabaseOptions database)
    {
        services.AddDbContext<CustomerSuccessContext>(options => Database.Configure(options, database), optionsLifetime: ServiceLifetime.Singleton);
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = PasswordRounds);
        services.AddScoped<Users>();
        return services
            .AddIdentityCore<User>(options =>
            {
                options.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
                options.User.RequireUniqueEmail = true;
                options.Password.RequiredLength = LeastPasswordLength;
                options.Password.RequiredUniqueChars = 4;
                options.Password.RequireDigit = false;
                options.Password.RequireLowercase = false;
                options.Password.RequireUppercase = false;
                options.Password.RequireNonAlphanumeric = false;
                options.Lockout.AllowedForNewUsers = true;
                options.Lockout.MaxFailedAccessAttempts = 5;
                options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(5);
            })
            .AddRoles<IdentityRole>()
            .AddEntityFrameworkStores<CustomerSuccessContext>()
            .AddClaimsPrincipalFactory<ViewerClaimsFactory>();
    }

    /// <summary>Keeps the keys that protect cookies in the database, so that a restart signs nobody out and several processes share them.</summary>
    public static IDataProtectionBuilder PersistKeysToDatabase(this IDataProtectionBuilder builder)
    {
        builder.Services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider =>
            new ConfigureOptions<KeyManagementOptions>(options => options.XmlRepository = new KeyRing(provider.GetRequiredService<Database>())));
        return builder;
    }
}
