using SpreadCheetah;
using SpreadCheetah.Styling;
using SpreadCheetah.Worksheets;

namespace CustomerSuccess.Engine.Exports;

/// <summary>Writes a table as an Excel workbook (XLSX) of one sheet: headings in bold that stay in sight, numbers, days and instants as what they are. Rows are written out as they come.</summary>
public sealed class WorkbookFile : TableFile
{
    /// <summary>What a response names it.</summary>
    public const string ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>Rows of a sheet, the headings among them; more cannot be written.</summary>
    public const int MostRows = 1_048_576;

    /// <summary>Characters of a cell; what is longer is cut.</summary>
    public const int LongestText = 32_767;

    private const double Width = 18;
    private const int Columns = 64;

    private readonly Spreadsheet _sheet;
    private readonly StyleId _heading, _day, _moment;
    private readonly List<StyledCell> _line = [];
    private int _rows;

    private WorkbookFile(Spreadsheet sheet)
    {
        _sheet = sheet;
        var heading = new Style();
        heading.Font.Bold = true;
        _heading = sheet.AddStyle(heading);
        _day = sheet.AddStyle(new Style { Format = NumberFormat.Custom("yyyy-mm-dd") });
        _moment = sheet.AddStyle(new Style { Format = NumberFormat.Custom("yyyy-mm-dd hh:mm") });
    }

    /// <param name="to">Stays open.</param>
    /// <param name="name">Of the sheet: at most 31 characters, none of <c>[]:*?/\\</c>.</param>
    /// <param name="cancellation">Ends the writing.</param>
    public static async Task<WorkbookFile> CreateAsync(Stream to, string name, CancellationToken cancellation = default)
    {
        var sheet = await Spreadsheet.CreateNewAsync(to, cancellationToken: cancellation);
        var file = new WorkbookFile(sheet);
        var options = new WorksheetOptions { FrozenRows = 1 };
        for (var column = 1; column <= Columns; column++)
        {
            options.Column(column).Width = Width;
        }

        await sheet.StartWorksheetAsync(name, options, cancellation);
        return file;
    }

    public override TableFile Text(string? text) => Add(new StyledCell(Plain(text), _rows == 0 ? _heading : null));

    public override TableFile Number(double? number, string format = "0.######") => Add(new StyledCell(number is { } known && double.IsFinite(known) ? known : null, null));

    public override TableFile Number(int? number) => Add(new StyledCell(number, null));

    public override TableFile Money(decimal? money) => Add(new StyledCell(money, null));

    public override TableFile Day(DateOnly? day) => Add(new StyledCell(day?.ToDateTime(TimeOnly.MinValue), _day));

    public override TableFile Moment(DateTime? at) => Add(new StyledCell(at, _moment));

    public override TableFile Flag(bool flag) => Add(new StyledCell(flag, null));

    public override async Task EndAsync(CancellationToken cancellation = default)
    {
        if (_rows++ < MostRows)
        {
            await _sheet.AddRowAsync(_line, cancellation);
        }

        _line.Clear();
    }

    public override async ValueTask DisposeAsync()
    {
        await _sheet.FinishAsync();
        await _sheet.DisposeAsync();
    }

    private WorkbookFile Add(StyledCell cell)
    {
        _line.Add(cell);
        return this;
    }

    /// <summary>Without what no workbook may hold: control characters and halves of characters.</summary>
    private static string? Plain(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var plain = text.All(c => c >= ' ' && !char.IsSurrogate(c) && c < '\ufffe') ? text : string.Concat(text.EnumerateRunes().Where(rune => rune.Value is >= ' ' or '\n' or '\t' && rune.Value is not (0xfffe or 0xffff)));
        return plain.Length <= LongestText ? plain : plain[..(char.IsHighSurrogate(plain[LongestText - 1]) ? LongestText - 1 : LongestText)];
    }
}
