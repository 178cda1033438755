using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Core.Products;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Modelling;

/// <summary>The model in use for a target.</summary>
public sealed record ChampionModel(int ModelId, Target Target, string Version, ModelCard Card, ScoringModel Model);

/// <summary>A registered model as lists show it.</summary>
public sealed record RegisteredModel(int ModelId, Target Target, string Version, ModelStatus Status, Verdict Verdict, DateTime CreatedAt, DateTime? PromotedAt, string? Hash, ModelCard Card)
{
    /// <summary>The key of the product that it predicts alone; null for a model of accounts, or of all products.</summary>
    public string? Product { get; init; }
}

/// <summary>A model that was put in use and cannot be: its bytes are not those that were registered.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Reason">What is wrong with them.</param>
public sealed record DamagedModel(string Version, string Reason);

/// <summary>What serves a target.</summary>
/// <param name="Model">The model in use; where that is damaged the one before, down to none, and the rule score stands in.</param>
/// <param name="Damaged">What was refused on the way, the one in use first.</param>
public sealed record ServingModel(ChampionModel? Model, IReadOnlyList<DamagedModel> Damaged);

/// <summary>Models with their cards, kept in the database; the models folder receives a copy of every promoted one.</summary>
public sealed class ModelRegistry(Database database, SettingsStore settings, TimeProvider clock)
{
    private const int MostEvents = 200;

    /// <summary>The model that serves; null where there is none and the rule score stands in.</summary>
    public async Task<ChampionModel?> LoadChampionAsync(Target target, CancellationToken cancellation = default) => (await LoadServingAsync(target, cancellation)).Model;

    /// <summary>The model in use, checked by its hash. Where its bytes are damaged or are another model's, they are refused and the last good one that was in use before serves.</summary>
    public Task<ServingModel> LoadServingAsync(Target target, CancellationToken cancellation = default) => LoadServingAsync(target, null, cancellation);

    /// <summary>Keys of the products that have a model of their own in use.</summary>
    public async Task<IReadOnlyList<string>> ProductsAsync(CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        return await context.Models.Where(m => m.Target == Target.ProductChurn && m.Status == ModelStatus.Champion && m.Product != null).Select(m => m.Product!).Distinct().ToListAsync(cancellation);
    }

    /// <summary>The same of one product.</summary>
    public async Task<ServingModel> LoadServingAsync(Target target, string? product, CancellationToken cancellation)
    {
        await using var context = database.OpenContext();
        var candidates = await context.Models.AsNoTracking()
            .Where(m => m.Target == target && m.Product == product && (m.Status == ModelStatus.Champion || (m.Status == ModelStatus.Retired && m.Verdict == Verdict.Skilled && m.PromotedAt != null)))
            .OrderBy(m => m.Status == ModelStatus.Champion ? 0 : 1).ThenByDescending(m => m.PromotedAt).ThenByDescending(m => m.ModelId)
            .Select(m => new { m.ModelId, m.Version, m.Status })
            .ToListAsync(cancellation);
        List<DamagedModel> damaged = [];
        if (candidates is not [{ Status: ModelStatus.Champion }, ..])
        {
            return new ServingModel(null, damaged);
        }

        foreach (var candidate in candidates)
        {
            var row = await context.Models.AsNoTracking().SingleAsync(m => m.ModelId == candidate.ModelId, cancellation);
            try
            {
                return new ServingModel(new ChampionModel(row.ModelId, target, row.Version, ModelCard.Parse(row.CardJson), ServedOf(row)), damaged);
            }
            catch (FormatException error)
            {
                damaged.Add(new DamagedModel(candidate.Version, error.Message));
            }
        }

        return new ServingModel(null, damaged);
    }

    /// <summary>The latest training's result with its verdict, whatever became of it; null where nothing was ever trained.</summary>
    public async Task<RegisteredModel?> LatestAsync(Target target, CancellationToken cancellation = default) =>
        await ListAsync(target, cancellation) is [var latest, ..] ? latest : null;

    /// <summary>Every registered model, the newest first.</summary>
    public async Task<IReadOnlyList<RegisteredModel>> ListAsync(Target? target = null, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        var rows = await context.Models.AsNoTracking()
            .Where(m => target == null || m.Target == target)
            .OrderByDescending(m => m.ModelId)
            .Select(m => new { m.ModelId, m.Target, m.Product, m.Version, m.Status, m.Verdict, m.CreatedAt, m.PromotedAt, m.Hash, m.CardJson })
            .ToListAsync(cancellation);
        return [.. rows.Select(m => new RegisteredModel(m.ModelId, m.Target, m.Version, m.Status, m.Verdict, m.CreatedAt, m.PromotedAt, m.Hash, CardOf(m.Target, m.Version, m.CardJson)) { Product = m.Product })];
    }

