using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Engine.Modelling;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Storage;

namespace CustomerSuccess.Engine.Tests.Modelling;

public sealed class RecalibrateModelsTests
{
    [Theory]
    [DatabaseData]
    public async Task A_model_whose_promises_no_longer_hold_is_recalibrated_and_can_be_rolled_back(DatabaseKind kind)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var test = await TestDatabase.CreateAsync(kind);
        using var models = await TestRegistry.CreateAsync(test.Database);
        await using (var company = new TestCompany(test.Database))
        {
            for (var account = 1; account <= 150; account++)
            {
                company.Account(account);
                company.Term(account, 0, account <= 90 ? 100 + (account * 3) : null);
            }

            company.Reach("subscriptions", 480);
            company.Reach("usage", 480);
            await company.SaveAsync();
        }

        // a model that promises 1 %, trained before any of this; about 7 % leave a month
        var registry = models.Registry;
        var blind = TestRegistry.Blind(-4.6);
        var trained = new CardPart(TestCompany.Day(0), TestCompany.Day(30), 2, 100, 100, 40, 40);
        var card = new ModelCard { Target = Target.Churn, Version = "2020-01-01-1", Verdict = Verdict.Skilled, Definition = new CardDefinition(0, 31, 0), Data = trained, Train = trained, Test = trained, TestedHash = blind.Hash, ServedHash = blind.Hash };
        await registry.RegisterAsync(card, ModelArchive.Pack(blind, blind), ModelStatus.Champion, cancellation);

        var recalibrate = models.Recalibrate;
        var report = await recalibrate.RunAsync(Target.Churn, null, _ => { }, cancellation);
        report.Decision.Should().Be(RecalibrationDecision.Promoted);
        report.Line!.LogLossAfter.Should().BeLessThan(report.Line.LogLossBefore);
        report.Later!.From.Should().BeOnOrAfter(TestCompany.Day(30 + 31), "no outcome that training saw counts again");
        var champion = (await registry.LoadChampionAsync(Target.Churn, cancellation))!;
        champion.Card.Recalibration!.Parent.Should().Be("2020-01-01-1");
        champion.Model.Calibrator.Probability(-4.6).Should().BeApproximately((double)report.Later.PositiveRows / report.Later.Rows, 0.01);
        champion.Model.Hash.Should().Be(champion.Card.ServedHash);
        (await registry.PromoteAsync(Viewer.System, Target.Churn, "2020-01-01-1", cancellation)).Status.Should().Be(ModelStatus.Champion);

        (await recalibrate.RunAsync(Target.Churn, TestCompany.Day(150), _ => { }, cancellation)).Decision.Should().Be(RecalibrationDecision.TooFewOutcomes);
        (await recalibrate.RunAsync(Target.Upsell, null, _ => { }, cancellation)).Decision.Should().Be(RecalibrationDecision.NoModel);
    }
}
