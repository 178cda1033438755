using System.Text;
using CustomerSuccess.Core.Documents;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Engine.Documents;

namespace CustomerSuccess.Engine.Handouts;

/// <summary>The message that a summary goes with: one sentence for each block, with its page behind it.</summary>
internal static class SummaryMail
{
    /// <summary>Where subscriptions are changed.</summary>
    private const string SubscriptionsPath = "/summary/mail";

    /// <param name="made">The summary.</param>
    /// <param name="name">Who gets it.</param>
    /// <param name="web">The application's address; empty where nobody set it, and there are no links then.</param>
    /// <param name="isAttached">True where the file comes with it.</param>
    public static (string Subject, string Body) Write(SummaryPdf made, string name, string web, bool isAttached)
    {
        var document = made.Document;
        var words = new DocumentWords("SummaryWords", document.Language);
        var body = new StringBuilder();
        void Line(string text) => body.Append(text).Append("\n\n");
        Line(words["MailGreeting", MarkupText.Escape(name), MarkupText.Escape(made.Period)]);
        if (isAttached)
        {
            Line(words["MailAttached"]);
        }
        else if (document.Opening.OfType<FiguresBlock>().FirstOrDefault() is { } head)
        {
            foreach (var figure in head.Figures)
            {
                body.Append("- ").Append(MarkupText.Escape(figure.Label)).Append(": **").Append(MarkupText.Escape(figure.Value)).Append("**").Append(figure.Note is { } note ? " (" + MarkupText.Escape(note) + ")" : "").Append('\n');
            }

            body.Append('\n');
        }

        foreach (var section in document.Sections.Where(section => section.Lead.Length > 0))
        {
            var title = MarkupText.Escape(section.Title);
            Line("**" + (web.Length > 0 && section.Href is { } href ? $"[{title}]({web}{href})" : title) + "**");
            Line(MarkupText.Escape(section.Lead));
        }

        if (web.Length > 0)
        {
            Line($"[{words["MailOpen"]}]({web}/summary)");
        }

        Line(web.Length > 0 ? words["MailFooter", web + SubscriptionsPath] : words["MailFooterNoWeb"]);
        return (MarkupText.EscapeSubject(words["MailSubject", made.Period]), body.ToString().TrimEnd());
    }
}
