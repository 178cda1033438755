namespace CustomerSuccess.Core.Accounts;

/// <summary>A customer, as it stands today. What it was on an earlier day stands in <see cref="AccountValue"/>.</summary>
public sealed class Account
{
    /// <summary>The internal number that every fact carries. Never reused, never changed.</summary>
    public int AccountNo { get; set; }

    /// <summary>Empty for the one namespace that sources share; a source's name where its preset keeps its ids apart.</summary>
    public string Namespace { get; set; } = "";

    /// <summary>The id as the sources write it.</summary>
    public required string AccountId { get; set; }

    public required string Name { get; set; }

    public string? NameKana { get; set; }

    /// <summary>Kana, else name, as <see cref="SortKey"/> gives it: compared bytewise on both databases.</summary>
    public required string NameSort { get; set; }

    public string? Industry { get; set; }

    public string? Region { get; set; }

    public string? Country { get; set; }

    public int? Employees { get; set; }

    public string? Segment { get; set; }

    public string? OwnerEmail { get; set; }

    public DateOnly? CreatedOn { get; set; }

    public string? Phone { get; set; }

    /// <summary>The telephone number as callers are found by it; see <see cref="Contact.PhoneKey"/>.</summary>
    public string? PhoneKey { get; set; }

    public string? Address { get; set; }

    /// <summary>True where a file declared full no longer names the account. Its history stays.</summary>
    public bool Unlisted { get; set; }

    /// <summary>The source whose file last described the account.</summary>
    public int SourceId { get; set; }

    /// <summary>The import file that brought the current values.</summary>
    public int ImportFileId { get; set; }

    /// <summary>
    /// What sources last said of fields that people have changed here since, by the contract's name, as a JSON object: the same said again leaves the change, anything else is news and wins. Null where nothing was changed.
    /// </summary>
    public string? ImportedJson { get; set; }
}

/// <summary>A value of an account's own or custom attribute from a day on. The value valid at t is the one with the latest ValidFrom up to t.</summary>
public sealed class AccountValue
{
    public int AccountNo { get; set; }

    public int AttributeId { get; set; }

    /// <summary>First day of validity; <see cref="DateOnly.MinValue"/> for values known since ever (static attributes).</summary>
    public DateOnly ValidFrom { get; set; }

    /// <summary>Canonical text (invariant numbers, ISO dates, true/false); null where the value was cleared.</summary>
    public string? Value { get; set; }

    public int ImportFileId { get; set; }
}

/// <summary>A value of a contact's own or custom attribute from a day on, read like <see cref="AccountValue"/>.</summary>
public sealed class ContactValue
{
    public int AccountNo { get; set; }

    public int ContactNo { get; set; }

    public int AttributeId { get; set; }

    public DateOnly ValidFrom { get; set; }

    public string? Value { get; set; }

    public int ImportFileId { get; set; }
}

/// <summary>What a value of an attribute is read as.</summary>
public enum AttributeType
{
    Category,
    Number,
    Date,
    Flag,
}

/// <summary>An attribute of accounts or contacts whose values have history: the contract's own columns and custom ones.</summary>
public sealed class AttributeDefinition
{
    public int AttributeId { get; set; }

    /// <summary><c>accounts</c> or <c>contacts</c>.</summary>
    public required string Record { get; set; }

    /// <summary>The contract's column name, or the header of a custom column as first seen.</summary>
    public required string Name { get; set; }

    public AttributeType Type { get; set; }

    /// <summary>True where the value of the first import also holds for every earlier day.</summary>
    public bool IsStatic { get; set; }

    /// <summary>False for the contract's own columns.</summary>
    public bool IsCustom { get; set; }
}

/// <summary>A dated link between two accounts: the parent, or the account into which another was merged. Facts stay where they are.</summary>
public sealed class AccountLink
{
    public int AccountNo { get; set; }

    /// <summary><c>parent</c> or <c>merged-into</c>.</summary>
    public required string Kind { get; set; }

    public DateOnly ValidFrom { get; set; }

    /// <summary>The other account; null from the day the link ended.</summary>
    public int? TargetNo { get; set; }

    public int ImportFileId { get; set; }
}
