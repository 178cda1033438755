using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.Health;
using CustomerSuccess.Core.Reports;
using CustomerSuccess.Engine.Analytics;

namespace CustomerSuccess.Engine.Reports;

/// <summary>Where a part of a report belongs.</summary>
/// <param name="Place">The account's place in the book.</param>
/// <param name="Period">The place of its period.</param>
/// <param name="Day">The day on which is read what the account is.</param>
/// <param name="Part">What it adds.</param>
internal readonly record struct PlacedPart(int Place, int Period, DateOnly Day, ReportPart Part)
{
    /// <summary>The last change of the account's contracts up to the day; null where nobody looked for it.</summary>
    public int? Change { get; init; }
}

/// <summary>Takes in one part of a report.</summary>
internal delegate void PartSeen(in PlacedPart part);

/// <summary>The books that a report is counted from; those that its measure does not need are null.</summary>
internal sealed record ReportSources(CompanyBook Book, ActivityBook? Activity, CustomerBook? Customers, Desk? Desk, Shelf<DateOnly[]>? Touches, Shelf<SaidOf[]>? Said, RunBook? Run)
{
    /// <summary>Health at month ends; null where the report is of today.</summary>
    public HealthBook? Health { get; init; }
}

/// <summary>What every account adds to a measure, period by period. Each figure is that of its own page: movements as in retention, answers as in NPS, inquiries as in service.</summary>
internal sealed class ReportFacts(ReportSources sources, MeasureFacts measure)
{
    private readonly CompanyBook _book = sources.Book;

    /// <summary>The last day of which the measure tells something; null for none.</summary>
    public DateOnly? Last(IEnumerable<int> places) => measure.Topic switch
    {
        ReportTopic.Retention => _book.FirstTerm <= _book.LastMonth ? _book.LastMonth : null,
        ReportTopic.Usage => sources.Activity!.Last,
        ReportTopic.Risk => sources.Run?.AsOf,
        _ => places.SelectMany(Days).Select(day => (DateOnly?)day).Max(),
    };

    /// <summary>Tells every part of accounts in periods: those of an account one after the other, but for health, which is told day by day.</summary>
    /// <param name="places">Which accounts.</param>
    /// <param name="periods">In their order, without gaps.</param>
    /// <param name="seen">Takes them in.</param>
    public void Tell(IReadOnlyList<int> places, IReadOnlyList<RetentionPeriod> periods, PartSeen seen)
    {
        switch (measure.Topic)
        {
            case ReportTopic.Retention:
                Movements(places, periods, seen);
                break;
            case ReportTopic.Usage:
                Use(places, periods, seen);
                break;
            case ReportTopic.Risk when sources.Health is { } health:
                Healths(places, periods, health, seen);
                break;
            case ReportTopic.Risk:
                Scores(places, seen);
                break;
            default:
                Events(places, periods, seen);
                break;
        }
    }

    private void Movements(IReadOnlyList<int> places, IReadOnlyList<RetentionPeriod> periods, PartSeen seen)
    {
        var (history, isFx) = (_book.FirstPaid, measure.Measure == ReportMeasure.FxMrr);
        var isMoved = measure.Kind == MeasureKind.Flow && !isFx;
        DateOnly[] days = [periods[0].Start, .. periods.Select(period => period.End)];
        var changes = new int[days.Length];
        Func<string, DateOnly, decimal> rate = _book.Rates.On;
        foreach (var place in places)
        {
            var entry = _book.Accounts[place];
            var mrr = entry.Contracts.Mrr;
            if (mrr.FirstPayingDay is not { } first)
            {
                continue;
            }

            mrr.IndexesOf(days, changes);
            // where no rate has a part in it, one month without a change of contracts is like the next
            var isAtHome = mrr.Currencies.Count == 1 && mrr.Currencies[0] == _book.Settings.Currency;
            var (still, same) = (-1, (ReportPart?)null);
            for (var i = 0; i < periods.Count; i++)
            {
                // most months tell nothing: who pays at neither end, or whose contracts stood still where movements are asked for
                if ((isMoved && changes[i] == changes[i + 1]) || (!isFx && !mrr.IsPayingFrom(changes[i]) && !mrr.IsPayingFrom(changes[i + 1])))
                {
                    continue;
                }

                // the company's first month has levels only, as on the page of retention
                if (first > periods[i].End || (measure.Kind != MeasureKind.Stock && !(history <= periods[i].Start)))
                {
                    continue;
                }

                var isStill = isAtHome && changes[i] == changes[i + 1];
                var counted = isStill && still == changes[i] ? same : Part(MrrMovement.Between(mrr, days[i], changes[i], days[i + 1], changes[i + 1], rate));
                (still, same) = isStill ? (changes[i], counted) : (-1, null);
                if (counted is { } part)
                {
                    // as RetentionScope.DayOf has it
                    var at = mrr.IsPayingFrom(changes[i]) ? i : i + 1;
                    seen(new(place, i, days[at], part) { Change = changes[at] });
                }
            }
        }
    }

