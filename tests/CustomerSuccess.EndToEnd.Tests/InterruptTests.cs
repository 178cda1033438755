using System.Diagnostics;
using System.Text;

namespace CustomerSuccess.EndToEnd.Tests;

/// <summary>Ctrl+C in a terminal while a model is being searched for.</summary>
[Collection("Servers, imports and mail of their own: one after the other, beside the demo company")]
public sealed class InterruptTests
{
    private const string CtrlC = "\u0003";

    [Fact]
    public async Task The_first_ctrl_c_keeps_the_best_so_far_and_marks_it_and_the_second_ends_all()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/script"), "script, which gives a process a terminal, is not installed");
        using var folder = new TemporaryFolder();
        FlatTableFile.Write(folder, 2_000);
        var (exit, shown) = await EvaluateAsync(folder, presses: 1);
        exit.Should().Be(0, shown);
        shown.Should().Contain("The search is cut short").And.Contain("cut short; chosen").And.Contain("ROC-AUC");

        (exit, shown) = await EvaluateAsync(folder, presses: 2);
        exit.Should().Be(1, shown);
        shown.Should().Contain("Cancelled.").And.NotContain("ROC-AUC");
    }

    /// <summary>Runs <c>cs evaluate</c> in a terminal, where interrupts count even if the tests themselves run where they do not, and presses Ctrl+C as soon as a candidate has been tried.</summary>
    private static async Task<(int Exit, string Shown)> EvaluateAsync(TemporaryFolder folder, int presses)
    {
        var cs = Path.Combine(AppContext.BaseDirectory, "cs.dll");
        var start = new ProcessStartInfo("/usr/bin/script", ["-qefc", $"stty cols 200; exec env --default-signal=INT dotnet '{cs}' evaluate --table table.csv --id id --label left --folds folds.csv --budget thorough", "/dev/null"])
        {
            WorkingDirectory = folder.Path,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["TERM"] = "xterm";
        start.Environment["SHELL"] = "/bin/sh"; // what script runs the command with
        start.Environment["OMP_WAIT_POLICY"] = "PASSIVE";
        using var terminal = Process.Start(start)!;
        var shown = new StringBuilder();
        var buffer = new char[4096];
        string[] awaited = ["best log loss so far", "The search is cut short"];
        for (int read, pressed = 0; (read = await terminal.StandardOutput.ReadAsync(buffer)) > 0;)
        {
            shown.Append(buffer, 0, read);
            if (pressed < presses && shown.ToString().Contains(awaited[pressed], StringComparison.Ordinal))
            {
                pressed++;
                await terminal.StandardInput.WriteAsync(CtrlC);
                await terminal.StandardInput.FlushAsync();
            }
        }

        await terminal.WaitForExitAsync();
        return (terminal.ExitCode, shown.ToString());
    }
}
