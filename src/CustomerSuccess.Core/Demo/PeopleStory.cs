namespace CustomerSuccess.Core.Demo;

/// <summary>The people at a customer: who is there from the start, champions who leave, and who follows them.</summary>
internal static class PeopleStory
{
    private static readonly string[] Departments = ["Sales", "Operations", "Finance", "IT", "Marketing"];
    private static readonly string[] DepartmentsJa = ["営業部", "業務部", "経理部", "情報システム部", "マーケティング部"];
    private static readonly string[] Titles = ["Manager", "Specialist", "Director", "Lead"];
    private static readonly string[] TitlesJa = ["部長", "課長", "主任", "担当"];

    /// <summary>Writes the contacts and gives the ids of those from the start.</summary>
    public static IReadOnlyList<string> Write(DemoPlan plan, AccountProfile profile, IReadOnlyList<Spell> spells, DemoAccount account)
    {
        var random = new DemoRandom(plan.Seed, profile.Index, Topic.People);
        var count = profile.CountsPeople ? profile.Seats : Math.Min(4, 2 + (profile.Seats / 40));
        var departures = Departures(plan, spells, random);
        var ids = new List<string>(count);
        var since = profile.CreatedOn < profile.StartsOn ? profile.CreatedOn : profile.StartsOn;
        for (var i = 0; i < count; i++)
        {
            var left = i == 0 && departures.Count > 0 ? departures[0].Left : (DateOnly?)null;
            ids.Add(Add(profile, random, account, i + 1, isChampion: i == 0, isDecider: i == 1, since, left));
        }

        for (var d = 0; d < departures.Count; d++)
        {
            if (departures[d].Replaced is { } from && from <= plan.Last)
            {
                Add(profile, random, account, count + d + 1, isChampion: true, isDecider: false, from, d + 1 < departures.Count ? departures[d + 1].Left : null);
            }
        }

        return ids;
    }

    private static List<(DateOnly Left, DateOnly? Replaced)> Departures(DemoPlan plan, IReadOnlyList<Spell> spells, DemoRandom random)
    {
        var departures = new List<(DateOnly, DateOnly?)>();
        foreach (var month in spells.SelectMany(spell => spell.Months))
        {
            if (month.ChampionLeaves)
            {
                departures.Add((plan.StartOf(month.Month).AddDays(random.Whole(0, 27)), null));
            }

            if (month.ChampionReplaced && departures.Count > 0)
            {
                departures[^1] = (departures[^1].Item1, plan.StartOf(month.Month).AddDays(random.Whole(5, 27)));
            }
        }

        return departures;
    }

    private static string Add(AccountProfile profile, DemoRandom random, DemoAccount account, int number, bool isChampion, bool isDecider, DateOnly since, DateOnly? left)
    {
        var id = $"{profile.Id}-{number}";
        var name = DemoNames.Person(random, profile.Japanese);
        account.Add(
            DemoFiles.Contacts,
            id,
            profile.Id,
            name.Name,
            name.Kana,
            $"person{number}@{profile.Id.ToLowerInvariant()}.example",
            random.Pick(profile.Japanese ? DepartmentsJa : Departments),
            random.Pick(profile.Japanese ? TitlesJa : Titles),
            profile.Japanese ? "ja" : "en",
            profile.Japanese ? "Asia/Tokyo" : null,
            isChampion,
            isDecider,
            left,
            since);
        return id;
    }
}
