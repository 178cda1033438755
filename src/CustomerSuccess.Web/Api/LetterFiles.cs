using CustomerSuccess.Engine.Exports;
using CustomerSuccess.Engine.Sequences;
using CustomerSuccess.Web.Layout;
using CustomerSuccess.Web.Pages.Playbooks;
using Microsoft.AspNetCore.Authorization;

namespace CustomerSuccess.Web.Api;

/// <summary>Letters that wait to be posted, as an address list for envelopes.</summary>
internal static class LetterFiles
{
    public static void MapLetterFiles(this IEndpointRouteBuilder app) => app
        .MapGet(PlayAddress.LettersFile, GetAsync)
        .RequireAuthorization(new AuthorizeAttribute { Roles = PageRoles.Plays });

    private static Task GetAsync(HttpContext context, SequenceQuery query, CancellationToken cancellation) => TableAnswer.WriteAsync(context, "letters", async (table, viewer) =>
        await WriteAsync(table, await query.LettersAsync(viewer, cancellation), cancellation));

    internal static async Task WriteAsync(TableFile table, IReadOnlyList<PreparedLetter> letters, CancellationToken cancellation)
    {
        await table.RowAsync(["account_id", "company", "department", "title", "name", "addressee", "address", "subject", "text", "prepared_at_utc", "owner_email"], cancellation);
        foreach (var letter in letters)
        {
            await table.Text(letter.AccountId).Text(letter.AccountName).Text(letter.Department).Text(letter.Title).Text(letter.Person).Text(letter.Addressee).Text(letter.Address)
                .Text(letter.Subject).Text(letter.Text).Moment(letter.PreparedAt).Text(letter.OwnerEmail).EndAsync(cancellation);
        }
    }
}
