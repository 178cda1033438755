using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using CustomerSuccess.Core.Products;

namespace CustomerSuccess.Core.Modelling;

/// <summary>What a model is, on what it was fitted, and how good it is on later data: a person can read it and a program can load it.</summary>
public sealed record ModelCard
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>Version of the card's own format.</summary>
    public int Format { get; init; } = 1;

    public required Target Target { get; init; }

    /// <summary>The name of the product that it predicts alone; null for a model of accounts, or of all products.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Product { get; init; }

    /// <summary>For a model of all products, what there is to learn from by product; else null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<CardProduct>? Products { get; init; }

    /// <summary>For a model of all products that was fitted, its skill within products, by which it is judged; else null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public WithinProducts? WithinProducts { get; init; }

    public required string Version { get; init; }

    public DateTime CreatedAt { get; init; }

    public required Verdict Verdict { get; init; }

    /// <summary>The day up to which facts were known.</summary>
    public DateOnly KnownUntil { get; init; }

    public required CardDefinition Definition { get; init; }

    /// <summary>All labelled observations, training and test.</summary>
    public required CardPart Data { get; init; }

    /// <summary>Share of the accounts that was drawn, by the plan's seed, where the data are too many for memory; else 1.</summary>
    public double SampledShare { get; init; } = 1;

    /// <summary><c>time</c>, or <c>account_folds</c> where the data have one date only.</summary>
    public string Split { get; init; } = "time";

    public required CardPart Train { get; init; }

    public required CardPart Test { get; init; }

    public int LeastTrainOutcomes { get; init; } = Verdicts.LeastTrainOutcomes;

    public int LeastTestOutcomes { get; init; } = Verdicts.LeastTestOutcomes;

    /// <summary>Columns that give the outcome away, found on training rows; left out unless an administrator allowed them.</summary>
    public IReadOnlyList<Leak> Leaks { get; init; } = [];

    /// <summary>False where a leak was kept: the figures then tell how well the outcome can be read off, not foretold.</summary>
    public bool FiguresCanBeTrusted => !Leaks.Any(leak => leak.Kept);

    /// <summary>Which of the columns that only this company has show evidence of their own on training rows; null where none was screened.</summary>
    public ScreenReport? Screen { get; init; }

    /// <summary>Null where nothing was fitted; so are all that follow.</summary>
    public TrainingPlan? Plan { get; init; }

    /// <summary>What the plan's search found on training rows; null where nothing was searched.</summary>
    public SearchReport? Search { get; init; }

    /// <summary>How the served model's calibration was chosen (the tested one's where none is served).</summary>
    public CalibrationReport? Calibration { get; init; }

    /// <summary>Set where the served model is an earlier one, recalibrated by later outcomes; the figures are then the earlier one's.</summary>
    public CardRecalibration? Recalibration { get; init; }

    /// <summary>SHA-256 of the model fitted on the training rows, whose figures stand here.</summary>
    public string? TestedHash { get; init; }

    /// <summary>SHA-256 of the same plan fitted on every labelled date, which is served.</summary>
    public string? ServedHash { get; init; }

    public CardMetrics? Metrics { get; init; }

    /// <summary>The model's figures less those of its peers, on the same draws.</summary>
    public CardDifferences? Differences { get; init; }

    /// <summary>Ten bins of equal mass over the test rows, lowest probabilities first.</summary>
    public IReadOnlyList<ReliabilityBin> Reliability { get; init; } = [];

    public IReadOnlyList<LiftPoint> LiftCurve { get; init; } = [];

    /// <summary>Accounts that the CSMs can contact at each as-of date.</summary>
    public double? CapacityPerDate { get; init; }

    /// <summary>The plan fitted anew before each of several later periods; null where nothing was fitted or the data have one date.</summary>
    public CardBacktest? Backtest { get; init; }

    /// <summary>What the queue would have caught in the months of the backtest; churn only, and null without a backtest.</summary>
    public CardHindsight? Hindsight { get; init; }

    /// <summary>Whether forecasts of renewals and lifetimes held in past months; churn only, and null without a backtest.</summary>
    public CardForecast? Forecast { get; init; }

    /// <summary>What the tested model's predictions of later rows rest on, the strongest theme first.</summary>
    public IReadOnlyList<CardDriver> Drivers { get; init; } = [];

    /// <summary>The served model's columns, those that move probabilities most first.</summary>
    public IReadOnlyList<CardColumn> Columns { get; init; } = [];

    /// <summary>How the served model's inputs were distributed over the rows that it was fitted on, so that drift can be told.</summary>
    public IReadOnlyList<CardDistribution> Distributions { get; init; } = [];

    /// <summary>The model in use on the same rows, where there was one.</summary>
    public CardChampion? Champion { get; init; }

    /// <summary>Set where the labels were shuffled within each date: such a model is never registered.</summary>
    public int? ShuffledSeed { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <exception cref="FormatException">The text is no card.</exception>
    public static ModelCard Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<ModelCard>(json, Json) ?? throw new FormatException("The card is empty.");
        }
        catch (JsonException error)
        {
            throw new FormatException($"This is no model card: {error.Message}", error);
        }
    }
}

