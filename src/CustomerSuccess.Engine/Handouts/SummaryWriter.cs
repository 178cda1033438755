using System.Globalization;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.Documents;
using CustomerSuccess.Core.Effects;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Engine.Documents;

namespace CustomerSuccess.Engine.Handouts;

/// <summary>Puts a summary into words of one language. The page, the file and the message say the same, since they are made of what this writes.</summary>
public static class SummaryWriter
{
    private const int ForecastMonths = 3, TableMonths = 6, Themes = 5;

    /// <param name="figures">What was gathered.</param>
    /// <param name="language"><c>en</c> or <c>ja</c>.</param>
    public static HandoutDocument Write(SummaryFigures figures, string language)
    {
        var words = new DocumentWords("SummaryWords", language);
        var w = words.Written;
        var period = figures.Now?.Period;
        var company = figures.Company.Length > 0 ? figures.Company : "CustomerSuccess";
        List<DocumentBlock> opening = [];
        if (figures.OwnOnly)
        {
            opening.Add(new ParagraphBlock(words["OwnOnly"], ParagraphKind.Note));
        }

        if (figures.MissingRate is { } missing)
        {
            opening.Add(new ParagraphBlock(words["MissingRate", missing.Currency, w.Month(missing.Day)], ParagraphKind.Note));
        }

        if (figures.Now is not null)
        {
            opening.Add(Head(figures, words));
        }

        DocumentSection?[] sections = [Revenue(figures, words), Retention(figures, words), Nps(figures, words), figures.OwnOnly ? null : Forecast(figures, words), Risks(figures, words), Drivers(figures, words), figures.OwnOnly ? null : Effects(figures, words), Marks(figures, words)];
        return new(
            language, company, words["Title"],
            period is { } own ? words["Subtitle", Period(own, words), w.Day(figures.Run?.AsOf > own.End ? figures.Run.AsOf : own.End)] : words["SubtitleNone", w.Day(figures.Today)],
            words["Foot", w.Day(figures.Today)], opening, [.. sections.OfType<DocumentSection>()]);
    }

    /// <summary>The period in words, such as <c>Sep 2026</c>.</summary>
    public static string PeriodOf(RetentionPeriod period, string language) => Period(period, new DocumentWords("SummaryWords", language));

    private static string Period(RetentionPeriod period, DocumentWords words) => period.Months == 1
        ? words["Period_Month", words.Written.Month(period.End)]
        : words["Period_Range", words.Written.Month(period.Start.AddDays(1)), words.Written.Month(period.End)];

    private static ParagraphBlock Lead(string text) => new(text, ParagraphKind.Lead);

    private static ParagraphBlock Note(string text) => new(text, ParagraphKind.Note);

    private static string BeforeName(SummaryFigures figures, DocumentWords words) => words["Before_" + figures.Grain];

    /// <summary>What a figure stands against: the period before, and a year ago where that is another one.</summary>
    private static string Against(SummaryFigures figures, DocumentWords words, string? before, string? yearAgo)
    {
        var first = before is null ? null : words["Versus", BeforeName(figures, words), before];
        var second = yearAgo is null || figures.Grain == PeriodGrain.Year ? null : words["Versus", words["YearAgo"], yearAgo];
        return (first, second) switch
        {
            ({ } a, { } b) => words["VersusTwo", a, b],
            (null, null) => words["NoBefore"],
            _ => first ?? second!,
        };
    }

