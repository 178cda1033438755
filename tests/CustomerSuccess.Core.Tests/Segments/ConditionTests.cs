using System.Globalization;
using CsCheck;
using CustomerSuccess.Core.Segments;

namespace CustomerSuccess.Core.Tests.Segments;

public sealed class ConditionTests
{
    private static readonly DateOnly AsOf = new(2024, 2, 29);

    /// <summary>Three numbers, two texts, two days, a flag; each may be missing.</summary>
    private static readonly Dictionary<string, SegmentField> Fields = new SegmentField[]
    {
        new("n1", FieldKind.Number, "g", Core.Features.FeatureUnit.Count), new("n2", FieldKind.Number, "g", Core.Features.FeatureUnit.Share),
        new("t1", FieldKind.Text, "g", Core.Features.FeatureUnit.Text), new("t2", FieldKind.Text, "g", Core.Features.FeatureUnit.Text),
        new("d1", FieldKind.Day, "g", Core.Features.FeatureUnit.Days), new("d2", FieldKind.Day, "g", Core.Features.FeatureUnit.Days),
        new("f1", FieldKind.Flag, "g", Core.Features.FeatureUnit.Flag),
    }.ToDictionary(field => field.Name);

    private static readonly Gen<FieldTest> AnyTest =
        from field in Pick.From([.. Fields.Values])
        from kind in Pick.From([.. field.Tests])
        from number in Gen.Int[0, 12]
        from words in Pick.From("東京", "Osaka", "a\"b", "é").Array[1, 3]
        from day in Gen.Int[-400, 400]
        select new FieldTest(field.Name, kind, kind switch
        {
            TestKind.Known or TestKind.Missing or TestKind.Yes or TestKind.No => [],
            TestKind.OneOf or TestKind.NoneOf => words,
            TestKind.Contains => [words[0][..1]],
            TestKind.OnOrAfter or TestKind.OnOrBefore => [AsOf.AddDays(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)],
            TestKind.InLastDays or TestKind.MoreThanDaysAgo or TestKind.InNextDays or TestKind.AnniversaryInDays => [(number * 30).ToString(CultureInfo.InvariantCulture)],
            _ => [(number / 4.0).ToString(CultureInfo.InvariantCulture)],
        });

    internal static readonly Gen<Condition> Any = Gen.Recursive<Condition>((depth, inner) => depth > 3
        ? AnyTest.Select(test => (Condition)test)
        : Gen.Frequency(
            (3, AnyTest.Select(test => (Condition)test)),
            (1, inner.List[0, 3].Select(parts => (Condition)new AllOf(parts))),
            (1, inner.List[0, 3].Select(parts => (Condition)new AnyOf(parts))),
            (1, inner.Select(part => (Condition)new NotOf(part)))));

    private static readonly Gen<Row> AnyRow =
        from n1 in Gen.OneOf(Gen.Const(double.NaN), Gen.Int[0, 12].Select(i => i / 4.0))
        from n2 in Gen.OneOf(Gen.Const(double.NaN), Gen.Int[0, 12].Select(i => i / 4.0))
        from t1 in Pick.From<string?>(null, "東京", "osaka", "A\"B", "É")
        from t2 in Pick.From<string?>(null, "東京", "Osaka")
        from d1 in Gen.OneOf(Gen.Const(double.NaN), Gen.Int[-800, 400].Select(day => (double)AsOf.AddDays(day).DayNumber))
        from d2 in Gen.OneOf(Gen.Const(double.NaN), Gen.Int[-800, 400].Select(day => (double)AsOf.AddDays(day).DayNumber))
        from f1 in Pick.From(double.NaN, 0, 1)
        select new Row(new() { ["n1"] = n1, ["n2"] = n2, ["d1"] = d1, ["d2"] = d2, ["f1"] = f1 }, new() { ["t1"] = t1, ["t2"] = t2 });

    [Fact]
    public void What_is_written_reads_back_as_the_same() =>
        Any.Sample(condition =>
        {
            var text = ConditionText.Write(condition);
            var read = ConditionText.Read(text);
            return ConditionText.Write(read) == text && Same(condition, read);
        });

    [Fact]
    public void It_holds_where_a_plain_reading_of_its_text_says_so() =>
        Gen.Select(Any, AnyRow.Array[5]).Sample((condition, rows) =>
        {
            using var text = System.Text.Json.JsonDocument.Parse(ConditionText.Write(condition));
            return Array.TrueForAll(rows, row => condition.Holds(row) == PlainCondition.Holds(text.RootElement, row));
        }, iter: 5000);

    [Fact]
    public void Whatever_can_be_asked_of_a_field_passes_the_rules() =>
        AnyTest.Sample(test => ConditionRules.Check(new AllOf([test]), Fields).Count == 0);

    [Fact]
    public void A_missing_value_fulfils_nothing_but_that_it_is_missing()
    {
        var nothing = new Row(Fields.Values.Where(field => field.Kind != FieldKind.Text).ToDictionary(field => field.Name, _ => double.NaN), new() { ["t1"] = null, ["t2"] = null });
        AnyTest.Sample(test => test.Holds(nothing) == (test.Kind == TestKind.Missing));
    }

