using CustomerSuccess.Web.Startup;

namespace CustomerSuccess.Web.Tests.Startup;

public sealed class RunOptionsTests
{
    [Fact]
    public void Without_arguments_the_demo_starts_on_the_usual_port() =>
        RunOptions.Parse([], out _).Should().Be(new RunOptions(null, RunOptions.DefaultPort, true, false));

    [Fact]
    public void Arguments_may_stand_apart_or_behind_an_equals_sign() =>
        RunOptions.Parse(["--no-demo", "--database", "a.db", "--port=0"], out _).Should().Be(new RunOptions("a.db", 0, false, false));

    [Theory]
    [InlineData("--port")]
    [InlineData("--port", "x")]
    [InlineData("--port", "65536")]
    [InlineData("--database")]
    [InlineData("--what")]
    public void Wrong_arguments_are_refused_with_the_usage(params string[] arguments)
    {
        RunOptions.Parse(arguments, out var problem).Should().BeNull();
        problem.Should().Contain("--no-demo");
    }

    [Theory]
    [InlineData("/queue?q=1", "/queue?q=1")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("https://evil.example", "/")]
    [InlineData("/a\nb", "/")]
    [InlineData("", "/")]
    [InlineData(null, "/")]
    public void A_link_leads_back_to_our_own_pages_only(string? path, string kept) => LocalPath.Of(path).Should().Be(kept);
}