    private ReportPart? Part(in MrrMovement moved)
    {
        var (kind, paid) = (moved.Kind, moved.Kind is MrrMovementKind.Expansion or MrrMovementKind.Contraction or MrrMovementKind.Churn || (moved.Kind == MrrMovementKind.None && moved.Start > 0));
        var pays = kind is MrrMovementKind.Expansion or MrrMovementKind.Contraction or MrrMovementKind.New or MrrMovementKind.Reactivation || (kind == MrrMovementKind.None && moved.End > 0);
        ReportPart? When(MrrMovementKind asked, decimal amount) => kind == asked ? new ReportPart(amount, 0, 1) : null;
        return measure.Measure switch
        {
            ReportMeasure.OpeningMrr => paid ? new(moved.Start, 0, 1) : null,
            ReportMeasure.NewMrr => When(MrrMovementKind.New, moved.Change),
            ReportMeasure.ReactivationMrr => When(MrrMovementKind.Reactivation, moved.Change),
            ReportMeasure.ExpansionMrr => When(MrrMovementKind.Expansion, moved.Change),
            ReportMeasure.ContractionMrr => When(MrrMovementKind.Contraction, -moved.Change),
            ReportMeasure.ChurnMrr => When(MrrMovementKind.Churn, -moved.Change),
            ReportMeasure.FxMrr => moved.Fx != 0 ? new(moved.Fx, 0, 1) : null,
            ReportMeasure.ClosingMrr => pays ? new(moved.End, 0, 1) : null,
            ReportMeasure.Nrr => paid ? new(moved.Start + moved.Change, moved.Start, 1) : null,
            ReportMeasure.Grr => paid ? new(Math.Min(moved.Start + moved.Change, moved.Start), moved.Start, 1) : null,
            ReportMeasure.LogoRetention => paid ? new(pays ? 1 : 0, 1, 1) : null,
            ReportMeasure.Customers => pays ? new(1, 0, 1) : null,
            ReportMeasure.NewCustomers => When(MrrMovementKind.New, 1),
            _ => When(MrrMovementKind.Churn, 1),
        };
    }

    private void Use(IReadOnlyList<int> places, IReadOnlyList<RetentionPeriod> periods, PartSeen seen)
    {
        foreach (var place in places)
        {
            var entry = _book.Accounts[place];
            var use = sources.Activity!.Accounts.GetValueOrDefault(entry.AccountNo)?.Use;
            for (var i = 0; i < periods.Count; i++)
            {
                var days = use?.Between(periods[i].Start, periods[i].End) ?? 0;
                if (measure.Measure == ReportMeasure.ActiveCustomers ? days > 0 : days > 0 || entry.Contracts.Mrr.IsPaying(periods[i].End))
                {
                    seen(new(place, i, periods[i].End, measure.Measure == ReportMeasure.ActiveCustomers ? new(1, 0, 1) : new(days, 1, 1)));
                }
            }
        }
    }

    private void Scores(IReadOnlyList<int> places, PartSeen seen)
    {
        var run = sources.Run!;
        foreach (var place in places)
        {
            if (run.Accounts.TryGetValue(_book.Accounts[place].AccountNo, out var score) && score.IsScored)
            {
                ReportPart? part = measure.Measure switch
                {
                    ReportMeasure.Health => score.Health is { } health ? new((decimal)health, 1, 1) : null,
                    ReportMeasure.InDanger => HealthBands.Of(score.Health, _book.Settings) == HealthBand.Danger ? new(1, 0, 1) : null,
                    _ => score.ExpectedLoss != 0 ? new(score.ExpectedLoss, 0, 1) : null,
                };
                if (part is { } counted)
                {
                    seen(new(place, 0, run.AsOf, counted));
                }
            }
        }
    }

