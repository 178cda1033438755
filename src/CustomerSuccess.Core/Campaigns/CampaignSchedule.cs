using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CustomerSuccess.Core.Campaigns;

/// <summary>When a campaign's messages go out, and who is drawn to try which subject.</summary>
public static class CampaignSchedule
{
    /// <summary>The easternmost clocks are so far ahead of UTC: where each person's own hour is meant, the campaign begins with them.</summary>
    private static readonly TimeSpan Easternmost = TimeSpan.FromHours(14);

    /// <summary>When its members are fixed, UTC: the hour itself, or the first moment at which it strikes anywhere. Null for a campaign without a day.</summary>
    public static DateTime? StartsAt(CampaignPlan plan, TimeZoneInfo company) => plan.SendOn is not { } day ? null
        : plan.Zone == CampaignZone.Company ? ToUtc(day, plan.SendAt, company)
        : DateTime.SpecifyKind(day.ToDateTime(plan.SendAt) - Easternmost, DateTimeKind.Utc);

    /// <summary>When a person may get the message, UTC.</summary>
    /// <param name="plan">The campaign.</param>
    /// <param name="company">The company's time zone.</param>
    /// <param name="person">The person's.</param>
    /// <param name="started">When the members were fixed, UTC: a campaign without a day goes out from then on.</param>
    public static DateTime DueAt(CampaignPlan plan, TimeZoneInfo company, TimeZoneInfo person, DateTime started) =>
        plan.SendOn is not { } day ? started : ToUtc(day, plan.SendAt, plan.Zone == CampaignZone.Company ? company : person);

    /// <summary>Between two messages of a campaign that is held to so many an hour.</summary>
    public static TimeSpan Distance(int perHour) => TimeSpan.FromHours(1) / perHour;

    /// <summary>The hour of the week on a clock: 0 is the first of Monday, 167 the last of Sunday.</summary>
    public static int HourOfWeek(DateTime utc, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTimeFromUtc(utc, zone);
        return ((((int)local.DayOfWeek + 6) % 7) * 24) + local.Hour;
    }

    /// <summary>The subject that a person is drawn to try, from 0; null for one who waits for the result. Whoever draws again gets the same.</summary>
    public static int? DrawSubject(CampaignPlan plan, string campaignId, int accountNo, int contactNo)
    {
        if (!plan.TestsSubjects)
        {
            return 0;
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{campaignId}\n{accountNo}\n{contactNo}\nsubject")), hash);
        var at = (BinaryPrimitives.ReadUInt64BigEndian(hash) >> 11) * (1.0 / (1UL << 53));
        return at < plan.TestShare ? (int)(BinaryPrimitives.ReadUInt64BigEndian(hash[8..]) % (ulong)plan.Subjects.Count) : null;
    }

    /// <summary>A local time as UTC. A time that the clocks leap over is read half an hour or an hour later.</summary>
    private static DateTime ToUtc(DateOnly day, TimeOnly time, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(time, DateTimeKind.Unspecified);
        while (zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(30);
        }

        return TimeZoneInfo.ConvertTimeToUtc(local, zone);
    }
}
