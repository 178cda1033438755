using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Engine.Accounts;

namespace CustomerSuccess.Web.Pages.Accounts.Parts;

/// <summary>What is known about an account, field by field: what the part shows and does.</summary>
public sealed class ProfileViewModel(AccountProfiles profiles)
{
    public ProfileSheet? Sheet { get; private set; }

    public async Task ReadAsync(OpenAccount account, CancellationToken cancellation) => Sheet = await profiles.FindAsync(account.Viewer, account.No, cancellation);

    public Task<ActResult<ProfileSheet>> EditAsync(OpenAccount account, FieldEdit edit) => profiles.EditAsync(account.Viewer, account.No, [edit]);

    public Task<IReadOnlyList<FieldPast>> PastAsync(OpenAccount account, string field, CancellationToken cancellation) => profiles.PastAsync(account.Viewer, account.No, field, 50, cancellation);
}
