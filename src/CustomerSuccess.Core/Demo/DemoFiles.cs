namespace CustomerSuccess.Core.Demo;

/// <summary>A file of the demo: a record of the import contract with the columns that the demo fills.</summary>
public sealed record DemoFile(string Name, IReadOnlyList<string> Columns);

/// <summary>The files of the demo. The truth is none of the import contract.</summary>
public static class DemoFiles
{
    public static DemoFile Accounts { get; } = new("accounts", ["account_id", "name", "name_kana", "industry", "region", "country", "employees", "segment", "owner_email", "created_on", "valid_from", "referral_code", "office_floor", "newsletter"]);

    public static DemoFile Contacts { get; } = new("contacts", ["contact_id", "account_id", "name", "name_kana", "email", "department", "title", "language", "time_zone", "is_champion", "is_decision_maker", "left_on", "valid_from"]);

    public static DemoFile Subscriptions { get; } = new("subscriptions", ["subscription_id", "account_id", "product", "plan", "seats", "mrr", "currency", "started_on", "term_ends_on", "auto_renew", "notice_days", "notice_on", "ended_on", "end_reason"]);

    public static DemoFile Usage { get; } = new("usage", ["account_id", "day", "metric", "contact_id", "count", "users", "product"]);

    public static DemoFile Inquiries { get; } = new("inquiries", ["inquiry_id", "account_id", "contact_id", "channel", "subject", "body", "category", "priority", "opened_at", "first_response_at", "closed_at", "status", "satisfaction", "escalated", "escalated_at", "assignee", "product"]);

    public static DemoFile Nps { get; } = new("nps", ["response_id", "account_id", "contact_id", "survey", "kind", "score", "comment", "responded_at"]);

    public static DemoFile Invoices { get; } = new("invoices", ["invoice_id", "account_id", "amount", "currency", "issued_on", "due_on", "paid_on", "failed_on", "status"]);

    public static DemoFile Touches { get; } = new("touches", ["touch_id", "account_id", "contact_id", "kind", "owner_email", "at", "minutes", "outcome", "notes"]);

    public static DemoFile Assignments { get; } = new("assignments", ["account_id", "play", "assigned_on", "arm", "play_version"]);

    public static DemoFile Rates { get; } = new("rates", ["currency", "month", "rate"]);

    /// <summary>The true probability that an account paying at the month's start leaves in it, and the cause where it did.</summary>
    public static DemoFile Truth { get; } = new("truth", ["account_id", "month", "probability", "cause"]);

    /// <summary>The true probability that a customer which stays drops an add-on that it holds at the month's start, and the cause where it did.</summary>
    public static DemoFile ProductTruth { get; } = new("truth_products", ["account_id", "product", "month", "probability", "cause"]);

    /// <summary>The true relative effect of each play by segment, and the share that is held out of it.</summary>
    public static DemoFile EffectTruth { get; } = new("truth_effects", ["play", "segment", "effect", "holdout_share"]);

    /// <summary>Every file that holds rows of accounts.</summary>
    public static IReadOnlyList<DemoFile> OfAccounts { get; } = [Accounts, Contacts, Subscriptions, Usage, Inquiries, Nps, Invoices, Touches, Assignments, Truth, ProductTruth];
}

/// <summary>All rows of one customer. Cells are text, whole numbers, decimals, days, instants (local time), flags, or null.</summary>
public sealed class DemoAccount
{
    private readonly Dictionary<DemoFile, List<object?[]>> _rows = [];

    public IReadOnlyList<object?[]> Rows(DemoFile file) => _rows.TryGetValue(file, out var rows) ? rows : [];

    internal void Add(DemoFile file, params object?[] cells)
    {
        if (cells.Length != file.Columns.Count)
        {
            throw new ArgumentException($"A row of {file.Name} has {file.Columns.Count} cells, not {cells.Length}.", nameof(cells));
        }

        if (!_rows.TryGetValue(file, out var rows))
        {
            _rows.Add(file, rows = []);
        }

        rows.Add(cells);
    }
}
