using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Outreach;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Sequences;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Mail;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Sequences;

/// <summary>What a step says: its message to somebody, or the words of its task or letter.</summary>
internal static class StepWords
{
    /// <summary>The message of a step to somebody, as it is written or previewed.</summary>
    public static NewMail Message(Play play, PlayStep step, int accountNo, int? contactNo, int stepNo, MailAudience audience, string? language = null)
    {
        var wanted = language ?? audience.LanguageOf(accountNo, audience.Contact(accountNo, contactNo));
        if (Channels.IsGateway(step.Channel))
        {
            var text = step.TextIn(wanted);
            return new NewMail
            {
                AccountNo = accountNo,
                ContactNo = contactNo,
                Purpose = play.IsUpsell ? Purpose.Promotional : null,
                Channel = step.Channel,
                Origin = MailOrigin.Play,
                OriginId = play.Key,
                OriginStep = stepNo,
                Language = text?.Language ?? language,
                Body = text?.Text,
                TouchMinutes = step.Minutes,
            };
        }

        var words = step.TemplateId is null ? step.In(wanted) : null;
        return new NewMail
        {
            AccountNo = accountNo,
            ContactNo = contactNo,
            Purpose = play.IsUpsell ? Purpose.Promotional : null,
            Origin = MailOrigin.Play,
            OriginId = play.Key,
            OriginStep = stepNo,
            TemplateId = step.TemplateId,
            Language = words?.Language ?? language,
            Subject = words?.Subject,
            Body = words?.Body,
            TouchMinutes = step.Minutes,
        };
    }

    /// <summary>Words of a task or a letter with their fields filled in: of a letter in the customer's language, of a task in the company's.</summary>
    public static async Task<(string Title, string Text, IReadOnlyList<string> Missing)> TextAsync(ActScope act, CompanySettings settings, Play play, PlayStep step, Enrolment enrolment, MailAudience audience)
    {
        var contact = audience.Contact(enrolment.AccountNo, enrolment.ContactNo);
        var wanted = step.Channel == Channels.Letter ? audience.LanguageOf(enrolment.AccountNo, contact) : settings.Region == "JP" ? "ja" : "en";
        var template = step.TemplateId is { } id
            ? await act.Context.MailTemplates.AsNoTracking().Where(version => version.TemplateId == id).OrderByDescending(version => version.Version).FirstOrDefaultAsync(act.Cancellation)
            : null;
        var language = template?.LanguageFor(wanted) ?? wanted;
        var words = template?.In(language) is { } text ? (text.Subject, text.Body, language) : step.In(wanted);
        if (words is not { } own)
        {
            return ((wanted == "ja" ? play.NameJa ?? play.NameEn : play.NameEn ?? play.NameJa) ?? play.Key, "", []);
        }

        var values = audience.Fields(enrolment.AccountNo, contact, null, own.Item3, null);
        var culture = MailLanguage.Culture(own.Item3, contact?.Language, audience.CountryOf(enrolment.AccountNo));
        var title = FieldTemplate.Parse(own.Item1).Fill(values, culture, value => value);
        var body = FieldTemplate.Parse(own.Item2 ?? "").Fill(values, culture, MarkupText.Escape);
        return (title.Text, MailMarkup.Read(body.Text).ToText().TrimEnd(), [.. title.Missing.Concat(body.Missing).Distinct(StringComparer.Ordinal).Select(field => $"{HoldReasons.MissingField}:{field}")]);
    }
}