    private static FiguresBlock Head(SummaryFigures figures, DocumentWords words)
    {
        var (w, now) = (words.Written, figures.Now!);
        string? Money(RetentionFigures? of) => of is null ? null : w.Money(of.Mrr, figures.Currency);
        string? Share(Func<RetentionRates, double> of, RetentionRates? rates) => rates is null ? null : w.Percent(of(rates));
        List<DocumentFigure> all =
        [
            new("mrr", words["Mrr"], w.Money(now.Mrr, figures.Currency), Against(figures, words, Money(figures.Before), Money(figures.YearAgo))),
            new("customers", words["Customers"], w.Count(now.Accounts), Against(figures, words, figures.Before is { } b ? w.Count(b.Accounts) : null, figures.YearAgo is { } y ? w.Count(y.Accounts) : null)),
        ];
        void Rate(string key, string label, Func<RetentionRates, double> of)
        {
            if (figures.Kept is { } kept)
            {
                all.Add(new(key, label, w.Percent(of(kept)), Against(figures, words, Share(of, figures.KeptBefore), Share(of, figures.KeptYearAgo))));
            }
        }

        Rate("nrr", words["Nrr"], rates => rates.Net);
        Rate("grr", words["Grr"], rates => rates.Gross);
        Rate("logo", words["Logo"], rates => rates.Logo);
        all.Add(figures.Nps is { } nps ? new("nps", words["Nps"], w.Score(nps.Score), words["NpsNote", w.Count(nps.Answers), w.Score(nps.Lower), w.Score(nps.Upper)]) : new("nps", words["Nps"], Written.Missing, words["NoAnswers"]));
        if (now.Bridge is { } bridge)
        {
            all.Add(new("lost", words["Lost"], w.Money(bridge.Churn, figures.Currency), words["LostNote", w.Count(bridge.AccountsChurned)]));
        }

        if (Coming(figures, 1).FirstOrDefault() is { ExpectedMrr: { } expected } next)
        {
            all.Add(new("renewals", words["Renewals"], w.Money(expected, figures.Currency), words["RenewalsNote", w.Money(next.DueMrr, figures.Currency)]));
        }

        return new FiguresBlock(all);
    }

    private static DocumentSection Revenue(SummaryFigures figures, DocumentWords words)
    {
        var (w, currency) = (words.Written, figures.Currency);
        if (figures.Now is not { } now)
        {
            return new("revenue", words["Revenue_Title"], [Lead(words["Revenue_None"])], "/retention");
        }

        if (now.Bridge is not { } bridge || bridge.Start == 0)
        {
            return new("revenue", words["Revenue_Title"], [Lead(words["Revenue_LeadFirst", w.Money(now.Mrr, currency), w.Money(now.Mrr * 12, currency)]), .. Course(figures, words)], "/retention");
        }

        (string Key, decimal Amount, int? Accounts)[] lines =
        [
            ("New", bridge.New, bridge.AccountsNew), ("Reactivation", bridge.Reactivation, bridge.AccountsReactivated), ("Expansion", bridge.Expansion, bridge.AccountsExpanded),
            ("Contraction", -bridge.Contraction, bridge.AccountsContracted), ("Churn", -bridge.Churn, bridge.AccountsChurned), ("Fx", bridge.Fx, null),
        ];
        var shown = lines.Where(line => line.Key != "Fx" || line.Amount != 0).ToList();
        var change = (double)((now.Mrr - bridge.Start) / bridge.Start);
        var lead = words["Revenue_Lead", w.Money(now.Mrr, currency), (change < 0 ? "−" : "+") + w.Percent(Math.Abs(change)), BeforeName(figures, words), w.Money(now.Mrr * 12, currency), w.Money(bridge.New + bridge.Reactivation + bridge.Expansion, currency), w.Money(bridge.Contraction + bridge.Churn, currency)];
        List<IReadOnlyList<string>> rows = [[words["Line_Start"], w.Money(bridge.Start, currency), w.Count(now.AccountsAtStart)]];
        rows.AddRange(shown.Select(line => (IReadOnlyList<string>)[words["Line_" + line.Key], w.SignedMoney(line.Amount, currency), line.Accounts is { } accounts ? w.Count(accounts) : Written.Missing]));
        rows.Add([words["Line_End"], w.Money(now.Mrr, currency), w.Count(now.Accounts)]);
        return new("revenue", words["Revenue_Title"],
        [
            Lead(lead),
            new ChartBlock(DocumentChartKind.Bars, words["BridgeChart"], words["InCurrency", currency], DocumentChartFormat.Number, [.. shown.Select(line => words["Line_" + line.Key])], [new(words["Mrr"], [.. shown.Select(line => (double?)line.Amount)])]) { Key = "bridge", Keys = [.. shown.Select(line => line.Key)] },
            new TableBlock(words["Bridge"], [new(words["Line"], false, 2), new(words["Amount"], true, 2), new(words["Accounts"], true)], rows),
            .. Course(figures, words),
        ], "/retention");
    }

