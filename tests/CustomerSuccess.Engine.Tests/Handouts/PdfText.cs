using System.Diagnostics;
using System.Text;

namespace CustomerSuccess.Engine.Tests.Handouts;

/// <summary>What another program reads in a PDF: poppler, which knows nothing of the one that wrote it.</summary>
internal static class PdfText
{
    /// <summary>The text as somebody who selects all of it gets it, blanks and line ends left out.</summary>
    public static async Task<string> OfAsync(byte[] pdf) => string.Concat((await RunAsync("pdftotext", pdf, "-enc", "UTF-8", "-raw")).Where(sign => !char.IsWhiteSpace(sign)));

    /// <summary>Lines of the table of fonts, its head left out.</summary>
    public static async Task<IReadOnlyList<string>> FontsAsync(byte[] pdf) => (await RunAsync("pdffonts", pdf)).Split('\n', StringSplitOptions.RemoveEmptyEntries)[2..];

    public static Task<string> InfoAsync(byte[] pdf) => RunAsync("pdfinfo", pdf);

    public static string Bare(string text) => string.Concat(text.Where(sign => !char.IsWhiteSpace(sign)));

    private static async Task<string> RunAsync(string program, byte[] pdf, params string[] options)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/" + program), $"{program} is not installed (Debian: poppler-utils).");
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, pdf);
            using var process = Process.Start(new ProcessStartInfo(program, [.. options, file, .. program == "pdftotext" ? ["-"] : Array.Empty<string>()]) { RedirectStandardOutput = true, StandardOutputEncoding = Encoding.UTF8 })!;
            var text = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            process.ExitCode.Should().Be(0);
            return text;
        }
        finally
        {
            File.Delete(file);
        }
    }
}
