using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Engine.Exports;
using CustomerSuccess.Web.Layout;
using CustomerSuccess.Web.Pages.Inquiries;
using CustomerSuccess.Web.Pages.Service;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Lists;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Localization;

namespace CustomerSuccess.Web.Api;

/// <summary>Tables of service as files: what the page's address shows.</summary>
internal static class ServiceFiles
{
    public static void MapServiceFiles(this IEndpointRouteBuilder app)
    {
        app.MapGet(ServiceView.Path + "/export.csv", (HttpContext context, ServiceFile file, CancellationToken cancellation) =>
            TableAnswer.WriteAsync(context, "service", (table, viewer) => file.WriteAsync(table, viewer, ServiceView.Parse(Address(context)), cancellation)))
            .RequireAuthorization(new AuthorizeAttribute { Roles = PageRoles.Service });
        app.MapGet(ServiceListView.Path + "/export.csv", (HttpContext context, ServiceFile file, CancellationToken cancellation) =>
            TableAnswer.WriteAsync(context, "service-inquiries", (table, viewer) => file.WriteAsync(table, viewer, ServiceListView.Parse(Address(context)), cancellation)))
            .RequireAuthorization(new AuthorizeAttribute { Roles = PageRoles.Service });
        app.MapGet(ServiceAccountsView.Path + "/export.csv", (HttpContext context, ServiceFile file, CancellationToken cancellation) =>
            TableAnswer.WriteAsync(context, "service-accounts", (table, viewer) => ServiceAccountsView.Parse(Address(context)) is { } view ? file.WriteAsync(table, viewer, view, cancellation) : Task.CompletedTask))
            .RequireAuthorization(new AuthorizeAttribute { Roles = PageRoles.Service });
    }

    private static ListAddress Address(HttpContext context) => ListAddress.Parse(context.Request.Path + context.Request.QueryString);
}

/// <summary>Writes the tables, in the reader's language where there are words.</summary>
internal sealed class ServiceFile(ServiceReport report, IStringLocalizer<ServicePage> text, ServiceWords words, InquiryWords inquiries, ColleagueNames people)
{
    private const int Chunk = 1000;

    /// <summary>Months, and figures by what inquiries are, in one table.</summary>
    public async Task WriteAsync(TableFile table, Viewer viewer, ServiceView view, CancellationToken cancellation)
    {
        await people.LoadAsync(cancellation);
        var overview = await report.OverviewAsync(viewer, view.Scope, view.Months, view.InBusinessTime, cancellation);
        await table.RowAsync(
            [text["By"], text["Value"], text["Inquiries"], Time(view.InBusinessTime, "FirstResponseMinutes"), Time(view.InBusinessTime, "FirstResponseMinutes90"), Time(view.InBusinessTime, "ResolutionHours"), Time(view.InBusinessTime, "ResolutionHours90"), text["Satisfaction"], text["Answers"], text["Escalated"], text["StillOpen"], text["BacklogEnd"], text["BacklogAge"]],
            cancellation);
        foreach (var month in overview.Months)
        {
            table.Text(text["Month"]).Text(Format.Month(month.Month));
            await Figures(table, month.Figures).Number(month.Backlog).Number(month.BacklogAge).EndAsync(cancellation);
        }

        foreach (var (slice, parts) in overview.Parts)
        {
            foreach (var part in parts)
            {
                table.Text(text["Slice_" + slice]).Text(words.Value(slice, part.Value));
                await Figures(table, part.Figures).Text(null).Text(null).EndAsync(cancellation);
            }
        }
    }

    public async Task WriteAsync(TableFile table, Viewer viewer, ServiceListView view, CancellationToken cancellation)
    {
        await people.LoadAsync(cancellation);
        await table.RowAsync(
            [text["InquiryId"], text["AccountId"], text["Account"], text["Subject"], text["OpenedColumn"], Time(view.Ask.InBusinessTime, "RowMinutes"), text["Answered"], Time(view.Ask.InBusinessTime, "RowHours"), text["Closed"], text["Satisfaction"], text["Escalated"], text["Slice_Category"], text["Slice_Assignee"], text["Slice_Priority"]],
            cancellation);
        for (var offset = 0; ; offset += Chunk)
        {
            var page = await report.InquiriesAsync(viewer, view.Ask, offset, Chunk, cancellation);
            foreach (var row in page.Rows)
            {
                table.Text(row.Key.FactId).Text(row.AccountId).Text(row.Name).Text(row.Subject).Day(row.Opened).Number(row.FirstResponseMinutes).Flag(row.IsAnswered).Number(row.ResolutionHours).Flag(row.IsClosed);
                await table.Number(row.Satisfaction).Flag(row.Escalated).Text(row.Category).Text(row.Assignee is { } assignee ? people.Of(assignee) : null).Text(inquiries.Priority(row.Priority)).EndAsync(cancellation);
            }

            if (page.Rows.Count < Chunk)
            {
                return;
            }
        }
    }

    public async Task WriteAsync(TableFile table, Viewer viewer, ServiceAccountsView view, CancellationToken cancellation)
    {
        await people.LoadAsync(cancellation);
        await table.RowAsync([text["AccountId"], text["Account"], text["DayColumn"], text["InquiriesBefore"], text["HasLeft"], text["Mrr"], text["Currency"], text["Slice_Segment"], text["Slice_Owner"]], cancellation);
        for (var offset = 0; ; offset += Chunk)
        {
            var page = await report.AccountsAsync(viewer, view.Ask, offset, Chunk, cancellation);
            foreach (var row in page.Rows)
            {
                await table.Text(row.AccountId).Text(row.Name).Day(row.Day).Number(row.Inquiries).Flag(row.HasLeft).Money(row.Mrr).Text(page.Currency).Text(row.Segment).Text(row.Owner is { } owner ? people.Of(owner) : null).EndAsync(cancellation);
            }

            if (page.Rows.Count < Chunk)
            {
                return;
            }
        }
    }

    /// <summary>A column's head, which says where only open time is counted.</summary>
    private string Time(bool inBusinessTime, string key) => inBusinessTime ? text["InBusinessTime", text[key]] : text[key];

    private static TableFile Figures(TableFile table, InquiryFigures of) => table.Number(of.Inquiries).Number(of.FirstResponseMedian).Number(of.FirstResponse90).Number(of.ResolutionMedian).Number(of.Resolution90)
        .Number(of.Satisfaction).Number(of.SatisfactionAnswers).Number(of.Escalated).Number(of.Open);
}
