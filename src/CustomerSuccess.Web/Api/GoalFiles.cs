using CustomerSuccess.Core.Access;
using CustomerSuccess.Engine.Exports;
using CustomerSuccess.Engine.Goals;
using CustomerSuccess.Web.Layout;
using CustomerSuccess.Web.Pages.Goals;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Lists;
using CustomerSuccess.Web.Shared.Wording;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Localization;

namespace CustomerSuccess.Web.Api;

/// <summary>Goals as a file: those that the page's address shows.</summary>
internal static class GoalFiles
{
    public static void MapGoalFiles(this IEndpointRouteBuilder app) =>
        app.MapGet(GoalsView.Path + "/export.csv", (HttpContext context, GoalFile file, CancellationToken cancellation) =>
            TableAnswer.WriteAsync(context, "goals", (table, viewer) => file.WriteAsync(table, viewer, GoalsView.Parse(ListAddress.Parse(context.Request.Path + context.Request.QueryString)), cancellation)))
            .RequireAuthorization(new AuthorizeAttribute { Roles = PageRoles.Goals });
}

/// <summary>Writes the table, in the reader's language where there are words.</summary>
internal sealed class GoalFile(GoalQuery query, IStringLocalizer<GoalsPage> text, GoalWords words, ColleagueNames people)
{
    public async Task WriteAsync(TableFile table, Viewer viewer, GoalsView view, CancellationToken cancellation)
    {
        await people.LoadAsync(cancellation);
        var overview = await query.ListAsync(viewer, cancellation);
        var titles = overview.Rows.ToDictionary(row => row.Goal.GoalId, row => row.Goal.Title, StringComparer.Ordinal);
        await table.RowAsync(
            [
                text["Goal"], text["KindColumn"], text["Kgi"], text["MeasureColumn"], text["UnitColumn"], text["Accounts"], text["Owner"], text["StartOn"], text["Start"], text["Due"], text["Target"],
                text["FigureMonth"], text["Now"], text["Lower"], text["Upper"], text["Cases"], text["Path"], text["StatusColumn"], text["ReviewDueColumn"],
            ],
            cancellation);
        foreach (var row in overview.Rows.Where(view.Shows))
        {
            var (goal, point) = (row.Goal, row.Standing.Point);
            table.Text(goal.Title).Text(words.Kind(goal.Kind)).Text(goal.ParentId is { } parent ? titles.GetValueOrDefault(parent) : null).Text(words.Measure(goal.Measure)).Text(text["Unit_" + Core.Goals.MeasureCatalogue.Of(goal.Measure).Unit, overview.Currency])
                .Text(words.Scope(goal.Scope)).Text(people.Of(goal.OwnerEmail)).Day(goal.StartOn).Number((double)goal.StartValue).Day(goal.DueOn).Number((double)goal.TargetValue);
            await table.Day(point?.Month).Number(point?.Value).Number(point?.Lower).Number(point?.Upper).Number(point?.N).Number(row.Standing.Expected).Text(words.Status(row.Standing.Status)).Day(row.ReviewDue).EndAsync(cancellation);
        }
    }
}
