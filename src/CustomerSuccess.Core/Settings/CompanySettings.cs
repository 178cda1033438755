using System.Globalization;
using CustomerSuccess.Core.Modelling;

namespace CustomerSuccess.Core.Settings;

/// <summary>Every setting with its meaning, unit and default: the one place that knows what may be set.</summary>
public sealed partial record CompanySettings
{
    /// <summary>Keys of the bands of health, which are kept with the history of its scheme.</summary>
    public const string HealthGoodKey = "health.good", HealthWatchKey = "health.watch";

    /// <summary>ISO 4217 code in which figures over several currencies are given.</summary>
    public string Currency { get; init; } = "USD";

    /// <summary>The company's name as its customers know it; empty where nobody set it.</summary>
    public string Name { get; init; } = "";

    /// <summary>ISO 3166-1 code of the country whose telephone numbers are written without a country code.</summary>
    public string Region { get; init; } = "JP";

    /// <summary>IANA zone: calendar days are days of this zone.</summary>
    public string TimeZone { get; init; } = "Asia/Tokyo";

    /// <summary>The month in which a fiscal year begins, 1–12: quarters and years of figures are fiscal ones.</summary>
    public int FiscalStartMonth { get; init; } = 1;

    /// <summary>Days from the as-of date to the start of the horizon, 0–365.</summary>
    public int LeadDays { get; init; } = 14;

    /// <summary>Days in which a predicted churn falls, 1–730.</summary>
    public int HorizonDays { get; init; } = 90;

    /// <summary>Days an account may be without MRR before that is a churn event, 0–365.</summary>
    public int GraceDays { get; init; } = 31;

    /// <summary>Words, comma-separated, by which the reason of a term's end tells that the customer did not choose to leave, such as a payment that failed. Case, width and kana make no difference.</summary>
    public string InvoluntaryWords { get; init; } = "payment, non-payment, unpaid, card, involuntary, bankrupt, insolven, 支払, 未払, 決済, 未入金, 倒産, 廃業";

    /// <summary>Days for which a customer who came, or came back, is a new or a reactivated one, 1–730.</summary>
    public int LifecycleNewDays { get; init; } = 90;

    /// <summary>Days after a purchase for which a customer without contracts is active, 1–1095.</summary>
    public int LifecycleActiveDays { get; init; } = 180;

    /// <summary>The least score for frequency and for money of a loyal customer, 1–5.</summary>
    public int LifecycleLoyalScore { get; init; } = 4;

    /// <summary>Active customers aimed at a year from now; 0 for no goal.</summary>
    public int LifecycleGoal { get; init; }

    /// <summary>Share of MRR that is margin, 0–1.</summary>
    public double Margin { get; init; } = 0.8;

    /// <summary>Minutes a CSM has for touches on each day from Monday to Friday, where nothing else is set for him or her.</summary>
    public double CsmMinutesPerDay { get; init; } = 240;

    /// <summary>Whose public holidays are days off: <c>japan</c> or <c>none</c>; null for Japan's where the company's clocks show Japan's time.</summary>
    public string? CsmHolidays { get; init; }

    /// <summary>Cost of a CSM's minute in the reporting currency; null for 1 (100 where the currency is JPY).</summary>
    public double? CostPerMinute { get; init; }

    /// <summary>How many outcomes (departures, expansions) a play's stated prior effect weighs: as much as a comparison in which so many were counted.</summary>
    public double PlayPriorWeight { get; init; } = 50;

    /// <summary>Share of the accounts that a play holds out where it names no share of its own, 0–0.5.</summary>
    public double HoldoutShare { get; init; } = 0.1;

    /// <summary>Decides who is held out; another one draws anew for whoever was not drawn yet.</summary>
    public int HoldoutSeed { get; init; } = 1;

    /// <summary>Least days between two contacts of one account that nobody there waits for, 0–365.</summary>
    public int ContactGapDays { get; init; } = 5;

    /// <summary>True where a blank cell clears a value, false where it leaves it.</summary>
    public bool BlankClears { get; init; } = true;

