using CustomerSuccess.Core.Inquiries;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.BusinessTime;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Ingestion.Applying;

/// <summary>What the files applied one after another share.</summary>
internal sealed class ApplyRun
{
    private readonly TimeProvider _clock;
    private readonly Lazy<CompanySettings> _settings;
    private readonly Lazy<DeskRules> _desk;

    public ApplyRun(Database database, BulkSession session, Tables tables, TimeProvider clock)
    {
        _clock = clock;
        Tables = tables;
        Accounts = new AccountDirectory(session, tables);
        Contacts = new ContactDirectory(session, tables);
        _settings = new(() =>
        {
            using var context = database.OpenContext();
            return CompanySettings.From(context.Settings.AsNoTracking().ToList().Select(row => KeyValuePair.Create(row.Key, row.Value)));
        });
        _desk = new(() =>
        {
            using var context = database.OpenContext();
            return DeskRulesReader.Read(context, _settings.Value);
        });
    }

    public Tables Tables { get; }

    public AccountDirectory Accounts { get; }

    public ContactDirectory Contacts { get; }

    /// <summary>The company's settings.</summary>
    public CompanySettings Settings => _settings.Value;

    /// <summary>The desk's targets and calendars.</summary>
    public DeskRules Desk => _desk.Value;

    /// <summary>Writing goes on for so long before it is committed; what one batch takes comes on top.</summary>
    public TimeSpan Budget { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Called within every transaction before it is committed: makes sure that the right to write is still held.</summary>
    public Action BeforeCommit { get; init; } = () => { };

    /// <summary>Called after every commit with the staged row reached.</summary>
    public Action<long> AfterCommit { get; init; } = _ => { };

    /// <summary>The present in stored milliseconds.</summary>
    public long Now() => Stored.Instant(_clock.GetUtcNow().UtcDateTime);
}
