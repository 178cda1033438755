using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Ingestion.Applying;
using CustomerSuccess.Engine.Ingestion.Presets;
using CustomerSuccess.Engine.Ingestion.Reading;
using CustomerSuccess.Engine.Ingestion.Staging;
using CustomerSuccess.Engine.Storage;

namespace CustomerSuccess.Engine.Ingestion;

/// <summary>A request with everything that it leaves to presets and settings filled in.</summary>
internal sealed class ImportPlan
{
    private readonly CompanySettings _settings;

    /// <exception cref="FormatException">The preset, zone or record does not exist.</exception>
    public ImportPlan(ImportRequest request, CompanySettings settings, TimeProvider clock)
    {
        _settings = settings;
        Request = request;
        Preset = request.Preset is null ? null : PresetCatalogue.Find(request.Preset);
        Source = request.Source ?? Preset?.Source ?? "files";
        Zone = ZoneOf(request.TimeZone);
        CompanyZone = TimeZoneInfo.FindSystemTimeZoneById(settings.TimeZone);
        Today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), CompanyZone).DateTime);
        if (request.Record is not null && ImportContract.Find(request.Record) is null)
        {
            throw new FormatException($"There is no record '{request.Record}'. There are {string.Join(", ", ImportContract.Records.Select(record => record.Name))}.");
        }
    }

    public ImportRequest Request { get; }

    public Preset? Preset { get; }

    public string Source { get; }

    public DateOnly Today { get; }

    public TimeZoneInfo CompanyZone { get; }

    private TimeZoneInfo? Zone { get; }

    public string? SourceZone => Zone?.Id ?? Preset?.TimeZone;

    public bool CreateAccounts => Request.CreateAccounts ?? Preset?.CreateAccounts ?? false;

    public ReadingRun OpenReading(BulkSession session, int sourceId) => new(new ReadingOptions(Today, CompanyZone)
    {
        Preset = Preset,
        Record = Request.Record,
        Encoding = Request.Encoding,
        DayOrder = Request.DayOrder,
        TimeZone = Zone,
        FindAccount = (record, id) => FindAccount(session, sourceId, record, id),
    });

    public StagedHeader HeaderOf(FileReading file, int sourceId) => new()
    {
        Record = file.Record!.Name,
        SourceId = sourceId,
        Namespace = Preset is { OwnNamespace: true } ? Preset.Source : "",
        IsFull = Request.Full ?? Preset?.Full ?? false,
        CreateAccounts = CreateAccounts,
        BlankClears = _settings.BlankClears,
        ImportDay = Today,
        CompleteUntil = Request.CompleteUntil,
        TimeZone = CompanyZone.Id,
        Currency = _settings.Currency,
        StaticAttributes = file.StaticAttributes,
        Headers = file.Columns.SelectMany(column => column.Targets.Select(target => (target, column.Header))).DistinctBy(pair => pair.target).ToDictionary(pair => pair.target, pair => pair.Header),
        GivesUsers = file.Columns.Any(column => column.Targets.Contains("users")),
    };

    /// <summary>The account of a fact that an earlier import brought.</summary>
    private static string? FindAccount(BulkSession session, int sourceId, string record, string id)
    {
        var table = record == "contacts" ? "contact" : FactShape.All.FirstOrDefault(shape => shape.Record == record) is { } shape ? shape.Table : null;
        if (table is null)
        {
            return null;
        }

        var key = record == "contacts" ? "contact_id" : "fact_id";
        return session.Query(
            $"SELECT a.account_id FROM {table} f JOIN account a ON a.account_no = f.account_no WHERE f.source_id = @source AND f.{key} = @id AND f.voided_by IS NULL",
            reader => reader.GetString(0),
            ("@source", sourceId), ("@id", id)).FirstOrDefault();
    }

    private static TimeZoneInfo? ZoneOf(string? id) =>
        id is null ? null
        : TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone
        : throw new FormatException($"There is no time zone '{id}'.");
}
