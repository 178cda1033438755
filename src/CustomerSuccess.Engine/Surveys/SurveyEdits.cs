using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Outreach;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Core.Surveys;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Mail;
using CustomerSuccess.Engine.Settings;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Surveys;

/// <summary>Keeps surveys: writes them, turns them on and off, starts their waves. Inviting itself is done by <see cref="RunSurveys"/>.</summary>
public sealed class SurveyEdits(Acts acts, Mailbox mailbox, SettingsStore settingsStore)
{
    /// <summary>Surveys that a company may have.</summary>
    public const int Most = 200;

    /// <summary>Taken after the lock of contacts and before an account's, by whoever changes a survey or invites to it.</summary>
    internal const string Lock = "surveys";

    /// <summary>Adds a survey, turned off, or changes one. Problems by field as <see cref="SurveyRules.Check"/> gives them; <c>name</c> may be <c>taken</c>, <c>segment</c> <c>unknown</c>.</summary>
    /// <param name="viewer">Who may manage.</param>
    /// <param name="surveyId">Null for a new one.</param>
    /// <param name="plan">What it is to say.</param>
    /// <param name="seen">The version that the author saw; null where any will do.</param>
    /// <param name="cancellation">Ends the work before it is committed.</param>
    public Task<ActResult<Survey>> SaveAsync(Viewer viewer, string? surveyId, SurveyPlan plan, int? seen = null, CancellationToken cancellation = default) => RunAsync(viewer, async act =>
    {
        var survey = surveyId is null ? null : await act.Context.Surveys.FindAsync([surveyId], cancellation);
        if (surveyId is not null && survey is not { DeletedAt: null })
        {
            return ActResult.NotFound<Survey>();
        }

        if (survey is not null && seen is { } version && version != survey.Version)
        {
            return ActResult.Conflict(survey);
        }

        var clean = SurveyRules.Clean(plan);
        if (await ProblemsAsync(act, survey, clean) is { Count: > 0 } problems)
        {
            return ActResult.Invalid<Survey>(problems);
        }

        var json = SurveyText.Write(clean);
        if (survey?.PlanJson == json)
        {
            return ActResult.Unchanged(survey);
        }

        var isNew = survey is null;
        var changes = new FieldChanges().Note("name", survey?.Name, clean.Name).Note("kind", survey?.Kind.ToString(), clean.Kind.ToString());
        if (survey is null)
        {
            act.Context.Surveys.Add(survey = new Survey { SurveyId = act.NewId(), Name = clean.Name, PlanJson = json });
        }

        (survey.Name, survey.Kind, survey.Mode, survey.PlanJson) = (clean.Name, clean.Kind, clean.Mode, json);
        Changed(act, survey);
        act.Context.SurveyVersions.Add(new SurveyVersion { SurveyId = survey.SurveyId, Version = survey.Version, PlanJson = json, At = act.Now, ByEmail = viewer.Email });
        act.Note(JournalAreas.Survey, isNew ? "created" : "changed", recordId: survey.SurveyId, changes: changes);
        return ActResult.Done(survey);
    }, cancellation);

