using CustomerSuccess.Core.Documents;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Engine.Documents;

namespace CustomerSuccess.Engine.Handouts;

/// <summary>Puts a report for a customer into the words that a customer is written to with: 敬語 in Japanese, plain business English else. What it says is all in <see cref="CustomerReportFigures"/>.</summary>
public static class CustomerReportWriter
{
    public static HandoutDocument Write(CustomerReportFigures figures)
    {
        var words = new DocumentWords("CustomerReportWords", figures.Language);
        var w = words.Written;
        var address = AddressLine.Of(figures.Language, figures.Account, null, figures.ContactTitle, figures.Contact);
        List<DocumentBlock> opening = [];
        if (w.IsJapanese)
        {
            opening.Add(new ParagraphBlock(address));
        }

        opening.Add(new ParagraphBlock(w.Day(figures.Today), ParagraphKind.Right));
        if (figures.Company.Length > 0)
        {
            opening.Add(new ParagraphBlock(figures.Company, ParagraphKind.Right));
        }

        opening.Add(new ParagraphBlock(words[figures.Company.Length > 0 ? "Greeting" : "GreetingNoCompany", address, w.Day(figures.From), w.Day(figures.To), figures.Company]));
        DocumentSection?[] sections = [Note(figures, words), Use(figures, words), Results(figures, words), Support(figures, words), Next(figures, words), Contact(figures, words)];
        return new(
            figures.Language, figures.Company, words["Title"], words["Subtitle", w.Day(figures.From), w.Day(figures.To)], words["Foot", figures.Account, w.Day(figures.Today)],
            opening, [.. sections.OfType<DocumentSection>()]);
    }

