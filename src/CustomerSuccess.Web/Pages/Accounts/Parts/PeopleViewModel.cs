using System.Globalization;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Engine.Accounts;

namespace CustomerSuccess.Web.Pages.Accounts.Parts;

/// <summary>People of an account: what the parts show and do.</summary>
public sealed class PeopleViewModel(AccountSheets sheets, ContactProfiles contacts)
{
    public IReadOnlyList<PersonRow> People { get; private set; } = [];

    public async Task ReadAsync(OpenAccount account, CancellationToken cancellation) =>
        People = await sheets.PeopleAsync(account.Viewer, account.No, cancellation) ?? [];

    public Task<ProfileSheet> EmptyAsync(CancellationToken cancellation) => contacts.EmptyAsync(cancellation);

    public Task<ProfileSheet?> FindAsync(OpenAccount account, int contactNo, CancellationToken cancellation) => contacts.FindAsync(account.Viewer, account.No, contactNo, cancellation);

    public Task<ActResult<ProfileSheet>> AddAsync(OpenAccount account, IReadOnlyDictionary<string, string?> values) => contacts.AddAsync(account.Viewer, account.No, values);

    public Task<ActResult<ProfileSheet>> EditAsync(OpenAccount account, int contactNo, IReadOnlyList<FieldEdit> edits) => contacts.EditAsync(account.Viewer, account.No, contactNo, edits);

    /// <summary>Somebody left on a day, or is there again.</summary>
    public Task<ActResult<ProfileSheet>> LeaveAsync(OpenAccount account, PersonRow person, DateOnly? on) =>
        contacts.EditAsync(account.Viewer, account.No, person.ContactNo, [new("left_on", person.LeftOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), on?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))]);

    public Task<ActResult<ProfileSheet>> RemoveAsync(OpenAccount account, int contactNo) => contacts.RemoveAsync(account.Viewer, account.No, contactNo);

    public Task<ActResult<ProfileSheet>> RestoreAsync(OpenAccount account, int contactNo) => contacts.RestoreAsync(account.Viewer, account.No, contactNo);
}
