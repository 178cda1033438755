using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Documents;
using CustomerSuccess.Engine.Documents;
using CustomerSuccess.Engine.Settings;

namespace CustomerSuccess.Engine.Handouts;

/// <summary>An executive's summary as a file.</summary>
/// <param name="Document">What it says.</param>
/// <param name="Pdf">A4.</param>
/// <param name="Name">The file's name.</param>
/// <param name="Period">What it covers, in words; the day where there are no contracts.</param>
public sealed record SummaryPdf(HandoutDocument Document, byte[] Pdf, string Name, string Period);

/// <summary>Makes the executive's summary as a file, in the reader's language and of what the reader may see.</summary>
public sealed class SummaryFile(SummaryQuery summary, SettingsStore settingsStore, TimeProvider clock)
{
    public async Task<SummaryPdf> MakeAsync(Viewer viewer, SummaryAsk ask, string language, CancellationToken cancellation = default)
    {
        var figures = await summary.RunAsync(viewer, ask, cancellation);
        var document = SummaryWriter.Write(figures, language);
        var settings = await settingsStore.ReadAsync(cancellation);
        var pdf = await Task.Run(() => PdfComposer.Compose(document, clock.GetUtcNow().UtcDateTime, settings.WebAddress), cancellation);
        return new(document, pdf, $"executive-summary-{(figures.Now?.Period.End ?? figures.Today).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)}.pdf", figures.Now is { Period: var period } ? SummaryWriter.PeriodOf(period, language) : Written.In(language).Day(figures.Today));
    }
}
