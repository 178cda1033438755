using CustomerSuccess.Core.Access;
using CustomerSuccess.Engine.Exports;
using CustomerSuccess.Engine.Feedback;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Web.Layout;
using CustomerSuccess.Web.Pages.Feedback;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Lists;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Localization;

namespace CustomerSuccess.Web.Api;

/// <summary>Tables of feedback as files: what the page's address shows.</summary>
internal static class FeedbackFiles
{
    public static void MapFeedbackFiles(this IEndpointRouteBuilder app)
    {
        var who = new AuthorizeAttribute { Roles = PageRoles.Feedback };
        app.MapGet(FeedbackView.Path + "/export.csv", (HttpContext context, FeedbackFile file, CancellationToken cancellation) =>
            TableAnswer.WriteAsync(context, "feedback", (table, viewer) => file.ThemesAsync(table, viewer, FeedbackView.Parse(Address(context)), cancellation))).RequireAuthorization(who);
        app.MapGet(FeedbackListView.TextsPath + "/export.csv", (HttpContext context, FeedbackFile file, CancellationToken cancellation) =>
            TableAnswer.WriteAsync(context, "feedback-texts", (table, viewer) => file.TextsAsync(table, viewer, FeedbackListView.Parse(Address(context)), cancellation))).RequireAuthorization(who);
        app.MapGet(FeedbackListView.AccountsPath + "/export.csv", (HttpContext context, FeedbackFile file, CancellationToken cancellation) =>
            TableAnswer.WriteAsync(context, "feedback-accounts", (table, viewer) => file.AccountsAsync(table, viewer, FeedbackListView.Parse(Address(context)), cancellation))).RequireAuthorization(who);
        app.MapGet(RequestsPage.Path + "/export.csv", (HttpContext context, FeedbackFile file, CancellationToken cancellation) =>
            TableAnswer.WriteAsync(context, "product-requests", (table, viewer) => file.RequestsAsync(table, viewer, cancellation))).RequireAuthorization(who);
    }

    private static ListAddress Address(HttpContext context) => ListAddress.Parse(context.Request.Path + context.Request.QueryString);
}

/// <summary>Writes the tables, in the reader's language where there are words.</summary>
internal sealed class FeedbackFile(FeedbackReport report, ThemeBook themes, RequestBook requests, SettingsStore settingsStore, IStringLocalizer<FeedbackPage> text, FeedbackWords words, ColleagueNames people)
{
    private const int Chunk = 1000;

    public async Task ThemesAsync(TableFile table, Viewer viewer, FeedbackView view, CancellationToken cancellation)
    {
        var overview = await report.OverviewAsync(viewer, view.Ask, cancellation);
        await table.RowAsync(
            [text["Theme"], text["Kind"], text["From"], text["To"], text["Accounts"], text["Texts"], text["MrrBehind"], text["Currency"], text["Gone"], text["Share"], text["ShareBefore"], text["Change"], text["ChangeLower"], text["ChangeUpper"], text["Course"], text["Nps"], text["NpsAnswers"], text["Csat"], text["CsatAnswers"], text["Ces"], text["CesAnswers"], text["SkillUnhappy"], text["SkillTold"], text["ChurnWith"], text["ChurnLeftWith"], text["ChurnWithout"], text["ChurnLeftWithout"]],
            cancellation);
        foreach (var one in overview.Themes)
        {
            table.Text(FeedbackWords.Theme(one.Theme)).Text(text["Kind_" + one.Theme.Kind]).Day(overview.From).Day(overview.To).Number(one.Accounts).Number(one.Texts).Money(one.Mrr).Text(overview.Currency).Number(one.Gone)
                .Number(one.Share).Number(one.ShareBefore).Number(one.Change.Difference).Number(one.Change.Lower).Number(one.Change.Upper).Text(text["CourseShort_" + one.Change.Course])
                .Number(one.Nps?.Score).Number(one.Nps?.Answers).Number(one.Csat).Number(one.CsatAnswers).Number(one.Ces).Number(one.CesAnswers).Number(overview.HasSentiment ? one.Unhappy : null).Number(overview.HasSentiment ? one.Told : null);
            await table.Number(one.Churn.With).Number(one.Churn.LeftWith).Number(one.Churn.Without).Number(one.Churn.LeftWithout).EndAsync(cancellation);
        }
    }

    public async Task TextsAsync(TableFile table, Viewer viewer, FeedbackListView view, CancellationToken cancellation)
    {
        await table.RowAsync([text["AccountId"], text["Account"], text["Day"], text["Source"], text["Language"], text["ScoreKind"], text["ScoreColumn"], text["SoundsColumn"], text["Theme"], text["Text"]], cancellation);
        for (var offset = 0; ; offset += Chunk)
        {
            var page = await report.TextsAsync(viewer, view.Ask, offset, Chunk, cancellation);
            foreach (var row in page.Rows)
            {
                await table.Text(row.AccountId).Text(row.Name).Day(row.Day).Text(words.Source(row.Source)).Text(words.Language(row.Language)).Text(row.Kind).Number(row.Score).Text(words.Sentiment(row.Sentiment))
                    .Text(string.Join(" / ", row.Themes.Select(FeedbackWords.Theme))).Text(row.Text).EndAsync(cancellation);
            }

            if (page.Rows.Count < Chunk)
            {
                return;
            }
        }
    }

    public async Task AccountsAsync(TableFile table, Viewer viewer, FeedbackListView view, CancellationToken cancellation)
    {
        await people.LoadAsync(cancellation);
        await table.RowAsync([text["AccountId"], text["Account"], text["Texts"], text["LastText"], text["Mrr"], text["Currency"], text["Health"], text["Risk"], text["Segment"], text["Owner"]], cancellation);
        for (var offset = 0; ; offset += Chunk)
        {
            var page = await report.AccountsAsync(viewer, view.Ask, offset, Chunk, cancellation);
            foreach (var row in page.Rows)
            {
                await table.Text(row.AccountId).Text(row.Name).Number(row.Texts).Day(row.Last).Money(row.Mrr).Text(page.Currency).Number(row.Health).Number(row.Risk).Text(row.Segment).Text(row.Owner is { } owner ? people.Of(owner) : null).EndAsync(cancellation);
            }

            if (page.Rows.Count < Chunk)
            {
                return;
            }
        }
    }

    public async Task RequestsAsync(TableFile table, Viewer viewer, CancellationToken cancellation)
    {
        var (known, settings) = (await themes.ReadAsync(cancellation), await settingsStore.ReadAsync(cancellation));
        await table.RowAsync([text["Request"], text["Status"], text["Accounts"], text["MrrBehind"], text["Currency"], text["Theme"], text["ShippedOn"], text["Told"], text["Note"]], cancellation);
        foreach (var line in await requests.ListAsync(viewer, cancellation))
        {
            var theme = known.All.FirstOrDefault(theme => theme.ThemeId == line.Request.ThemeId);
            await table.Text(line.Request.Title).Text(text["Status_" + line.Request.Status]).Number(line.Accounts).Money(line.Mrr).Text(settings.Currency).Text(theme is null ? null : FeedbackWords.Theme(theme)).Day(line.Request.ShippedOn).Number(line.Told)
                .Text(line.Request.Note).EndAsync(cancellation);
        }
    }
}