    /// <summary>Turns a survey on or off. Off, nobody is invited or reminded and what waits to be sent is held; links that people have go on working. Problems: <c>sender</c> as of <see cref="StartWaveAsync"/>.</summary>
    public async Task<ActResult<Survey>> TurnAsync(Viewer viewer, string surveyId, bool on, CancellationToken cancellation = default)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        var result = await RunAsync(viewer, async act =>
        {
            if (await act.Context.Surveys.FindAsync([surveyId], cancellation) is not { DeletedAt: null } survey)
            {
                return ActResult.NotFound<Survey>();
            }

            if (survey.IsOn == on)
            {
                return ActResult.Unchanged(survey);
            }

            if (on && Lacks(settings) is { } code)
            {
                return ActResult.Invalid<Survey>("sender", code);
            }

            await TurnAsync(act, survey, on);
            return ActResult.Done(survey);
        }, cancellation);
        mailbox.Ring();
        return result;
    }

    /// <summary>Starts a wave of a survey that is asked in waves; it is turned on with it. Problems: <c>sender</c> (<c>from_missing</c>, <c>web_address_missing</c>), <c>mode</c> (<c>not_of_kind</c>), <c>wave</c> (<c>still_inviting</c>).</summary>
    public async Task<ActResult<SurveyWave>> StartWaveAsync(Viewer viewer, string surveyId, CancellationToken cancellation = default)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        return await RunAsync(viewer, async act =>
        {
            if (await act.Context.Surveys.FindAsync([surveyId], cancellation) is not { DeletedAt: null } survey)
            {
                return ActResult.NotFound<SurveyWave>();
            }

            if (survey.Mode != SurveyMode.Wave)
            {
                return ActResult.Invalid<SurveyWave>("mode", "not_of_kind");
            }

            if (Lacks(settings) is { } code)
            {
                return ActResult.Invalid<SurveyWave>("sender", code);
            }

            if (await act.Context.SurveyWaves.AnyAsync(wave => wave.SurveyId == surveyId && wave.IsInviting, cancellation))
            {
                return ActResult.Invalid<SurveyWave>("wave", "still_inviting");
            }

            survey.Waves++;
            if (!survey.IsOn)
            {
                await TurnAsync(act, survey, on: true);
            }

            var wave = new SurveyWave { SurveyId = surveyId, WaveNo = survey.Waves, Version = survey.Version, StartedAt = act.Now, StartedByEmail = viewer.Email, IsInviting = true };
            act.Context.SurveyWaves.Add(wave);
            act.Note(JournalAreas.Survey, "wave_started", recordId: surveyId, changes: new FieldChanges().Note("wave", null, wave.WaveNo.ToString(System.Globalization.CultureInfo.InvariantCulture)));
            return ActResult.Done(wave);
        }, cancellation);
    }

    /// <summary>Deletes a survey: what waits to be sent is cancelled, links take no answers any more; answers stay.</summary>
    public Task<ActResult<Survey>> DeleteAsync(Viewer viewer, string surveyId, CancellationToken cancellation = default) => RunAsync(viewer, async act =>
    {
        if (await act.Context.Surveys.FindAsync([surveyId], cancellation) is not { } survey)
        {
            return ActResult.NotFound<Survey>();
        }

        if (survey.DeletedAt is not null)
        {
            return ActResult.Unchanged(survey);
        }

        (survey.DeletedAt, survey.IsOn) = (act.Now, false);
        Touched(act, survey);
        await MailInAct.MoveOriginAsync(act, MailOrigin.Survey, surveyId, [MailStatus.Draft, MailStatus.Queued, MailStatus.Held], MailStatus.Cancelled, HoldReasons.OriginEnded);
        await act.Context.SurveyWaves.Where(wave => wave.SurveyId == surveyId && wave.IsInviting).ExecuteUpdateAsync(set => set.SetProperty(wave => wave.IsInviting, false), cancellation);
        act.Note(JournalAreas.Survey, "deleted", recordId: surveyId, changes: new FieldChanges().Note("name", survey.Name, null));
        return ActResult.Done(survey);
    }, cancellation);

    /// <summary>Brings a deleted survey back, turned off. Whom it had not asked yet is not asked by this.</summary>
    public Task<ActResult<Survey>> RestoreAsync(Viewer viewer, string surveyId, CancellationToken cancellation = default) => RunAsync(viewer, async act =>
    {
        if (await act.Context.Surveys.FindAsync([surveyId], cancellation) is not { } survey)
        {
            return ActResult.NotFound<Survey>();
        }

        if (survey.DeletedAt is null)
        {
            return ActResult.Unchanged(survey);
        }

        survey.DeletedAt = null;
        Touched(act, survey);
        act.Note(JournalAreas.Survey, "restored", recordId: surveyId, changes: new FieldChanges().Note("name", null, survey.Name));
        return ActResult.Done(survey);
    }, cancellation);

    /// <summary>What the company has to set before anybody can be asked; null where nothing is missing.</summary>
    internal static string? Lacks(CompanySettings settings) =>
        settings.MailFrom.Length == 0 ? HoldReasons.FromMissing : settings.WebAddress.Length == 0 ? HoldReasons.WebAddressMissing : null;

    private async Task<ActResult<T>> RunAsync<T>(Viewer viewer, Func<ActScope, Task<ActResult<T>>> change, CancellationToken cancellation)
        where T : class =>
        !viewer.MayManage ? ActResult.Forbidden<T>() : await acts.RunAsync(viewer, async act =>
        {
            await act.LockAsync(Lock);
            return await change(act);
        }, cancellation);

    private static async Task TurnAsync(ActScope act, Survey survey, bool on)
    {
        (survey.IsOn, survey.OnSince) = (on, on ? act.Now : survey.OnSince);
        Touched(act, survey);
        await (on
            ? MailInAct.MoveOriginAsync(act, MailOrigin.Survey, survey.SurveyId, [MailStatus.Held], MailStatus.Queued, HoldReasons.Paused)
            : MailInAct.MoveOriginAsync(act, MailOrigin.Survey, survey.SurveyId, [MailStatus.Queued], MailStatus.Held, HoldReasons.Paused));
        act.Note(JournalAreas.Survey, on ? "turned_on" : "turned_off", recordId: survey.SurveyId);
    }

    private static void Changed(ActScope act, Survey survey)
    {
        Touched(act, survey);
        survey.Version++;
    }

    private static void Touched(ActScope act, Survey survey) => (survey.ChangedAt, survey.ChangedByEmail) = (act.Now, act.Viewer.Email);

    private static async Task<Dictionary<string, string>> ProblemsAsync(ActScope act, Survey? survey, SurveyPlan plan)
    {
        var fields = await MailTemplates.FieldsAsync(act.Context, act.Cancellation);
        var attributes = await act.Context.Attributes.AsNoTracking().Where(attribute => attribute.IsCustom).ToListAsync(act.Cancellation);
        var problems = SurveyRules.Check(plan, fields, attributes);
        var others = await act.Context.Surveys.AsNoTracking().Where(other => other.DeletedAt == null).Select(other => new { other.SurveyId, other.Name }).ToListAsync(act.Cancellation);
        if (others.Exists(other => other.SurveyId != survey?.SurveyId && string.Equals(other.Name, plan.Name, StringComparison.OrdinalIgnoreCase)))
        {
            problems["name"] = "taken";
        }
        else if (survey is null && others.Count >= Most)
        {
            problems["name"] = "too_many";
        }

        if (plan.SegmentId is { } id && !await act.Context.SavedSegments.AnyAsync(segment => segment.SegmentId == id && segment.DeletedAt == null, act.Cancellation))
        {
            problems["segment"] = "unknown";
        }

        if (survey is not null && survey.Kind != plan.Kind)
        {
            // answers to another question must not stand under one name
            problems["kind"] = "not_of_kind";
        }

        return problems;
    }
}
