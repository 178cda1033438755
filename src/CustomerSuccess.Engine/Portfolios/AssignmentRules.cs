using System.Text.Json;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Portfolios;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Accounts;
using CustomerSuccess.Engine.Capacity;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Portfolios;

/// <summary>The rules by which accounts without an owner are given one: kept in their order, tried out, and run by hand or after an import.</summary>
public sealed class AssignmentRules(Database database, Acts acts, SettingsStore settingsStore, TimeProvider clock)
{
    /// <summary>Accounts that one run gives away; the next run goes on.</summary>
    public const int MostAtOnce = 5_000;

    private const string Lock = "assignment_rules";

    /// <summary>In the order in which they are asked.</summary>
    public async Task<IReadOnlyList<AssignmentRule>> ListAsync(CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        return await RulesAsync(context, cancellation);
    }

    /// <summary>Adds a rule after the others.</summary>
    public Task<ActResult<AssignmentRule>> AddAsync(Viewer viewer, AssignmentRuleDraft draft, CancellationToken cancellation = default) =>
        ChangeAsync(viewer, draft, async act =>
        {
            var rule = new AssignmentRule { RuleId = act.NewId(), Name = "", Position = (await act.Context.AssignmentRules.MaxAsync(known => (int?)known.Position, cancellation) ?? 0) + 1 };
            act.Context.AssignmentRules.Add(rule);
            Put(act, rule, draft, "created");
            return ActResult.Done(rule);
        }, cancellation);

    /// <summary>Changes a rule.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="ruleId">The rule.</param>
    /// <param name="draft">What it is to say.</param>
    /// <param name="seen">The version that the viewer saw; null where any will do.</param>
    /// <param name="cancellation">Ends the work before it is committed.</param>
    public Task<ActResult<AssignmentRule>> EditAsync(Viewer viewer, string ruleId, AssignmentRuleDraft draft, int? seen = null, CancellationToken cancellation = default) =>
        ChangeAsync(viewer, draft, async act =>
        {
            if (await act.Context.AssignmentRules.FindAsync([ruleId], cancellation) is not { DeletedAt: null } rule)
            {
                return ActResult.NotFound<AssignmentRule>();
            }

            if (seen is { } version && version != rule.Version)
            {
                return ActResult.Conflict(rule);
            }

            return Put(act, rule, draft, "changed") ? ActResult.Done(rule) : ActResult.Unchanged(rule);
        }, cancellation);

    /// <summary>Deletes a rule, or brings it back; twice is once.</summary>
    public Task<ActResult<AssignmentRule>> SetDeletedAsync(Viewer viewer, string ruleId, bool isDeleted, CancellationToken cancellation = default) =>
        ChangeAsync(viewer, null, async act =>
        {
            if (await act.Context.AssignmentRules.FindAsync([ruleId], cancellation) is not { } rule)
            {
                return ActResult.NotFound<AssignmentRule>();
            }

            if (rule.DeletedAt is not null == isDeleted)
            {
                return ActResult.Unchanged(rule);
            }

            (rule.DeletedAt, rule.ChangedAt, rule.ChangedByEmail, rule.Version) = (isDeleted ? act.Now : null, act.Now, viewer.Email, rule.Version + 1);
            act.Note(JournalAreas.AssignmentRule, isDeleted ? "deleted" : "restored", recordId: ruleId, changes: new FieldChanges().Note("name", isDeleted ? rule.Name : null, isDeleted ? null : rule.Name));
            return ActResult.Done(rule);
        }, cancellation);

    /// <summary>Moves a rule up or down by one place.</summary>
    public Task<ActResult<AssignmentRule>> MoveAsync(Viewer viewer, string ruleId, bool isUp, CancellationToken cancellation = default) =>
        ChangeAsync(viewer, null, async act =>
        {
            var rules = await act.Context.AssignmentRules.Where(rule => rule.DeletedAt == null).OrderBy(rule => rule.Position).ThenBy(rule => rule.RuleId).ToListAsync(cancellation);
            var place = rules.FindIndex(rule => rule.RuleId == ruleId);
            var other = isUp ? place - 1 : place + 1;
            if (place < 0)
            {
                return ActResult.NotFound<AssignmentRule>();
            }

            if (other < 0 || other >= rules.Count)
            {
                return ActResult.Unchanged(rules[place]);
            }

            (rules[place], rules[other]) = (rules[other], rules[place]);
            for (var i = 0; i < rules.Count; i++)
            {
                rules[i].Position = i + 1;
            }

            act.Note(JournalAreas.AssignmentRule, "moved", recordId: ruleId);
            return ActResult.Done(rules[other]);
        }, cancellation);

