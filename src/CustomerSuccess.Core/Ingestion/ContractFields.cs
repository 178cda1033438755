namespace CustomerSuccess.Core.Ingestion;

/// <summary>Columns that several records share, and short ways to write the others.</summary>
internal static class ContractFields
{
    /// <summary>Voids the fact where true; every record takes it.</summary>
    public static Field Deleted { get; } = new("deleted", FieldType.Flag) { Synonyms = ["is_deleted", "削除", "削除フラグ", "削除済み"] };

    /// <summary>The day from which the row's values hold; accounts and contacts take it.</summary>
    public static Field ValidFrom { get; } = new("valid_from", FieldType.Day) { Synonyms = ["effective_from", "有効開始日", "適用開始日", "適用日"] };

    /// <summary>Price of a billing interval, of which the MRR is worked out.</summary>
    public static Field Price { get; } = new("price", FieldType.Money) { Least = 0, Synonyms = ["billing_amount", "契約金額", "料金", "価格", "請求額"] };

    /// <summary>How long one price lasts.</summary>
    public static Field Interval { get; } = new("billing_interval", FieldType.Text) { Synonyms = ["billing_period", "billing_frequency", "billing_cycle", "請求間隔", "支払間隔", "請求サイクル", "支払サイクル", "課金周期"] };

    internal static Field Id(string name, params string[] synonyms) => new(name, FieldType.Text) { MaxLength = 200, Synonyms = synonyms };

    internal static Field Key(string name, params string[] synonyms) => Id(name, synonyms) with { IsKey = true };

    /// <summary>The customer that a row belongs to.</summary>
    internal static Field Account { get; } = Id(
        "account_id",
        "account", "account_no", "account_number", "customer", "customer_id", "customer_no", "customer_number", "company_id", "client_id",
        "顧客ID", "顧客番号", "顧客コード", "顧客", "顧客企業", "アカウント", "アカウントID", "取引先", "取引先ID", "取引先コード", "会社", "会社ID", "会社コード", "企業", "企業ID", "企業コード") with
    { IsRequired = true };

    internal static Field AccountKey { get; } = Account with { IsKey = true };

    /// <summary>The person at the customer.</summary>
    internal static Field Contact { get; } = Id(
        "contact_id",
        "contact", "person_id", "user_id", "関係者ID", "関係者", "担当者ID", "担当者", "先方担当者ID", "先方担当者", "取引先責任者", "取引先責任者ID", "コンタクト", "コンタクトID");

    /// <summary>What is sold: of contract rows, and of what is counted, asked or answered about one product.</summary>
    internal static Field Product { get; } = new("product", FieldType.Text) { Synonyms = ["product_name", "製品", "製品名", "商品", "商品名", "サービス", "サービス名", "プロダクト", "プロダクト名"] };

    internal static Field Owner { get; } = new("owner_email", FieldType.Text) { Synonyms = ["owner", "csm", "csm_email", "担当", "担当CSM", "担当メール", "担当メールアドレス", "自社担当", "自社担当者", "営業担当"] };

    internal static Field Text(string name, params string[] synonyms) => new(name, FieldType.Text) { Synonyms = synonyms };

    internal static Field LongText(string name, params string[] synonyms) => new(name, FieldType.Text) { MaxLength = 200_000, Synonyms = synonyms };

    internal static Field Day(string name, params string[] synonyms) => new(name, FieldType.Day) { Synonyms = synonyms };

    internal static Field Agreed(string name, params string[] synonyms) => new(name, FieldType.Day) { IsAgreedDate = true, Synonyms = synonyms };

    internal static Field Instant(string name, params string[] synonyms) => new(name, FieldType.Instant) { Synonyms = synonyms };

    internal static Field Flag(string name, params string[] synonyms) => new(name, FieldType.Flag) { Synonyms = synonyms };

    internal static Field Whole(string name, params string[] synonyms) => new(name, FieldType.Whole) { Least = 0, Most = int.MaxValue, Synonyms = synonyms };

    internal static Field Number(string name, params string[] synonyms) => new(name, FieldType.Number) { Synonyms = synonyms };

    internal static Field Money(string name, params string[] synonyms) => new(name, FieldType.Money) { Least = -MostMoney, Most = MostMoney, Synonyms = synonyms };

    internal static Field Currency { get; } = new("currency", FieldType.Text) { MaxLength = 3, Synonyms = ["currency_code", "通貨", "通貨コード"] };

    /// <summary>What fits into ten-thousandths with room for sums.</summary>
    private const double MostMoney = 100_000_000_000_000;
}
