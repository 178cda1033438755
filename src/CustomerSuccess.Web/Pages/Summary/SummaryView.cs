using System.Globalization;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Engine.Handouts;
using CustomerSuccess.Web.Shared.Lists;

namespace CustomerSuccess.Web.Pages.Summary;

/// <summary>What the summary covers, as its address says it.</summary>
public sealed record SummaryView(PeriodGrain Grain = PeriodGrain.Month, DateOnly? End = null)
{
    public const string Path = "/summary", FilePath = Path + "/file.pdf", GrainKey = "by", EndKey = "end", LanguageKey = "lang";

    private const string Day = "yyyy-MM-dd";

    public SummaryAsk Ask => new(Grain, End);

    public static SummaryView Parse(ListAddress address) => new(
        address.Choice<PeriodGrain>(GrainKey) ?? PeriodGrain.Month,
        DateOnly.TryParseExact(address[EndKey], Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null);

    public string ToAddress(string path = Path) => ListAddress.Parse(path)
        .With(GrainKey, Grain == PeriodGrain.Month ? null : Grain.ToString().ToLowerInvariant())
        .With(EndKey, End?.ToString(Day, CultureInfo.InvariantCulture)).ToString();
}
