using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.Documents;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Engine.Documents;
using CustomerSuccess.Engine.Handouts;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Storage;

namespace CustomerSuccess.Engine.Tests.Handouts;

public sealed class SummaryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("en", "MRR is $46,000 (−16.4% on last month), which is $552,000 a year", "Feb 2025", "Release: 新しい分析画面")]
    [InlineData("ja", "MRRは$46,000（前月比 −16.4%）、ARRは$552,000です", "2025年2月", "リリース：新しい分析画面")]
    public async Task The_file_says_in_the_readers_language_what_the_page_says_and_its_text_can_be_read_by_others(string language, string revenue, string period, string mark)
    {
        await using var company = await HandoutCompany.CreateAsync(DatabaseKind.Sqlite);
        var made = await company.Get<SummaryFile>().MakeAsync(HandoutCompany.Executive, new SummaryAsk(), language, Token);
        made.Document.Sections.Select(section => section.Key).Should().Equal("revenue", "retention", "nps", "forecast", "risks", "drivers", "effects", "marks");
        made.Document.Sections[0].Lead.Should().StartWith(revenue);

        var text = await PdfText.OfAsync(made.Pdf);
        foreach (var said in (string[])[made.Document.Company, made.Document.Title, made.Document.Subtitle, made.Document.Foot, period, mark, .. made.Document.Sections.SelectMany(section => new[] { section.Title, section.Lead })])
        {
            text.Should().Contain(PdfText.Bare(said));
        }

        foreach (var table in made.Document.Sections.SelectMany(section => section.Blocks).OfType<TableBlock>())
        {
            table.Rows.Should().OnlyContain(row => row.Count == table.Columns.Count);
            foreach (var cell in table.Rows.Select(row => row[^1]))
            {
                text.Should().Contain(PdfText.Bare(cell));
            }
        }

        (await PdfText.InfoAsync(made.Pdf)).Should().Contain("595 x 842 pts (A4)").And.Contain(made.Document.Title);
        (await PdfText.FontsAsync(made.Pdf)).Should().HaveCount(2).And.OnlyContain(font => font.Contains('+', StringComparison.Ordinal) && font.Contains("yes yes yes", StringComparison.Ordinal), "both weights are embedded, by their subset, with the signs that they stand for");
        made.Pdf.Length.Should().BeLessThan(400_000, "of a font of 5 MB only what occurs is embedded");
        text.Should().Contain("1/");
    }

    [Fact]
    public async Task A_change_of_nps_is_called_one_only_where_the_interval_says_so()
    {
        await using var company = await HandoutCompany.CreateAsync(DatabaseKind.Sqlite);
        var figures = await company.Get<SummaryQuery>().RunAsync(HandoutCompany.Executive, new SummaryAsk(), Token);
        (figures.Nps!.Answers, figures.NpsBefore!.Answers).Should().Be((12, 12));
        string Nps(SummaryFigures of) => SummaryWriter.Write(of, "en").Sections.Single(section => section.Key == "nps").Lead;
        Nps(figures).Should().Contain("no change can be told");
        Nps(figures with { NpsBefore = NetPromoter.Of(5, 20, 200) }).Should().Contain("has changed by");
        Nps(figures with { NpsBefore = null, NpsYearAgo = null }).Should().Contain("no earlier score");
        Nps(figures with { Nps = null }).Should().Be("Nobody answered in the period. The last score, of Feb 2025, was +33 (n = 12; 95% interval −19 to +73).");
        Nps(figures with { Nps = null, NpsCourse = [] }).Should().Be("Nobody answered in the period.");
    }

    [Fact]
    public async Task Where_rules_rank_nothing_is_said_to_be_at_stake()
    {
        await using var company = await HandoutCompany.CreateAsync(DatabaseKind.Sqlite);
        var figures = await company.Get<SummaryQuery>().RunAsync(HandoutCompany.Executive, new SummaryAsk(), Token);
        var day = new DateOnly(2025, 2, 28);
        DriversOverview Ranked(bool byRules) => new(
            new RunSummary(1, day, day.ToDateTime(TimeOnly.MinValue), byRules, null, null, null, null, day, day, 10, 0, "USD", 14, 90),
            new DriverPart(null, 10, 20_000, 0, 0, [new("usage", 900, 0, 4, 8_000, 900), new("nps", 1_000, 0, 2, 3_000, 1_000)]), [], [], null, [], null, null, []);
        DocumentSection Section(bool byRules) => SummaryWriter.Write(figures with { Drivers = Ranked(byRules) }, "en").Sections.Single(section => section.Key == "drivers");

        Section(byRules: false).Lead.Should().Be("NPS answers puts most at stake: $1,000 of MRR at 2 customers.");
        var rules = Section(byRules: true);
        rules.Lead.Should().Be("No model is in use; by the rules, “Usage” is the reason at most MRR: 4 customers with $8,000.");
        rules.Blocks.OfType<TableBlock>().Single().Rows[0].Should().Equal("Usage", "4", "$8,000", "40.0%");
    }

    [Theory]
    [InlineData(PeriodGrain.Month, "2025-01-31", "2025-02-28")]
    [InlineData(PeriodGrain.Quarter, "2024-09-30", "2024-12-31")]
    [InlineData(PeriodGrain.Year, "2023-12-31", "2024-12-31")]
    public async Task The_period_is_the_last_that_is_over_unless_another_is_asked_for(PeriodGrain grain, string start, string end)
    {
        await using var company = await HandoutCompany.CreateAsync(DatabaseKind.Sqlite);
        var figures = await company.Get<SummaryQuery>().RunAsync(HandoutCompany.Executive, new SummaryAsk(grain), Token);
        figures.Now!.Period.Should().Be(new RetentionPeriod(DateOnly.Parse(start, System.Globalization.CultureInfo.InvariantCulture), DateOnly.Parse(end, System.Globalization.CultureInfo.InvariantCulture)));
        var asked = await company.Get<SummaryQuery>().RunAsync(HandoutCompany.Executive, new SummaryAsk(grain, figures.Periods[0].End), Token);
        asked.Now!.Period.Should().Be(figures.Periods[0]);
    }

    [Theory]
    [DatabaseData]
    public async Task A_reader_of_a_portfolio_gets_its_figures_alone(DatabaseKind kind)
    {
        await using var company = await HandoutCompany.CreateAsync(kind);
        var own = SummaryWriter.Write(await company.Get<SummaryQuery>().RunAsync(HandoutCompany.Manager, new SummaryAsk(), Token), "en");
        own.Sections[0].Lead.Should().StartWith("MRR is $1,000 ");
        own.Sections.Select(section => section.Key).Should().NotContain("forecast").And.NotContain("effects");
        own.Opening.OfType<ParagraphBlock>().Single().Text.Should().StartWith("These are the figures of your own accounts alone");
    }

    [Fact]
    public void Nobody_answered_and_nothing_was_sold_is_said_in_words()
    {
        foreach (var language in (string[])["en", "ja"])
        {
            var empty = SummaryWriter.Write(new SummaryFigures("", "JPY", new(2026, 11, 26), PeriodGrain.Month), language);
            empty.Sections.Should().OnlyContain(section => section.Lead.Length > 0);
            PdfComposer.Compose(empty, DateTime.UnixEpoch).Should().NotBeEmpty();
        }
    }

    [Fact]
    public async Task Long_tables_go_on_under_their_heads_and_no_line_is_lost()
    {
        var rows = Enumerable.Range(1, 120).Select(i => (IReadOnlyList<string>)[$"行{i}「とても長い名前の株式会社サンプルコーポレーション{i}」", $"{i * 1000}"]).ToList();
        var document = new HandoutDocument("ja", "会社", "長い表", "", "", [new ParagraphBlock(string.Concat(Enumerable.Repeat("これは行の折り返しを確かめる文章です。", 60)))], [new("t", "表", [new ParagraphBlock("要約", ParagraphKind.Lead), new TableBlock("表", [new("名前", false, 3), new("数", true)], rows)])]);
        var text = await PdfText.OfAsync(PdfComposer.Compose(document, DateTime.UnixEpoch));
        foreach (var row in rows)
        {
            text.Should().Contain(row[1]);
        }

        (text.Split("名前数").Length - 1).Should().BeGreaterThan(3, "each page begins with the table's head");
    }
}
