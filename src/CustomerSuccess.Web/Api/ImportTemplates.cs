using System.Globalization;
using System.Text;
using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Web.Layout;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerSuccess.Web.Api;

/// <summary>Empty import files with the contract's headers, to be filled in a spreadsheet: UTF-8 with a mark at its start, as spreadsheets need it.</summary>
internal static class ImportTemplates
{
    public static void MapImportTemplates(this IEndpointRouteBuilder app) =>
        app.MapGet("/start/templates/{record}", Send).RequireAuthorization(new AuthorizeAttribute { Roles = PageRoles.Everyone });

    /// <summary>Where a record's template lies, in the reader's language.</summary>
    public static string Href(string record, string language) => $"/start/templates/{record}?language={language}";

    /// <summary>The headers of a record's template.</summary>
    /// <param name="record">Of the import contract.</param>
    /// <param name="language"><c>ja</c> for the Japanese words, where a column has one; else the contract's names.</param>
    public static IReadOnlyList<string> Headers(RecordType record, string language) =>
        [.. record.Fields.Select(field => language == "ja" ? field.Synonyms.FirstOrDefault(IsJapanese) ?? field.Name : field.Name)];

    private static Results<FileContentHttpResult, NotFound> Send(string record, string? language)
    {
        if (ImportContract.Find(record) is not { } found)
        {
            return TypedResults.NotFound();
        }

        var line = string.Join(',', Headers(found, language ?? CultureInfo.CurrentUICulture.TwoLetterISOLanguageName)) + "\r\n";
        return TypedResults.File([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(line)], "text/csv; charset=utf-8", $"{found.Name}.csv");
    }

    private static bool IsJapanese(string header) => header.Any(c => c > '\u2fff');
}
