using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Sequences;
using CustomerSuccess.Core.Surveys;
using CustomerSuccess.Core.Timeline;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Timeline;

/// <summary>What the facts tell.</summary>
internal static class FactSources
{
    public static IReadOnlyList<TimelineSource> All { get; } =
    [
        new InstantSource<Touch>("touches", TimelineGroups.Touches, reading =>
        {
            var all = Of(reading, reading.Context.Touches);
            all = reading.Filter.ContactNo is { } contact ? all.Where(touch => touch.ContactNo == contact) : all;
            all = reading.By is { } by ? all.Where(touch => touch.OwnerEmail!.ToLower() == by) : all;

            // a message that counts as a touch is told as what it is
            all = all.Where(touch => touch.Kind != Channels.Email || !reading.Context.MailMessages.Any(mail => mail.AccountNo == reading.AccountNo && mail.MailId == touch.FactId));
            return all.Select(touch => new Stamped<Touch> { At = touch.At, Order = touch.SourceId, Id = touch.FactId, Item = touch });
        }, touch => Entry(TimelineKinds.TouchMade, touch, text: touch.Notes, by: touch.OwnerEmail, contact: touch.ContactNo, values: [("kind", touch.Kind), ("play", touch.Play), ("outcome", touch.Outcome), ("minutes", touch.Minutes)]))
        { NamesPeople = true, NamesColleagues = true },
        new InstantSource<Enrolment>("sequences", TimelineGroups.Touches, reading => Enrolments(reading).Select(own => new Stamped<Enrolment> { At = own.StartedAt, Order = 0, Id = own.EnrolmentId, Item = own }),
            own => Entry(TimelineKinds.SequenceStarted, own.EnrolmentId, by: own.StartedByEmail, contact: own.ContactNo, values: [("play", own.Play)]))
        { NamesPeople = true, NamesColleagues = true },
        new InstantSource<Enrolment>("sequences-ended", TimelineGroups.Touches, reading => Enrolments(reading).Where(own => own.EndedAt != null).Select(own => new Stamped<Enrolment> { At = own.EndedAt!.Value, Order = 0, Id = own.EnrolmentId, Item = own }),
            own => Entry(own.State == EnrolmentState.Finished ? TimelineKinds.SequenceFinished : TimelineKinds.SequenceLeft, own.EnrolmentId, text: own.EndNote, by: own.EndedByEmail, contact: own.ContactNo, values: [("play", own.Play)]))
        { NamesPeople = true, NamesColleagues = true },
        new InstantSource<SuggestionAction>("suggestions", TimelineGroups.Touches, reading =>
        {
            var all = reading.Context.SuggestionActions.AsNoTracking().Where(action => action.AccountNo == reading.AccountNo && action.Kind != SuggestionActionKind.Done && action.UndoneAt == null);
            all = reading.By is { } by ? all.Where(action => action.ByEmail!.ToLower() == by) : all;
            return all.Select(action => new Stamped<SuggestionAction> { At = action.At, Order = 0, Id = action.ActionId, Item = action });
        }, action => Entry(action.Kind == SuggestionActionKind.Snoozed ? TimelineKinds.SuggestionSnoozed : TimelineKinds.SuggestionDismissed, action.ActionId, text: action.Note, by: action.ByEmail, values: [("play", action.Play), ("until", action.Until), ("reason", action.Reason)]))
        { NamesColleagues = true },
        new InstantSource<Inquiry>("inquiries", TimelineGroups.Inquiries, reading => Inquiries(reading).Select(inquiry => new Stamped<Inquiry> { At = inquiry.OpenedAt, Order = inquiry.SourceId, Id = inquiry.FactId, Item = inquiry }),
            inquiry => Entry(TimelineKinds.InquiryOpened, inquiry, inquiry.Subject, inquiry.Body, inquiry.Assignee, inquiry.ContactNo, [("channel", inquiry.Channel), ("category", inquiry.Category), ("priority", inquiry.Priority), ("escalated", inquiry.Escalated ? true : null)]))
        { NamesPeople = true, NamesColleagues = true },
        new InstantSource<Inquiry>("inquiries-closed", TimelineGroups.Inquiries, reading => Inquiries(reading).Where(inquiry => inquiry.ClosedAt != null).Select(inquiry => new Stamped<Inquiry> { At = inquiry.ClosedAt!.Value, Order = inquiry.SourceId, Id = inquiry.FactId, Item = inquiry }),
            inquiry => Entry(TimelineKinds.InquiryClosed, inquiry, inquiry.Subject, null, inquiry.Assignee, inquiry.ContactNo, [("satisfaction", inquiry.Satisfaction), ("hours", (inquiry.ClosedAt!.Value - inquiry.OpenedAt).TotalHours)]))
        { NamesPeople = true, NamesColleagues = true },
        new InstantSource<SurveyResponse>("answers", TimelineGroups.Answers, reading =>
        {
            var all = Of(reading, reading.Context.SurveyResponses);
            all = reading.Filter.ContactNo is { } contact ? all.Where(answer => answer.ContactNo == contact) : all;
            return all.Select(answer => new Stamped<SurveyResponse> { At = answer.RespondedAt, Order = answer.SourceId, Id = answer.FactId, Item = answer });
        }, answer => Entry(TimelineKinds.AnswerGiven, answer, text: answer.Comment, contact: answer.ContactNo, values: [("kind", answer.Kind), ("score", answer.Score), ("least", answer.ScaleMin), ("most", answer.ScaleMax), ("survey", answer.Survey)]))
        { NamesPeople = true },
        new InstantSource<AnsweredSurvey>("surveys", TimelineGroups.Answers, reading =>
        {
            // a survey with a score is told as the answer that it is
            var all = reading.Context.SurveyInvitations.AsNoTracking().Where(invitation => invitation.AccountNo == reading.AccountNo && invitation.AnsweredAt != null && (invitation.Kind == SurveyKind.Exit || invitation.Kind == SurveyKind.Own));
            all = reading.Filter.ContactNo is { } contact ? all.Where(invitation => invitation.ContactNo == contact) : all;
            return from invitation in all
                   join survey in reading.Context.Surveys on invitation.SurveyId equals survey.SurveyId
                   select new Stamped<AnsweredSurvey> { At = invitation.AmendedAt ?? invitation.AnsweredAt!.Value, Order = 0, Id = invitation.InvitationId, Item = new AnsweredSurvey { Invitation = invitation, Name = survey.Name } };
        }, told => Entry(TimelineKinds.SurveyAnswered, told.Invitation.InvitationId, text: string.Join(" · ", SurveyText.ReadAnswers(told.Invitation.AnswersJson).Values), contact: told.Invitation.ContactNo, values: [("survey", told.Name)]))
        { NamesPeople = true },
        new DaySource<Invoice>("invoices-paid", TimelineGroups.Payments, reading => Of(reading, reading.Context.Invoices).Where(invoice => invoice.PaidOn != null).Select(invoice => new Dated<Invoice> { Day = invoice.PaidOn!.Value, Order = invoice.SourceId, Id = invoice.FactId, Item = invoice }),
            invoice => Entry(TimelineKinds.InvoicePaid, invoice, values: [("amount", new MoneyAmount(invoice.Amount, invoice.Currency)), ("days_late", invoice.DueOn is { } due && invoice.PaidOn > due ? invoice.PaidOn!.Value.DayNumber - due.DayNumber : null), ("invoice", invoice.FactId)])),
        new DaySource<Invoice>("invoices-failed", TimelineGroups.Payments, reading => Of(reading, reading.Context.Invoices).Where(invoice => invoice.FailedOn != null).Select(invoice => new Dated<Invoice> { Day = invoice.FailedOn!.Value, Order = invoice.SourceId, Id = invoice.FactId, Item = invoice }),
            invoice => Entry(TimelineKinds.InvoiceFailed, invoice, values: [("amount", new MoneyAmount(invoice.Amount, invoice.Currency)), ("invoice", invoice.FactId)])),
        new DaySource<Purchase>("purchases", TimelineGroups.Payments, reading => Of(reading, reading.Context.Purchases).Select(purchase => new Dated<Purchase> { Day = purchase.PurchasedOn, Order = purchase.SourceId, Id = purchase.FactId, Item = purchase }),
            purchase => Entry(TimelineKinds.PurchaseMade, purchase, purchase.Item, values: [("amount", new MoneyAmount(purchase.Amount, purchase.Currency)), ("quantity", purchase.Quantity)])),
        new DaySource<Deal>("deals", TimelineGroups.Deals, reading => Deals(reading).Where(deal => deal.OpenedOn != null).Select(deal => new Dated<Deal> { Day = deal.OpenedOn!.Value, Order = deal.SourceId, Id = deal.FactId, Item = deal }),
            deal => Entry(TimelineKinds.DealOpened, deal, deal.Name, by: deal.OwnerEmail, values: [("amount", deal.Amount is { } amount ? new MoneyAmount(amount, deal.Currency) : null), ("stage", deal.Stage), ("kind", deal.Kind), ("expected_on", deal.ExpectedOn)]))
        { NamesColleagues = true },
        new DaySource<Deal>("deals-closed", TimelineGroups.Deals, reading => Deals(reading).Where(deal => deal.ClosedOn != null && deal.Won != null).Select(deal => new Dated<Deal> { Day = deal.ClosedOn!.Value, Order = deal.SourceId, Id = deal.FactId, Item = deal }),
            deal => Entry(deal.Won == true ? TimelineKinds.DealWon : TimelineKinds.DealLost, deal, deal.Name, by: deal.OwnerEmail, values: [("amount", deal.Amount is { } amount ? new MoneyAmount(amount, deal.Currency) : null), ("kind", deal.Kind)]))
        { NamesColleagues = true },
    ];

