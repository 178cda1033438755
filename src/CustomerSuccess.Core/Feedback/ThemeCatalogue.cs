namespace CustomerSuccess.Core.Feedback;

/// <summary>Themes that software customers speak of everywhere. Companies rename, reword, merge and hide them, and write their own.</summary>
public static class ThemeCatalogue
{
    public static IReadOnlyList<FeedbackTheme> All { get; } =
    [
        Theme("speed", ThemeKind.Complaint, "Slow", "動作が遅い", "slow, sluggish, lag, takes forever, takes too long, loading time, timeout, time out, could be quicker, could be faster, 動作が遅, 表示が遅, 画面+遅, 重い, もっさり, 読み込み+時間, 待たされ, タイムアウト, もう少し速, 速度"),
        Theme("outage", ThemeKind.Complaint, "Outages and sign-in", "障害・ログイン", "outage, down again, is down, was down, cannot sign in, can't sign in, cannot log in, can't log in, locked out, crash, unavailable, 障害, ログインできな, ログインでき+ません, サインインでき, 落ちる, 落ちて, つながらな, 接続できな, 停止して"),
        Theme("data", ThemeKind.Complaint, "Missing or wrong data", "データの欠落・誤り", "data is missing, data missing, missing data, records+gone, data+gone, disappeared, wrong figure, wrong number, figures do not match, numbers do not match, shows no data, stays empty, duplicate record, データ+消え, データ+見当たりません, データ+欠落, 数字が合わ, 数値が合わ, 数字+一致し, 空のまま, 表示されない, 表示されません, 重複して"),
        Theme("import", ThemeKind.Complaint, "Imports and integrations", "取り込み・連携", "import, integration, sync, connector, api, webhook, 取り込み, インポート, 連携, 同期, コネクタ, api"),
        Theme("answers", ThemeKind.Complaint, "Slow or no answers from support", "サポートの返信が遅い", "nobody answers, nobody has answered, no answer, no reply, heard nothing, waiting for an answer, waited+answer, slow to answer, days for an answer, weeks for an answer, support is slow, is anybody there, 返信がありません, 返信がない, 返信+遅, 返信をいただいていません, 返信をお待ち, 回答+遅, 回答がない, 対応が遅, 問い合わせ+遅"),
        Theme("price", ThemeKind.Complaint, "Price", "価格", "expensive, price, pricing, too much for, cost, cheaper, over budget, 価格, 料金, 値上げ, 高いと感じ, 割高, 費用, コスト, 予算"),
        Theme("ease", ThemeKind.Complaint, "Hard to use", "使いにくい", "hard to use, difficult to use, confusing, complicated, too many clicks, hard to find, not intuitive, cannot find, cluttered, 使いにく, 使いづら, わかりにく, 分かりにく, 分かりづら, 複雑, 操作が難し, 探しづら, 見つけにく, 使いこなせて"),
        Theme("reports", ThemeKind.Wish, "Reports and dashboards", "レポート・ダッシュボード", "report, dashboard, chart, graph, レポート, ダッシュボード, グラフ, 集計"),
        Theme("export", ThemeKind.Question, "Export", "出力・エクスポート", "export, spreadsheet, csv, excel, download, 出力, エクスポート, 表計算, csv, excel, エクセル, ダウンロード"),
        Theme("look", ThemeKind.Wish, "Dark colours and look", "配色・ダークモード", "dark colours, dark colors, dark mode, dark theme, ダークモード, 配色"),
        Theme("columns", ThemeKind.Wish, "More columns and fields", "項目・列の追加", "more columns, more fields, extra column, another column, custom field, list show, 項目の追加, 項目追加, 列を追加, 列の追加, 項目を追加, カスタム項目"),
        Theme("mobile", ThemeKind.Wish, "Mobile use", "スマートフォンでの利用", "mobile, on my phone, on a phone, smartphone, tablet, スマートフォン, スマホ, タブレット, モバイル"),
        Theme("people", ThemeKind.Question, "Users and permissions", "ユーザー・権限の管理", "new user, add+user, colleagues join, permission, access right, who may, ユーザー追加, ユーザーの追加, 名増え, 権限, 退職者"),
        Theme("sharing", ThemeKind.Question, "Sharing with other teams", "他部署との共有", "share a, sharing, share our, share it, show our dashboard, other department, another department, 共有, 他部署"),
        Theme("billing", ThemeKind.Question, "Invoices and billing", "請求・支払い", "invoice, billing, payment, receipt, 請求, 支払, 領収書"),
        Theme("start", ThemeKind.Question, "Getting started and training", "導入・研修", "getting started, onboarding, training, tutorial, introduction for, 導入支援, 研修, 勉強会, マニュアル, 使い方を教え, 初期設定"),
        Theme("likes_ease", ThemeKind.Praise, "Easy to use", "使いやすい", "easy to use, intuitive, simple to use, easy to learn, -not easy, -not intuitive, 使いやす, わかりやす, 分かりやす, 直感的, 操作が簡単"),
        Theme("likes_time", ThemeKind.Praise, "Saves time", "時間の節約", "saves us, saves time, saved us, hours every week, less work, 作業時間, 時間が短縮, 時間を短縮, 効率, 工数が減, 楽にな"),
        Theme("likes_support", ThemeKind.Praise, "Good support", "サポートが丁寧", "support is friendly, support is great, support is quick, helpful support, answer quickly, answered quickly, サポートも丁寧, サポートが丁寧, 対応が早く, 対応が速く, すぐに対応, 迅速, 親切"),
        Theme("likes_use", ThemeKind.Praise, "Used by the whole team", "全社での活用", "whole team, everybody uses, everyone uses, part of our daily, 部署全体, 全社で, 全員で活用, 毎日使って, 欠かせな"),
    ];

    private static readonly Dictionary<string, FeedbackTheme> ById = All.ToDictionary(theme => theme.ThemeId, StringComparer.Ordinal);

    /// <summary>A theme as it is shipped; null for a company's own.</summary>
    public static FeedbackTheme? Of(string themeId) => ById.GetValueOrDefault(themeId);

    private static FeedbackTheme Theme(string id, ThemeKind kind, string name, string nameJa, string words) => new() { ThemeId = id, Kind = kind, Name = name, NameJa = nameJa, Words = words.Replace(", ", "\n", StringComparison.Ordinal) };
}
