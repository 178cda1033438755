using System.Text.Json;

namespace CustomerSuccess.EndToEnd.Tests;

/// <summary><c>cs health</c> as a process: what one sets, the next sees, and undoing is a version of its own.</summary>
[Collection("Servers, imports and mail of their own: one after the other, beside the demo company")]
public sealed class HealthCommandTests
{
    [Fact]
    public async Task Weights_that_are_set_hold_until_they_are_undone()
    {
        using var folder = await TemporaryFolder.WithDatabaseAsync();
        var set = await JsonAsync(folder, "health", "set", "--weights", "1,3,1,1,1,1", "--good", "70", "--comment", "engagement counts");
        set.GetProperty("version").GetInt32().Should().Be(1);
        Share(set, "engagement").Should().BeApproximately(3 / 8.0, 1e-12);

        var held = (await JsonAsync(folder, "health")).GetProperty("in_force");
        (held.GetProperty("version").GetInt32(), held.GetProperty("good").GetDouble(), held.GetProperty("comment").GetString()).Should().Be((1, 70, "engagement counts"));
        await JsonAsync(folder, "health", "set", "--weights", "2,0,0,0,0,0", "--segment", "Enterprise");

        var undone = await JsonAsync(folder, "health", "undo", "--comment", "not yet");
        (undone.GetProperty("version").GetInt32(), undone.GetProperty("restores").GetInt32()).Should().Be((3, 1));
        Share(undone, "engagement").Should().BeApproximately(3 / 8.0, 1e-12);
        undone.GetProperty("weights").GetProperty("segments").EnumerateObject().Should().BeEmpty();
        (await JsonAsync(folder, "health", "undo", "2")).GetProperty("weights").GetProperty("segments").GetProperty("Enterprise").GetProperty("adoption").GetDouble().Should().Be(1);
        (await JsonAsync(folder, "health", "history")).GetProperty("versions").EnumerateArray().Select(version => version.GetProperty("version").GetInt32()).Should().Equal(4, 3, 2, 1);
    }

    [Theory]
    [InlineData("health", "set", "--weights", "1,2,3")]
    [InlineData("health", "undo", "7")]
    public async Task What_cannot_be_put_in_force_ends_with_2_and_changes_nothing(params string[] arguments)
    {
        using var folder = await TemporaryFolder.WithDatabaseAsync();
        var (exit, _, errors) = await Cs.RunAsync(folder, arguments);
        exit.Should().Be(2);
        errors.Should().NotBeEmpty();
        (await JsonAsync(folder, "health")).GetProperty("in_force").GetProperty("version").GetInt32().Should().Be(0);
    }

    private static double Share(JsonElement scheme, string dimension) => scheme.GetProperty("weights").GetProperty("company").GetProperty(dimension).GetDouble();

    private static async Task<JsonElement> JsonAsync(TemporaryFolder folder, params string[] arguments)
    {
        var (exit, output, errors) = await Cs.RunAsync(folder, [.. arguments, "--json"]);
        exit.Should().Be(0, errors);
        return JsonDocument.Parse(output).RootElement;
    }
}
