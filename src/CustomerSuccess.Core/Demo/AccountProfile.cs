namespace CustomerSuccess.Core.Demo;

/// <summary>What stays the same about a simulated customer.</summary>
internal sealed record AccountProfile
{
    private static readonly string[] Industries = ["製造", "小売", "IT", "医療", "教育", "物流", "建設", "金融"];
    private static readonly string[] Regions = ["北海道", "東北", "関東", "中部", "関西", "中国", "四国", "九州"];
    private static readonly string[] EnglishIndustries = ["Manufacturing", "Retail", "IT", "Healthcare", "Education", "Logistics", "Construction", "Finance"];
    private static readonly string[] Countries = ["US", "GB", "SG", "AU", "CA"];
    private static readonly string[] Owners = ["aoi.tanaka@cs.example", "ken.mori@cs.example", "sara.lee@cs.example"];

    public required string Id { get; init; }

    public required int Index { get; init; }

    public required bool Japanese { get; init; }

    public required CompanyName Name { get; init; }

    public required string Industry { get; init; }

    public required string Region { get; init; }

    public required string Country { get; init; }

    public required string OwnerEmail { get; init; }

    public required DateOnly CreatedOn { get; init; }

    /// <summary>First day of service that the files know.</summary>
    public required DateOnly StartsOn { get; init; }

    /// <summary>True for a customer from before the first month.</summary>
    public required bool IsOld { get; init; }

    public required int Seats { get; init; }

    public required bool Yearly { get; init; }

    /// <summary>Share of seats whose people work with the product.</summary>
    public required double ActiveShare { get; init; }

    /// <summary>Actions of a person on a working day.</summary>
    public required double Intensity { get; init; }

    /// <summary>Usual answer on the scale 0–10.</summary>
    public required double Satisfaction { get; init; }

    public required bool WorksWeekends { get; init; }

    /// <summary>True where usage is counted for people instead of the account.</summary>
    public required bool CountsPeople { get; init; }

    /// <summary>True for a payer who is always some days late, which means nothing.</summary>
    public required bool PaysLate { get; init; }

    public string Plan => Seats < 10 ? "Starter" : Seats < 50 ? "Business" : "Enterprise";

    public string Segment => Seats < 15 ? "SMB" : Seats < 60 ? "Mid-market" : "Enterprise";

    /// <summary>Only large customers use the API: it says who is large and nothing else.</summary>
    public bool UsesApi => Seats >= 45;

    public static AccountProfile Draw(DemoPlan plan, int index)
    {
        var random = new DemoRandom(plan.Seed, index, Topic.Profile);
        var japanese = index % 2 == 0;
        var old = random.Chance(0.55);
        var start = old ? plan.First : plan.StartOf(random.Whole(0, Math.Max(0, plan.Months - 2))).AddDays(random.Whole(0, 27));
        var seats = Math.Clamp((int)Math.Round(Math.Exp(random.Normal(2.75, 0.95))), 3, 300);
        var sector = random.Whole(0, Industries.Length - 1);
        return new AccountProfile
        {
            Index = index,
            Id = $"A{index + 1:D5}",
            Japanese = japanese,
            Name = DemoNames.Company(random, japanese, index),
            Industry = japanese ? Industries[sector] : EnglishIndustries[sector],
            Region = japanese ? random.Pick(Regions) : "Overseas",
            Country = japanese ? "JP" : random.Pick(Countries),
            OwnerEmail = random.Pick(Owners),
            CreatedOn = old ? start.AddDays(-random.Whole(20, 1400)) : start.AddDays(-random.Whole(0, 20)),
            StartsOn = start,
            IsOld = old,
            Seats = seats,
            Yearly = random.Chance(seats < 15 ? 0.4 : seats < 60 ? 0.65 : 0.85),
            ActiveShare = Math.Clamp(random.Normal(0.64, 0.13), 0.3, 0.86),
            Intensity = Math.Exp(random.Normal(0.1, 0.35)),
            Satisfaction = Math.Clamp(random.Normal(8.2, 0.9), 5.5, 10),
            WorksWeekends = random.Chance(0.12),
            CountsPeople = seats <= 9 && random.Chance(0.3),
            PaysLate = random.Chance(0.15),
        };
    }
}

/// <summary>Streams of randomness of one customer.</summary>
internal static class Topic
{
    public const int Profile = 1, Life = 2, Usage = 3, Inquiries = 4, People = 5, Billing = 6, Surveys = 7, Touches = 8, Records = 9, Products = 10, Automation = 11, Words = 12, InquiryWords = 13, AddOns = 20, AddOnUsage = 40, Plays = 60;
}
