using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Demo;
using CustomerSuccess.Core.Inquiries;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Inquiries;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Playbooks;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Demo;

/// <summary>
/// Lets the demo's desk look as if it had been worked at until now: inquiries of the last two weeks with their threads, written by the acts that people use,
/// each at its own time. They are facts of the source <c>app</c>; the files of the demo are not touched.
/// </summary>
public sealed class FillDemoDesk(Database database, SettingsStore settings, LiveChanges live, TimeProvider clock)
{
    private const int MostAskers = 40;

    /// <summary>Fills the desk, unless somebody has worked at it already.</summary>
    /// <param name="colleagues">Who answers: sign-ins that exist, the first one the demo's own.</param>
    /// <param name="cancellation">Ends the work; what was written stays.</param>
    /// <returns>How many inquiries were opened.</returns>
    public async Task<int> RunAsync(IReadOnlyList<Viewer> colleagues, CancellationToken cancellation = default)
    {
        IReadOnlyList<DemoAsker> askers;
        await using (var context = database.OpenContext())
        {
            if (await context.Inquiries.AnyAsync(inquiry => inquiry.SourceId == AppSource.SourceId, cancellation))
            {
                return 0;
            }

            askers = await AskersAsync(context, cancellation);
        }

        var now = clock.GetUtcNow();
        var inquiries = DemoDesk.Inquiries(askers, colleagues.Count);
        var refs = new DeskRef[inquiries.Count];

        // in the order in which it happened, so that the journal's numbers rise with time
        var acts = inquiries.SelectMany((inquiry, i) => inquiry.Steps
            .Select((step, n) => (At: now - inquiry.Before + step.After, Order: n + 1, Index: i, Step: (DemoStep?)step))
            .Append((At: now - inquiry.Before, Order: 0, Index: i, Step: null)));
        foreach (var act in acts.Where(act => act.At < now).OrderBy(act => act.At).ThenBy(act => act.Index).ThenBy(act => act.Order))
        {
            var desk = new DeskAt(database, settings, live, act.At);
            refs[act.Index] = act.Step is null
                ? await OpenAsync(desk, inquiries[act.Index], colleagues, cancellation)
                : await WorkAsync(desk, refs[act.Index], act.Step, colleagues, cancellation);
        }

        var answers = new CannedAnswers(new Acts(database, live, clock), database);
        foreach (var starter in AnswerStarters.All)
        {
            await answers.SaveAsync(colleagues[0], starter, cancellation);
        }

        foreach (var (inquiry, i) in inquiries.Select((inquiry, i) => (inquiry, i)).Where(pair => pair.inquiry.Rating is not null))
        {
            var desk = new DeskAt(database, settings, live, now);
            if (await desk.Satisfaction.AskAsync(colleagues[0], refs[i].At, cancellation) is { Value: { } link })
            {
                await desk.Satisfaction.AnswerAsync(link.Token, inquiry.Rating!.Value, null, cancellation);
            }
        }

        return inquiries.Count;
    }

    private sealed record DeskRef(InquiryRef At, int Version);

    /// <summary>The desk at an instant.</summary>
    private sealed class DeskAt
    {
        public DeskAt(Database database, SettingsStore settings, LiveChanges live, DateTimeOffset now)
        {
            var clock = new FixedClock(now);
            var journal = new Acts(database, live, clock);
            var acts = new InquiryActs(journal, settings);
            Opening = new OpenInquiries(acts);
            Messages = new InquiryMessages(acts, settings, null, database, clock);
            Changes = new InquiryChanges(acts);
            Satisfaction = new SatisfactionRequests(acts, journal, settings, database, clock);
        }

        public OpenInquiries Opening { get; }

        public InquiryMessages Messages { get; }

        public InquiryChanges Changes { get; }

        public SatisfactionRequests Satisfaction { get; }
    }

    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }

    private static async Task<DeskRef> OpenAsync(DeskAt desk, DemoInquiry inquiry, IReadOnlyList<Viewer> colleagues, CancellationToken cancellation)
    {
        var result = await desk.Opening.OpenAsync(colleagues[0], new NewInquiry
        {
            AccountNo = inquiry.Asker.AccountNo,
            ContactNo = inquiry.Asker.ContactNo,
            Channel = inquiry.Channel,
            Subject = inquiry.Subject,
            Body = inquiry.Body,
            Category = inquiry.Category,
            Priority = inquiry.Priority,
            Assignee = inquiry.Assignee is { } assignee ? colleagues[assignee].Email : null,
        }, cancellation);
        var opened = result.Value ?? throw new InvalidOperationException($"The demo's desk refuses {string.Join(", ", result.Problems)}.");
        if (inquiry.Tags.Count == 0)
        {
            return new(opened.Ref, opened.Version);
        }

        var tagged = await desk.Changes.DescribeAsync(colleagues[0], opened.Ref, opened.Version, new(opened.Category, opened.Product, inquiry.Tags, opened.Language), cancellation);
        return new(opened.Ref, tagged.Value?.Version ?? opened.Version);
    }

    private static async Task<DeskRef> WorkAsync(DeskAt desk, DeskRef at, DemoStep step, IReadOnlyList<Viewer> colleagues, CancellationToken cancellation)
    {
        var by = colleagues[step.By ?? 0];
        var result = step.Kind switch
        {
            MessageKind.Answer => await desk.Messages.AnswerAsync(by, at.At, at.Version, new(step.Text, null, step.Then ?? InquiryState.Waiting), cancellation),
            MessageKind.Note => await desk.Messages.NoteAsync(by, at.At, step.Text, cancellation),
            MessageKind.Customer => await desk.Messages.HeardAsync(by, at.At, step.Text, null, cancellation),
            _ => await desk.Changes.MoveAsync(by, at.At, at.Version, step.Then!.Value, cancellation),
        };
        var version = result.Value?.Version ?? at.Version;
        if (step is { Kind: MessageKind.Note, Then: { } then })
        {
            version = (await desk.Changes.MoveAsync(by, at.At, version, then, cancellation)).Value?.Version ?? version;
        }

        return at with { Version = version };
    }

    /// <summary>One contact of each of the accounts that pay, in the order of their numbers.</summary>
    private static async Task<IReadOnlyList<DemoAsker>> AskersAsync(CustomerSuccessContext context, CancellationToken cancellation)
    {
        var contacts = await context.Contacts.AsNoTracking()
            .Where(contact => contact.VoidedBy == null && contact.LeftOn == null && context.Subscriptions.Any(term => term.AccountNo == contact.AccountNo && term.VoidedBy == null && term.EndedOn == null))
            .OrderBy(contact => contact.AccountNo).ThenBy(contact => contact.ContactNo)
            .Select(contact => new { contact.AccountNo, contact.ContactNo, contact.Name })
            .ToListAsync(cancellation);
        return
        [
            .. contacts.GroupBy(contact => contact.AccountNo).Take(MostAskers)
                .Select(own => own.First()).Select(contact => new DemoAsker(contact.AccountNo, contact.ContactNo, TextLanguage.Of(contact.Name) == "ja")),
        ];
    }
}