    [Theory]
    [InlineData(2020, 2, 28, 0, false)]
    [InlineData(2020, 3, 1, 1, true)]
    [InlineData(2020, 2, 29, 0, true)]
    [InlineData(2023, 2, 28, 364, false)]
    [InlineData(2023, 2, 28, 365, true)]
    [InlineData(2024, 2, 29, 366, false)]
    public void Anniversaries_come_back_every_year(int year, int month, int day, int within, bool holds) =>
        new FieldTest("d1", TestKind.AnniversaryInDays, within.ToString(CultureInfo.InvariantCulture))
            .Holds(new Row(new() { ["d1"] = new DateOnly(year, month, day).DayNumber }, [])).Should().Be(holds);

    [Theory]
    [InlineData("""{"all":[]}""", "", "empty_group")]
    [InlineData("""{"all":[{"any":[]}]}""", "0", "empty_group")]
    [InlineData("""{"any":[{"field":"n1","is":"known"},{"field":"x","is":"known"}]}""", "1", "unknown_field")]
    [InlineData("""{"all":[{"field":"","is":"known"}]}""", "0", "no_field")]
    [InlineData("""{"all":[{"field":"n1","is":"yes"}]}""", "0", "wrong_test")]
    [InlineData("""{"all":[{"field":"n1","is":"above"}]}""", "0", "missing_value")]
    [InlineData("""{"all":[{"field":"n1","is":"above","values":["x"]}]}""", "0", "not_a_number")]
    [InlineData("""{"all":[{"field":"n1","is":"above","values":["1","2"]}]}""", "0", "too_many_values")]
    [InlineData("""{"all":[{"field":"d1","is":"on_or_after","values":["2024-02-30"]}]}""", "0", "not_a_day")]
    [InlineData("""{"all":[{"field":"d1","is":"in_last_days","values":[-1]}]}""", "0", "out_of_range")]
    [InlineData("""{"not":{"any":[{"field":"n1","is":"known"},{"field":"t1","is":"one_of","values":[" "]}]}}""", "1", "missing_value")]
    public void A_broken_rule_is_told_with_its_place(string text, string path, string code) =>
        ConditionRules.Check(ConditionText.Read(text), Fields).Should().ContainSingle().Which.Should().Match<ConditionProblem>(problem => problem.Path == path && problem.Code == code);

    [Theory]
    [InlineData("nonsense", "*not JSON*")]
    [InlineData("[]", "$: an object*")]
    [InlineData("""{"all":{}}""", "$.all: a list*")]
    [InlineData("""{"all":[{"any":[{"is":"known"}]}]}""", "$.all[0].any[0]: one of*")]
    [InlineData("""{"field":"a","is":"like"}""", "$.is: one of known, missing*")]
    [InlineData("""{"field":"a","is":"known","value":1}""", "$: \"value\" is not known here")]
    public void Text_that_is_no_condition_is_refused_with_its_place(string text, string message) =>
        ((Action)(() => ConditionText.Read(text))).Should().Throw<FormatException>().WithMessage(message);

    [Fact]
    public void Groups_end_somewhere()
    {
        Condition deep = new FieldTest("n1", TestKind.Known);
        for (var i = 0; i < Condition.Deepest + 1; i++)
        {
            deep = new AllOf([deep]);
        }

        ConditionRules.Check(deep, Fields).Should().Contain(problem => problem.Code == "too_deep");
        ConditionRules.Check(new AllOf([.. Enumerable.Repeat(new FieldTest("n1", TestKind.Known), Condition.MostTests + 1)]), Fields).Should().Contain(problem => problem.Code == "too_many");
        var abyss = string.Concat(Enumerable.Repeat("{\"not\":", 60)) + """{"field":"n1","is":"known"}""" + new string('}', 60);
        ((Action)(() => ConditionText.Read(abyss))).Should().Throw<FormatException>();
    }

    [Fact]
    public void A_segment_that_asks_for_itself_by_way_of_others_is_found()
    {
        Condition In(string id) => new FieldTest(SegmentFields.Member + id, TestKind.Yes);
        var others = new Dictionary<string, Condition> { ["b"] = new AllOf([In("c")]), ["c"] = new NotOf(In("a")), ["d"] = In("e"), ["e"] = In("d") };
        ConditionRules.RefersToItself("a", In("b"), others).Should().BeTrue();
        ConditionRules.RefersToItself("a", In("d"), others).Should().BeFalse();
        ConditionRules.RefersToItself("a", In("a"), others).Should().BeTrue();
    }

    private static bool Same(Condition one, Condition other) => (one, other) switch
    {
        (AllOf a, AllOf b) => a.Parts.Count == b.Parts.Count && a.Parts.Zip(b.Parts).All(pair => Same(pair.First, pair.Second)),
        (AnyOf a, AnyOf b) => a.Parts.Count == b.Parts.Count && a.Parts.Zip(b.Parts).All(pair => Same(pair.First, pair.Second)),
        (NotOf a, NotOf b) => Same(a.Part, b.Part),
        (FieldTest a, FieldTest b) => a.Equals(b),
        _ => false,
    };

    internal sealed record Row(Dictionary<string, double> Numbers, Dictionary<string, string?> Words) : IFieldValues
    {
        public DateOnly AsOf => ConditionTests.AsOf;

        public double Number(string field) => Numbers.GetValueOrDefault(field, double.NaN);

        public IReadOnlyList<string> Texts(string field) => Words.GetValueOrDefault(field) is { } word ? [word] : [];
    }
}
