using System.Globalization;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Calls;
using CustomerSuccess.Core.Inquiries;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Accounts;
using CustomerSuccess.Engine.Inquiries;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Forms;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Inquiries;

/// <summary>Opens an inquiry for somebody who called, wrote or said something in a meeting.</summary>
public sealed partial class NewInquiryPage
{
    private const int MostContacts = 200;

    private IReadOnlyList<Colleague> _colleagues = [];
    private IReadOnlyList<ContactRow> _contacts = [];
    private InquiryChoices _choices = new([], [], [], [], []);
    private IReadOnlyDictionary<string, string> _problems = new Dictionary<string, string>();
    private FoundAccount? _account;
    private string? _contact;
    private string? _channel = "phone";
    private string? _requesterName;
    private string? _requesterEmail;
    private string? _subject;
    private string? _body;
    private string? _priority = nameof(InquiryPriority.Normal);
    private string? _category;
    private string? _assignee;

    /// <summary>The account's internal number, where the page is opened for one.</summary>
    [SupplyParameterFromQuery(Name = "account")]
    private int? AccountNo { get; set; }

    [SupplyParameterFromQuery(Name = "contact")]
    private int? ContactNo { get; set; }

    [SupplyParameterFromQuery(Name = "subject")]
    private string? SubjectLine { get; set; }

    [Inject]
    private OpenInquiries Opening { get; set; } = default!;

    [Inject]
    private InquiryListQuery Lists { get; set; } = default!;

    [Inject]
    private InquiryQuery Query { get; set; } = default!;

    [Inject]
    private FindAccounts Accounts { get; set; } = default!;

    [Inject]
    private Colleagues Everybody { get; set; } = default!;

    [Inject]
    private CurrentViewer Current { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private FieldChoice[] Contacts => [.. _contacts.Where(contact => contact.LeftOn is null).Select(contact => new FieldChoice(contact.ContactNo.ToString(CultureInfo.InvariantCulture), contact.Name ?? contact.Email ?? contact.ContactId))];

    private FieldChoice[] Channels => [.. InquiryWords.Channels.Select(channel => new FieldChoice(channel, Words.Channel(channel)!))];

    private FieldChoice[] Priorities => [.. Enum.GetValues<InquiryPriority>().Reverse().Select(priority => new FieldChoice(priority.ToString(), Words.Priority(priority)))];

    private FieldChoice[] Assignees => [.. _colleagues.Select(colleague => new FieldChoice(colleague.Email, colleague.Name))];

    protected override async Task ReadAsync(CancellationToken cancellation)
    {
        var viewer = await Current.GetAsync();
        _colleagues = await Everybody.ListAsync(cancellation);
        _choices = await Lists.ChoicesAsync(viewer, cancellation);
        _assignee = viewer.Email;
        _subject = SubjectLine;
        if (AccountNo is { } no && await Query.AccountAsync(viewer, no, cancellation) is { } account)
        {
            await ChooseAccountAsync(new(no, account.AccountId, account.Namespace, account.Name, account.OwnerEmail));
            _contact = ContactNo?.ToString(CultureInfo.InvariantCulture);
        }
    }

    private string? Problem(string field) => _problems.TryGetValue(field, out var code) ? Words.Problem(code) : null;

    private async Task ChooseAccountAsync(FoundAccount? account)
    {
        (_account, _contact) = (account, null);
        _contacts = account is null ? [] : await Accounts.ContactsAsync(await Current.GetAsync(), account.AccountNo, MostContacts, Leaving);
    }

    private async Task SaveAsync(Submission sent)
    {
        if (_account is null)
        {
            _problems = new Dictionary<string, string> { ["account"] = "missing" };
            return;
        }

        ActResult<DeskInquiry>? result = null;
        await WorkAsync(async () => result = await Opening.OpenAsync(await Current.GetAsync(), new NewInquiry
        {
            AccountNo = _account.AccountNo,
            ContactNo = int.TryParse(_contact, NumberStyles.None, CultureInfo.InvariantCulture, out var contact) ? contact : null,
            RequesterName = _contact is null ? _requesterName : null,
            RequesterEmail = _contact is null ? _requesterEmail : null,
            Channel = _channel,
            Subject = _subject,
            Body = _body,
            Category = _category,
            Priority = Enum.Parse<InquiryPriority>(_priority ?? nameof(InquiryPriority.Normal)),
            Assignee = _assignee,
        }, Leaving));
        _problems = result?.Problems ?? _problems;
        if (result is { Holds: true, Value: { } opened })
        {
            sent.Saved();
            Navigation.NavigateTo(InquiryAddress.Of(opened.Ref.Key));
        }
    }
}
