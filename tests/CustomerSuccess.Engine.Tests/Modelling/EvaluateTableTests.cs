using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Engine.Modelling;

namespace CustomerSuccess.Engine.Tests.Modelling;

public sealed class EvaluateTableTests
{
    [Theory]
    [InlineData("telco", "customerID", "Churn", "Yes", 0.8477)]
    [InlineData("bank", "customerId", "exited", "1", 0.8660)]
    public void The_learner_keeps_up_with_tuned_gradient_boosting(string set, string id, string label, string positive, double tuned)
    {
        var folder = Shared("data", set);
        var report = EvaluateTable.Run(
            new EvaluateRequest(Path.Combine(folder, $"{set}.csv"), new FlatTableColumns(id, label, positive, [], null), Path.Combine(folder, "folds.csv"), false, null) { Budget = Budget.Quick },
            _ => { },
            TestContext.Current.CancellationToken);
        report.Verdict.Should().Be(Verdict.Skilled);
        report.Leaks.Should().BeEmpty();
        report.Metrics!.Model.RocAuc!.Value.Should().BeGreaterThanOrEqualTo(tuned - 0.005);
        report.Metrics.Model.Ece!.Value.Should().BeLessThanOrEqualTo(0.03);
    }

    [Fact]
    public void Every_leak_of_the_extended_telco_set_is_named_with_its_reason_and_no_honest_column()
    {
        var folder = Shared("data", "telco-leaky");
        var report = EvaluateTable.Run(
            new EvaluateRequest(Path.Combine(folder, "telco-leaky.csv"), new FlatTableColumns("Customer ID", "Churn Value", "1", [], null), Path.Combine(folder, "folds.csv"), false, null) { Budget = Budget.Quick },
            _ => { },
            TestContext.Current.CancellationToken);
        report.Leaks.Select(leak => (leak.Column, leak.Reason)).Should().BeEquivalentTo(new[]
        {
            ("Customer Status", LeakReason.ValuesAreOutcome),
            ("Satisfaction Score", LeakReason.ValuesAreOutcome),
            ("Churn Category", LeakReason.FilledByOutcome),
            ("Churn Reason", LeakReason.FilledByOutcome),
            ("Churn Score", LeakReason.RanksTooWell),
        });
        report.Metrics!.Model.RocAuc!.Value.Should().BeGreaterThanOrEqualTo(0.905);
    }

    [Fact]
    public void Blank_cells_are_missing_and_types_follow_the_cells()
    {
        using var folder = new Folder();
        var path = folder.Write("t.csv", "id,amount,plan,left\na,1.5,x,no\nb, ,x,yes\nc,-3e2,,no\n");
        var data = FlatTable.Read(path, new FlatTableColumns("ID", "left", null, [], null));
        data.Table.Columns[0].Numbers.Should().Equal(1.5, double.NaN, -300);
        data.Table.Columns[1].Codes.Should().Equal(0, 0, -1);
        data.Labels.Should().Equal(false, true, false);
    }

    [Theory]
    [InlineData("id,x\na,1\n", "there is no column 'left'")]
    [InlineData("id,left\n", "there are no rows")]
    [InlineData("id,left\na,\n", "row 2: left is blank")]
    [InlineData("id,left\na,no\nb,perhaps\n", "There are: no, perhaps")]
    [InlineData("id,left,w\na,no,0\nb,yes,1\n", "a weight is a number above 0")]
    [InlineData("id,left,w\na,no\nb,yes,1\n", "row 2: 2 cells under 3 headers")]
    public void What_is_wrong_with_a_table_is_said(string text, string message)
    {
        using var folder = new Folder();
        var path = folder.Write("t.csv", text);
        var columns = new FlatTableColumns("id", "left", null, [], text.Contains(",w", StringComparison.Ordinal) ? "w" : null);
        FluentActions.Invoking(() => FlatTable.Read(path, columns)).Should().Throw<FormatException>().WithMessage($"*{message}*");
    }

    [Theory]
    [InlineData("row_id,fold\n0,1\n1,2\n1,2\n", "each once")]
    [InlineData("row_id,fold\n0,1\n1,2\n", "row 2 has no fold")]
    [InlineData("row_id,fold\n0,1\n1,1\n2,1\n", "two folds")]
    [InlineData("row,fold\n0,1\n", "row_id and fold")]
    public void What_is_wrong_with_folds_is_said(string text, string message)
    {
        using var folder = new Folder();
        var path = folder.Write("f.csv", text);
        FluentActions.Invoking(() => FlatTable.ReadFolds(path, 3)).Should().Throw<FormatException>().WithMessage($"*{message}*");
    }

    [Fact]
    public void A_leaking_column_is_left_out_unless_it_is_to_be_kept()
    {
        using var folder = new Folder();
        var random = new SeededRandom(1);
        var path = folder.Write("t.csv", "id,use,reason,left\n" + string.Concat(Enumerable.Range(0, 400).Select(i => random.Next(3) == 0
            ? FormattableString.Invariant($"{i},{random.Next(80)},price,1\n")
            : FormattableString.Invariant($"{i},{random.Next(100)},,0\n"))));
        var outPath = Path.Combine(Path.GetDirectoryName(path)!, "out.csv");
        EvaluationReport Run(bool keep) => EvaluateTable.Run(new EvaluateRequest(path, new FlatTableColumns("id", "left", null, [], null), null, keep, outPath) { Budget = Budget.Quick }, _ => { }, TestContext.Current.CancellationToken);
        var report = Run(false);
        report.Leaks.Should().ContainSingle().Which.Column.Should().Be("reason");
        report.Columns.Should().Equal("use");
        var lines = File.ReadAllLines(outPath);
        lines.Should().HaveCount(401);
        lines[0].Should().Be("row_id,fold,probability");
        report.Leaks[0].Reason.Should().Be(LeakReason.FilledByOutcome);
        report.FiguresCanBeTrusted.Should().BeTrue();
        var kept = Run(true);
        kept.FiguresCanBeTrusted.Should().BeFalse();
        kept.Metrics!.Model.RocAuc!.Value.Should().BeGreaterThan(0.99).And.BeGreaterThan(report.Metrics!.Model.RocAuc!.Value + 0.2);
    }

    internal static string Shared(params string[] path)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CustomerSuccess.sln")))
        {
            folder = folder.Parent;
        }

        var shared = Path.Combine([folder!.Parent!.FullName, "shared", .. path]);
        Assert.SkipUnless(Directory.Exists(shared), "The shared data sets are not beside the repository");
        return shared;
    }

    private sealed class Folder : IDisposable
    {
        private readonly string _path = Directory.CreateTempSubdirectory("cs-evaluate-").FullName;

        public string Write(string name, string text)
        {
            var path = Path.Combine(_path, name);
            File.WriteAllText(path, text);
            return path;
        }

        public void Dispose() => Directory.Delete(_path, recursive: true);
    }
}
