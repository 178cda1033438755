namespace CustomerSuccess.Web.Pages.Accounts;

/// <summary>The parts of an account's page, as the address names them.</summary>
public static class AccountTabs
{
    public const string Overview = "overview", Timeline = "timeline", People = "people", Contracts = "contracts", Usage = "usage", Inquiries = "inquiries", Answers = "nps", Plan = "plan", Files = "files", Report = "report", Health = "health", Details = "details";

    /// <summary>In their order.</summary>
    public static IReadOnlyList<string> All { get; } = [Overview, Timeline, People, Contracts, Usage, Inquiries, Answers, Plan, Files, Report, Health, Details];
}
