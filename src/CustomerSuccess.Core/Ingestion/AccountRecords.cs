using static CustomerSuccess.Core.Ingestion.ContractFields;

namespace CustomerSuccess.Core.Ingestion;

/// <summary>Who the customers are and what they agreed to pay.</summary>
internal static class AccountRecords
{
    public static RecordType Accounts { get; } = new("accounts",
    [
        AccountKey with { Synonyms = [.. AccountKey.Synonyms, "id"] },
        Text("name", "account_name", "customer_name", "company_name", "company", "顧客名", "顧客企業名", "会社名", "企業名", "取引先名", "アカウント名", "法人名", "名称") with { MaxLength = 500 },
        Text("name_kana", "kana", "フリガナ", "ふりがな", "カナ", "顧客名カナ", "会社名カナ", "企業名カナ", "取引先名カナ", "会社名フリガナ", "顧客名フリガナ") with { MaxLength = 500 },
        Text("industry", "業種", "業界") with { IsStatic = true },
        Text("region", "area", "prefecture", "地域", "エリア", "都道府県") with { IsStatic = true },
        Text("country", "国", "国名") with { IsStatic = true },
        Whole("employees", "employee_count", "number_of_employees", "従業員数", "社員数"),
        Text("segment", "セグメント", "区分"),
        Owner with { Synonyms = [.. Owner.Synonyms, "担当者"] },
        Day("created_on", "created", "created_at", "signup_date", "作成日", "登録日", "顧客登録日", "利用開始日") with { IsStatic = true },
        Id("parent_account_id", "parent", "parent_id", "parent_account", "親顧客", "親顧客ID", "親会社", "親会社ID", "親取引先", "親取引先ID"),
        Text("phone", "tel", "telephone", "電話", "電話番号", "TEL"),
        LongText("address", "住所", "所在地"),
    ])
    {
        TakesCustomAttributes = true,
        Inputs = [ValidFrom, Deleted],
        Synonyms = ["account", "customers", "customer", "companies", "顧客", "顧客一覧", "顧客企業", "取引先", "会社", "企業", "アカウント"],
    };

    public static RecordType Contacts { get; } = new("contacts",
    [
        Contact with { IsKey = true, IsRequired = true, Synonyms = [.. Contact.Synonyms, "id"] },
        Account,
        Text("name", "contact_name", "full_name", "氏名", "名前", "担当者名", "先方担当者名", "関係者名", "取引先責任者名") with { MaxLength = 500 },
        Text("name_kana", "kana", "フリガナ", "ふりがな", "カナ", "氏名カナ", "氏名フリガナ", "担当者名カナ") with { MaxLength = 500 },
        Text("email", "mail", "email_address", "mail_address", "メール", "メールアドレス", "Eメール"),
        Text("phone", "tel", "telephone", "電話", "電話番号", "TEL"),
        Text("department", "部署", "部署名", "部門"),
        Text("role", "役割"),
        Text("title", "job_title", "役職", "肩書"),
        Text("language", "言語"),
        Text("time_zone", "timezone", "タイムゾーン", "時間帯"),
        Flag("is_champion", "champion", "社内推進者", "推進者", "キーマン", "チャンピオン"),
        Flag("is_decision_maker", "decision_maker", "決裁者", "意思決定者"),
        Flag("is_executive_sponsor", "executive_sponsor", "sponsor", "役員スポンサー"),
        Id("reports_to", "manager", "manager_id", "上司", "上司ID"),
        Flag("opt_out_email", "email_opt_out", "unsubscribed", "メール配信停止", "配信停止"),
        Flag("opt_out_phone", "phone_opt_out", "do_not_call", "電話不可", "電話停止"),
        Day("consent_on", "consent_date", "同意日"),
        Day("left_on", "left", "left_date", "退職日", "異動日", "離任日"),
    ])
    {
        TakesCustomAttributes = true,
        Inputs = [ValidFrom, Deleted],
        Synonyms = ["contact", "people", "関係者", "関係者一覧", "担当者", "先方担当者", "取引先責任者", "コンタクト"],
    };

    public static RecordType Subscriptions { get; } = new("subscriptions",
    [
        Key("subscription_id", "contract_id", "contract_no", "contract_number", "subscription", "id", "契約ID", "契約番号", "契約コード", "契約明細ID", "契約明細番号"),
        Account,
        Product,
        Text("plan", "plan_name", "プラン", "プラン名", "契約プラン"),
        Whole("seats", "licenses", "licences", "quantity", "user_count", "ライセンス数", "シート数", "席数", "ID数", "ユーザー数", "契約ID数"),
        Money("mrr", "monthly_recurring_revenue", "monthly_price", "monthly_amount", "MRR（月次経常収益）", "月額", "月額料金", "月額金額", "月次経常収益", "月次収益") with { Least = 0, IsRequired = true },
        Currency,
        Agreed("started_on", "start", "start_date", "started", "starts_on", "開始日", "契約開始日", "契約開始") with { IsRequired = true },
        Agreed("term_ends_on", "renews_on", "renewal_date", "term_end", "term_end_date", "契約更新日", "更新日", "契約満了日", "満了日", "契約期間終了日"),
        Flag("auto_renew", "auto_renewal", "自動更新"),
        Whole("notice_days", "notice_period", "notice_period_days", "解約申出日数", "解約予告日数", "解約通知日数"),
        Day("notice_on", "notice_date", "notice_given_on", "解約申出日", "解約通知日", "解約予告日"),
        Agreed("ended_on", "end", "end_date", "ended", "終了日", "契約終了日", "解約日"),
        Text("end_reason", "churn_reason", "cancellation_reason", "終了理由", "解約理由"),
    ])
    {
        Inputs = [Price, Interval, Deleted],
        Synonyms = ["subscription", "contracts", "contract", "terms", "契約", "契約一覧", "契約明細", "契約期間"],
    };

    public static RecordType Rates { get; } = new("rates",
    [
        Currency with { IsKey = true, IsRequired = true },
        new("month", FieldType.Month) { IsKey = true, IsRequired = true, Synonyms = ["year_month", "月", "年月", "対象月"] },
        Number("rate", "exchange_rate", "レート", "為替レート", "換算レート") with { IsRequired = true, Least = 1e-9, Most = 1e9 },
    ])
    {
        Inputs = [Deleted],
        Synonyms = ["rate", "exchange_rates", "為替", "為替レート", "レート"],
    };
}
