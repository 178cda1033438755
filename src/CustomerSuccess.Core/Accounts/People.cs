namespace CustomerSuccess.Core.Accounts;

/// <summary>A person at a customer with what went on between us.</summary>
public sealed record PersonRow
{
    public required int ContactNo { get; init; }

    /// <summary>The id as the source writes it.</summary>
    public required string ContactId { get; init; }

    public string? Name { get; init; }

    public string? NameKana { get; init; }

    public string? Email { get; init; }

    public string? Phone { get; init; }

    public string? Department { get; init; }

    public string? Role { get; init; }

    public string? Title { get; init; }

    public bool IsChampion { get; init; }

    public bool IsDecisionMaker { get; init; }

    public bool IsExecutiveSponsor { get; init; }

    public bool OptOutEmail { get; init; }

    public bool OptOutPhone { get; init; }

    public DateOnly? LeftOn { get; init; }

    /// <summary>The id of whoever he or she reports to.</summary>
    public string? ReportsTo { get; init; }

    /// <summary>True where somebody added the person here; only then can he or she be removed.</summary>
    public bool IsAddedHere { get; init; }

    /// <summary>Our last touch, UTC.</summary>
    public DateTime? LastContactedAt { get; init; }

    /// <summary>The last NPS answer, 0–10.</summary>
    public double? LastNps { get; init; }

    public DateTime? LastNpsAt { get; init; }

    public int Inquiries { get; init; }

    /// <summary>Of these, not closed.</summary>
    public int OpenInquiries { get; init; }

    /// <summary>The name, else the id.</summary>
    public string Called => Name ?? ContactId;
}

/// <summary>A person's place among those who report to one another.</summary>
/// <param name="Person">Who.</param>
/// <param name="Depth">0 for those who report to nobody here.</param>
public sealed record PersonPlace(PersonRow Person, int Depth);

/// <summary>Orders people by who reports to whom.</summary>
public static class OrganisationChart
{
    /// <summary>Chiefs before their people, those who have left last within each. A circle is entered where its first person stands.</summary>
    /// <param name="people">In the order in which equals are to stand.</param>
    public static IReadOnlyList<PersonPlace> Of(IReadOnlyList<PersonRow> people)
    {
        var ids = people.GroupBy(person => person.ContactId).ToDictionary(same => same.Key, same => same.First());
        var below = people.Where(person => ChiefOf(person) is not null).ToLookup(person => ChiefOf(person)!.ContactNo);
        var placed = new HashSet<int>();
        var places = new List<PersonPlace>();
        PersonRow? ChiefOf(PersonRow person) => person.ReportsTo is { } chief && ids.TryGetValue(chief, out var known) && known.ContactNo != person.ContactNo ? known : null;
        void Place(PersonRow top)
        {
            // a stack instead of recursion: somebody may bring a chain of thousands
            var waiting = new Stack<PersonPlace>([new(top, 0)]);
            while (waiting.TryPop(out var next))
            {
                if (!placed.Add(next.Person.ContactNo))
                {
                    continue;
                }

                places.Add(next);
                foreach (var person in below[next.Person.ContactNo].Reverse())
                {
                    waiting.Push(new(person, next.Depth + 1));
                }
            }
        }

        foreach (var person in people.Where(person => ChiefOf(person) is null))
        {
            Place(person);
        }

        foreach (var person in people.Where(person => !placed.Contains(person.ContactNo)))
        {
            Place(person);
        }

        return places;
    }
}

/// <summary>A person of an account as the desk and calls need one at hand.</summary>
public sealed record ContactRow(int ContactNo, string ContactId, string? Name, string? NameKana, string? Email, string? Phone, string? Department, string? Role, string? Title, bool IsChampion, bool IsDecisionMaker, bool OptOutEmail, bool OptOutPhone, DateOnly? LeftOn);
