using System.Globalization;
using CustomerSuccess.Web.Shared;

namespace CustomerSuccess.Web.Tests.Shared;

public sealed class ReaderLanguageTests
{
    [Fact]
    public async Task What_others_set_off_runs_in_the_readers_language_and_leaves_theirs_alone()
    {
        ReaderLanguage readers;
        using (new InCulture("ja-JP"))
        {
            readers = new();
        }

        using var _ = new InCulture("en-US");
        var seen = "";
        await readers.RunAsync(async () =>
        {
            await Task.Yield();
            seen = CultureInfo.CurrentCulture.Name + " " + CultureInfo.CurrentUICulture.Name;
        });
        seen.Should().Be("ja-JP ja-JP");
        CultureInfo.CurrentUICulture.Name.Should().Be("en-US");
    }
}
