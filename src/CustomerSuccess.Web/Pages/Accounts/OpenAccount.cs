using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Settings;

namespace CustomerSuccess.Web.Pages.Accounts;

/// <summary>The account that is open, as each of its parts needs it to read for itself.</summary>
/// <param name="No">Its number.</param>
/// <param name="Id">As the sources write it.</param>
/// <param name="Namespace">Of the id; empty for the shared one.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Settings">The company's.</param>
/// <param name="Today">The company's day.</param>
/// <param name="Viewer">Who looks at it.</param>
public sealed record OpenAccount(int No, string Id, string Namespace, string Name, CompanySettings Settings, DateOnly Today, Viewer Viewer)
{
    public string TimeZone => Settings.TimeZone;

    /// <summary>True where the viewer may write, plan and change.</summary>
    public bool MayWork => Viewer.MayWork;

    /// <summary>The address of a part of its page.</summary>
    /// <param name="tab">One of the tabs' keys; null for the first.</param>
    /// <param name="query">Further values.</param>
    public string Href(string? tab = null, params IEnumerable<(string Key, string Value)> query)
    {
        List<string> values = [];
        if (Namespace.Length > 0)
        {
            values.Add("ns=" + Uri.EscapeDataString(Namespace));
        }

        if (tab is not null)
        {
            values.Add("tab=" + tab);
        }

        values.AddRange(query.Select(value => $"{value.Key}={Uri.EscapeDataString(value.Value)}"));
        return $"/accounts/{Uri.EscapeDataString(Id)}{(values.Count > 0 ? "?" : "")}{string.Join('&', values)}";
    }
}