    /// <summary>Puts a registered model in use; the one before is kept as retired.</summary>
    /// <exception cref="InvalidOperationException">There is no such model, or its verdict forbids showing it.</exception>
    public async Task<RegisteredModel> PromoteAsync(Viewer viewer, Target target, string version, CancellationToken cancellation = default)
    {
        RequireOperator(viewer);
        await using (var context = database.OpenContext())
        {
            var row = await FindAsync(context, target, version, cancellation);
            if (row.Content is null || row.Verdict != Verdict.Skilled)
            {
                throw new InvalidOperationException($"{Name(target)} model {version} may not be put in use: its verdict is {Name(row.Verdict)}.");
            }

            _ = ServedOf(row);
            await PutInUseAsync(context, row, ModelAction.Promoted, viewer, cancellation);
            await context.SaveChangesAsync(cancellation);
            await CopyAsync(row, cancellation);
        }

        return (await ListAsync(target, cancellation)).Single(m => m.Version == version);
    }

    /// <summary>The version that was in use before the present one and can be again; null where there is none.</summary>
    public Task<string?> FormerAsync(Target target, CancellationToken cancellation = default) => FormerAsync(target, null, cancellation);

    /// <summary>The same of one product.</summary>
    public async Task<string?> FormerAsync(Target target, string? product, CancellationToken cancellation)
    {
        await using var context = database.OpenContext();
        return await context.Models
            .Where(m => m.Target == target && m.Product == product && m.Status == ModelStatus.Retired && m.Verdict == Verdict.Skilled && m.PromotedAt != null && m.Content != null)
            .OrderByDescending(m => m.PromotedAt).ThenByDescending(m => m.ModelId).Select(m => m.Version).FirstOrDefaultAsync(cancellation);
    }

    /// <summary>Puts the model that was in use before in use again. Done twice, it is undone.</summary>
    /// <param name="viewer">Who does it.</param>
    /// <param name="target">Of what.</param>
    /// <param name="version">A version that was in use; null for the last one before the present.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="InvalidOperationException">None was in use before.</exception>
    /// <exception cref="FormatException">Its bytes are damaged.</exception>
    public async Task<RegisteredModel> RollBackAsync(Viewer viewer, Target target, string? version = null, CancellationToken cancellation = default)
    {
        RequireOperator(viewer);
        version ??= await FormerAsync(target, cancellation) ?? throw new InvalidOperationException($"No {Name(target)} model was in use before that could be again.");
        await using (var context = database.OpenContext())
        {
            var row = await FindAsync(context, target, version, cancellation);
            if (row.Status != ModelStatus.Retired || row.Verdict != Verdict.Skilled || row.PromotedAt is null)
            {
                throw new InvalidOperationException($"{Name(target)} model {version} was not in use before, or may not be any more.");
            }

            _ = ServedOf(row);
            await PutInUseAsync(context, row, ModelAction.RolledBack, viewer, cancellation);
            await context.SaveChangesAsync(cancellation);
            await CopyAsync(row, cancellation);
        }

        return (await ListAsync(target, cancellation)).Single(m => m.Version == version);
    }

    /// <summary>Who put which model in use, the newest first.</summary>
    public async Task<IReadOnlyList<ModelEvent>> EventsAsync(Target? target = null, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        return await context.ModelEvents.AsNoTracking().Where(e => target == null || e.Target == target).OrderByDescending(e => e.ModelEventId).Take(MostEvents).ToListAsync(cancellation);
    }

    /// <summary>Writes <c>&lt;target&gt;/&lt;version&gt;/model.zip</c> and <c>card.json</c> under a folder and returns their folder.</summary>
    public async Task<string> ExportAsync(Target target, string version, string folder, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        return await WriteAsync(await FindAsync(context, target, version, cancellation), folder, cancellation);
    }

