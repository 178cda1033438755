using System.Globalization;
using CustomerSuccess.Core.Health;
using CustomerSuccess.Core.Risk;

namespace CustomerSuccess.Web.Pages.Risk;

/// <summary>What the queue shows, as its address says it: filters, order and the selected account.</summary>
public sealed record RiskQueueView
{
    public RiskQueueFilter Filter { get; init; } = new();

    public QueueSort Sort { get; init; } = QueueSort.Rank;

    public bool Descending { get; init; }

    /// <summary>The account number of the row that was opened last; null where none was.</summary>
    public int? Selected { get; init; }

    /// <summary>Reads the query part of an address; what it does not understand is left out.</summary>
    public static RiskQueueView Parse(string query)
    {
        var values = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(query);
        string? Text(string key) => values.TryGetValue(key, out var value) && !string.IsNullOrWhiteSpace(value) ? value.ToString() : null;
        T? Choice<T>(string key)
            where T : struct, Enum => Enum.TryParse<T>(Text(key), ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : null;
        return new()
        {
            Filter = new()
            {
                Search = Text("q"),
                Owner = Text("owner"),
                Segment = Text("segment"),
                Plan = Text("plan"),
                Play = Text("play"),
                Band = Choice<HealthBand>("health"),
                State = Choice<ScoreState>("state"),
                FitsToday = Text("today") == "1",
                HideHandled = Text("open") == "1",
            },
            Sort = Choice<QueueSort>("sort") ?? QueueSort.Rank,
            Descending = Text("dir") == "desc",
            Selected = int.TryParse(Text("selected"), NumberStyles.None, CultureInfo.InvariantCulture, out var selected) ? selected : null,
        };
    }

    /// <summary>The address of the queue with this view.</summary>
    public string ToAddress()
    {
        var parts = new List<string>();
        void Add(string key, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                parts.Add($"{key}={Uri.EscapeDataString(value)}");
            }
        }

        Add("q", Filter.Search);
        Add("owner", Filter.Owner);
        Add("segment", Filter.Segment);
        Add("plan", Filter.Plan);
        Add("play", Filter.Play);
        Add("health", Filter.Band?.ToString().ToLowerInvariant());
        Add("state", Filter.State?.ToString().ToLowerInvariant());
        Add("today", Filter.FitsToday ? "1" : null);
        Add("open", Filter.HideHandled ? "1" : null);
        Add("sort", Sort == QueueSort.Rank ? null : Sort.ToString().ToLowerInvariant());
        Add("dir", Descending ? "desc" : null);
        Add("selected", Selected?.ToString(CultureInfo.InvariantCulture));
        return parts.Count == 0 ? "/queue" : "/queue?" + string.Join('&', parts);
    }

    /// <summary>The view sorted by a column: its useful direction first, turned round on the second ask.</summary>
    public RiskQueueView SortedBy(QueueSort sort)
    {
        var first = sort is QueueSort.Mrr or QueueSort.Risk or QueueSort.ExpectedLoss or QueueSort.ValuePerMinute;
        return this with { Sort = sort, Descending = Sort == sort ? !Descending : first };
    }
}
