using System.Globalization;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Sequences;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Mail;
using CustomerSuccess.Engine.Sequences;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Web.Shared.Forms;

namespace CustomerSuccess.Web.Shared.Sequences;

/// <summary>Who is in which sequence: of a play, of an account; letters that wait to be posted; and what people do with them.</summary>
public sealed class SequenceDesk(SequenceQuery query, SequenceActs acts, Mailbox mailbox, SettingsStore settings, CurrentViewer current)
{
    public CompanySettings Settings { get; private set; } = new();

    public EnrolmentPage? Page { get; private set; }

    public IReadOnlyList<EnrolmentRow> OfAccount { get; private set; } = [];

    public IReadOnlyList<PreparedLetter> Letters { get; private set; } = [];

    public bool MayWork { get; private set; }

    public async Task ReadPlayAsync(string play, EnrolmentState? state, int take, CancellationToken cancellation)
    {
        await StartAsync(cancellation);
        Page = await query.OfPlayAsync(await current.GetAsync(), play, state, take, cancellation);
    }

    public async Task ReadAccountAsync(Viewer viewer, int accountNo, int take, CancellationToken cancellation)
    {
        await StartAsync(cancellation);
        OfAccount = await query.OfAccountAsync(viewer, accountNo, take, cancellation) ?? [];
    }

    public async Task ReadLettersAsync(CancellationToken cancellation)
    {
        await StartAsync(cancellation);
        Letters = await query.LettersAsync(await current.GetAsync(), cancellation);
    }

    public Task<Viewer> ViewerAsync() => current.GetAsync();

    public async Task<Play?> StartableAsync(string play) => await query.StartableAsync(play);

    public async Task<IReadOnlyList<StepPreview>> PreviewAsync(Play play, int accountNo, int? contactNo, IReadOnlyList<string> languages, CancellationToken cancellation = default) =>
        await query.PreviewAsync(await current.GetAsync(), play, accountNo, contactNo, languages, cancellation) ?? [];

    /// <summary>Whom the sequence can reach, as choices of a field.</summary>
    public async Task<IReadOnlyList<FieldChoice>> PeopleAsync(Play play, int accountNo) =>
        [.. (await query.PeopleAsync(await current.GetAsync(), play, accountNo)).Select(person => new FieldChoice(person.ContactNo.ToString(CultureInfo.InvariantCulture), string.Join(' ', new[] { person.Name ?? person.ContactId, person.Email }.OfType<string>())))];

    public async Task<ActResult<Enrolment>> StartAsync(int accountNo, string play, int? contactNo) => await acts.StartAsync(await current.GetAsync(), accountNo, play, contactNo);

    public async Task<ActResult<Enrolment>> StopAsync(Enrolment enrolment, string? reason) => await acts.StopAsync(await current.GetAsync(), enrolment.AccountNo, enrolment.EnrolmentId, reason);

    public async Task<ActResult<PostedLetters>> PostAsync(IReadOnlyCollection<LetterKey> letters) => await acts.PostLettersAsync(await current.GetAsync(), letters);

    /// <summary>Sends the draft of a step.</summary>
    public async Task<ActResult<MailSummary>> SendAsync(MailMessage draft) => await mailbox.QueueAsync(await current.GetAsync(), draft.AccountNo, draft.MailId, draft.Version);

    private async Task StartAsync(CancellationToken cancellation)
    {
        Settings = await settings.ReadAsync(cancellation);
        MayWork = (await current.GetAsync()).MayWork;
    }
}
