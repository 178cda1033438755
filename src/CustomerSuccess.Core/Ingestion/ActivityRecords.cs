using static CustomerSuccess.Core.Ingestion.ContractFields;

namespace CustomerSuccess.Core.Ingestion;

/// <summary>What customers did and said, and what was done for them.</summary>
internal static class ActivityRecords
{
    public static RecordType Usage { get; } = new("usage",
    [
        AccountKey,
        Day("day", "date", "usage_date", "日付", "日", "利用日", "使用日", "年月日") with { IsKey = true, IsRequired = true },
        Text("metric", "feature", "feature_name", "event", "event_type", "event_name", "機能", "機能名", "指標", "イベント", "イベント名") with { IsKey = true, IsRequired = true, MaxLength = 200 },
        Contact with { IsKey = true },
        Number("count", "events", "usage_count", "回数", "件数", "利用回数", "利用数") with { IsRequired = true, Least = 0, Most = 1e15 },
        Whole("users", "active_users", "distinct_users", "利用者数", "利用ユーザー数", "ユーザー数", "人数"),
        Product with { MaxLength = 200 },
    ])
    {
        Inputs = [Deleted],
        Synonyms = ["usages", "usage_daily", "events", "利用", "利用状況", "利用履歴", "利用ログ", "使用状況"],
    };

    public static RecordType Inquiries { get; } = new("inquiries",
    [
        Key("inquiry_id", "ticket_id", "ticket", "case_id", "case_number", "id", "問い合わせID", "問い合わせ番号", "問合せID", "問合せ番号", "お問い合わせ番号", "チケットID", "チケット番号"),
        Account,
        Contact,
        Text("channel", "チャネル", "経路", "受付経路"),
        LongText("subject", "件名", "題名", "タイトル"),
        LongText("body", "description", "message", "本文", "内容", "問い合わせ内容"),
        Text("category", "type", "カテゴリ", "カテゴリー", "分類", "種別"),
        Text("priority", "severity", "優先度", "重要度", "緊急度"),
        Instant("opened_at", "opened", "opened_on", "created_at", "submitted_at", "受付日時", "受付日", "問い合わせ日時", "問い合わせ日", "発生日時", "起票日時", "作成日時") with { IsRequired = true },
        Instant("first_response_at", "first_response", "first_reply_at", "responded_at", "初回応答", "初回応答日時", "初回返信", "初回返信日時", "一次回答", "一次回答日時"),
        Instant("closed_at", "closed", "closed_on", "resolved_at", "solved_at", "完了日時", "完了日", "解決日時", "解決日", "クローズ日時", "クローズ日"),
        Text("status", "state", "状態", "ステータス", "対応状況"),
        new("satisfaction", FieldType.Whole) { Least = 1, Most = 5, Synonyms = ["satisfaction_score", "csat", "rating", "満足度", "顧客満足度", "評価"] },
        Flag("escalated", "is_escalated", "escalation", "エスカレーション", "エスカレーション有無"),
        Instant("escalated_at", "escalated_on", "エスカレーション日時", "エスカレーション日"),
        Text("assignee", "agent", "assigned_to", "対応者", "対応者名", "担当", "担当者名"),
        Product,
    ])
    {
        Inputs = [Deleted],
        Synonyms = ["inquiry", "tickets", "ticket", "cases", "support_tickets", "問い合わせ", "問合せ", "お問い合わせ", "チケット"],
    };

    public static RecordType Nps { get; } = new("nps",
    [
        Key("response_id", "answer_id", "id", "回答ID", "回答番号"),
        Account,
        Contact,
        Text("survey", "survey_name", "wave", "アンケート", "アンケート名", "調査", "調査名", "配信回"),
        new("kind", FieldType.Choice) { Choices = ["nps", "csat", "ces"], Synonyms = ["survey_type", "type", "種類", "種別", "調査種別"] },
        Number("score", "nps", "nps_score", "answer", "スコア", "点数", "得点", "NPSスコア", "推奨度", "回答") with { IsRequired = true },
        Number("scale_min", "minimum", "最小値", "尺度下限"),
        Number("scale_max", "maximum", "最大値", "尺度上限"),
        LongText("comment", "verbatim", "feedback", "コメント", "自由記述", "自由回答", "ご意見"),
        Instant("responded_at", "responded_on", "answered_at", "date", "response_date", "回答日時", "回答日") with { IsRequired = true },
        Product,
    ])
    {
        Inputs = [Deleted],
        Synonyms = ["survey_responses", "responses", "surveys", "アンケート", "アンケート回答", "NPS回答"],
    };

    public static RecordType Purchases { get; } = new("purchases",
    [
        Key("purchase_id", "order_id", "order_no", "order_number", "id", "購入ID", "購入番号", "注文ID", "注文番号", "受注番号"),
        Account,
        Day("purchased_on", "purchase_date", "order_date", "date", "購入日", "購買日", "注文日", "受注日") with { IsRequired = true },
        Money("amount", "total", "price", "金額", "購入金額", "注文金額", "合計", "合計金額") with { IsRequired = true },
        Currency,
        Text("item", "product", "sku", "品目", "商品", "商品名", "品名"),
        Number("quantity", "qty", "数量", "個数"),
    ])
    {
        Inputs = [Deleted],
        Synonyms = ["purchase", "orders", "order", "購入", "購入履歴", "購買履歴", "注文", "受注"],
    };

