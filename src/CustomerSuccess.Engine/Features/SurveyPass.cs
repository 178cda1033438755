using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Features;
using Microsoft.EntityFrameworkCore;
using static CustomerSuccess.Core.Features.FeatureNames;

namespace CustomerSuccess.Engine.Features;

/// <summary>Answers to surveys.</summary>
internal static class SurveyPass
{
    public static async Task RunAsync(FeaturePass pass, ChampionPass champions, CancellationToken cancellation)
    {
        var (named, least, most) = pass.Rows.Choice();
        var answers = pass.Snapshot.Context.SurveyResponses
            .Where(answer => answer.VoidedBy == null && (named == null ? answer.AccountNo >= least && answer.AccountNo <= most : named.Contains(answer.AccountNo)))
            .OrderBy(answer => answer.AccountNo)
            .Select(answer => new SurveyResponse
            {
                AccountNo = answer.AccountNo,
                SourceId = answer.SourceId,
                FactId = answer.FactId,
                ContactNo = answer.ContactNo,
                Kind = answer.Kind,
                Score = answer.Score,
                ScaleMin = answer.ScaleMin,
                ScaleMax = answer.ScaleMax,
                RespondedAt = answer.RespondedAt,
                Product = answer.Product,
            });
        await foreach (var (position, facts) in pass.ByAccountAsync(answers.AsAsyncEnumerable(), answer => answer.AccountNo, cancellation))
        {
            foreach (var answer in facts.Where(answer => answer.ContactNo is not null))
            {
                champions.WasActive(position, answer.ContactNo!.Value, pass.DayOf(answer.RespondedAt).DayNumber);
            }

            var history = new SurveyHistory(facts, pass.DayOf);
            for (var i = 0; i < pass.Rows.DaysAt(position).Length; i++)
            {
                Write(pass.Columns, pass.Rows.PlacesAt(position)[i], history.At(pass.Rows.DaysAt(position)[i]));
            }

            pass.Products?.Answers(position, facts);
        }
    }

    public static void Write(FeatureColumns columns, int row, in SurveyFeatures features)
    {
        columns.Numbers(NpsLast)[row] = features.NpsLast;
        columns.Numbers(NpsChange)[row] = features.NpsChange;
        columns.Numbers(NpsAgeDays)[row] = features.NpsAgeDays;
        columns.Numbers(CsatLast)[row] = features.CsatLast;
    }
}
