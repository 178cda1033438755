using System.Globalization;
using System.Text.Json;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Health;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Health;

public enum SchemeOutcome
{
    Saved,

    /// <summary>It gives every account the same health and band as the version in force; nothing was written.</summary>
    Unchanged,

    /// <summary>The viewer may only read.</summary>
    Forbidden,

    /// <summary>Bands do not follow each other, or a number is outside its range.</summary>
    Invalid,

    /// <summary>Somebody else saved a version in between.</summary>
    Overtaken,

    /// <summary>There is no such version.</summary>
    NotFound,
}

/// <summary>The outcome, and the version in force now; null where nobody has decided yet.</summary>
public sealed record SchemeResult(SchemeOutcome Outcome, HealthScheme? InForce);

/// <summary>Versions of the rule by which health is computed. A change adds a version; undoing adds one that equals an earlier one.</summary>
public sealed class HealthSchemes(Database database, TimeProvider clock)
{
    private const int LongestComment = 500;

    /// <summary>Every version, newest first. The first of them is in force; without any it is <see cref="HealthRule.Default"/>, version 0.</summary>
    public async Task<IReadOnlyList<HealthScheme>> HistoryAsync(CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        return await context.HealthSchemes.AsNoTracking().OrderByDescending(scheme => scheme.SchemeNo).ToListAsync(cancellation);
    }

    /// <summary>The version in force; null for equal weights before anybody decided.</summary>
    public async Task<HealthScheme?> InForceAsync(CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        return await InForceAsync(context, cancellation);
    }

    /// <summary>Puts a rule in force from now on.</summary>
    /// <param name="viewer">Who changes it.</param>
    /// <param name="rule">What is to hold.</param>
    /// <param name="comment">Why.</param>
    /// <param name="seen">The version that the viewer saw while changing it; null to save whatever is in force.</param>
    /// <param name="cancellation">Ends the work; nothing is saved then.</param>
    public async Task<SchemeResult> SaveAsync(Viewer viewer, HealthRule rule, string? comment, int? seen = null, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        await using var transaction = await context.Database.BeginTransactionAsync(cancellation);
        var before = await InForceAsync(context, cancellation);
        if (Refused(viewer, rule) is { } refused)
        {
            return new(refused, before);
        }

        if (seen is not null && seen != (before?.SchemeNo ?? 0))
        {
            return new(SchemeOutcome.Overtaken, before);
        }

        if (rule.SameAs(before?.Rule() ?? HealthRule.Default))
        {
            return new(SchemeOutcome.Unchanged, before);
        }

        return await WriteAsync(context, viewer, rule, comment, null, cancellation) is { } saved
            ? await CommitAsync(transaction, saved, cancellation)
            : new(SchemeOutcome.Overtaken, before);
    }

    /// <summary>Brings back a version by adding one that equals it; 0 for what held before anybody decided.</summary>
    public async Task<SchemeResult> RestoreAsync(Viewer viewer, int schemeNo, string? comment = null, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        await using var transaction = await context.Database.BeginTransactionAsync(cancellation);
        var before = await InForceAsync(context, cancellation);
        var wanted = schemeNo == 0 ? HealthRule.Default : (await context.HealthSchemes.AsNoTracking().FirstOrDefaultAsync(scheme => scheme.SchemeNo == schemeNo, cancellation))?.Rule();
        if (wanted is null)
        {
            return new(SchemeOutcome.NotFound, before);
        }

        if (Refused(viewer, wanted) is { } refused)
        {
            return new(refused, before);
        }

        if (wanted.SameAs(before?.Rule() ?? HealthRule.Default))
        {
            return new(SchemeOutcome.Unchanged, before);
        }

        return await WriteAsync(context, viewer, wanted, comment, schemeNo, cancellation) is { } saved
            ? await CommitAsync(transaction, saved, cancellation)
            : new(SchemeOutcome.Overtaken, before);
    }

    /// <summary>Puts back what held before the version in force.</summary>
    public async Task<SchemeResult> UndoAsync(Viewer viewer, string? comment = null, CancellationToken cancellation = default) =>
        await InForceAsync(cancellation) is { } scheme
            ? await RestoreAsync(viewer, scheme.SchemeNo - 1, comment, cancellation)
            : new(SchemeOutcome.NotFound, null);

