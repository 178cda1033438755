using CustomerSuccess.Core.Activity;

namespace CustomerSuccess.Core.Features;

/// <summary>What answers to surveys say of an account at a day; NaN = missing.</summary>
public readonly record struct SurveyFeatures(double NpsLast, double NpsChange, double NpsAgeDays, double CsatLast);

/// <summary>One account's answers to surveys, asked as of any day.</summary>
public sealed class SurveyHistory
{
    private readonly List<(DateOnly Day, double Score)> _nps = [];
    private readonly List<(DateOnly Day, double Score)> _csat = [];

    /// <param name="answers">Answers of one account; voided ones are left out.</param>
    /// <param name="dayOf">The company's calendar day of an instant (UTC).</param>
    public SurveyHistory(IEnumerable<SurveyResponse> answers, Func<DateTime, DateOnly> dayOf)
    {
        foreach (var answer in answers.Where(a => a.VoidedBy is null).OrderBy(a => a.RespondedAt).ThenBy(a => a.SourceId).ThenBy(a => a.FactId, StringComparer.Ordinal))
        {
            var range = answer.ScaleMax - answer.ScaleMin;
            if (!(range > 0))
            {
                continue;
            }

            var part = (answer.Score - answer.ScaleMin) / range;
            switch (answer.Kind)
            {
                case "nps":
                    _nps.Add((dayOf(answer.RespondedAt), part * 10));
                    break;
                case "csat":
                    _csat.Add((dayOf(answer.RespondedAt), part * 100));
                    break;
            }
        }
    }

    public SurveyFeatures At(DateOnly t)
    {
        var last = _nps.FindLastIndex(answer => answer.Day <= t);
        var csat = _csat.FindLastIndex(answer => answer.Day <= t);
        return new SurveyFeatures(
            last < 0 ? double.NaN : _nps[last].Score,
            last < 1 ? double.NaN : _nps[last].Score - _nps[last - 1].Score,
            last < 0 ? double.NaN : t.DayNumber - _nps[last].Day.DayNumber,
            csat < 0 ? double.NaN : _csat[csat].Score);
    }
}
