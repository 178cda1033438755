using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Web.Shared;
using Microsoft.Extensions.Localization;

namespace CustomerSuccess.Web.Pages.Accounts;

/// <summary>The page's answer in one sentence: will this account stay?</summary>
internal static class AccountAnswer
{
    public static string Of(AccountHead account, IStringLocalizer text) => account switch
    {
        { Run: null } => text["AnswerNoRun"],
        { Score: null, Run: { } run } => text["AnswerNoScore", Format.Day(run.AsOf)],
        { Score.State: ScoreState.Leaving } => text["AnswerLeaving"],
        { Score: { Probability: { } probability, Mrr: var mrr }, Run: { } run } => text["AnswerModel", Format.Percent(probability), Format.Count(run.HorizonDays), Format.Money(mrr, run.Currency)],
        { Score: { } score, Run: { } run } => text["AnswerRules", Format.Score(score.RuleScore), Format.Money(score.Mrr, run.Currency)],
    };
}
