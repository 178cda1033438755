using CustomerSuccess.Benchmarks;

return args switch
{
    ["import", .. var rest] => await ImportBenchmark.RunAsync(rest),
    ["explain"] => ExplainBenchmark.Run(),
    ["model"] => ModelBenchmark.Run(),
    ["queue", .. var rest] => await QueueBenchmark.RunAsync(rest),
    ["features", .. var rest] => await FeaturesBenchmark.RunAsync(rest),
    ["inquiries", .. var rest] => await InquiryListBenchmark.RunAsync(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Name a benchmark: explain, features [ROWS [ACCOUNTS]] | import [ROWS [ROUNDS]], inquiries [ROWS [CONNECTION]], model, queue [ACCOUNTS]");
    return 2;
}
