using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Features;
using Microsoft.EntityFrameworkCore;
using static CustomerSuccess.Core.Features.FeatureNames;

namespace CustomerSuccess.Engine.Features;

/// <summary>Inquiries: how many, how urgent, how they were answered, what is open.</summary>
internal static class InquiryPass
{
    public static async Task RunAsync(FeaturePass pass, ChampionPass champions, CancellationToken cancellation)
    {
        var context = pass.Snapshot.Context;
        var earliest = await context.Inquiries.Where(inquiry => inquiry.VoidedBy == null).MinAsync(inquiry => (DateTime?)inquiry.OpenedAt, cancellation);
        if (earliest is null)
        {
            return;
        }

        var (named, least, most) = pass.Rows.Choice();
        var inquiries = context.Inquiries
            .Where(inquiry => inquiry.VoidedBy == null && (named == null ? inquiry.AccountNo >= least && inquiry.AccountNo <= most : named.Contains(inquiry.AccountNo)))
            .OrderBy(inquiry => inquiry.AccountNo)
            .Select(inquiry => new Inquiry
            {
                AccountNo = inquiry.AccountNo,
                FactId = inquiry.FactId,
                ContactNo = inquiry.ContactNo,
                Priority = inquiry.Priority,
                OpenedAt = inquiry.OpenedAt,
                FirstResponseAt = inquiry.FirstResponseAt,
                ClosedAt = inquiry.ClosedAt,
                Satisfaction = inquiry.Satisfaction,
                Escalated = inquiry.Escalated,
                EscalatedAt = inquiry.EscalatedAt,
                Product = inquiry.Product,
            });
        var from = pass.DayOf(earliest.Value);
        var written = new bool[pass.Rows.Accounts.Length];
        await foreach (var (position, facts) in pass.ByAccountAsync(inquiries.AsAsyncEnumerable(), inquiry => inquiry.AccountNo, cancellation))
        {
            foreach (var inquiry in facts.Where(inquiry => inquiry.ContactNo is not null))
            {
                champions.WasActive(position, inquiry.ContactNo!.Value, pass.DayOf(inquiry.OpenedAt).DayNumber);
            }

            Fill(pass, new InquiryHistory(facts, pass.DayOf), position, from);
            pass.Products?.Inquiries(position, facts, from);
            written[position] = true;
        }

        var nothing = new InquiryHistory([], pass.DayOf);
        for (var position = 0; position < written.Length; position++)
        {
            if (!written[position])
            {
                Fill(pass, nothing, position, from);
            }
        }
    }

    private static void Fill(FeaturePass pass, InquiryHistory history, int position, DateOnly from)
    {
        for (var i = 0; i < pass.Rows.DaysAt(position).Length; i++)
        {
            var t = pass.Rows.DaysAt(position)[i];
            Write(pass.Columns, pass.Rows.PlacesAt(position)[i], t < from ? InquiryFeatures.Missing : history.At(t));
        }
    }

    public static void Write(FeatureColumns columns, int row, in InquiryFeatures features)
    {
        columns.Numbers(Inquiries28)[row] = features.Opened28;
        columns.Numbers(Inquiries91)[row] = features.Opened91;
        columns.Numbers(UrgentInquiries91)[row] = features.Urgent91;
        columns.Numbers(OpenInquiries)[row] = features.Open;
        columns.Numbers(OpenUrgentInquiries)[row] = features.OpenUrgent;
        columns.Numbers(UnansweredInquiries)[row] = features.Unanswered;
        columns.Numbers(OldestOpenInquiryDays)[row] = features.OldestOpenDays;
        columns.Numbers(Escalations91)[row] = features.Escalations91;
        columns.Numbers(FirstResponseHours91)[row] = features.FirstResponseHours91;
        columns.Numbers(Satisfaction91)[row] = features.Satisfaction91;
    }
}
