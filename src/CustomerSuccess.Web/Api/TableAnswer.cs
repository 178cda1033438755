using CustomerSuccess.Core.Access;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Exports;

namespace CustomerSuccess.Web.Api;

/// <summary>Answers a request with a table for spreadsheets, as the kind of file that the address asks for: CSV in UTF-8 or Shift_JIS, or an Excel workbook.</summary>
internal static class TableAnswer
{
    /// <summary>In an address: <c>xlsx</c> for a workbook, else CSV; and <c>shift_jis</c> for CSV in it, else UTF-8.</summary>
    public const string FormatKey = "format", Workbook = "xlsx", EncodingKey = "encoding", ShiftJis = "shift_jis";

    private const int SheetName = 31;

    /// <param name="context">The request; nobody signed in is answered as if there were no such file.</param>
    /// <param name="name">The file's name without its ending.</param>
    /// <param name="write">Writes it for the signed-in viewer.</param>
    public static async Task WriteAsync(HttpContext context, string name, Func<TableFile, Viewer, Task> write)
    {
        if (ViewerClaims.ToViewer(context.User) is not { } viewer)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
        else if (context.Request.Query[FormatKey] == Workbook)
        {
            // a workbook ends with its table of contents, which is not written in the way that responses are
            await using var kept = new FileStream(Path.GetTempFileName(), new FileStreamOptions { Access = FileAccess.ReadWrite, Mode = FileMode.Create, Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous });
            await using (var file = await WorkbookFile.CreateAsync(kept, name.Length <= SheetName ? name : name[..SheetName], context.RequestAborted))
            {
                await write(file, viewer);
            }

            Head(context, WorkbookFile.ContentType, name + ".xlsx");
            context.Response.ContentLength = kept.Length;
            kept.Position = 0;
            await kept.CopyToAsync(context.Response.Body, context.RequestAborted);
        }
        else
        {
            var encoding = context.Request.Query[EncodingKey] == ShiftJis ? CsvEncoding.ShiftJis : CsvEncoding.Utf8;
            Head(context, $"text/csv; charset={CsvFile.Charset(encoding)}", name + ".csv");
            await using var csv = new CsvFile(context.Response.Body, encoding);
            await write(csv, viewer);
        }
    }

    private static void Head(HttpContext context, string type, string name)
    {
        context.Response.ContentType = type;
        context.Response.Headers.ContentDisposition = $"attachment; filename={name}";
    }
}