    private static IEnumerable<DocumentBlock> Course(SummaryFigures figures, DocumentWords words) => figures.Months.Count < 2 ? [] :
    [
        new ChartBlock(DocumentChartKind.Bars, words["MrrChart"], words["InCurrency", figures.Currency], DocumentChartFormat.Number, [.. figures.Months.Select(month => words.Written.ShortMonth(month.Period.End))], [new(words["Mrr"], [.. figures.Months.Select(month => (double?)month.Mrr)])])
        {
            Days = [.. figures.Months.Select(month => month.Period.End)],
            Key = "mrr",
            Keys = [.. figures.Months.Select(month => KeyOf(month.Period))],
        },
    ];

    private static DocumentSection Retention(SummaryFigures figures, DocumentWords words)
    {
        var w = words.Written;
        if (figures.Kept is not { } kept)
        {
            return new("retention", words["Retention_Title"], [Lead(words["Retention_None"])], "/retention");
        }

        (string Label, Func<RetentionRates, double> Of)[] measures = [(words["Grr"], rates => rates.Gross), (words["Nrr"], rates => rates.Net), (words["Logo"], rates => rates.Logo)];
        var months = figures.Months.Where(month => month.Yearly is not null).ToList();
        List<DocumentBlock> blocks =
        [
            Lead(words["Retention_Lead", w.Percent(kept.Gross), w.Percent(kept.Net), w.Percent(kept.Logo)]),
            new TableBlock(
                words["Retention_Title"], [new(words["Measure"], false, 2), new(words["ThisPeriod"], true), new(BeforeName(figures, words), true), new(words["YearAgo"], true)],
                [.. measures.Select(measure => (IReadOnlyList<string>)[measure.Label, w.Percent(measure.Of(kept)), w.Percent(figures.KeptBefore is { } before ? measure.Of(before) : null), w.Percent(figures.KeptYearAgo is { } year ? measure.Of(year) : null)])]),
        ];
        if (months.Count > 1)
        {
            blocks.Add(new ChartBlock(DocumentChartKind.Lines, words["RetentionChart"], words["Percent"], DocumentChartFormat.Percent, [.. months.Select(month => w.ShortMonth(month.Period.End))], [.. measures.Select(measure => new DocumentSeries(measure.Label, [.. months.Select(month => (double?)measure.Of(month.Yearly!))]))])
            {
                Days = [.. months.Select(month => month.Period.End)],
                Key = "retention",
                Keys = [.. months.Select(month => KeyOf(month.Period))],
            });
        }

        return new("retention", words["Retention_Title"], blocks, "/retention");
    }

    private static DocumentSection Nps(SummaryFigures figures, DocumentWords words)
    {
        var w = words.Written;
        if (figures.Nps is not { } score)
        {
            // who asks in waves has months without an answer
            return new("nps", words["Nps_Title"], [Lead(figures.NpsCourse is [.., var last] ? words["Nps_Last", Period(last.Period, words), w.Score(last.Score.Score), w.Count(last.Score.Answers), w.Score(last.Score.Lower), w.Score(last.Score.Upper)] : words["Nps_Empty"]), .. NpsCourse(figures, words)], "/nps");
        }

        // a wave a year is compared with the wave before it, however long ago: with last period's where there is one
        var (earlier, name) = figures.NpsBefore is { } before ? (before, BeforeName(figures, words)) : (figures.NpsYearAgo, words["YearAgo"]);
        var lead = earlier is null
            ? words["Nps_First", w.Score(score.Score), w.Count(score.Answers), w.Score(score.Lower), w.Score(score.Upper)]
            : score.Since(earlier) is var change
                ? words[change.IsReal ? "Nps_Real" : "Nps_None", w.Score(score.Score), w.Count(score.Answers), w.Score(change.Points), name, w.Score(change.Lower), w.Score(change.Upper)]
                : "";
        List<DocumentBlock> blocks = [Lead(lead), .. NpsCourse(figures, words)];
        if (score.Answers < NpsOverview.LeastAnswers)
        {
            blocks.Add(Note(words["NpsFew", NpsOverview.LeastAnswers]));
        }

        return new("nps", words["Nps_Title"], blocks, "/nps");
    }

