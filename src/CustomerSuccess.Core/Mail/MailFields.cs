namespace CustomerSuccess.Core.Mail;

/// <summary>The fields that every template may name. Custom attributes of accounts and contacts come on top: <c>account.</c> or <c>contact.</c> and the attribute's name.</summary>
public static class MailFields
{
    public const string AddressLine = "contact.address_line", ContactName = "contact.name", ContactDepartment = "contact.department", ContactTitle = "contact.title", ContactRole = "contact.role", ContactEmail = "contact.email";

    public const string AccountName = "account.name", AccountId = "account.id", AccountIndustry = "account.industry", AccountRegion = "account.region", AccountCountry = "account.country", AccountSegment = "account.segment", AccountEmployees = "account.employees", AccountSince = "account.since";

    public const string OwnerName = "owner.name", OwnerEmail = "owner.email";

    public const string Plan = "contract.plan", Seats = "contract.seats", Mrr = "contract.mrr", RenewalOn = "contract.renewal_on", RenewalDays = "contract.renewal_days", NoticeBy = "contract.notice_by", StartedOn = "contract.started_on";

    public const string SenderName = "sender.name", SenderAddress = "sender.address", SenderContact = "sender.contact", Today = "today";

    private static readonly string[] Text = ["text"], Number = ["number", "percent"], Money = ["money"], Day = ["long", "short", "weekday"];

    /// <summary>Every field with the formats that it can be written in.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>?> Known { get; } = new Dictionary<string, IReadOnlyList<string>?>
    {
        [AddressLine] = Text,
        [ContactName] = Text,
        [ContactDepartment] = Text,
        [ContactTitle] = Text,
        [ContactRole] = Text,
        [ContactEmail] = Text,
        [AccountName] = Text,
        [AccountId] = Text,
        [AccountIndustry] = Text,
        [AccountRegion] = Text,
        [AccountCountry] = Text,
        [AccountSegment] = Text,
        [AccountEmployees] = Number,
        [AccountSince] = Day,
        [OwnerName] = Text,
        [OwnerEmail] = Text,
        [Plan] = Text,
        [Seats] = Number,
        [Mrr] = Money,
        [RenewalOn] = Day,
        [RenewalDays] = Number,
        [NoticeBy] = Day,
        [StartedOn] = Day,
        [SenderName] = Text,
        [SenderAddress] = Text,
        [SenderContact] = Text,
        [Today] = Day,
    };

    /// <summary>The name under which a custom attribute is a field; signs that templates use themselves become underscores.</summary>
    /// <param name="record"><c>account</c> or <c>contact</c>.</param>
    /// <param name="attribute">The attribute's name.</param>
    public static string Custom(string record, string attribute) =>
        $"{record}.{string.Concat(attribute.Trim().Select(c => c is ':' or '|' or '{' or '}' or '#' or '^' or '/' || char.IsControl(c) ? '_' : c))}";
}
