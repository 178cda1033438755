namespace CustomerSuccess.Core.BusinessTime;

/// <summary>When a desk is open: hours by weekday in a zone, holidays, and days off of its own.</summary>
public sealed class DeskCalendar
{
    /// <summary>Characters of a name.</summary>
    public const int LongestName = 80;

    /// <summary>The number of the calendar that counts where no other does.</summary>
    public const int Default = 1;

    public int CalendarNo { get; set; }

    public required string Name { get; set; }

    /// <summary>IANA zone; null for the company's.</summary>
    public string? TimeZone { get; set; }

    /// <summary>As <see cref="WeeklyHours"/> writes them.</summary>
    public required string Hours { get; set; }

    /// <summary>True where it is closed on Japan's national holidays.</summary>
    public bool JapaneseHolidays { get; set; }

    /// <summary>The language of the inquiries for which it counts, <c>ja</c> or <c>en</c>; null for the default one.</summary>
    public string? Language { get; set; }

    public int Version { get; set; }
}

/// <summary>Days on which a desk is closed beside the holidays, such as a summer break.</summary>
public sealed class DayOff
{
    /// <summary>Characters of a name.</summary>
    public const int LongestName = 80;

    public int CalendarNo { get; set; }

    /// <summary>The first day.</summary>
    public DateOnly From { get; set; }

    /// <summary>The last day.</summary>
    public DateOnly Until { get; set; }

    public string? Name { get; set; }
}
