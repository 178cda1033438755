namespace CustomerSuccess.Web.Startup;

/// <summary>Registers the pages' view models: one for each open page.</summary>
internal static class WebPages
{
    public static void AddWebPages(this IServiceCollection services)
    {
    }
}
