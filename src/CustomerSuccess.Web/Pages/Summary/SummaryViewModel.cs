using System.Globalization;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.Documents;
using CustomerSuccess.Engine.Handouts;
using CustomerSuccess.Web.Shared;

namespace CustomerSuccess.Web.Pages.Summary;

/// <summary>What an open summary shows: the same document as its file, in the reader's language.</summary>
public sealed class SummaryViewModel(SummaryQuery summary, CurrentViewer current)
{
    public HandoutDocument? Document { get; private set; }

    /// <summary>The period shown; null without contracts.</summary>
    public RetentionPeriod? Period { get; private set; }

    /// <summary>Periods to choose from, newest first.</summary>
    public IReadOnlyList<RetentionPeriod> Periods { get; private set; } = [];

    public static string Language => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "ja" ? "ja" : "en";

    public async Task LoadAsync(SummaryView view, CancellationToken cancellation)
    {
        var language = Language;
        var figures = await summary.RunAsync(await current.GetAsync(), view.Ask, cancellation);
        (Document, Period, Periods) = (SummaryWriter.Write(figures, language), figures.Now?.Period, figures.Periods);
    }
}
