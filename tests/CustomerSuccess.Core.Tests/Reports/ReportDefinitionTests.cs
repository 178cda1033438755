using CsCheck;
using CustomerSuccess.Core.Reports;

namespace CustomerSuccess.Core.Tests.Reports;

public sealed class ReportDefinitionTests
{
    private static readonly Gen<ReportDefinition> Any =
        from measure in Gen.Enum<ReportMeasure>()
        from rows in Gen.Enum<ReportDimension>()
        from columns in Gen.Enum<ReportDimension>().Nullable()
        from months in Gen.Int[1, ReportDefinition.MostMonths]
        from @from in Gen.Int[0, 40].Nullable()
        from length in Gen.Int[0, 40].Nullable()
        from within in Gen.String
        select new ReportDefinition(measure, rows)
        {
            Columns = columns,
            Months = @from is null ? months : ReportDefinition.UsualMonths,
            From = @from is { } first ? new DateOnly(2022, 1, 1).AddMonths(first) : null,
            To = length is { } more ? new DateOnly(2022, 2, 1).AddMonths((@from ?? 0) + more).AddDays(-1) : null,
            Within = string.IsNullOrEmpty(within) ? null : within,
        }.Mended;

    [Fact]
    public void The_text_of_a_report_is_the_report() => Any.Sample(definition => ReportDefinition.Parse(definition.Query) == definition);

    [Fact]
    public void A_mended_report_has_no_problem() => Any.Sample(definition => definition.Problem is null && definition.Mended == definition);

    [Theory]
    [InlineData("", "measure=nrr&rows=month")]
    [InlineData("measure=nonsense&rows=3&months=0&from=2024-13", "measure=nrr&rows=month")]
    [InlineData("rows=plan&measure=NPS&columns=plan", "measure=nps&rows=plan")]
    [InlineData("measure=expectedloss&rows=month&columns=segment", "measure=expectedloss&rows=segment")]
    [InlineData("measure=health&rows=month&columns=segment", "measure=health&rows=month&columns=segment")]
    [InlineData("measure=nrr&rows=month&columns=quarter&months=24", "measure=nrr&rows=month&months=24")]
    [InlineData("measure=inquiries&rows=region&from=2024-02&to=2024-01", "measure=inquiries&rows=region")]
    public void What_an_address_says_wrongly_is_as_usual(string query, string mended) => ReportDefinition.Parse(query).Query.Should().Be(mended);

    [Fact]
    public void Every_measure_is_known_at_its_place() => MeasureFacts.All.Select(facts => facts.Measure).Should().Equal(Enum.GetValues<ReportMeasure>());
}