    /// <summary>Registers a model from a folder that holds <c>model.zip</c> and <c>card.json</c>, as a challenger.</summary>
    /// <exception cref="FormatException">The files are no model, or the model is not the one its card speaks of.</exception>
    public async Task<RegisteredModel> ImportAsync(Viewer viewer, string folder, CancellationToken cancellation = default)
    {
        RequireOperator(viewer);
        var card = ModelCard.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "card.json"), cancellation));
        byte[]? content = null;
        if (card.ServedHash is not null)
        {
            content = await File.ReadAllBytesAsync(Path.Combine(folder, "model.zip"), cancellation);
            _ = ModelArchive.Served(content, card.ServedHash);
            _ = ModelArchive.Tested(content, card.TestedHash);
        }

        var status = card.Verdict == Verdict.Skilled && content is not null ? ModelStatus.Challenger : ModelStatus.Refused;
        return await RegisterAsync(card, content, status, cancellation);
    }

    /// <summary>Stores a trained model; a champion takes the place of the one before.</summary>
    internal async Task<RegisteredModel> RegisterAsync(ModelCard card, byte[]? content, ModelStatus status, CancellationToken cancellation)
    {
        if (card.ShuffledSeed is not null)
        {
            throw new InvalidOperationException("A model trained on shuffled labels is never registered.");
        }

        // the version names a folder
        if (!card.Version.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') || card.Version.Length is 0 or > 40)
        {
            throw new FormatException($"'{card.Version}' is no version of a model.");
        }

        await using var context = database.OpenContext();
        await using var transaction = await context.Database.BeginTransactionAsync(cancellation);
        if (await context.Models.AnyAsync(m => m.Target == card.Target && m.Version == card.Version, cancellation))
        {
            throw new InvalidOperationException($"There is already a {Name(card.Target)} model {card.Version}.");
        }

        var row = new ModelVersion
        {
            Target = card.Target,
            Product = card.Product is { } product ? ProductKey.Of(product) : null,
            Version = card.Version,
            Status = status,
            Verdict = card.Verdict,
            CreatedAt = card.CreatedAt,
            Hash = card.ServedHash,
            Content = content,
            CardJson = card.ToJson(),
        };
        context.Models.Add(row);
        if (status == ModelStatus.Champion)
        {
            await context.SaveChangesAsync(cancellation);
            await PutInUseAsync(context, row, ModelAction.PutInUse, Viewer.System, cancellation);
        }

        await context.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        if (status == ModelStatus.Champion)
        {
            await CopyAsync(row, cancellation);
        }

        return new RegisteredModel(row.ModelId, row.Target, row.Version, row.Status, row.Verdict, row.CreatedAt, row.PromotedAt, row.Hash, card) { Product = row.Product };
    }

    /// <summary>Takes the model in use out of use, because later data no longer bear it out.</summary>
    internal async Task RetireChampionAsync(Target target, string? product, CancellationToken cancellation)
    {
        await using var context = database.OpenContext();
        foreach (var champion in await context.Models.Where(m => m.Target == target && m.Product == product && m.Status == ModelStatus.Champion).ToListAsync(cancellation))
        {
            champion.Status = ModelStatus.Retired;
            context.ModelEvents.Add(Event(champion, ModelAction.Retired, Viewer.System, null));
        }

        await context.SaveChangesAsync(cancellation);
    }

    /// <summary>The tested model of the one in use, for comparing on rows later than both saw.</summary>
    internal Task<(RegisteredModel Registered, ScoringModel Tested)?> LoadTestedChampionAsync(Target target, CancellationToken cancellation) => LoadTestedChampionAsync(target, null, cancellation);

    /// <summary>The same of one product.</summary>
    internal async Task<(RegisteredModel Registered, ScoringModel Tested)?> LoadTestedChampionAsync(Target target, string? product, CancellationToken cancellation)
    {
        if ((await ListAsync(target, cancellation)).FirstOrDefault(m => m.Status == ModelStatus.Champion && m.Product == product) is not { } champion)
        {
            return null;
        }

        await using var context = database.OpenContext();
        var content = await context.Models.Where(m => m.ModelId == champion.ModelId).Select(m => m.Content).SingleAsync(cancellation);
        try
        {
            return (champion, ModelArchive.Tested(content!, champion.Card.TestedHash));
        }
        catch (FormatException)
        {
            // a damaged model defends nothing
            return null;
        }
    }

    /// <summary>The version after the last of the same day, such as <c>2024-12-31-2</c>.</summary>
    internal async Task<string> NextVersionAsync(Target target, DateOnly knownUntil, CancellationToken cancellation)
    {
        var prefix = FormattableString.Invariant($"{knownUntil:yyyy-MM-dd}-");
        await using var context = database.OpenContext();
        var versions = await context.Models.Where(m => m.Target == target && m.Version.StartsWith(prefix)).Select(m => m.Version).ToListAsync(cancellation);
        var last = versions.Select(v => int.TryParse(v.AsSpan(prefix.Length), System.Globalization.CultureInfo.InvariantCulture, out var n) ? n : 0).DefaultIfEmpty().Max();
        return FormattableString.Invariant($"{prefix}{last + 1}");
    }

    private async Task PutInUseAsync(CustomerSuccessContext context, ModelVersion row, ModelAction action, Viewer viewer, CancellationToken cancellation)
    {
        string? inPlaceOf = null;
        foreach (var before in await context.Models.Where(m => m.Target == row.Target && m.Product == row.Product && m.Status == ModelStatus.Champion && m.ModelId != row.ModelId).ToListAsync(cancellation))
        {
            before.Status = ModelStatus.Retired;
            inPlaceOf = before.Version;
        }

        context.ModelEvents.Add(Event(row, action, viewer, inPlaceOf));
        row.Status = ModelStatus.Champion;
        row.PromotedAt = clock.GetUtcNow().UtcDateTime;
    }

    private ModelEvent Event(ModelVersion row, ModelAction action, Viewer viewer, string? inPlaceOf) => new()
    {
        ModelId = row.ModelId,
        Target = row.Target,
        Version = row.Version,
        Action = action,
        At = clock.GetUtcNow().UtcDateTime,
        By = viewer.UserId,
        ByEmail = viewer.Email,
        InPlaceOf = inPlaceOf,
    };

    private static ScoringModel ServedOf(ModelVersion row) =>
        ModelArchive.Served(row.Content ?? throw new FormatException($"{Name(row.Target)} model {row.Version} has no content."), row.Hash);

    /// <summary>A card that cannot be read any more must not hide the others.</summary>
    private static ModelCard CardOf(Target target, string version, string json)
    {
        try
        {
            return ModelCard.Parse(json);
        }
        catch (FormatException)
        {
            var none = new CardPart(null, null, 0, 0, 0, 0, 0);
            return new ModelCard { Target = target, Version = version, Verdict = Verdict.TooFewOutcomes, Definition = new CardDefinition(0, 0, 0), Data = none, Train = none, Test = none };
        }
    }

    /// <summary>A copy of the same model stays as it lies there: trained again from the same facts, a model differs in nothing but the hour.</summary>
    private async Task CopyAsync(ModelVersion row, CancellationToken cancellation)
    {
        var folder = (await settings.ReadAsync(cancellation)).ModelsFolder;
        if (!await IsCopyAsync(row, Path.Combine(folder, Name(row.Target), row.Version), cancellation))
        {
            await WriteAsync(row, folder, cancellation);
        }
    }

    private static async Task<bool> IsCopyAsync(ModelVersion row, string target, CancellationToken cancellation)
    {
        var (card, model) = (Path.Combine(target, "card.json"), Path.Combine(target, "model.zip"));
        if (!File.Exists(card) || File.Exists(model) != row.Content is not null)
        {
            return false;
        }

        try
        {
            var copied = ModelCard.Parse(await File.ReadAllTextAsync(card, cancellation)) with { CreatedAt = row.CreatedAt };
            return copied.ToJson() == (ModelCard.Parse(row.CardJson) with { CreatedAt = row.CreatedAt }).ToJson()
                && (row.Content is null || (await File.ReadAllBytesAsync(model, cancellation)).AsSpan().SequenceEqual(row.Content));
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static async Task<string> WriteAsync(ModelVersion row, string folder, CancellationToken cancellation)
    {
        var target = Directory.CreateDirectory(Path.Combine(folder, Name(row.Target), row.Version)).FullName;
        if (row.Content is not null)
        {
            await File.WriteAllBytesAsync(Path.Combine(target, "model.zip"), row.Content, cancellation);
        }

        await File.WriteAllTextAsync(Path.Combine(target, "card.json"), row.CardJson + "\n", cancellation);
        return target;
    }

    private static async Task<ModelVersion> FindAsync(CustomerSuccessContext context, Target target, string version, CancellationToken cancellation) =>
        await context.Models.FirstOrDefaultAsync(m => m.Target == target && m.Version == version, cancellation)
        ?? throw new InvalidOperationException($"There is no {Name(target)} model {version}.");

    private static void RequireOperator(Viewer viewer)
    {
        if (!viewer.IsIn(Roles.Administrator, Roles.CsOperations))
        {
            throw new UnauthorizedAccessException("Only CS operations and administrators may change which model is in use.");
        }
    }

    private static string Name<T>(T value)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
