using System.Globalization;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Features;
using Microsoft.EntityFrameworkCore;
using static CustomerSuccess.Core.Features.FeatureNames;

namespace CustomerSuccess.Engine.Features;

/// <summary>The account's own and custom attributes as valid at each day.</summary>
internal static class AttributePass
{
    /// <summary>Attributes that name or reach a customer rather than describe it, or name who looks after it.</summary>
    private static readonly HashSet<string> NoFeatures = ["account_id", "name", "name_kana", "phone", "address", "owner_email", "parent_account_id"];

    public static bool IsFeature(AttributeDefinition attribute) => attribute.Record == "accounts" && (attribute.IsCustom || !NoFeatures.Contains(attribute.Name));

    public static async Task RunAsync(FeaturePass pass, CancellationToken cancellation)
    {
        var context = pass.Snapshot.Context;
        var known = pass.Columns.Catalogue.Attributes.ToDictionary(a => a.Key, a => a.Value, StringComparer.Ordinal);
        var attributes = (await context.Attributes.Where(a => a.Record == "accounts").ToListAsync(cancellation))
            .Where(a => IsFeature(a) && known.ContainsKey(a.Name))
            .ToDictionary(a => a.AttributeId, a => (Feature: FeatureNames.Attribute + a.Name, Type: known[a.Name]));
        var (named, least, most) = pass.Rows.Choice();
        var values = context.AccountValues
            .Where(value => named == null ? value.AccountNo >= least && value.AccountNo <= most : named.Contains(value.AccountNo))
            .OrderBy(value => value.AccountNo).ThenBy(value => value.AttributeId).ThenBy(value => value.ValidFrom);
        await foreach (var (position, facts) in pass.ByAccountAsync(values.AsAsyncEnumerable(), value => value.AccountNo, cancellation))
        {
            foreach (var history in facts.GroupBy(value => value.AttributeId))
            {
                if (attributes.TryGetValue(history.Key, out var attribute))
                {
                    Fill(pass, position, [.. history], attribute.Feature, attribute.Type);
                }
            }
        }
    }

    private static void Fill(FeaturePass pass, int position, AccountValue[] history, string feature, AttributeType type)
    {
        var texts = type == AttributeType.Category ? pass.Columns.Texts(feature) : null;
        var numbers = texts is null ? pass.Columns.Numbers(feature) : null;
        var days = pass.Rows.DaysAt(position);
        var places = pass.Rows.PlacesAt(position);
        for (var i = 0; i < days.Length; i++)
        {
            var t = days[i];
            var value = Array.FindLast(history, v => v.ValidFrom <= t)?.Value;
            if (texts is not null)
            {
                texts[places[i]] = string.IsNullOrWhiteSpace(value) ? null : value;
            }
            else
            {
                numbers![places[i]] = NumberOf(value, type, t);
            }
        }
    }

    /// <summary>A number as it is, a flag as 1 or 0, a date as the days from it to t.</summary>
    private static double NumberOf(string? value, AttributeType type, DateOnly t) => type switch
    {
        AttributeType.Flag => value switch { "true" => 1, "false" => 0, _ => double.NaN },
        AttributeType.Date => DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? t.DayNumber - day.DayNumber : double.NaN,
        _ => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : double.NaN,
    };
}
