using CustomerSuccess.Benchmarks;

return args switch
{
    ["account", .. var rest] => await AccountBenchmark.RunAsync(rest),
    ["import", .. var rest] => await ImportBenchmark.RunAsync(rest),
    ["explain"] => ExplainBenchmark.Run(),
    ["model"] => ModelBenchmark.Run(),
    ["queue", .. var rest] => await QueueBenchmark.RunAsync(rest),
    ["features", .. var rest] => await FeaturesBenchmark.RunAsync(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Name a benchmark: account [ENTRIES], explain, features [ROWS [ACCOUNTS]] | import [ROWS [ROUNDS]], model, queue [ACCOUNTS]");
    return 2;
}
