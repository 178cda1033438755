using Bunit;
using CustomerSuccess.Web.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerSuccess.Web.Tests.Shared;

/// <summary>A badge's number and its word never contradict each other.</summary>
public sealed class HealthBadgeTests : BunitContext
{
    public HealthBadgeTests() => Services.AddLocalization(options => options.ResourcesPath = "Resources");

    [Theory]
    [InlineData(34.6, "danger", "34.6")]
    [InlineData(34.99, "danger", "34.9")]
    [InlineData(35.0, "watch", "35")]
    [InlineData(34.4, "danger", "34")]
    [InlineData(59.5, "watch", "59.5")]
    [InlineData(99.7, "good", "100")]
    public void Near_a_band_it_is_written_exactly(double health, string band, string written)
    {
        using var _ = new InCulture("en");
        var badge = Render<HealthBadge>(p => p.Add(b => b.Health, health));
        badge.Find("[data-band]").GetAttribute("data-band").Should().Be(band);
        badge.Find(".health-score").TextContent.Should().Be(written);
    }
}