    private static IEnumerable<DocumentBlock> NpsCourse(SummaryFigures figures, DocumentWords words) => figures.NpsCourse.Count < 2 ? [] :
    [
        new ChartBlock(DocumentChartKind.Lines, words["NpsChart"], words["Points"], DocumentChartFormat.Score, [.. figures.NpsCourse.Select(point => words.Written.ShortMonth(point.Period.End))],
            [new(words["Nps"], [.. figures.NpsCourse.Select(point => (double?)point.Score.Score)]) { Low = [.. figures.NpsCourse.Select(point => (double?)point.Score.Lower)], High = [.. figures.NpsCourse.Select(point => (double?)point.Score.Upper)] }])
        {
            Days = [.. figures.NpsCourse.Select(point => point.Period.End)],
            Key = "nps",
            Keys = [.. figures.NpsCourse.Select(point => KeyOf(point.Period))],
        },
    ];

    private static string KeyOf(RetentionPeriod period) => string.Create(CultureInfo.InvariantCulture, $"{period.Start:yyyy-MM}_{period.End:yyyy-MM}");

    /// <summary>Whole months to come.</summary>
    private static IEnumerable<RenewalMonth> Coming(SummaryFigures figures, int most) =>
        figures.Run is not { } run ? [] : figures.Renewals.Where(month => month.Month > MonthEnds.OnOrAfter(run.AsOf)).Take(most);

    private static DocumentSection Forecast(SummaryFigures figures, DocumentWords words)
    {
        var (w, currency) = (words.Written, figures.Currency);
        var (near, shown) = (Coming(figures, ForecastMonths).ToList(), Coming(figures, TableMonths).ToList());
        if (figures.Run is null || shown.Sum(month => month.DueMrr) == 0)
        {
            return new("forecast", words["Forecast_Title"], [Lead(words[figures.Run is null ? "Forecast_NoRun" : "Forecast_None"])], "/forecast");
        }

        var (from, to) = (w.Month(near[0].Month), w.Month(near[^1].Month));
        var due = w.Money(near.Sum(month => month.DueMrr), currency);
        var isTold = near.TrueForAll(month => month.ExpectedMrr is not null || month.DueMrr == 0);
        List<DocumentBlock> blocks = [Lead(isTold ? words["Forecast_Lead", due, from, to, w.Money(near.Sum(month => month.ExpectedMrr ?? 0), currency)] : words["Forecast_Due", due, from, to])];
        if (isTold)
        {
            blocks.Add(new ChartBlock(DocumentChartKind.Bars, words["ForecastChart"], words["InCurrency", currency], DocumentChartFormat.Number, [.. shown.Select(month => w.ShortMonth(month.Month))],
                [new(words["Expected"], [.. shown.Select(month => (double?)month.ExpectedMrr)]) { Low = [.. shown.Select(month => (double?)month.LowerMrr)], High = [.. shown.Select(month => (double?)month.UpperMrr)] }])
            {
                Key = "forecast",
                Keys = [.. shown.Select(month => month.Month.ToString("yyyy-MM", CultureInfo.InvariantCulture))],
            });
        }

        blocks.Add(new TableBlock(
            words["ForecastTable"], [new(words["Month"]), new(words["Accounts"], true, 0.7), new(words["Due"], true), new(words["Worst"], true), new(words["Expected"], true), new(words["Best"], true)],
            [.. shown.Select(month => (IReadOnlyList<string>)[w.Month(month.Month), w.Count(month.Accounts), w.Money(month.DueMrr, currency), w.Money(month.LowerMrr, currency), w.Money(month.ExpectedMrr, currency), w.Money(month.UpperMrr, currency)])]));
        if (isTold)
        {
            blocks.Add(Note(words["ForecastNote"]));
        }

        return new("forecast", words["Forecast_Title"], blocks, "/forecast");
    }