    /// <summary>Health at or above which an account is good, 0–100.</summary>
    public double HealthGood { get; init; } = 60;

    /// <summary>Health at or above which an account is to be watched; below it is in danger.</summary>
    public double HealthWatch { get; init; } = 35;

    /// <summary>How much a training tries.</summary>
    public Budget TrainingBudget { get; init; } = Budget.Normal;

    /// <summary>Columns that may be learned from although they give the outcome away, comma-separated.</summary>
    public string AllowedLeaks { get; init; } = "";

    /// <summary>Columns that are learned from without evidence of their own, comma-separated.</summary>
    public string KeptColumns { get; init; } = "";

    /// <summary>Folder that receives a copy of every promoted model, relative to the working folder.</summary>
    public string ModelsFolder { get; init; } = "models";

    /// <summary>Days after which models are trained again where newer facts have come, 0–3650; 0 for never.</summary>
    public int RetrainDays { get; init; } = 30;

    /// <summary>True where an alarm over the model in use has them trained again, where newer facts have come.</summary>
    public bool RetrainOnAlarm { get; init; } = true;

    /// <summary>True where anybody may send an inquiry by the public form.</summary>
    public bool PublicForm { get; init; }

    /// <summary>True where an inquiry whose target was missed is escalated.</summary>
    public bool EscalateMissed { get; init; } = true;

    /// <summary>The address to which missed targets are escalated; empty for the account's owner.</summary>
    public string EscalateTo { get; init; } = "";

    /// <summary>The first day of opening from which imported inquiries are the desk's: missed targets of earlier ones are nobody's news. Null where only those opened here are.</summary>
    public DateOnly? DeskSince { get; init; }

    /// <summary>Days after which a resolved inquiry is closed, 0–365; 0 for never.</summary>
    public int CloseAfterDays { get; init; } = 7;
    /// <summary>Megabytes (of 1,000,000 bytes) that a file of an account may have, 1–1000.</summary>
    public int FileMegabytes { get; init; } = 25;

    /// <summary>Where an account's address is looked up on a map: an http or https address in which <c>{address}</c> stands for it; empty for nowhere.</summary>
    public string MapUrl { get; init; } = "";

    /// <summary>Days for which notices are kept, 7–3650.</summary>
    public int NoticesKeptDays { get; init; } = 90;

    /// <summary>The share of those asked, in per cent, below which a survey counts as answered too rarely, 0–100; 0 for never.</summary>
    public int LeastResponsePercent { get; init; } = 10;

    /// <summary>The cost of a minute that holds, in the reporting currency.</summary>
    public double MinuteCost => CostPerMinute ?? (Currency == "JPY" ? 100 : 1);

    /// <summary>True for a public holiday on which nobody works.</summary>
    public bool IsHoliday(DateOnly day) => (CsmHolidays ?? (TimeZone == "Asia/Tokyo" ? Japan : None)) == Japan && BusinessTime.JapaneseHolidays.On(day) is not null;

    private const string Japan = "japan", None = "none";

    private sealed record Entry(string Key, Func<CompanySettings, string> Read, Func<CompanySettings, string, CompanySettings?> Write, bool IsSecret = false);

