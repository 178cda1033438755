namespace CustomerSuccess.Core.Outreach;

/// <summary>How often, and at which hours, customers may be contacted without having asked for it. A number of 0 means no limit.</summary>
public sealed record OutreachLimits
{
    /// <summary>Most contacts of one account, whoever is contacted there, within <see cref="AccountDays"/>.</summary>
    public int AccountMost { get; init; }

    /// <summary>Days of 24 hours; the window slides.</summary>
    public int AccountDays { get; init; } = 7;

    /// <summary>Most contacts of one person, in whatever account, within <see cref="PersonDays"/>.</summary>
    public int PersonMost { get; init; }

    /// <summary>Days of 24 hours; the window slides.</summary>
    public int PersonDays { get; init; } = 7;

    /// <summary>Start of the hours in which nothing is sent, in the customer's time zone. The same as <see cref="QuietTo"/> where there are none.</summary>
    public TimeOnly QuietFrom { get; init; }

    /// <summary>End of these hours; before <see cref="QuietFrom"/> where they pass midnight.</summary>
    public TimeOnly QuietTo { get; init; }

    /// <summary>True to send nothing on Saturdays and Sundays.</summary>
    public bool SkipWeekends { get; init; }

    /// <summary>True to send nothing on public holidays of the customer's country, as far as they are known (Japan by rule).</summary>
    public bool SkipHolidays { get; init; }

    /// <summary>Further days on which nothing is sent: a country's code and a day, the code null for every country.</summary>
    public IReadOnlyList<(string? Country, DateOnly Day)> ClosedDays { get; init; } = [];

    /// <summary>Countries whose people must have consented before anything promotional is sent to them, by code; <c>EU</c> names its member states.</summary>
    public IReadOnlyList<string> ConsentCountries { get; init; } = [];

    /// <summary>True where a person of a country must have consented to promotional messages. A person of an unknown country is treated with the same care, unless no country is named.</summary>
    public bool NeedsConsent(Country? country) =>
        ConsentCountries.Count > 0 && (country is null || ConsentCountries.Contains(country.Code) || (country.IsEu && ConsentCountries.Contains("EU")));
}