    private static DocumentSection Risks(SummaryFigures figures, DocumentWords words)
    {
        var (w, currency) = (words.Written, figures.Currency);
        if (figures.Run is not { } run || figures.Risks.Count == 0)
        {
            return new("risks", words["Risks_Title"], [Lead(words["Risks_None"])], "/queue");
        }

        var handled = figures.Risks.Count(row => row.Next(QueueList.Risk)?.State is SuggestionState.Done or SuggestionState.Snoozed);
        string Doing(RiskQueueRow row)
        {
            var next = row.Next(QueueList.Risk);
            var does = next is null ? words["Next_None"] : words["Next_" + next.State, PlayName(figures, words, next.Play), w.Day(next.Action?.Until)];
            return row.LastTouchOn is { } last ? words["VersusTwo", does, words["LastTouch", w.Day(last)]] : does;
        }

        return new("risks", words["Risks_Title"],
        [
            Lead(run.IsFallback ? words["Risks_LeadFallback", w.Count(figures.Risks.Count)] : words["Risks_Lead", w.Money(figures.Risks.Sum(row => row.ExpectedLoss ?? 0), currency), w.Count(handled), w.Count(figures.Risks.Count)]),
            new TableBlock(
                words["Risks_Title"],
                [new(words["Customer"], false, 1.6), new(words["Owner"]), new(words["Mrr"], true, 0.9), new(words["Probability"], true, 1.05), new(words["Loss"], true), new(words["RenewsOn"], false, 1.15), new(words["Next"], false, 2.1)],
                [.. figures.Risks.Select(row => (IReadOnlyList<string>)[row.Name, row.OwnerEmail is { } owner ? figures.Owners.GetValueOrDefault(owner.ToLowerInvariant(), owner) : words["Nobody"], w.Money(row.Mrr, currency), w.Percent(row.Probability, 0), w.Money(row.ExpectedLoss, currency), w.Day(row.RenewsOn), Doing(row)])])
            {
                Links = [.. figures.Risks.Select(row => row.Namespace.Length == 0 ? $"/accounts/{Uri.EscapeDataString(row.AccountId)}" : $"/accounts/{Uri.EscapeDataString(row.AccountId)}?ns={Uri.EscapeDataString(row.Namespace)}")],
            },
            .. run.IsFallback ? Array.Empty<DocumentBlock>() : [Note(words["RisksNote", w.Day(run.AsOf)])],
        ], "/queue");
    }

    private static string PlayName(SummaryFigures figures, DocumentWords words, string play)
    {
        var (english, japanese) = figures.PlayNames.GetValueOrDefault(play);
        return (words.Language == "ja" ? japanese ?? english : english ?? japanese) ?? words.Play(play) ?? play;
    }

    private static DocumentSection Drivers(SummaryFigures figures, DocumentWords words)
    {
        var (w, currency) = (words.Written, figures.Currency);
        if (figures.Drivers?.Run is { IsFallback: true })
        {
            return DriversByRules(figures, words);
        }

        var ranked = figures.Drivers?.Ranked.Take(Themes).ToList() ?? [];
        if (ranked.Count == 0 || figures.Drivers?.Part is not { } part)
        {
            return new("drivers", words["Drivers_Title"], [Lead(words["Drivers_None"])], "/drivers");
        }

        var earlier = figures.Drivers.Months.LastOrDefault(month => month.AsOf < figures.Run?.AsOf);
        return new("drivers", words["Drivers_Title"],
        [
            Lead(words["Drivers_Lead", words.Theme(ranked[0].Theme), w.Money((decimal)ranked[0].AtStake, currency), w.Count(ranked[0].Raised)]),
            new TableBlock(
                words["Drivers_Title"], [new(words["Driver"], false, 2.4), new(words["AtStake"], true), new(words["Accounts"], true, 0.8), new(words["ShareOfMrr"], true), new(words["ShareBefore"], true)],
                [.. ranked.Select(total => (IReadOnlyList<string>)[words.Theme(total.Theme), w.Money((decimal)total.AtStake, currency), w.Count(total.Raised), w.Percent(part.Mrr > 0 ? total.AtStake / part.Mrr : null), w.Percent(earlier?.ShareOf(total.Theme))])]),
            Note(words["DriversNote"]),
        ], "/drivers");
    }

