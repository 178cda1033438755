using CustomerSuccess.Core.Access;
using MudBlazor;

namespace CustomerSuccess.Web.Layout;

/// <summary>A link of the navigation.</summary>
/// <param name="Key">Its label in the navigation's resources.</param>
/// <param name="Href">The page's path.</param>
/// <param name="Icon">An icon's SVG.</param>
/// <param name="Roles">Who sees it; the page itself allows the same.</param>
/// <param name="Go">The letter that, after <c>g</c>, leads there; null for none.</param>
/// <param name="OnPhone">True for a page that stands in a phone's bottom bar: at most four.</param>
public sealed record NavigationLink(string Key, string Href, string Icon, IReadOnlyList<string> Roles, char? Go = null, bool OnPhone = false);

/// <summary>Links of one question, under one heading.</summary>
public sealed record NavigationGroup(string Key, IReadOnlyList<NavigationLink> Links);

/// <summary>Every page that the navigation leads to, grouped by question: Work, Customers, Insights, Operations, Admin. Only pages that exist.</summary>
public static class Navigation
{
    public static IReadOnlyList<NavigationGroup> Groups { get; } =
    [
        new("Work",
        [
            new("Day", "/", Icons.Material.Outlined.Today, PageRoles.Everyone.Split(','), 'd', OnPhone: true),
            new("Queue", "/queue", Icons.Material.Outlined.FactCheck, PageRoles.Queue.Split(','), 'q', OnPhone: true),
            new("Opportunities", "/opportunities", Icons.Material.Outlined.TrendingUp, PageRoles.Queue.Split(','), 'o'),
            new("WinBack", "/win-back", Icons.Material.Outlined.Replay, PageRoles.Queue.Split(',')),
            new("Inquiries", "/inquiries", Icons.Material.Outlined.Forum, PageRoles.Inquiries.Split(','), 'u', OnPhone: true),
            new("Call", "/call", Icons.Material.Outlined.Call, PageRoles.Calls.Split(','), 'c'),
            new("Team", "/team", Icons.Material.Outlined.Groups, PageRoles.Team.Split(','), 't'),
            new("Mail", "/mail", Icons.Material.Outlined.Mail, PageRoles.Mail.Split(','), 'x'),
            new("Notifications", "/notifications", Icons.Material.Outlined.Notifications, PageRoles.Everyone.Split(','), 'z'),
            new("Search", "/search", Icons.Material.Outlined.Search, PageRoles.Search.Split(','), 's'),
        ]),
        new("Customers",
        [
            new("Lifecycle", "/lifecycle", Icons.Material.Outlined.Autorenew, PageRoles.Lifecycle.Split(','), 'l'),
            new("Health", "/health", Icons.Material.Outlined.MonitorHeart, PageRoles.Health.Split(','), 'h', OnPhone: true),
            new("Nps", "/nps", Icons.Material.Outlined.ThumbsUpDown, PageRoles.Nps.Split(','), 'n'),
            new("Feedback", "/feedback", Icons.Material.Outlined.RecordVoiceOver, PageRoles.Feedback.Split(',')),
            new("Service", "/service", Icons.Material.Outlined.SupportAgent, PageRoles.Service.Split(','), 'v'),
        ]),
        new("Insights",
        [
            new("Summary", "/summary", Icons.Material.Outlined.Summarize, PageRoles.Summary.Split(','), 'j'),
            new("Retention", "/retention", Icons.Material.Outlined.StackedLineChart, PageRoles.Retention.Split(','), 'r'),
            new("Forecast", "/forecast", Icons.Material.Outlined.QueryStats, PageRoles.Forecast.Split(','), 'f'),
            new("Drivers", "/drivers", Icons.Material.Outlined.AltRoute, PageRoles.Drivers.Split(','), 'w'),
            new("Adoption", "/adoption", Icons.Material.Outlined.Extension, PageRoles.Adoption.Split(','), 'a'),
            new("Reports", "/reports", Icons.Material.Outlined.TableChart, PageRoles.Reports.Split(',')),
            new("Goals", "/goals", Icons.Material.Outlined.TrackChanges, PageRoles.Goals.Split(','), 'g'),
            new("Outcomes", "/team/outcomes", Icons.Material.Outlined.Balance, PageRoles.Outcomes.Split(',')),
            new("Models", "/models", Icons.Material.Outlined.Insights, PageRoles.Models.Split(','), 'm'),
        ]),
        new("Operations",
        [
            new("Plays", "/plays", Icons.Material.Outlined.PlaylistPlay, PageRoles.Plays.Split(','), 'p'),
            new("Segments", "/segments", Icons.Material.Outlined.Workspaces, PageRoles.Segments.Split(','), 'e'),
            new("Marks", "/marks", Icons.Material.Outlined.Flag, PageRoles.Marks.Split(','), 'k'),
            new("Surveys", "/surveys", Icons.Material.Outlined.Poll, PageRoles.Surveys.Split(','), 'y'),
            new("Campaigns", "/campaigns", Icons.Material.Outlined.Campaign, PageRoles.Campaigns.Split(',')),
            new("Start", "/start", Icons.Material.Outlined.Checklist, PageRoles.Everyone.Split(','), 'b'),
            new("Imports", "/imports", Icons.Material.Outlined.UploadFile, PageRoles.Imports.Split(','), 'i'),
        ]),
        new("Admin",
        [
            new("Gateways", "/gateways", Icons.Material.Outlined.Sms, PageRoles.Settings.Split(',')),
            new("Settings", "/settings", Icons.Material.Outlined.Settings, PageRoles.Settings.Split(','), ','),
        ]),
    ];

