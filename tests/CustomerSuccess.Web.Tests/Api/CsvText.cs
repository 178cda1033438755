using System.Text;
using CustomerSuccess.Engine.Exports;

namespace CustomerSuccess.Web.Tests.Api;

/// <summary>A table as the text of its file.</summary>
internal static class CsvText
{
    public static async Task<string> OfAsync(Func<TableFile, Task> write)
    {
        using var stream = new MemoryStream();
        await using (var csv = new CsvFile(stream))
        {
            await write(csv);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