    /// <summary>The file's name, of signs that every system takes.</summary>
    public static string FileName(CustomerReportFigures figures)
    {
        var words = new DocumentWords("CustomerReportWords", figures.Language);
        var account = string.Concat(figures.Account.Select(sign => char.IsControl(sign) || "\\/:*?\"<>|".Contains(sign, StringComparison.Ordinal) ? '_' : sign));
        return words["FileName", account, figures.To.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)] + ".pdf";
    }

    /// <summary>The message that the report goes with, as light markup.</summary>
    public static (string Subject, string Body) Mail(CustomerReportFigures figures)
    {
        var words = new DocumentWords("CustomerReportWords", figures.Language);
        var (from, to) = (words.Written.Day(figures.From), words.Written.Day(figures.To));
        var address = AddressLine.Of(figures.Language, figures.Account, null, figures.ContactTitle, figures.Contact);
        string[] signs = [.. new[] { figures.Company, figures.OwnerName }.OfType<string>().Where(name => name.Length > 0)];
        var sender = string.Join(words.Language == "ja" ? "の" : ", ", words.Language == "ja" ? signs : [.. signs.Reverse()]);
        return (MarkupText.EscapeSubject(words["MailSubject", from, to]), words["MailBody", MarkupText.Escape(address), from, to, MarkupText.Escape(sender)]);
    }

    private static ParagraphBlock Lead(string text) => new(text, ParagraphKind.Lead);

    private static DocumentSection? Note(CustomerReportFigures figures, DocumentWords words) => figures.Note is { } note ? new("note", words["Note_Title"], [new ParagraphBlock(note)]) : null;

    private static DocumentSection Use(CustomerReportFigures figures, DocumentWords words)
    {
        var w = words.Written;
        List<DocumentBlock> blocks = [];
        List<DocumentFigure> facts = [];
        if (figures.Plans.Count > 0)
        {
            facts.Add(new("plan", words["Plan"], string.Join(w.IsJapanese ? "、" : ", ", figures.Plans)));
        }

        if (figures.Seats is { } seats)
        {
            facts.Add(new("seats", words["Seats"], w.Count(seats)));
        }

        if (figures.Users.Count > 0 && figures.Users[^1] is { } last)
        {
            facts.Add(new("users", words["Users"], w.Count(last.Users), w.Month(last.Month)));
            // more people than seats is no share of them: who is counted uses more than one product, or seats are shared
            if (figures.Seats is { } paid && last.Users <= paid)
            {
                facts.Add(new("share", words["SeatShare"], w.Percent((double)last.Users / paid, 0)));
                blocks.Add(Lead(words["Use_LeadSeats", w.Month(last.Month), w.Count(last.Users), w.Count(paid), w.Percent((double)last.Users / paid, 0)]));
            }
            else
            {
                blocks.Add(Lead(words["Use_LeadUsers", w.Month(last.Month), w.Count(last.Users)]));
            }
        }
        else
        {
            var uses = figures.Uses.Sum(month => month.Count);
            blocks.Add(Lead(uses > 0 ? words["Use_LeadUses", w.Count(uses)] : words["Use_None"]));
        }

        if (facts.Count > 0)
        {
            blocks.Add(new FiguresBlock(facts));
        }

        if (figures.Users.Count > 1)
        {
            blocks.Add(new ChartBlock(DocumentChartKind.Bars, words["UsersChart"], words["UsersUnit"], DocumentChartFormat.Number, [.. figures.Users.Select(month => w.ShortMonth(month.Month))], [new(words["UsersChart"], [.. figures.Users.Select(month => (double?)month.Users)])]));
        }
        else if (figures.Uses.Count > 1)
        {
            blocks.Add(new ChartBlock(DocumentChartKind.Bars, words["UsesChart"], words["UsesUnit"], DocumentChartFormat.Number, [.. figures.Uses.Select(month => w.ShortMonth(month.Month))], [new(words["UsesChart"], [.. figures.Uses.Select(month => (double?)month.Count)])]));
        }

        if (figures.Features.Count > 0)
        {
            string Change(ReportedFeature feature) => feature.Before is > 0 ? (feature.Count < feature.Before ? "−" : "+") + w.Percent(Math.Abs((feature.Count / feature.Before.Value) - 1), 0) : Written.Missing;
            blocks.Add(new TableBlock(
                words["Features"], [new(words["Feature"], false, 2.4), new(words["Count"], true), new(words["Before"], true), new(words["Change"], true)],
                [.. figures.Features.Select(feature => (IReadOnlyList<string>)[feature.Name, w.Count(feature.Count), feature.Before is { } before ? w.Count(before) : Written.Missing, Change(feature)])]));
        }

        return new("use", words["Use_Title"], blocks);
    }

    private static DocumentSection Results(CustomerReportFigures figures, DocumentWords words)
    {
        var w = words.Written;
        List<string> items =
        [
            .. figures.Reached.Select(goal => goal is { Measure: { } measure, Target: { } target, Current: { } current } ? words["ReachedMeasure", goal.Title, w.Day(goal.On), measure, w.Number(target, 2), w.Number(current, 2)] : words["Reached", goal.Title, w.Day(goal.On)]),
            .. figures.Done.Select(step => words["Done", step.Title, w.Day(step.On)]),
        ];
        if (figures.Meetings > 0)
        {
            items.Add(words["Meetings", w.Count(figures.Meetings)]);
        }

        if (figures.Trainings > 0)
        {
            items.Add(words["Trainings", w.Count(figures.Trainings)]);
        }

        return new("results", words["Results_Title"],
        [
            Lead(figures.Reached.Count + figures.Done.Count > 0 ? words["Results_Lead", w.Count(figures.Reached.Count), w.Count(figures.Done.Count)] : words["Results_None"]),
            .. items.Count > 0 ? [new ListBlock(items)] : Array.Empty<DocumentBlock>(),
        ]);
    }

    private static DocumentSection Support(CustomerReportFigures figures, DocumentWords words)
    {
        var w = words.Written;
        if (figures.Inquiries == 0)
        {
            return new("support", words["Support_Title"], [Lead(words["Support_None"])]);
        }

        string Length(double hours) => hours < 2 ? words["Minutes", w.Count(hours * 60)] : hours < 48 ? words["Hours", w.Number(hours)] : words["Days", w.Number(hours / 24)];
        List<DocumentFigure> facts = [new("asked", words["Asked"], w.Count(figures.Inquiries)), new("answered", words["Answered"], w.Count(figures.Resolved))];
        if (figures.FirstResponseMinutes is { } first)
        {
            facts.Add(new("first", words["FirstResponse"], Length(first / 60)));
        }

        if (figures.ResolutionHours is { } resolved)
        {
            facts.Add(new("resolution", words["Resolution"], Length(resolved)));
        }

        return new("support", words["Support_Title"], [Lead(words["Support_Lead", w.Count(figures.Inquiries), w.Count(figures.Resolved)]), new FiguresBlock(facts)]);
    }

    private static DocumentSection? Next(CustomerReportFigures figures, DocumentWords words)
    {
        var steps = (figures.NextSteps ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return steps.Length == 0 ? null : new("next", words["Next_Title"], [Lead(words["Next_Lead"]), new ListBlock(steps)]);
    }

    /// <summary>Steps of the plan that are still to come, a line each: what a colleague begins to write from.</summary>
    public static string? OfferedSteps(CustomerReportFigures figures)
    {
        var words = new DocumentWords("CustomerReportWords", figures.Language);
        return figures.Coming.Count == 0 ? null : string.Join('\n', figures.Coming.Select(step => step.On is { } due ? words["Next_Due", step.Title, words.Written.Day(due)] : step.Title));
    }

    private static DocumentSection Contact(CustomerReportFigures figures, DocumentWords words)
    {
        List<string> lines = [];
        if (figures.OwnerName is { } owner)
        {
            lines.Add(figures.OwnerEmail is { } email && email != owner ? words["Owner", owner, email] : words["OwnerName", owner]);
        }

        if (figures.Reach is { } reach)
        {
            lines.Add(reach);
        }

        return new("contact", words["Contact_Title"], [.. lines.Select(line => new ParagraphBlock(line)), new ParagraphBlock(words["Closing"])]);
    }
}
