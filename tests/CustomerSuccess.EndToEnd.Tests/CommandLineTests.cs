namespace CustomerSuccess.EndToEnd.Tests;

/// <summary>The command line as a process, as a shell sees it.</summary>
[Collection("Servers, imports and mail of their own: one after the other, beside the demo company")]
public sealed class CommandLineTests
{
    [Fact]
    public async Task A_setting_that_is_set_is_there_for_the_next_process()
    {
        using var folder = new TemporaryFolder();
        (await Cs.RunAsync(folder, "set", "value.margin", "0.7")).ExitCode.Should().Be(0);
        var (exit, output, _) = await Cs.RunAsync(folder, "get", "value.margin", "--json");
        exit.Should().Be(0);
        System.Text.Json.JsonDocument.Parse(output).RootElement.GetProperty("value.margin").GetString().Should().Be("0.7");
    }

    [Theory]
    [InlineData("no-such-verb")]
    [InlineData("set", "value.margin", "7")]
    [InlineData("get", "no.such.key")]
    public async Task Bad_usage_ends_with_2_and_a_message(params string[] arguments)
    {
        using var folder = await TemporaryFolder.WithDatabaseAsync();
        var (exit, _, errors) = await Cs.RunAsync(folder, arguments);
        exit.Should().Be(2);
        errors.Should().NotBeEmpty();
    }

    [Theory]
    [InlineData("start  ", "surveys")]
    [InlineData("status", "campaigns", "no-such-verb")]
    [InlineData("retention", "report")]
    [InlineData("add", "mail", "template")]
    public async Task A_verb_that_needs_another_lists_them_with_what_they_do(string listed, params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        var (exit, output, errors) = await Cs.RunAsync(folder, arguments);
        exit.Should().Be(2);
        output.Should().BeEmpty();
        errors.Should().Contain($"  {listed}");
    }
}
