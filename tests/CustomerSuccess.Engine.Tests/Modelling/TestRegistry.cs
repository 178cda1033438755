using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Engine.Features;
using CustomerSuccess.Engine.Modelling;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;

namespace CustomerSuccess.Engine.Tests.Modelling;

/// <summary>A registry over a test's database with a models folder of its own, small models to put into it, and whatever works with it.</summary>
internal sealed class TestRegistry : IDisposable
{
    private static readonly CardPart Part = new(new DateOnly(2024, 1, 31), new DateOnly(2024, 6, 30), 6, 600, 100, 60, 40);

    private readonly Database _database;

    private TestRegistry(Database database, SettingsStore settings, TimeProvider clock, string folder)
    {
        (_database, Settings, Clock, Folder) = (database, settings, clock, folder);
        Registry = new ModelRegistry(database, settings, clock);
    }

    public string Folder { get; }

    public TimeProvider Clock { get; }

    public SettingsStore Settings { get; }

    public ModelRegistry Registry { get; }

    public AsOfDates Reaches => new(_database);

    public BuildObservations Observations => new(_database, Settings);

    public BuildFeatures Features => new(_database, Settings);

    public WatchModels Watch => new(_database, Observations, Reaches, Clock);

    public TrainModels Train => new(_database, Settings, Observations, Features, Reaches, Registry, new BacktestQuery(_database), Clock);

    public RecalibrateModels Recalibrate => new(_database, Observations, Features, Registry, Clock);

    public static async Task<TestRegistry> CreateAsync(Database database, TimeProvider? clock = null)
    {
        var folder = Directory.CreateTempSubdirectory("cs-models-").FullName;
        var settings = new SettingsStore(database, clock ?? TimeProvider.System);
        await settings.SetAsync(Viewer.System, "models.folder", folder, TestContext.Current.CancellationToken);
        return new TestRegistry(database, settings, clock ?? TimeProvider.System, folder);
    }

    /// <summary>Registers <see cref="Model"/> of an offset.</summary>
    public Task<RegisteredModel> RegisterAsync(string version, double offset, ModelStatus status = ModelStatus.Champion) =>
        Registry.RegisterAsync(Card(version, Model(offset)), ModelArchive.Pack(Model(offset), Model(0)), status, TestContext.Current.CancellationToken);

    /// <summary>A skilled model's card; its tested model is <see cref="Model"/> of 0.</summary>
    public static ModelCard Card(string version, ScoringModel? served) => new()
    {
        Target = Target.Churn,
        Version = version,
        Verdict = Verdict.Skilled,
        Definition = new CardDefinition(14, 90, 31),
        Data = Part,
        Train = Part,
        Test = Part,
        ServedHash = served?.Hash,
        TestedHash = served is null ? null : Model(0).Hash,
    };

    /// <summary>Half a stump, half a straight line over one column, calibrated by an offset.</summary>
    public static ScoringModel Model(double offset, string column = "usage") => new(
        new Encoder([new ColumnEncoding(column, EncodingKind.Number) { High = 1 }]),
        new TreeEnsemble([new Tree([0], [0.5f], [~0], [~1], [-1, 1], [5, 5])], 0.1),
        new LinearModel(0, [1], [0], [1], 1),
        0.5,
        new Calibrator(1, offset));

    /// <summary>Promises the same to everybody.</summary>
    public static ScoringModel Blind(double logOdds) => new(new Encoder([]), new TreeEnsemble([], 1), new LinearModel(logOdds, [], [], [], 1), 0, new Calibrator(1, 0));

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
