using CustomerSuccess.Core.Features;
using Microsoft.EntityFrameworkCore;
using static CustomerSuccess.Core.Features.FeatureNames;

namespace CustomerSuccess.Engine.Features;

/// <summary>Who the champions are, and when they were last heard of. Champions are few: their times are kept for all accounts while the other passes run.</summary>
internal sealed class ChampionPass(FeaturePass pass)
{
    private const string Attribute = "is_champion";

    private readonly Dictionary<int, IReadOnlyList<ChampionSpan>> _spans = [];

    /// <summary>By place in the table: the last day up to then on which one who is champion then was heard of; 0 for never.</summary>
    private readonly int[] _heard = new int[pass.Rows.Count];

    /// <summary>Reads the contacts; before every pass that tells of a champion.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var context = pass.Snapshot.Context;
        var attribute = await context.Attributes.Where(a => a.Record == "contacts" && a.Name == Attribute).Select(a => (int?)a.AttributeId).FirstOrDefaultAsync(cancellation);
        if (attribute is null)
        {
            return;
        }

        var (named, least, most) = pass.Rows.Choice();
        var values =
            from value in context.ContactValues
            join contact in context.Contacts on new { value.AccountNo, value.ContactNo } equals new { contact.AccountNo, contact.ContactNo }
            where value.AttributeId == attribute && contact.VoidedBy == null
                && (named == null ? value.AccountNo >= least && value.AccountNo <= most : named.Contains(value.AccountNo))
            orderby value.AccountNo, value.ContactNo, value.ValidFrom
            select new { value.AccountNo, value.ContactNo, value.ValidFrom, value.Value, contact.LeftOn };
        await foreach (var (position, people) in pass.ByAccountAsync(values.AsAsyncEnumerable(), value => value.AccountNo, cancellation))
        {
            var history = new ChampionHistory();
            foreach (var person in people.GroupBy(value => value.ContactNo))
            {
                history.Add(person.Key, [.. person.Select(value => (value.ValidFrom, value.Value == "true"))], person.First().LeftOn);
            }

            if (history.Spans.Count > 0)
            {
                _spans[position] = history.Spans;
            }

            Fill(history, position);
        }
    }

    /// <summary>A person used the product, answered or wrote on a day.</summary>
    public void WasActive(int position, int contactNo, int day)
    {
        if (_spans.Count == 0 || !_spans.TryGetValue(position, out var spans))
        {
            return;
        }

        var days = pass.Rows.DaysAt(position);
        var places = pass.Rows.PlacesAt(position);
        foreach (var span in spans)
        {
            if (span.ContactNo != contactNo)
            {
                continue;
            }

            for (var i = days.Length - 1; i >= 0 && days[i].DayNumber >= day; i--)
            {
                if (span.Holds(days[i]))
                {
                    _heard[places[i]] = Math.Max(_heard[places[i]], day);
                }
            }
        }
    }

    /// <summary>Writes the silence of champions; after every pass that tells of one.</summary>
    public void Finish()
    {
        var silent = pass.Columns.Numbers(ChampionSilentDays);
        for (var position = 0; position < pass.Rows.Accounts.Length; position++)
        {
            var days = pass.Rows.DaysAt(position);
            var places = pass.Rows.PlacesAt(position);
            for (var i = 0; i < days.Length; i++)
            {
                if (_heard[places[i]] > 0)
                {
                    silent[places[i]] = days[i].DayNumber - _heard[places[i]];
                }
            }
        }
    }

    private void Fill(ChampionHistory history, int position)
    {
        var champions = pass.Columns.Numbers(Champions);
        var gone = pass.Columns.Numbers(ChampionGone);
        var days = pass.Rows.DaysAt(position);
        var places = pass.Rows.PlacesAt(position);
        for (var i = 0; i < days.Length; i++)
        {
            var features = history.At(days[i]);
            champions[places[i]] = features.Champions;
            gone[places[i]] = features.Gone;
        }
    }
}
