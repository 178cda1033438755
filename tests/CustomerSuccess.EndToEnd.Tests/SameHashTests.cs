using System.Text.Json;

namespace CustomerSuccess.EndToEnd.Tests;

/// <summary>The same data, seed and plan give the same models, bit for bit, in any process and on any number of cores.</summary>
[Collection("Servers, imports and mail of their own: one after the other, beside the demo company")]
public sealed class SameHashTests
{
    [Fact]
    public async Task One_core_and_two_give_the_same_hashes()
    {
        using var folder = new TemporaryFolder();
        FlatTableFile.Write(folder, 1_000);
        var once = await HashesAsync(folder, cores: 1);
        once.Should().HaveCount(2).And.OnlyHaveUniqueItems("a hash speaks of the data");
        (await HashesAsync(folder, cores: 2)).Should().Equal(once);
    }

    /// <summary>The hash of each fold's model, search included.</summary>
    private static async Task<string[]> HashesAsync(TemporaryFolder folder, int cores)
    {
        var (exit, output, errors) = await Cs.RunOnAsync(folder, cores, "evaluate", "--table", "table.csv", "--id", "id", "--label", "left", "--folds", "folds.csv", "--budget", "normal", "--json");
        exit.Should().Be(0, errors);
        var report = JsonDocument.Parse(output).RootElement;
        report.GetProperty("searches").GetArrayLength().Should().Be(2, "a model is searched for in each fold");
        return [.. report.GetProperty("model_hashes").EnumerateArray().Select(hash => hash.GetString()!)];
    }
}
