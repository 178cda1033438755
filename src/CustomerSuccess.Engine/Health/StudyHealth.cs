using System.Text.Json;
using CustomerSuccess.Core.Health;
using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Health;

/// <summary>
/// Learns health's weights from past outcomes and tests them, those in force, equal ones and the rule score on later months.
/// What is learned is only offered: a person puts it in force.
/// </summary>
public sealed class StudyHealth(Database database, HealthRows healthRows, HealthSchemes schemes, TimeProvider clock)
{
    /// <summary>The newest study; null where there is none.</summary>
    public async Task<HealthStudy?> NewestAsync(CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        var stored = await context.HealthStudies.AsNoTracking().OrderByDescending(study => study.StudyNo).FirstOrDefaultAsync(cancellation);
        return stored is null ? null : JsonSerializer.Deserialize<HealthStudy>(stored.Json);
    }

    /// <summary>Studies the months whose outcomes are known by now, and keeps the result.</summary>
    /// <param name="progress">Called with each step.</param>
    /// <param name="cancellation">Ends the work; nothing is kept then.</param>
    /// <exception cref="InvalidOperationException">A rate to the reporting currency is missing.</exception>
    public async Task<HealthStudy> RunAsync(Action<string>? progress = null, CancellationToken cancellation = default)
    {
        progress?.Invoke("what became of accounts");
        var labelled = await healthRows.ReadAsync(cancellation);
        var scheme = await schemes.InForceAsync(cancellation);
        progress?.Invoke($"weights from {labelled.Rows.Count} rows");
        var study = await Task.Run(() => Study(labelled, scheme, cancellation), cancellation);
        study = study with { Products = await healthRows.TestProductsAsync(scheme?.Rule() ?? HealthRule.Default, cancellation) };
        await using var context = database.OpenContext();
        context.HealthStudies.Add(new StoredHealthStudy { MadeAt = study.MadeAt, Json = JsonSerializer.Serialize(study) });
        await context.SaveChangesAsync(cancellation);
        return study;
    }

    private HealthStudy Study(LabelledHealth labelled, HealthScheme? scheme, CancellationToken cancellation)
    {
        var (rows, horizon) = (labelled.Rows, labelled.Label.HorizonDays);
        var split = TimeSplit.Of([.. rows.Select(row => row.Point.AsOf)], labelled.Label.Span);
        HealthRow[] train = [.. split.Train.Select(r => rows[r])];
        HealthRow[] test = [.. split.Test.Select(r => rows[r])];
        var inForce = scheme?.Rule() ?? HealthRule.Default;
        var equal = inForce with { Company = HealthWeights.Equal, Segments = new Dictionary<string, HealthWeights>() };
        var enough = !Verdicts.AreTooFew(HealthRow.Outcomes(train), HealthRow.Outcomes(test));
        var learned = enough ? HealthLearner.Learn(train, cancellation) : null;
        var offered = learned is null ? null : inForce with { Company = learned.Company, Segments = learned.Segments };
        var skill = enough
            ? HealthEvidence.Skill(test, [equal, inForce, offered ?? inForce])
            : [.. Enumerable.Repeat(new HealthSkill(null, null), 4)];
        return new HealthStudy
        {
            MadeAt = clock.GetUtcNow().UtcDateTime,
            Learned = learned is null || offered is null ? null : new(
                learned.Company.Values,
                learned.Segments.ToDictionary(own => own.Key, own => own.Value.Values, StringComparer.Ordinal),
                learned.Penalty,
                learned.SegmentPenalty,
                skill[2],
                HealthEvidence.Bands(rows, offered, horizon)),
            Train = StudyPart.Of(train),
            Test = StudyPart.Of(test),
            AccountShare = labelled.Share,
            HorizonDays = horizon,
            LeadDays = labelled.Label.LeadDays,
            SchemeNo = scheme?.SchemeNo ?? 0,
            Equal = skill[0],
            InForce = skill[1],
            RuleScore = skill[3],
            Bands = HealthEvidence.Bands(rows, inForce, horizon),
        };
    }
}
