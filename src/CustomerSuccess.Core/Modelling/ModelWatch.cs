using System.Text.Json;
using System.Text.Json.Serialization;

namespace CustomerSuccess.Core.Modelling;

public enum WatchLevel
{
    /// <summary>Nothing to report.</summary>
    Calm,

    /// <summary>Worth a look.</summary>
    Notice,

    /// <summary>The model may no longer hold; retraining is due where the settings say so.</summary>
    Alarm,
}

/// <summary>What watching a model found at one scoring. Kept for good.</summary>
public sealed class ModelWatch
{
    public int ModelWatchId { get; set; }

    public int ModelId { get; set; }

    public Target Target { get; set; }

    /// <summary>The day of the scoring.</summary>
    public DateOnly AsOf { get; set; }

    public DateTime At { get; set; }

    public WatchLevel Level { get; set; }

    /// <summary>A <see cref="WatchReport"/>.</summary>
    public required string ReportJson { get; set; }
}

/// <summary>What watching a model found.</summary>
public sealed record WatchReport
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>Accounts scored.</summary>
    public int Rows { get; init; }

    /// <summary>Inputs whose distribution moved, the furthest first; those that stayed are counted only.</summary>
    public IReadOnlyList<InputDrift> Moved { get; init; } = [];

    /// <summary>How many inputs were compared.</summary>
    public int Compared { get; init; }

    /// <summary>Probabilities shown against what is known by now; null where too little is known.</summary>
    public CalibrationWatch? Calibration { get; init; }

    public WatchLevel Level => Moved.Any(input => input.Level == WatchLevel.Alarm) || Calibration?.Level == WatchLevel.Alarm ? WatchLevel.Alarm
        : Moved.Count > 0 || Calibration?.Level == WatchLevel.Notice ? WatchLevel.Notice
        : WatchLevel.Calm;

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    public static WatchReport Parse(string json) => JsonSerializer.Deserialize<WatchReport>(json, Json) ?? new WatchReport();
}

/// <summary>How far an input's distribution lies from that of training.</summary>
/// <param name="Feature">The feature's name.</param>
/// <param name="Index">Population stability index: 0.1 is worth a look, 0.25 an alarm.</param>
/// <param name="MissingThen">Share of rows without a value in training.</param>
/// <param name="MissingNow">The same today.</param>
/// <param name="Level">By the index.</param>
public sealed record InputDrift(string Feature, double Index, double MissingThen, double MissingNow, WatchLevel Level);

/// <summary>Outcomes against what was expected.</summary>
/// <param name="From">First as-of date that counts.</param>
/// <param name="To">Last.</param>
/// <param name="Accounts">Accounts whose outcome is known.</param>
/// <param name="Expected">Σ of their probabilities as they were shown.</param>
/// <param name="Observed">How many left, each once.</param>
/// <param name="Lower">Fewest outcomes that 95 of 100 draws of those probabilities give.</param>
/// <param name="Upper">Most.</param>
/// <param name="PValue">Of an outcome at least as unlikely, two-sided, were the probabilities true.</param>
/// <param name="Level">Alarm where the p-value is below 0.01, notice where below 0.05.</param>
public sealed record CalibrationWatch(DateOnly From, DateOnly To, int Accounts, double Expected, int Observed, int Lower, int Upper, double PValue, WatchLevel Level);
