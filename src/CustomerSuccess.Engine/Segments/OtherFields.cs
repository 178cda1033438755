using System.Globalization;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Segments;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Segments;

/// <summary>What neither features nor scores say of accounts: attributes as valid at a day, the last time something happened, stays in segments. Only the fields that are asked for are read.</summary>
internal sealed class OtherFields(DateOnly asOf, IReadOnlyCollection<int>? among)
{
    private readonly Dictionary<string, Dictionary<int, double>> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<int, string>> _texts = new(StringComparer.Ordinal);

    /// <summary>Reads what some fields need.</summary>
    public static async Task<OtherFields> ReadAsync(CustomerSuccessContext context, IReadOnlyCollection<string> fields, DateOnly asOf, CompanySettings settings, CancellationToken cancellation, IReadOnlyCollection<int>? accounts = null)
    {
        var others = new OtherFields(asOf, accounts);
        var names = fields.Where(field => field.StartsWith(FeatureNames.Attribute, StringComparison.Ordinal)).Select(field => field[FeatureNames.Attribute.Length..]).ToList();
        foreach (var attribute in names.Count == 0 ? [] : await context.Attributes.AsNoTracking().Where(a => a.Record == "accounts" && names.Contains(a.Name)).ToListAsync(cancellation))
        {
            await others.ReadAttributeAsync(context, attribute, cancellation);
        }

        foreach (var happened in fields.Where(field => field.StartsWith(SegmentFields.Happened, StringComparison.Ordinal)))
        {
            others._numbers[happened] = await others.LastAsync(context, happened[SegmentFields.Happened.Length..], settings, cancellation);
        }

        foreach (var segmentId in fields.Where(field => !field.StartsWith(SegmentFields.Member, StringComparison.Ordinal)).Select(ConditionRules.SegmentOf).OfType<string>().Distinct())
        {
            await others.ReadStaysAsync(context, segmentId, cancellation);
        }

        return others;
    }

    /// <summary>The view of one account.</summary>
    public IFieldValues Of(int accountNo) => new OfAccount(this, accountNo);

    private async Task ReadAttributeAsync(CustomerSuccessContext context, AttributeDefinition attribute, CancellationToken cancellation)
    {
        var field = FeatureNames.Attribute + attribute.Name;
        var last = new Dictionary<int, string?>();
        var values = context.AccountValues.AsNoTracking().Among(among, value => value.AccountNo).Where(value => value.AttributeId == attribute.AttributeId && value.ValidFrom <= asOf)
            .OrderBy(value => value.AccountNo).ThenBy(value => value.ValidFrom).Select(value => new { value.AccountNo, value.Value });
        await foreach (var value in values.AsAsyncEnumerable().WithCancellation(cancellation))
        {
            last[value.AccountNo] = value.Value;
        }

        if (attribute.Type == AttributeType.Category)
        {
            _texts[field] = last.Where(own => !string.IsNullOrWhiteSpace(own.Value)).ToDictionary(own => own.Key, own => own.Value!);
        }
        else
        {
            _numbers[field] = last.ToDictionary(own => own.Key, own => NumberOf(own.Value, attribute.Type));
        }
    }

    private static double NumberOf(string? value, AttributeType type) => type switch
    {
        AttributeType.Flag => value switch { "true" => 1, "false" => 0, _ => double.NaN },
        AttributeType.Date => DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day.DayNumber : double.NaN,
        _ => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : double.NaN,
    };