    /// <summary>Health at each period's end; of the period that runs on, on the newest run's day. Accounts that were not scored then are not counted.</summary>
    private void Healths(IReadOnlyList<int> places, IReadOnlyList<RetentionPeriod> periods, HealthBook health, PartSeen seen)
    {
        for (var i = 0; i < periods.Count; i++)
        {
            var day = periods[i].End < sources.Run!.AsOf ? periods[i].End : sources.Run.AsOf;
            if (!health.Days.TryGetValue(day, out var accounts))
            {
                continue;
            }

            foreach (var place in places)
            {
                if (accounts.TryGetValue(_book.Accounts[place].AccountNo, out var total) && (measure.Measure == ReportMeasure.Health || HealthBands.Of(total, _book.Settings) == HealthBand.Danger))
                {
                    seen(new(place, i, day, measure.Measure == ReportMeasure.Health ? new((decimal)total, 1, 1) : new(1, 0, 1)));
                }
            }
        }
    }

    private void Events(IReadOnlyList<int> places, IReadOnlyList<RetentionPeriod> periods, PartSeen seen)
    {
        var (after, until) = (periods[0].Start, periods[^1].End);
        foreach (var place in places)
        {
            foreach (var (day, part) in Happened(place))
            {
                if (day > after && day <= until)
                {
                    seen(new(place, IndexOf(periods, day), day, part));
                }
            }
        }
    }

    private static int IndexOf(IReadOnlyList<RetentionPeriod> periods, DateOnly day)
    {
        var (low, high) = (0, periods.Count - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = periods[middle].End < day ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private IEnumerable<DateOnly> Days(int place)
    {
        var entry = _book.Accounts[place];
        return measure.Measure switch
        {
            ReportMeasure.Nps or ReportMeasure.NpsAnswers => entry.Answers.Select(answer => answer.Day),
            ReportMeasure.Csat or ReportMeasure.Ces => sources.Said!.Accounts.GetValueOrDefault(entry.AccountNo, []).Where(said => said.IsEffort == (measure.Measure == ReportMeasure.Ces)).Select(said => said.Day),
            ReportMeasure.Touches => sources.Touches!.Accounts.GetValueOrDefault(entry.AccountNo, []),
            _ => sources.Desk!.Service.Accounts.GetValueOrDefault(entry.AccountNo, []).Select(inquiry => inquiry.Day),
        };
    }

    /// <summary>What happened to an account, and what it adds.</summary>
    private IEnumerable<(DateOnly Day, ReportPart Part)> Happened(int place)
    {
        var entry = _book.Accounts[place];
        switch (measure.Measure)
        {
            case ReportMeasure.Nps or ReportMeasure.NpsAnswers:
                foreach (var answer in entry.Answers)
                {
                    yield return (answer.Day, measure.Measure == ReportMeasure.Nps ? new ReportPart(0, 0, 1) { Group = answer.Group } : new ReportPart(1, 0, 1));
                }

                break;
            case ReportMeasure.Csat or ReportMeasure.Ces:
                foreach (var said in sources.Said!.Accounts.GetValueOrDefault(entry.AccountNo, []))
                {
                    if (said.IsEffort == (measure.Measure == ReportMeasure.Ces))
                    {
                        yield return (said.Day, new ReportPart(said.IsGood ? 1 : 0, 1, 1));
                    }
                }

                break;
            case ReportMeasure.Touches:
                foreach (var day in sources.Touches!.Accounts.GetValueOrDefault(entry.AccountNo, []))
                {
                    yield return (day, new ReportPart(1, 0, 1));
                }

                break;
            default:
                var desk = sources.Desk!;
                foreach (var inquiry in desk.Service.Accounts.GetValueOrDefault(entry.AccountNo, []))
                {
                    yield return (inquiry.Day, OfInquiry(desk, inquiry));
                }

                break;
        }
    }

    private ReportPart OfInquiry(Desk desk, InquiryLine inquiry)
    {
        var runs = desk.Service.RunsUntil(inquiry, desk.Now);
        return measure.Measure switch
        {
            ReportMeasure.FirstResponse => new ReportPart(0, 0, 1) { Time = ((inquiry.FirstResponseAt ?? runs) - inquiry.OpenedAt).TotalMinutes, Running = inquiry.FirstResponseAt is null },
            ReportMeasure.Resolution => new ReportPart(0, 0, 1) { Time = ((inquiry.ClosedAt ?? runs) - inquiry.OpenedAt).TotalHours, Running = inquiry.ClosedAt is null },
            ReportMeasure.Escalated => new ReportPart(inquiry.Escalated ? 1 : 0, 1, 1),
            _ => new ReportPart(1, 0, 1),
        };
    }
}
