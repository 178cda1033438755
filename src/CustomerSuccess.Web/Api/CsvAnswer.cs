using CustomerSuccess.Core.Access;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Exports;

namespace CustomerSuccess.Web.Api;

/// <summary>Answers a request with a file for spreadsheets, in the encoding that the address asks for.</summary>
internal static class CsvAnswer
{
    /// <summary>In an address: <c>shift_jis</c>, else UTF-8.</summary>
    public const string EncodingKey = "encoding";

    /// <param name="context">The request; nobody signed in is answered as if there were no such file.</param>
    /// <param name="name">The file's name without its ending.</param>
    /// <param name="write">Writes it for the signed-in viewer.</param>
    public static async Task WriteAsync(HttpContext context, string name, Func<CsvFile, Viewer, Task> write)
    {
        if (ViewerClaims.ToViewer(context.User) is not { } viewer)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var encoding = context.Request.Query[EncodingKey] == "shift_jis" ? CsvEncoding.ShiftJis : CsvEncoding.Utf8;
        context.Response.ContentType = $"text/csv; charset={CsvFile.Charset(encoding)}";
        context.Response.Headers.ContentDisposition = $"attachment; filename={name}.csv";
        await using var csv = new CsvFile(context.Response.Body, encoding);
        await write(csv, viewer);
    }
}