    public static RecordType Invoices { get; } = new("invoices",
    [
        Key("invoice_id", "invoice_no", "invoice_number", "id", "請求ID", "請求書ID", "請求番号", "請求書番号"),
        Account,
        Money("amount", "total", "金額", "請求金額", "請求額", "合計金額") with { IsRequired = true },
        Currency,
        Day("issued_on", "issued", "invoice_date", "issue_date", "date", "発行日", "請求日", "請求書発行日") with { IsRequired = true },
        Agreed("due_on", "due_date", "due", "支払期日", "支払期限", "入金期日"),
        Day("paid_on", "paid", "paid_date", "payment_date", "入金日", "支払日", "支払完了日"),
        Day("failed_on", "failed", "failed_date", "失敗日", "決済失敗日"),
        new("status", FieldType.Choice) { Choices = ["open", "paid", "failed", "void"], Synonyms = ["state", "状態", "ステータス", "入金状況", "支払状況"] },
    ])
    {
        Inputs = [Deleted],
        Synonyms = ["invoice", "bills", "請求", "請求書"],
    };

    public static RecordType Deals { get; } = new("deals",
    [
        Key("deal_id", "opportunity_id", "id", "商談ID", "商談番号", "案件ID", "案件番号"),
        Account,
        Text("name", "deal_name", "opportunity_name", "商談名", "案件名"),
        Text("kind", "type", "種別", "種類"),
        Text("stage", "phase", "フェーズ", "ステージ", "段階"),
        Money("amount", "金額", "商談金額", "見込金額", "見込み金額"),
        Currency,
        Day("opened_on", "opened", "created_on", "開始日", "作成日", "商談開始日"),
        Agreed("expected_on", "expected_close_date", "close_date", "受注予定日", "完了予定日", "見込日"),
        Day("closed_on", "closed", "closed_date", "完了日", "受注日", "終了日"),
        Flag("won", "is_won", "受注", "成約"),
        Owner with { Synonyms = [.. Owner.Synonyms, "担当者"] },
    ])
    {
        Inputs = [Deleted],
        Synonyms = ["deal", "opportunities", "opportunity", "商談", "案件"],
    };

    public static RecordType Touches { get; } = new("touches",
    [
        Key("touch_id", "activity_id", "id", "対応ID", "対応履歴ID", "アクションID", "活動ID"),
        Account,
        Contact,
        Text("kind", "type", "種別", "種類", "アクション"),
        Text("play", "施策", "プレイ"),
        Owner,
        Instant("at", "date", "touched_at", "occurred_at", "日時", "日付", "対応日時", "対応日", "実施日時", "実施日") with { IsRequired = true },
        Number("minutes", "duration_minutes", "時間", "分", "所要時間", "対応時間", "所要時間（分）") with { Least = 0, Most = 100_000 },
        Text("outcome", "result", "結果"),
        LongText("notes", "note", "memo", "メモ", "備考", "内容"),
        new("direction", FieldType.Choice) { Choices = ["outbound", "inbound"], Synonyms = ["call_direction", "発着信", "発信着信", "方向"] },
        Text("purpose", "目的", "用件"),
        Text("next_step", "next_action", "次のステップ", "次のアクション", "次回対応"),
        Agreed("next_step_on", "next_step_due", "next_action_date", "次回対応日", "次回予定日"),
        Text("recording_url", "recording", "録音URL", "録音"),
    ])
    {
        Inputs = [Deleted],
        Synonyms = ["touch", "activities", "対応履歴", "アクション", "活動履歴"],
    };

    public static RecordType Assignments { get; } = new("assignments",
    [
        AccountKey,
        Text("play", "施策", "プレイ") with { IsKey = true, IsRequired = true, MaxLength = 200 },
        Day("assigned_on", "date", "割当日", "割り当て日") with { IsKey = true, IsRequired = true },
        new("arm", FieldType.Choice) { Choices = ["offered", "held_out"], IsRequired = true, Synonyms = ["group", "群", "割当", "割り当て"] },
        Text("play_version", "version", "施策の版", "版"),
    ])
    {
        Inputs = [Deleted],
        Synonyms = ["assignment", "割当", "割り当て"],
    };

    public static RecordType Outcomes { get; } = new("outcomes",
    [
        AccountKey,
        Day("as_of", "as_of_date", "date", "基準日") with { IsKey = true, IsRequired = true },
        Flag("churned", "churn", "解約", "解約有無"),
        Flag("expanded", "expansion", "upsell", "拡大", "拡大有無"),
    ])
    {
        Inputs = [Deleted],
        Synonyms = ["outcome", "labels", "実績", "結果"],
    };
}
