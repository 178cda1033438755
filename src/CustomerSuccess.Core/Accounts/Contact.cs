namespace CustomerSuccess.Core.Accounts;

/// <summary>A person at a customer, as he or she stands today; earlier values stand in <see cref="ContactValue"/>.</summary>
public sealed class Contact
{
    public int AccountNo { get; set; }

    /// <summary>Internal number, unique over all accounts; 0 never stands for a person.</summary>
    public int ContactNo { get; set; }

    public int SourceId { get; set; }

    public required string ContactId { get; set; }

    public string? Name { get; set; }

    public string? NameKana { get; set; }

    public required string NameSort { get; set; }

    public string? Email { get; set; }

    /// <summary>The address by which the person is the same in every account (<see cref="Mail.EmailAddress.Key"/>); null where it is none.</summary>
    public string? EmailKey { get; set; }

    public string? Phone { get; set; }

    /// <summary>The telephone number as callers are found by it: E.164 without extension, else its digits; empty where it has none.</summary>
    public string? PhoneKey { get; set; }

    public string? Department { get; set; }

    public string? Role { get; set; }

    public string? Title { get; set; }

    public string? Language { get; set; }

    public string? TimeZone { get; set; }

    public bool IsChampion { get; set; }

    public bool IsDecisionMaker { get; set; }

    public bool IsExecutiveSponsor { get; set; }

    /// <summary>The id of whoever he or she reports to, as the source writes it.</summary>
    public string? ReportsTo { get; set; }

    public bool OptOutEmail { get; set; }

    public bool OptOutPhone { get; set; }

    public DateOnly? ConsentOn { get; set; }

    public DateOnly? LeftOn { get; set; }

    public int ImportFileId { get; set; }

    /// <summary>The import file that voided the row; null while it stands.</summary>
    public int? VoidedBy { get; set; }

    /// <summary>
    /// What sources last said of fields that people have changed here since, by the contract's name, as a JSON object: the same said again leaves the change, anything else is news and wins. Null where nothing was changed.
    /// </summary>
    public string? ImportedJson { get; set; }
}
