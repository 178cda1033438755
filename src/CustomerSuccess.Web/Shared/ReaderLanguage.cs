using System.Globalization;

namespace CustomerSuccess.Web.Shared;

/// <summary>
/// The language of the reader whose page it is, kept for what others set off: a change that a colleague or a worker tells of runs in the culture of
/// whoever told it, and would draw the page in theirs.
/// </summary>
public sealed class ReaderLanguage
{
    private readonly (CultureInfo Formats, CultureInfo Words) _own = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);

    /// <summary>Does the work in the reader's language. The caller's own stays what it was.</summary>
    public async Task RunAsync(Func<Task> work)
    {
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = _own;
        await work();
    }
}
