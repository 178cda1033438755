using CustomerSuccess.Engine.Exports;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;

namespace CustomerSuccess.Engine.Tests.Exports;

/// <summary>Workbooks as another library reads them.</summary>
public sealed class WorkbookFileTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_kind_of_cell_arrives_as_what_it_is_and_no_text_as_a_formula()
    {
        using var stream = await WrittenAsync(async table =>
        {
            await table.RowAsync(["名前", "=1+1"], Token);
            await table.Text("=HYPERLINK(\"http://x\")").Number(0.1234567).Number(7).Money(1234.5m).Day(new DateOnly(2026, 2, 28)).Moment(new DateTime(2026, 2, 28, 6, 0, 0, DateTimeKind.Utc)).Flag(true).EndAsync(Token);
            await table.Text(null).Number(double.NaN).Number((int?)null).Money(null).Day(null).Moment(null).Flag(false).EndAsync(Token);
        });
        var rows = Rows(stream);
        rows[0].Select(Value).Should().Equal("名前", "=1+1");
        rows[1].Select(Value).Should().Equal("=HYPERLINK(\"http://x\")", "0.1234567", "7", "1234.5", "46081", "46081.25", "1");
        rows[2].Select(Value).Should().Equal("", "", "", "", "", "", "0");
        rows.SelectMany(row => row).Should().OnlyContain(cell => cell.CellFormula == null);
    }

    [Theory]
    [InlineData("a\u0000b\u0008c", "abc")]
    [InlineData("絵文字 👩‍💻 <b>&amp;", "絵文字 👩‍💻 <b>&amp;")]
    [InlineData("two\nlines\tand a tab", "two\nlines\tand a tab")]
    public async Task What_no_workbook_may_hold_is_left_out(string text, string written)
    {
        using var stream = await WrittenAsync(table => table.RowAsync([text], Token));
        Value(Rows(stream)[0][0]).Should().Be(written);
    }

    [Fact]
    public async Task Half_of_a_character_is_marked_as_one()
    {
        // no attribute could hold it
        using var stream = await WrittenAsync(table => table.RowAsync(["half \ud83d of a sign"], Token));
        Value(Rows(stream)[0][0]).Should().Be("half \ufffd of a sign");
    }

    [Fact]
    public async Task A_text_longer_than_a_cell_is_cut_between_characters()
    {
        using var stream = await WrittenAsync(table => table.RowAsync([new string('x', WorkbookFile.LongestText - 1) + "👩 and on"], Token));
        Value(Rows(stream)[0][0]).Should().Be(new string('x', WorkbookFile.LongestText - 1));
    }

    private static async Task<MemoryStream> WrittenAsync(Func<TableFile, Task> write)
    {
        var stream = new MemoryStream();
        await using (var file = await WorkbookFile.CreateAsync(stream, "queue", Token))
        {
            await write(file);
        }

        return stream;
    }

    private static List<List<Cell>> Rows(MemoryStream stream)
    {
        using var document = SpreadsheetDocument.Open(stream, isEditable: false);
        new OpenXmlValidator().Validate(document, Token).Should().BeEmpty();
        return [.. document.WorkbookPart!.WorksheetParts.Single().Worksheet.Descendants<Row>().Select(row => row.Elements<Cell>().ToList())];
    }

    private static string Value(Cell cell) => cell.DataType?.Value == CellValues.InlineString ? cell.InlineString!.InnerText : cell.CellValue?.Text ?? "";
}