    /// <summary>An answer to a survey that has no score of its own.</summary>
    private sealed class AnsweredSurvey
    {
        public required SurveyInvitation Invitation { get; init; }

        public required string Name { get; init; }
    }

    /// <summary>An entry with what is not null of its values; the source puts in when and where.</summary>
    public static TimelineEntry Entry(string kind, string recordId, string? title = null, string? text = null, string? by = null, int? contact = null, params IEnumerable<(string Name, object? Value)> values) =>
        new(default, false, kind, "", recordId)
        {
            RecordId = recordId,
            Title = title,
            Text = text,
            ByEmail = by,
            ContactNo = contact,
            Values = values.Where(value => value.Value is not null).ToDictionary(value => value.Name, value => value.Value!),
        };

    private static TimelineEntry Entry(string kind, Fact fact, string? title = null, string? text = null, string? by = null, int? contact = null, params IEnumerable<(string Name, object? Value)> values) =>
        Entry(kind, fact.FactId, title, text, by, contact, values);

    private static IQueryable<T> Of<T>(TimelineReading reading, IQueryable<T> facts)
        where T : Fact =>
        facts.AsNoTracking().Where(fact => fact.AccountNo == reading.AccountNo && fact.VoidedBy == null);

    private static IQueryable<Enrolment> Enrolments(TimelineReading reading)
    {
        var all = reading.Context.Enrolments.AsNoTracking().Where(own => own.AccountNo == reading.AccountNo);
        all = reading.Filter.ContactNo is { } contact ? all.Where(own => own.ContactNo == contact) : all;
        return reading.By is { } by ? all.Where(own => own.StartedByEmail!.ToLower() == by) : all;
    }

    private static IQueryable<Inquiry> Inquiries(TimelineReading reading)
    {
        var all = Of(reading, reading.Context.Inquiries);
        all = reading.Filter.ContactNo is { } contact ? all.Where(inquiry => inquiry.ContactNo == contact) : all;
        return reading.By is { } by ? all.Where(inquiry => inquiry.Assignee!.ToLower() == by) : all;
    }

    private static IQueryable<Deal> Deals(TimelineReading reading)
    {
        var all = Of(reading, reading.Context.Deals);
        return reading.By is { } by ? all.Where(deal => deal.OwnerEmail!.ToLower() == by) : all;
    }
}
