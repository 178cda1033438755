using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Engine.Ingestion.Applying;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Playbooks;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Accounts;

/// <summary>Puts another owner in place of an account's, from a day on: the one way in which acts do so, whatever their reason.</summary>
internal static class OwnerChange
{
    public const string Field = "owner_email";

    /// <summary>Changes the owner and notes it for the journal. The account is locked and tracked.</summary>
    /// <param name="act">The act.</param>
    /// <param name="account">The account.</param>
    /// <param name="owner">In lower case; null for nobody.</param>
    /// <param name="day">The company's day from which it holds.</param>
    /// <param name="verb">What it is, for the journal: <c>assigned</c>, <c>handed_over</c>, <c>returned</c>.</param>
    /// <param name="recordId">What it belongs to, such as a hand-over; null for nothing.</param>
    /// <returns>False where the account had that owner already.</returns>
    public static async Task<bool> PutAsync(ActScope act, Account account, string? owner, DateOnly day, string verb, string? recordId = null)
    {
        if (account.OwnerEmail == owner)
        {
            return false;
        }

        var attribute = await AttributeAsync(act);
        if (await act.Context.AccountValues.FindAsync([account.AccountNo, attribute, day], act.Cancellation) is { } value)
        {
            (value.Value, value.ImportFileId) = (owner, AppSource.NoImportFile);
        }
        else
        {
            act.Context.AccountValues.Add(new AccountValue { AccountNo = account.AccountNo, AttributeId = attribute, ValidFrom = day, Value = owner, ImportFileId = AppSource.NoImportFile });
        }

        Remember(account, owner);
        act.Note(JournalAreas.Account, verb, account.AccountNo, recordId, new FieldChanges().Note(Field, account.OwnerEmail, owner));
        account.OwnerEmail = owner;
        await AppSource.NoteChangeAsync(act.Context, account.AccountNo, day, act.Cancellation);
        return true;
    }

    /// <summary>Keeps what the sources had said, so that one that says it again does not give the account back; a change back to it is none of ours any more.</summary>
    private static void Remember(Account account, string? owner)
    {
        var said = ImportedValues.Read(account.ImportedJson);
        if (!said.TryGetValue(Field, out var imported))
        {
            said[Field] = account.OwnerEmail;
        }
        else if (imported == owner)
        {
            said.Remove(Field);
        }

        account.ImportedJson = said.Count == 0 ? null : ImportedValues.Write(said);
    }

    /// <summary>The number of the attribute; it is made where no file has named an owner yet.</summary>
    private static async Task<int> AttributeAsync(ActScope act)
    {
        var known = act.Context.Attributes.Local.FirstOrDefault(attribute => attribute.Record == "accounts" && attribute.Name == Field)
            ?? await act.Context.Attributes.FirstOrDefaultAsync(attribute => attribute.Record == "accounts" && attribute.Name == Field, act.Cancellation);
        if (known is not null)
        {
            return known.AttributeId;
        }

        await act.LockAsync("attributes");
        var made = new AttributeDefinition { AttributeId = await Numbers.TakeAsync(act.Context, Numbers.Attributes, act.Cancellation), Record = "accounts", Name = Field, Type = AttributeType.Category };
        act.Context.Attributes.Add(made);
        return made.AttributeId;
    }
}