    private static readonly Entry[] Entries =
    [
        Text("company.currency", s => s.Currency, (s, v) => v.Length == 3 && v.All(char.IsAsciiLetterUpper) ? s with { Currency = v } : null),
        Text("company.name", s => s.Name, (s, v) => v.Length <= 200 ? s with { Name = v } : null),
        Text("company.region", s => s.Region, (s, v) => v.Length == 2 && v.All(char.IsAsciiLetterUpper) ? s with { Region = v } : null),
        Text("company.time_zone", s => s.TimeZone, (s, v) => TimeZoneInfo.TryFindSystemTimeZoneById(v, out _) ? s with { TimeZone = v } : null),
        Whole("company.fiscal_start_month", 1, 12, s => s.FiscalStartMonth, (s, v) => s with { FiscalStartMonth = v }),
        Text("retention.involuntary_words", s => s.InvoluntaryWords, (s, v) => s with { InvoluntaryWords = v }),
        Whole("lifecycle.new_days", 1, 730, s => s.LifecycleNewDays, (s, v) => s with { LifecycleNewDays = v }),
        Whole("lifecycle.active_days", 1, 1095, s => s.LifecycleActiveDays, (s, v) => s with { LifecycleActiveDays = v }),
        Whole("lifecycle.loyal_score", 1, 5, s => s.LifecycleLoyalScore, (s, v) => s with { LifecycleLoyalScore = v }),
        Whole("lifecycle.goal_customers", 0, 100_000_000, s => s.LifecycleGoal, (s, v) => s with { LifecycleGoal = v }),
        Whole("prediction.lead_days", 0, 365, s => s.LeadDays, (s, v) => s with { LeadDays = v }),
        Whole("prediction.horizon_days", 1, 730, s => s.HorizonDays, (s, v) => s with { HorizonDays = v }),
        Whole("prediction.grace_days", 0, 365, s => s.GraceDays, (s, v) => s with { GraceDays = v }),
        Number("value.margin", 0, 1, s => s.Margin, (s, v) => s with { Margin = v }),
        Number("value.cost_per_minute", 0, 1e9, s => s.MinuteCost, (s, v) => s with { CostPerMinute = v }),
        Number("csm.minutes_per_day", 1, 1440, s => s.CsmMinutesPerDay, (s, v) => s with { CsmMinutesPerDay = v }),
        Text("csm.holidays", s => s.CsmHolidays ?? (s.TimeZone == "Asia/Tokyo" ? Japan : None), (s, v) => v is Japan or None ? s with { CsmHolidays = v } : null),
        Number("plays.prior_weight", 0, 1e6, s => s.PlayPriorWeight, (s, v) => s with { PlayPriorWeight = v }),
        Number("plays.holdout_share", 0, Effects.Holdout.Most, s => s.HoldoutShare, (s, v) => s with { HoldoutShare = v }),
        Whole("plays.holdout_seed", 0, int.MaxValue, s => s.HoldoutSeed, (s, v) => s with { HoldoutSeed = v }),
        Whole("plays.contact_gap_days", 0, 365, s => s.ContactGapDays, (s, v) => s with { ContactGapDays = v }),
        Text("import.blank_clears", s => s.BlankClears ? "true" : "false", (s, v) => bool.TryParse(v, out var b) ? s with { BlankClears = b } : null),
        Number(HealthGoodKey, 0, 100, s => s.HealthGood, (s, v) => s with { HealthGood = v }),
        Number(HealthWatchKey, 0, 100, s => s.HealthWatch, (s, v) => s with { HealthWatch = v }),
        Text("models.budget", s => s.TrainingBudget.ToString().ToLowerInvariant(), (s, v) => Enum.TryParse<Budget>(v, true, out var b) && Enum.IsDefined(b) && !char.IsAsciiDigit(v[0]) ? s with { TrainingBudget = b } : null),
        Text("models.allowed_leaks", s => s.AllowedLeaks, (s, v) => s with { AllowedLeaks = v }),
        Text("models.kept_columns", s => s.KeptColumns, (s, v) => s with { KeptColumns = v }),
        Whole("models.retrain_days", 0, 3650, s => s.RetrainDays, (s, v) => s with { RetrainDays = v }),
        Text("models.retrain_on_alarm", s => s.RetrainOnAlarm ? "true" : "false", (s, v) => bool.TryParse(v, out var b) ? s with { RetrainOnAlarm = b } : null),
        Flag("inquiries.public_form", s => s.PublicForm, (s, v) => s with { PublicForm = v }),
        Flag("inquiries.escalate_missed", s => s.EscalateMissed, (s, v) => s with { EscalateMissed = v }),
        Text("inquiries.escalate_to", s => s.EscalateTo, (s, v) => v.Length == 0 || v.Contains('@', StringComparison.Ordinal) ? s with { EscalateTo = v } : null),
        Text("inquiries.desk_since", s => s.DeskSince?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "", (s, v) =>
            v.Length == 0 ? s with { DeskSince = null }
            : DateOnly.TryParseExact(v, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? s with { DeskSince = day }
            : null),
        Whole("inquiries.close_after_days", 0, 365, s => s.CloseAfterDays, (s, v) => s with { CloseAfterDays = v }),
        Whole("files.megabytes", 1, 1000, s => s.FileMegabytes, (s, v) => s with { FileMegabytes = v }),
        Text("map.url", s => s.MapUrl, (s, v) => v.Length == 0 || IsMapUrl(v) ? s with { MapUrl = v } : null),
        Text("models.folder", s => s.ModelsFolder, (s, v) => v.Length > 0 ? s with { ModelsFolder = v } : null),
        Whole("notices.kept_days", 7, 3650, s => s.NoticesKeptDays, (s, v) => s with { NoticesKeptDays = v }),
        Whole("notices.least_response_percent", 0, 100, s => s.LeastResponsePercent, (s, v) => s with { LeastResponsePercent = v }),
        .. MailEntries(),
        .. OutreachEntries(),
    ];

    /// <summary>Every key that may be set.</summary>
    public static IEnumerable<string> Keys => Entries.Select(entry => entry.Key);

    /// <summary>True for a key whose value is never shown and is kept encrypted, unless it names a file.</summary>
    public static bool IsSecret(string key) => Find(key)?.IsSecret ?? false;

    /// <summary>The value of a key as text, a secret one as <c>(set)</c> or the file that has it; null for an unknown key.</summary>
    public string? Get(string key) => Find(key)?.Read(this);

    /// <summary>The settings with a key changed; null for an unknown key or a value outside its range.</summary>
    public CompanySettings? TrySet(string key, string value) => Find(key)?.Write(this, value.Trim());

    /// <summary>Settings from stored rows; unknown keys are left out.</summary>
    public static CompanySettings From(IEnumerable<KeyValuePair<string, string>> stored) =>
        stored.Aggregate(new CompanySettings(), (settings, row) => settings.TrySet(row.Key, row.Value) ?? settings);

    /// <summary>The address cannot choose another site than the template does.</summary>
    private static bool IsMapUrl(string template) =>
        template.Contains("{address}", StringComparison.Ordinal)
        && Uri.TryCreate(template.Replace("{address}", "a", StringComparison.Ordinal), UriKind.Absolute, out var one) && one.Scheme is "http" or "https"
        && Uri.TryCreate(template.Replace("{address}", "b", StringComparison.Ordinal), UriKind.Absolute, out var other) && one.Authority == other.Authority;

    private static Entry? Find(string key) => Array.Find(Entries, entry => entry.Key == key);

    private static Entry Text(string key, Func<CompanySettings, string> read, Func<CompanySettings, string, CompanySettings?> write) =>
        new(key, read, write);

    private static Entry Flag(string key, Func<CompanySettings, bool> read, Func<CompanySettings, bool, CompanySettings> write) =>
        new(key, s => read(s) ? "true" : "false", (s, v) => bool.TryParse(v, out var flag) ? write(s, flag) : null);

    private static Entry Whole(string key, int least, int most, Func<CompanySettings, int> read, Func<CompanySettings, int, CompanySettings> write) =>
        new(key, s => read(s).ToString(CultureInfo.InvariantCulture), (s, v) =>
            int.TryParse(v, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n >= least && n <= most ? write(s, n) : null);

    private static Entry Number(string key, double least, double most, Func<CompanySettings, double> read, Func<CompanySettings, double, CompanySettings> write) =>
        new(key, s => read(s).ToString("R", CultureInfo.InvariantCulture), (s, v) =>
            double.TryParse(v, NumberStyles.Float, CultureInfo.InvariantCulture, out var n) && n >= least && n <= most ? write(s, n) : null);
}
