using System.Globalization;

namespace CustomerSuccess.Benchmarks.Proof;

/// <summary>Which companies a proof runs over: <c>[--seeds FROM-TO] [--accounts N] [--folder DIR]</c>.</summary>
internal sealed record ProofOptions(int From, int To, int Accounts, string Folder)
{
    public IEnumerable<int> Seeds => Enumerable.Range(From, To - From + 1);

    public static ProofOptions Parse(string[] args, int from, int to)
    {
        var options = new ProofOptions(from, to, 1000, Path.Combine(Path.GetTempPath(), "customersuccess-proof"));
        for (var i = 0; i + 1 < args.Length; i += 2)
        {
            options = (args[i], args[i + 1]) switch
            {
                ("--seeds", var range) => options with { From = Number(range.Split('-')[0]), To = Number(range.Split('-')[^1]) },
                ("--accounts", var count) => options with { Accounts = Number(count) },
                ("--folder", var folder) => options with { Folder = folder },
                _ => throw new ArgumentException($"Unknown option {args[i]}."),
            };
        }

        return options;
    }

    public Task<ProofCompany> OpenAsync(int seed) => ProofCompany.OpenAsync(Folder, Accounts, seed);

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
