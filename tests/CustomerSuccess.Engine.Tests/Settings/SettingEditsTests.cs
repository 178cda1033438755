using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Journal;
using CustomerSuccess.Engine.Tests.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Tests.Settings;

public sealed class SettingEditsTests
{
    private static readonly Viewer Operations = new("u-ops", "ops@cs.example", new HashSet<string> { Roles.CsOperations }, false);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [DatabaseData]
    public async Task Settings_are_changed_together_noted_and_never_replaced_unseen(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var store = new SettingsStore(test.Database, TimeProvider.System);
        var edits = new SettingEdits(JournalTests.ActsOver(test.Database, TimeProvider.System), store);
        Task<ActResult<CompanySettings>> SaveAsync(Viewer viewer, params (string Key, string? Seen, string Wanted)[] changes) =>
            edits.SaveAsync(viewer, changes.ToDictionary(change => change.Key, change => new SettingEdit(change.Seen, change.Wanted)), Token);

        (await SaveAsync(Operations with { Roles = new HashSet<string> { Roles.CsManager } }, ("company.name", "", "Kumo"))).Outcome.Should().Be(ActOutcome.Forbidden);
        (await SaveAsync(Operations, ("company.name", "", "Kumo"), ("csm.minutes_per_day", "240", "2000"), ("no.such_key", null, "x"), ("health.good", "60", "70"))).Problems.Keys.Should().BeEquivalentTo("csm.minutes_per_day", "no.such_key", "health.good");
        (await store.ReadAsync(Token)).Name.Should().BeEmpty("all are set or none");

        var saved = await SaveAsync(Operations, ("company.name", "", " Kumo "), ("csm.minutes_per_day", "240", "200"), (CompanySettings.SmtpPasswordKey, "", "secret words"));
        (saved.Outcome, saved.Value!.Name, saved.Value.CsmMinutesPerDay).Should().Be((ActOutcome.Done, "Kumo", 200));
        var stands = await store.ReadAsync(Token);
        (stands.Name, stands.Get(CompanySettings.SmtpPasswordKey)).Should().Be(("Kumo", "(set)"));

        // who has not seen a colleague's change is told; who wants the same has nothing to change
        (await SaveAsync(Operations, ("csm.minutes_per_day", "240", "300"))).Value!.CsmMinutesPerDay.Should().Be(200);
        (await SaveAsync(Operations, ("csm.minutes_per_day", "240", "300"))).Outcome.Should().Be(ActOutcome.Conflict);
        (await SaveAsync(Operations, ("csm.minutes_per_day", "240", "200"))).Outcome.Should().Be(ActOutcome.Unchanged);
        (await SaveAsync(Operations, ("csm.minutes_per_day", "200", "300"))).Outcome.Should().Be(ActOutcome.Done);

        await using var context = test.Database.OpenContext();
        var entries = await context.Journal.AsNoTracking().OrderBy(entry => entry.EntryNo).ToListAsync(Token);
        entries.Should().HaveCount(2).And.OnlyContain(entry => entry.Area == JournalAreas.Setting && entry.ByEmail == "ops@cs.example");
        FieldChanges.Read(entries[0].ChangesJson)["company.name"].Should().Be(new FieldChange("", "Kumo"));
        entries[0].ChangesJson.Should().NotContain("secret");
    }
}
