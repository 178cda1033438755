using Bunit;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Web.Pages.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace CustomerSuccess.Web.Tests.Pages.Settings;

/// <summary>The company's settings by whoever runs the application.</summary>
public sealed class SettingsPageTests : PageTests
{
    private static CancellationToken Token => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_setting_has_a_name_and_every_choice_its_words()
    {
        await OpenAsync(seed: null);
        var text = Services.GetRequiredService<IStringLocalizer<SettingsPage>>();
        var keys = SettingsSections.All.SelectMany(section => section.Keys).ToList();
        keys.Should().OnlyHaveUniqueItems().And.BeEquivalentTo(CompanySettings.Keys.Where(key => !key.StartsWith("health.", StringComparison.Ordinal) && !key.StartsWith("inquiries.", StringComparison.Ordinal)));
        keys.Concat(keys.SelectMany(key => (SettingsSections.ChoicesOf(key) ?? []).Select(choice => $"{key}={choice}"))).Where(name => text[name].ResourceNotFound).Should().BeEmpty();
        keys.Where(key => SettingsSections.ChoicesOf(key) is { } few && !few.Contains(new CompanySettings().Get(key)!)).Should().BeEmpty("what stands is one of the choices");
    }

    [Fact]
    public async Task What_is_wrong_is_said_at_its_field_and_a_colleagues_change_is_not_replaced_unseen()
    {
        await OpenAsync(seed: null);
        var page = Show<SettingsPage>("/settings");
        page.WaitForAssertion(() => page.Find("[name='csm.minutes_per_day']").GetAttribute("value").Should().Be("240"));
        page.On("[name='csm.minutes_per_day']", found => found.Change("5000"));
        page.On("[data-card=work] form", found => found.Submit());
        page.WaitForAssertion(() => page.Find("[data-card=work] .field-error").TextContent.Should().Contain("outside its range"));

        var store = Services.GetRequiredService<SettingsStore>();
        (await store.SetAsync(Viewer.System, "csm.minutes_per_day", "180", Token)).Should().BeTrue();
        page.On("[name='csm.minutes_per_day']", found => found.Change("300"));
        page.On("[data-card=work] form", found => found.Submit());
        page.WaitForAssertion(() => page.Find("[data-card=work] .field-error").TextContent.Should().Contain("180"));
        (await store.ReadAsync(Token)).CsmMinutesPerDay.Should().Be(180);
        page.Find("[name='csm.minutes_per_day']").GetAttribute("value").Should().Be("300", "what was typed stays");

        page.On("[data-card=work] form", found => found.Submit());
        page.WaitForAssertion(() => page.FindAll("[data-card=work] .field-error").Should().BeEmpty());
        (await store.ReadAsync(Token)).CsmMinutesPerDay.Should().Be(300);
    }

    [Fact]
    public async Task A_password_is_set_and_never_shown()
    {
        await OpenAsync(seed: null);
        var page = Show<SettingsPage>("/settings");
        page.WaitForAssertion(() => page.Find("[name='mail.smtp_password']"));
        page.On("[name='mail.smtp_password']", found => found.Change("hush hush"));
        page.On("[data-card=mail] form", found => found.Submit());
        page.WaitForAssertion(() => page.Find("[name='mail.smtp_password']").GetAttribute("value").Should().BeNullOrEmpty());
        (await Services.GetRequiredService<SettingsStore>().ReadAsync(Token)).Get("mail.smtp_password").Should().Be("(set)");
        page.Markup.Should().NotContain("hush");
    }
}