    /// <summary>The day, up to the as-of day, on which something last happened, by account.</summary>
    private async Task<Dictionary<int, double>> LastAsync(CustomerSuccessContext context, string happened, CompanySettings settings, CancellationToken cancellation)
    {
        var end = settings.StartOf(asOf.AddDays(1));
        return happened switch
        {
            "inquiry_opened" => await InstantsAsync(context.Inquiries.Among(among, i => i.AccountNo).Where(i => i.VoidedBy == null && i.OpenedAt < end).GroupBy(i => i.AccountNo).Select(own => new LastInstant(own.Key, own.Max(i => i.OpenedAt)))),
            "inquiry_escalated" => await InstantsAsync(context.Inquiries.Among(among, i => i.AccountNo).Where(i => i.VoidedBy == null && i.EscalatedAt < end).GroupBy(i => i.AccountNo).Select(own => new LastInstant(own.Key, own.Max(i => i.EscalatedAt)))),
            "survey_answered" => await InstantsAsync(context.SurveyResponses.Among(among, a => a.AccountNo).Where(a => a.VoidedBy == null && a.RespondedAt < end).GroupBy(a => a.AccountNo).Select(own => new LastInstant(own.Key, own.Max(a => a.RespondedAt)))),
            "message_opened" => await InstantsAsync(context.MailEvents.Among(among, e => e.AccountNo).Where(e => e.Kind == MailEventKind.Opened && !e.ByMachine && e.At < end).GroupBy(e => e.AccountNo).Select(own => new LastInstant(own.Key, own.Max(e => e.At)))),
            "payment_failed" => await DaysAsync(context.Invoices.Among(among, i => i.AccountNo).Where(i => i.VoidedBy == null && i.FailedOn <= asOf).GroupBy(i => i.AccountNo).Select(own => new LastDay(own.Key, own.Max(i => i.FailedOn)))),
            "purchased" => await DaysAsync(context.Purchases.Among(among, p => p.AccountNo).Where(p => p.VoidedBy == null && p.PurchasedOn <= asOf).GroupBy(p => p.AccountNo).Select(own => new LastDay(own.Key, own.Max(p => p.PurchasedOn)))),
            "contract_started" => await DaysAsync(context.Subscriptions.Among(among, s => s.AccountNo).Where(s => s.VoidedBy == null && s.StartedOn <= asOf).GroupBy(s => s.AccountNo).Select(own => new LastDay(own.Key, own.Max(s => s.StartedOn)))),
            _ => [],
        };

        async Task<Dictionary<int, double>> InstantsAsync(IQueryable<LastInstant> last) =>
            (await last.ToListAsync(cancellation)).Where(own => own.At is not null).ToDictionary(own => own.AccountNo, own => (double)settings.DayOf(own.At!.Value).DayNumber);

        async Task<Dictionary<int, double>> DaysAsync(IQueryable<LastDay> last) =>
            (await last.ToListAsync(cancellation)).Where(own => own.On is not null).ToDictionary(own => own.AccountNo, own => (double)own.On!.Value.DayNumber);
    }

    /// <summary>Days of moves, and who is in; a move that a change of the segment made is none of the account's.</summary>
    private async Task ReadStaysAsync(CustomerSuccessContext context, string segmentId, CancellationToken cancellation)
    {
        var (entered, left, members) = (new Dictionary<int, double>(), new Dictionary<int, double>(), new Dictionary<int, double>());
        var stays = context.SegmentStays.AsNoTracking().Among(among, stay => stay.AccountNo).Where(stay => stay.SegmentId == segmentId && stay.EnteredOn <= asOf).OrderBy(stay => stay.AccountNo).ThenBy(stay => stay.EnteredNo);
        await foreach (var stay in stays.AsAsyncEnumerable().WithCancellation(cancellation))
        {
            if (!stay.EnteredByChange)
            {
                entered[stay.AccountNo] = stay.EnteredOn.DayNumber;
            }

            if (stay.LeftOn is { } day && day <= asOf && !stay.LeftByChange)
            {
                left[stay.AccountNo] = day.DayNumber;
            }

            members[stay.AccountNo] = stay.LeftOn is null ? 1 : 0;
        }

        _numbers[SegmentFields.Entered + segmentId] = entered;
        _numbers[SegmentFields.Left + segmentId] = left;
        _numbers[SegmentFields.Member + segmentId] = members;
    }

    private sealed record LastInstant(int AccountNo, DateTime? At);

    private sealed record LastDay(int AccountNo, DateOnly? On);

    private sealed class OfAccount(OtherFields fields, int accountNo) : IFieldValues
    {
        public DateOnly AsOf => fields.AsOf;

        public double Number(string field) => fields._numbers.TryGetValue(field, out var known) && known.TryGetValue(accountNo, out var number) ? number : double.NaN;

        public IReadOnlyList<string> Texts(string field) => fields._texts.TryGetValue(field, out var known) && known.TryGetValue(accountNo, out var text) ? [text] : [];
    }

    private DateOnly AsOf => asOf;
}