    /// <summary>True where the navigation has a link to the path: pages link to what exists.</summary>
    public static bool Leads(string href) => Groups.Any(group => group.Links.Any(link => link.Href == href));

    /// <summary>The path of the link that a page belongs to: the longest one that is the page's path or lies above it; null for none.</summary>
    /// <param name="address">A path, with or without its query.</param>
    public static string? CurrentOf(string address)
    {
        var path = address.Split('?', '#')[0];
        return Groups.SelectMany(group => group.Links).Select(link => link.Href)
            .Where(href => path == href || (href != "/" && path.StartsWith(href + "/", StringComparison.OrdinalIgnoreCase)))
            .MaxBy(href => href.Length);
    }

    /// <summary>The group of the link that a page belongs to; null for none.</summary>
    /// <param name="address">A path, with or without its query.</param>
    public static string? GroupOf(string address) => CurrentOf(address) is { } href ? Groups.First(group => group.Links.Any(link => link.Href == href)).Key : null;

    /// <summary>The groups and links that a viewer may open.</summary>
    public static IEnumerable<NavigationGroup> For(Viewer viewer) => Groups
        .Select(group => group with { Links = [.. group.Links.Where(link => link.Roles.Any(role => viewer.IsIn(role)))] })
        .Where(group => group.Links.Count > 0);
}

/// <summary>Who may open which page: lists for <c>[Authorize(Roles = ...)]</c>.</summary>
public static class PageRoles
{
    public const string Queue = $"{Roles.Csm},{Roles.CsManager},{Roles.CsOperations},{Roles.Executive},{Roles.ProductLead},{Roles.Administrator},{Roles.ReadOnly}";

    /// <summary>Every signed-in reader.</summary>
    public const string Everyone = Queue;

    public const string Account = Queue;

    public const string Inquiries = Queue;

    /// <summary>Who answers inquiries.</summary>
    public const string WorkInquiries = $"{Roles.Csm},{Roles.CsManager},{Roles.CsOperations},{Roles.Administrator}";

    /// <summary>Who sets the desk's targets and calendars.</summary>
    public const string ManageInquiries = $"{Roles.CsManager},{Roles.CsOperations},{Roles.Administrator}";

    public const string Calls = WorkInquiries;

    /// <summary>Capacity, hand-overs and assignment rules: who works with customers sees them, who manages changes them.</summary>
    public const string Team = $"{Roles.Csm},{Roles.CsManager},{Roles.CsOperations},{Roles.Administrator}";

    /// <summary>Messages to customers: who works with them writes, every reader sees those of the accounts that he or she may see.</summary>
    public const string Mail = Queue;

    /// <summary>Who writes to customers.</summary>
    public const string WriteMail = $"{Roles.Csm},{Roles.CsManager},{Roles.CsOperations},{Roles.Administrator}";

    public const string Search = Queue;

    /// <summary>Saved segments and plays: every reader sees them, who manages changes them.</summary>
    public const string Segments = Queue;

    public const string Plays = Queue;

    /// <summary>What happened to the company: every reader sees it, product leads and who manages write it down.</summary>
    public const string Marks = Queue;

    /// <summary>Every reader sees surveys and what was said, who manages writes them.</summary>
    public const string Surveys = Queue;

    /// <summary>Every reader sees campaigns and what came of them; who works with customers writes them, for the own accounts or, who manages, for all.</summary>
    public const string Campaigns = Queue;

    public const string Health = Queue;

    /// <summary>Whom the company's figures concern; a CSM has the own accounts' health and queue.</summary>
    public const string Retention = $"{Roles.Executive},{Roles.ProductLead},{Roles.CsManager},{Roles.CsOperations},{Roles.Administrator},{Roles.ReadOnly}";

    public const string Summary = Retention;

    public const string Lifecycle = Retention;

    /// <summary>Any figure by anything, and saved reports.</summary>
    public const string Reports = Retention;

    public const string Service = Retention;

    public const string Nps = Retention;

    /// <summary>Every reader sees what customers said, a CSM the own ones; product leads and who manages edit themes and requests.</summary>
    public const string Feedback = Queue;

    public const string Drivers = Retention;

    public const string Adoption = Retention;

    public const string Forecast = Retention;

    /// <summary>Whom the company's figures concern sees every goal, everybody the own ones.</summary>
    public const string Goals = Queue;

    /// <summary>Outcomes of CSMs: who leads them and executives see all, a CSM the own.</summary>
    public const string Outcomes = $"{Roles.Csm},{Roles.CsManager},{Roles.CsOperations},{Roles.Executive},{Roles.Administrator}";

    public const string Imports = $"{Roles.CsOperations},{Roles.Administrator}";

    public const string Settings = $"{Roles.CsOperations},{Roles.Administrator}";

    public const string Models = $"{Roles.CsOperations},{Roles.CsManager},{Roles.ProductLead},{Roles.Administrator}";

    /// <summary>Who may mark touches done, snooze and dismiss them.</summary>
    public static readonly string[] WorkTouches = [Roles.Csm, Roles.CsManager, Roles.CsOperations, Roles.Administrator];
}