/// <summary>What an outcome is: days from the as-of date to the horizon, its length, and the grace of a churn event.</summary>
public sealed record CardDefinition(int LeadDays, int HorizonDays, int GraceDays);

/// <summary>A set of observations.</summary>
/// <param name="From">First as-of date; null where there is none.</param>
/// <param name="To">Last as-of date.</param>
/// <param name="Dates">How many as-of dates.</param>
/// <param name="Rows">Observations.</param>
/// <param name="Accounts">Distinct accounts.</param>
/// <param name="PositiveRows">Observations with the outcome.</param>
/// <param name="Outcomes">Distinct outcomes: one event seen from several dates counts once.</param>
public sealed record CardPart(DateOnly? From, DateOnly? To, int Dates, int Rows, int Accounts, int PositiveRows, int Outcomes);

public sealed record CardMetrics(MetricEstimates Model, MetricEstimates BaseRate, MetricEstimates LogisticRegression, MetricEstimates? RuleScore);

/// <summary>Figures with 95 % intervals; null where a figure has no meaning. See <see cref="MetricValues"/>.</summary>
public sealed record MetricEstimates
{
    public Estimate? RocAuc { get; init; }

    public Estimate? PrAuc { get; init; }

    public Estimate? LogLoss { get; init; }

    public Estimate? Brier { get; init; }

    public Estimate? Ece { get; init; }

    [JsonPropertyName("lift_at_10")]
    public Estimate? LiftAt10 { get; init; }

    [JsonPropertyName("precision_at_10")]
    public Estimate? PrecisionAt10 { get; init; }

    public Estimate? LiftAtCapacity { get; init; }

    public Estimate? PrecisionAtCapacity { get; init; }

    public static MetricEstimates Of(Measured measured) => new()
    {
        RocAuc = measured.Estimate(m => m.RocAuc),
        PrAuc = measured.Estimate(m => m.PrAuc),
        LogLoss = measured.Estimate(m => m.LogLoss),
        Brier = measured.Estimate(m => m.Brier),
        Ece = measured.Estimate(m => m.Ece),
        LiftAt10 = measured.Estimate(m => m.LiftAt10),
        PrecisionAt10 = measured.Estimate(m => m.PrecisionAt10),
        LiftAtCapacity = measured.Estimate(m => m.LiftAtCapacity),
        PrecisionAtCapacity = measured.Estimate(m => m.PrecisionAtCapacity),
    };
}

public sealed record CardDifference(Estimate? RocAuc, Estimate? LogLoss)
{
    public static CardDifference Of(Measured model, Measured peer) => new(model.Less(peer, m => m.RocAuc), model.Less(peer, m => m.LogLoss));
}

public sealed record CardDifferences(CardDifference BaseRate, CardDifference LogisticRegression, CardDifference? RuleScore);

/// <summary>Accounts with similar probabilities, and what became of them.</summary>
/// <param name="Lowest">Lowest probability of the bin.</param>
/// <param name="Highest">Highest probability of the bin.</param>
/// <param name="Rows">Observations n.</param>
/// <param name="Mean">Mean probability.</param>
/// <param name="Observed">Share with the outcome.</param>
/// <param name="Lower">Lower bound of its 95 % Wilson interval.</param>
/// <param name="Upper">Upper bound.</param>
public sealed record ReliabilityBin(double Lowest, double Highest, int Rows, double Mean, double Observed, double Lower, double Upper);

/// <summary>Among the top share of rows: the rate of outcomes over the overall rate, and the share of all outcomes found.</summary>
public sealed record LiftPoint(double Share, double Lift, double Found);

/// <param name="Name">The feature's name in the catalogue.</param>
/// <param name="Kind"><c>number</c>, <c>levels</c> or <c>rate</c>.</param>
/// <param name="MeanPoints">Mean absolute probability points (0.01 = one point) over test rows.</param>
public sealed record CardColumn(string Name, string Kind, double MeanPoints);

/// <summary>The model in use, measured on the challenger's test rows as far as it had not seen them.</summary>
/// <param name="Version">Its version.</param>
/// <param name="LogLoss">Its log loss on those rows.</param>
/// <param name="ChallengerLogLoss">The challenger's on the same.</param>
/// <param name="Rows">How many rows.</param>
public sealed record CardChampion(string Version, double LogLoss, double ChallengerLogLoss, int Rows);