    /// <summary>What a run would give to whom, without doing it; those who are not visible to the viewer are left out.</summary>
    public async Task<AssignmentPreview> PreviewAsync(Viewer viewer, CancellationToken cancellation = default)
    {
        if (!viewer.MayManage)
        {
            return new([], [], 0);
        }

        var settings = await settingsStore.ReadAsync(cancellation);
        await using var context = database.OpenContext();
        return (await PlanAsync(context, viewer, await RulesAsync(context, cancellation), settings, cancellation)).Preview;
    }

    /// <summary>Gives accounts without an owner to whom the rules name, in one act.</summary>
    /// <returns>Unchanged where there is nothing to give.</returns>
    public async Task<ActResult<OwnersChanged>> RunAsync(Viewer viewer, CancellationToken cancellation = default)
    {
        if (!viewer.MayManage)
        {
            return ActResult.Forbidden<OwnersChanged>();
        }

        var settings = await settingsStore.ReadAsync(cancellation);
        return await acts.RunAsync(viewer, async act =>
        {
            await act.LockAsync(Lock);
            var rules = await act.Context.AssignmentRules.Where(rule => rule.DeletedAt == null).OrderBy(rule => rule.Position).ThenBy(rule => rule.RuleId).ToListAsync(cancellation);
            var (preview, last) = await PlanAsync(act.Context, viewer, rules, settings, cancellation);
            var given = preview.Accounts.Where(account => account.To is not null).ToDictionary(account => account.Account.AccountNo);
            if (given.Count == 0)
            {
                return ActResult.Unchanged(new OwnersChanged([], []));
            }

            var locked = await act.LockAccountsAsync(given.Keys);
            List<OwnerChanged> changed = [];
            foreach (var some in locked.Chunk(500))
            {
                // one that was given away by hand in between has an owner now
                foreach (var account in await act.Context.Accounts.Where(account => some.Contains(account.AccountNo) && account.OwnerEmail == null).OrderBy(account => account.AccountNo).ToListAsync(cancellation))
                {
                    var own = given[account.AccountNo];
                    if (await OwnerChange.PutAsync(act, account, own.To, settings.DayOf(act.Now), "assigned", own.RuleId))
                    {
                        changed.Add(new(account.AccountNo, account.Name, null, own.To));
                    }
                }
            }

            foreach (var rule in rules.Where(rule => last.ContainsKey(rule.RuleId)))
            {
                rule.LastGiven = last[rule.RuleId];
            }

            return changed.Count > 0 ? ActResult.Done(new OwnersChanged(changed, [])) : ActResult.Unchanged(new OwnersChanged([], []));
        }, cancellation);
    }

    /// <summary>After facts came in: the queue follows the owners that files brought, and accounts without an owner are given one.</summary>
    internal async Task AfterImportAsync(CancellationToken cancellation)
    {
        await QueueUpkeep.FollowOwnersAsync(database, clock.GetUtcNow().UtcDateTime, cancellation);
        if ((await ListAsync(cancellation)).Any(rule => rule.IsOn))
        {
            await RunAsync(Viewer.System, cancellation);
        }
    }

    private static Task<List<AssignmentRule>> RulesAsync(CustomerSuccessContext context, CancellationToken cancellation) =>
        context.AssignmentRules.AsNoTracking().Where(rule => rule.DeletedAt == null).OrderBy(rule => rule.Position).ThenBy(rule => rule.RuleId).ToListAsync(cancellation);

