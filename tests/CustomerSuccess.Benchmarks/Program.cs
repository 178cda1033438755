using CustomerSuccess.Benchmarks;

return args switch
{
    ["import", .. var rest] => await ImportBenchmark.RunAsync(rest),
    ["model"] => ModelBenchmark.Run(),
    ["queue", .. var rest] => await QueueBenchmark.RunAsync(rest),
    ["features", .. var rest] => await FeaturesBenchmark.RunAsync(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Name a benchmark: features [ROWS [ACCOUNTS]] | import [ROWS [ROUNDS]], model, queue [ACCOUNTS]");
    return 2;
}