    /// <summary>Without a model there are no probabilities, so nothing is at stake that could be told in money: what rules count, told as that.</summary>
    private static DocumentSection DriversByRules(SummaryFigures figures, DocumentWords words)
    {
        var (w, currency) = (words.Written, figures.Currency);
        List<DriverTotal> ranked = [.. figures.Drivers!.Ranked.Where(total => total.Raised > 0).OrderByDescending(total => total.RaisedMrr).Take(Themes)];
        if (ranked.Count == 0 || figures.Drivers.Part is not { } part)
        {
            return new("drivers", words["Drivers_Title"], [Lead(words["Drivers_None"])], "/drivers");
        }

        return new("drivers", words["Drivers_Title"],
        [
            Lead(words["Drivers_LeadRules", words.Theme(ranked[0].Theme), w.Count(ranked[0].Raised), w.Money((decimal)ranked[0].RaisedMrr, currency)]),
            new TableBlock(
                words["Drivers_Title"], [new(words["Driver"], false, 2.4), new(words["Accounts"], true, 0.8), new(words["TheirMrr"], true), new(words["ShareOfMrr"], true)],
                [.. ranked.Select(total => (IReadOnlyList<string>)[words.Theme(total.Theme), w.Count(total.Raised), w.Money((decimal)total.RaisedMrr, currency), w.Percent(part.Mrr > 0 ? total.RaisedMrr / part.Mrr : null)])]),
            Note(words["DriversNoteRules"]),
        ], "/drivers");
    }

    private static DocumentSection Effects(SummaryFigures figures, DocumentWords words)
    {
        var w = words.Written;
        if (figures.Effects.Count == 0)
        {
            return new("effects", words["Effects_Title"], [Lead(words["Effects_None"])], "/plays/effects");
        }

        string Difference(PlayEffect effect)
        {
            var gain = effect.IsUpsell ? effect.Difference : new EffectInterval(-effect.Difference.Value, -effect.Difference.Upper, -effect.Difference.Lower);
            return double.IsFinite(gain.Value) && double.IsFinite(gain.Lower) && double.IsFinite(gain.Upper) ? words["Interval", w.Points(gain.Value), w.Points(gain.Lower), w.Points(gain.Upper)] : Written.Missing;
        }

        return new("effects", words["Effects_Title"],
        [
            Lead(words["Effects_Lead", figures.Effects.Count, figures.Effects.Count(row => row.Effect.Verdict == EffectVerdict.Works), figures.Effects.Count(row => row.Effect.Verdict is EffectVerdict.DoesNotWork or EffectVerdict.Harms)]),
            new TableBlock(
                words["Effects_Title"], [new(words["Play"], false, 2), new(words["Verdict"]), new(words["Difference"], true, 1.4), new(words["Arms"], true)],
                [.. figures.Effects.OrderBy(row => row.Effect.Verdict is EffectVerdict.Works or EffectVerdict.Harms or EffectVerdict.DoesNotWork ? 0 : 1).Select(row => (IReadOnlyList<string>)[PlayName(figures, words, row.Entry.Play.Key), words.Verdict(row.Effect.Verdict), Difference(row.Effect), $"{w.Count(row.Effect.Known.Offered.Accounts)} / {w.Count(row.Effect.Known.HeldOut.Accounts)}"])]),
            Note(words["EffectsNote"]),
        ], "/plays/effects");
    }

    private static DocumentSection? Marks(SummaryFigures figures, DocumentWords words) => figures.Marks.Count == 0 ? null : new("marks", words["Marks_Title"],
    [
        Lead(words["Marks_Lead", figures.Marks.Count]),
        new ListBlock([.. figures.Marks.Select(mark => words["Mark", words.Written.Day(mark.Day), words.MarkKind(mark.Kind), mark.Title])]),
    ], "/marks");
}
