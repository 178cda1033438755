using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.Reports;
using CustomerSuccess.Engine.Feedback;
using CustomerSuccess.Engine.Reports;

namespace CustomerSuccess.Engine.Analytics;

/// <summary>
/// Asks for the lists behind figures, and for reports of each kind, once after a start, so that the first reader who goes down to accounts waits for no code to be made ready
/// and for nothing that is kept from then on. Later ones are computed ahead where readers ask for them.
/// </summary>
public sealed class FirstLists(RetentionReport retention, NpsReport nps, LifecycleReport lifecycle, ServiceReport service, FeedbackReport feedback, DriversReport drivers, AdoptionReport adoption, ReportRunner reports)
{
    /// <summary>Rows of a list's page.</summary>
    private const int Rows = 50;

    private const int LongSpan = 36;

    /// <summary>A report of each book that reports are counted from, and of each thing that is found by a way of its own.</summary>
    private static readonly ReportDefinition[] Kinds =
    [
        ReportDefinition.Usual,
        new(ReportMeasure.Nrr, ReportDimension.Plan) { Columns = ReportDimension.Month, Months = LongSpan },
        new(ReportMeasure.ClosingMrr, ReportDimension.Product) { Columns = ReportDimension.Month, Months = LongSpan },
        new(ReportMeasure.Customers, ReportDimension.Stage) { Columns = ReportDimension.Month },
        new(ReportMeasure.Nps, ReportDimension.Owner),
        new(ReportMeasure.Csat, ReportDimension.Month) { Columns = ReportDimension.Segment, Months = LongSpan },
        new(ReportMeasure.Inquiries, ReportDimension.Month) { Columns = ReportDimension.Region, Months = LongSpan },
        new(ReportMeasure.FirstResponse, ReportDimension.Owner) { Months = LongSpan },
        new(ReportMeasure.Health, ReportDimension.SavedSegment),
        new(ReportMeasure.Touches, ReportDimension.Owner) { Columns = ReportDimension.Month },
    ];

    /// <param name="book">The state that was computed ahead.</param>
    /// <param name="cancellation">Ends the asking.</param>
    internal async Task AskAsync(CompanyBook book, CancellationToken cancellation)
    {
        if (book.LastMonth is { } month)
        {
            await retention.MovementsAsync(Viewer.System, new(RetentionPeriod.Month(month), RetentionScope.All) { Kind = MovementKind.Churn }, 0, Rows, cancellation);
            await retention.MovementsAsync(Viewer.System, new(RetentionPeriod.Trailing12(month), RetentionScope.All) { Kind = MovementKind.End }, 0, Rows, cancellation);
            await nps.AnswersAsync(Viewer.System, new(NpsScope.All, null, null), 0, Rows, cancellation);
            await lifecycle.AccountsAsync(Viewer.System, new(month, LifecycleScope.All) { To = StageChoice.Regular }, 0, Rows, cancellation);
            await service.InquiriesAsync(Viewer.System, new(ServiceScope.All), 0, Rows, cancellation);
            await service.InquiriesAsync(Viewer.System, new(ServiceScope.All) { Sort = ServiceSort.Resolution }, 0, Rows, cancellation);
            await feedback.TextsAsync(Viewer.System, new(FeedbackScope.All, null), 0, Rows, cancellation);
            await feedback.AccountsAsync(Viewer.System, new(FeedbackScope.All, null) { Sort = FeedbackSort.Mrr }, 0, Rows, cancellation);
            foreach (var report in Kinds)
            {
                await ReportAsync(report, cancellation);
            }
        }

        // of these the score run kept the figures, whatever contracts there are
        if ((await drivers.OverviewAsync(Viewer.System, null, cancellation)).Ranked is [var reason, ..])
        {
            await drivers.AccountsAsync(Viewer.System, new(reason.Theme), 0, Rows, cancellation);
        }

        if ((await adoption.OverviewAsync(Viewer.System, cancellation)).Head?.Metrics is [var metric, ..])
        {
            await adoption.AccountsAsync(Viewer.System, new(metric.Metric), 0, Rows, cancellation);
        }
    }

    private async Task ReportAsync(ReportDefinition report, CancellationToken cancellation)
    {
        try
        {
            await reports.RunAsync(Viewer.System, report, cancellation);
            await reports.AccountsAsync(Viewer.System, report, null, null, 0, Rows, cancellation);
        }
        catch (MissingRateException)
        {
            // whoever asks for it is told so
        }
    }
}