    /// <summary>Moves a band by the setting of old, as a version like any other.</summary>
    internal static async Task<bool> SetBandAsync(CustomerSuccessContext context, Viewer viewer, string key, double value, DateTime now, CancellationToken cancellation)
    {
        var before = await InForceAsync(context, cancellation);
        var rule = before?.Rule() ?? HealthRule.Default;
        var changed = key == CompanySettings.HealthGoodKey ? rule with { Good = value } : rule with { Watch = value };
        if (!changed.IsValid)
        {
            return false;
        }

        if (!changed.SameAs(rule))
        {
            context.HealthSchemes.Add(await NextAsync(context, viewer, changed, before, null, null, now, cancellation));
        }

        return true;
    }

    internal static Task<HealthScheme?> InForceAsync(CustomerSuccessContext context, CancellationToken cancellation) =>
        context.HealthSchemes.AsNoTracking().OrderByDescending(scheme => scheme.SchemeNo).FirstOrDefaultAsync(cancellation);

    private static SchemeOutcome? Refused(Viewer viewer, HealthRule rule) =>
        !MayChange(viewer) ? SchemeOutcome.Forbidden
        : !rule.IsValid ? SchemeOutcome.Invalid
        : null;

    /// <summary>True where the viewer may change weights and bands.</summary>
    public static bool MayChange(Viewer viewer) => viewer.IsIn(Roles.CsManager, Roles.CsOperations, Roles.Administrator);

    private static async Task<SchemeResult> CommitAsync(Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction transaction, HealthScheme saved, CancellationToken cancellation)
    {
        await transaction.CommitAsync(cancellation);
        return new(SchemeOutcome.Saved, saved);
    }

    /// <summary>Null where another process took the number first.</summary>
    private async Task<HealthScheme?> WriteAsync(CustomerSuccessContext context, Viewer viewer, HealthRule rule, string? comment, int? restores, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var before = await InForceAsync(context, cancellation);
        var scheme = await NextAsync(context, viewer, rule, before, comment, restores, now, cancellation);
        context.HealthSchemes.Add(scheme);
        await FollowAsync(context, viewer, CompanySettings.HealthGoodKey, rule.Good, now, cancellation);
        await FollowAsync(context, viewer, CompanySettings.HealthWatchKey, rule.Watch, now, cancellation);
        try
        {
            await context.SaveChangesAsync(cancellation);
            return scheme;
        }
        catch (DbUpdateException)
        {
            return null;
        }
    }

    private static async Task<HealthScheme> NextAsync(CustomerSuccessContext context, Viewer viewer, HealthRule rule, HealthScheme? before, string? comment, int? restores, DateTime now, CancellationToken cancellation) => new()
    {
        SchemeNo = (before?.SchemeNo ?? 0) + 1,
        InForceFrom = now,
        Source = await SourceAsync(context, rule, before, cancellation),
        ByUser = viewer.UserId,
        ByEmail = viewer.Email,
        Comment = string.IsNullOrWhiteSpace(comment) ? null : comment.Trim() is { Length: > LongestComment } text ? text[..LongestComment] : comment.Trim(),
        Restores = restores,
        Good = rule.Good,
        Watch = rule.Watch,
        JudgementWeight = rule.JudgementWeight,
        WeightsJson = HealthScheme.JsonOf(rule),
    };

    private static async Task<WeightSource> SourceAsync(CustomerSuccessContext context, HealthRule rule, HealthScheme? before, CancellationToken cancellation)
    {
        if (rule.HasWeightsOf(HealthRule.Default))
        {
            return WeightSource.Equal;
        }

        if (before is not null && rule.HasWeightsOf(before.Rule()))
        {
            return before.Source;
        }

        var newest = await context.HealthStudies.AsNoTracking().OrderByDescending(study => study.StudyNo).FirstOrDefaultAsync(cancellation);
        return newest is not null && JsonSerializer.Deserialize<HealthStudy>(newest.Json)?.Learned is { } learned && rule.HasWeightsOf(learned.In(rule))
            ? WeightSource.Learned
            : WeightSource.ByHand;
    }

    /// <summary>The settings of the bands say what the version in force says.</summary>
    private static async Task FollowAsync(CustomerSuccessContext context, Viewer viewer, string key, double value, DateTime now, CancellationToken cancellation)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        var setting = await context.Settings.FindAsync([key], cancellation);
        if (setting is null)
        {
            setting = new Setting { Key = key, Value = text, ChangedBy = viewer.UserId };
            context.Settings.Add(setting);
        }

        (setting.Value, setting.ChangedAt, setting.ChangedBy) = (text, now, viewer.UserId);
    }
}
