using System.Diagnostics;
using System.Globalization;
using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Engine.Modelling;

namespace CustomerSuccess.Benchmarks;

/// <summary>The learner with each budget's search on 50,000 rows of 200 columns. Goal: about 60 s for the normal one on 2 cores.</summary>
internal static class BudgetBenchmark
{
    private const int Rows = 50_000;
    private const int Columns = 200;

    public static int Run(string[] args)
    {
        var data = ModelBenchmark.Make(Rows, Columns);
        int[] all = [.. Enumerable.Range(0, Rows)];
        foreach (var budget in args.Length > 0 ? [Enum.Parse<Budget>(args[0], ignoreCase: true)] : new[] { Budget.Quick, Budget.Normal })
        {
            var processor = Environment.CpuUsage.TotalTime;
            var clock = Stopwatch.StartNew();
            var last = "";
            var searched = 0.0;
            var learned = Learner.Learn(data, all, new LearnerEffort(budget, 0, _ => false, CancellationToken.None), text => (last, searched) = (text, clock.Elapsed.TotalSeconds), CancellationToken.None);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{budget}: {Rows} x {Columns}, {learned.Search?.Tried.Count ?? 0} candidates, searched until {searched:0.0} s, all in {clock.Elapsed.TotalSeconds:0.0} s ({(Environment.CpuUsage.TotalTime - processor).TotalSeconds:0.0} s of processor), peak memory {Process.GetCurrentProcess().PeakWorkingSet64 / 1048576:N0} MB; {last}"));
        }

        return 0;
    }
}