    private async Task<(AssignmentPreview Preview, IReadOnlyDictionary<string, string> Last)> PlanAsync(CustomerSuccessContext context, Viewer viewer, List<AssignmentRule> rules, CompanySettings settings, CancellationToken cancellation)
    {
        var unowned = context.Accounts.AsNoTracking().VisibleTo(viewer).Where(account => account.OwnerEmail == null && !account.Unlisted);
        var total = await unowned.CountAsync(cancellation);
        var accounts = await unowned.OrderBy(account => account.AccountNo).Take(MostAtOnce).Select(account => new { account.AccountNo, account.AccountId, account.Name, account.Segment, account.Region }).ToListAsync(cancellation);
        var run = await ScoreRunQuery.NewestAsync(context, cancellation);
        var scores = run is null ? [] : await context.AccountScores.AsNoTracking().Where(score => score.ScoreRunId == run.ScoreRunId && score.OwnerEmail == null)
            .Select(score => new { score.AccountNo, score.Product, score.Mrr }).ToDictionaryAsync(score => score.AccountNo, cancellation);
        var before = await PortfolioSizes.ReadAsync(context, viewer, cancellation);
        var after = before.ToDictionary();
        var away = await CapacityQuery.AwayAsync(context, settings, settings.DayOf(clock.GetUtcNow().UtcDateTime), cancellation);
        var (given, last) = AssignByRules.Of(
            rules,
            accounts.Select(account => new UnownedAccount(account.AccountNo, account.AccountId, account.Name, account.Segment, account.Region, scores.GetValueOrDefault(account.AccountNo)?.Product, scores.GetValueOrDefault(account.AccountNo)?.Mrr ?? 0)),
            after,
            away);
        var members = given.Where(account => account.To is not null).Select(account => account.To!).Distinct().Order(StringComparer.Ordinal);
        return (new(given, [.. members.Select(member => new Successor(before.GetValueOrDefault(member) ?? new(member, 0, 0), after[member]))], total), last);
    }

    private async Task<ActResult<AssignmentRule>> ChangeAsync(Viewer viewer, AssignmentRuleDraft? draft, Func<ActScope, Task<ActResult<AssignmentRule>>> change, CancellationToken cancellation)
    {
        if (!viewer.MayManage)
        {
            return ActResult.Forbidden<AssignmentRule>();
        }

        if (draft is not null && Problems(draft) is { Count: > 0 } problems)
        {
            return ActResult.Invalid<AssignmentRule>(problems);
        }

        return await acts.RunAsync(viewer, async act =>
        {
            await act.LockAsync(Lock);
            return await change(act);
        }, cancellation);
    }

    private static Dictionary<string, string> Problems(AssignmentRuleDraft draft)
    {
        var problems = new Dictionary<string, string>();
        EnteredText.Check(problems, "name", EnteredText.Of(draft.Name), AssignmentRule.LongestName, isRequired: true);
        if (draft.Members.Count == 0 || !draft.Members.All(EmailForm.IsAddress))
        {
            problems["members"] = draft.Members.Count == 0 ? "missing" : "not_an_address";
        }

        return problems;
    }

    private static bool Put(ActScope act, AssignmentRule rule, AssignmentRuleDraft draft, string verb)
    {
        string[] members = [.. draft.Members.Select(member => member.Trim().ToLowerInvariant()).Distinct()];
        var (name, membersJson, when) = (EnteredText.Of(draft.Name)!, JsonSerializer.Serialize(members), draft.When.ToJson());
        var changes = new FieldChanges()
            .Note("name", rule.Name.Length == 0 ? null : rule.Name, name)
            .Note("method", verb == "created" ? null : rule.Method.ToString(), draft.Method.ToString())
            .Note("members", rule.MembersJson, membersJson)
            .Note("when", verb == "created" ? null : rule.WhenJson, when)
            .Note("on", verb == "created" ? null : rule.IsOn ? "true" : "false", draft.IsOn ? "true" : "false");
        if (!changes.Any)
        {
            return false;
        }

        (rule.Name, rule.Method, rule.MembersJson, rule.WhenJson, rule.IsOn) = (name, draft.Method, membersJson, when, draft.IsOn);
        (rule.ChangedAt, rule.ChangedByEmail, rule.Version) = (act.Now, act.Viewer.Email, rule.Version + 1);
        act.Note(JournalAreas.AssignmentRule, verb, recordId: rule.RuleId, changes: changes);
        return true;
    }
}
