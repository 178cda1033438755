namespace CustomerSuccess.Core.Demo;

/// <summary>What an inquiry is about, as the customer writes it in either language.</summary>
internal sealed record InquiryText(string Category, string Subject, string Body, string SubjectJa, string BodyJa);

/// <summary>Sentences of simulated customers.</summary>
internal static class DemoTexts
{
    public static IReadOnlyList<InquiryText> Everyday { get; } =
    [
        new("how-to", "How do I share a dashboard?", "We would like to show our dashboard to another department. Where can we set this?", "ダッシュボードの共有方法", "他部署にもダッシュボードを共有したいのですが、設定はどこにありますか。"),
        new("how-to", "Adding a new user", "Two colleagues join next week. How do we add them?", "ユーザー追加の方法", "来週から2名増えます。追加の手順を教えてください。"),
        new("how-to", "Export to a spreadsheet", "Can the monthly report be exported with all columns?", "表計算への出力について", "月次レポートを全項目付きで出力できますか。"),
        new("billing", "Copy of an invoice", "Please send us the invoice of last month once more.", "請求書の再発行", "先月分の請求書を再発行していただけますか。"),
        new("billing", "Change of billing address", "Our address changes from next month on.", "請求先住所の変更", "来月から請求先の住所が変わります。"),
        new("bug", "Chart shows no data", "Since this morning one chart stays empty for some of us.", "グラフが表示されない", "今朝から一部のユーザーでグラフが空のままです。"),
        new("bug", "Slow after lunch", "Pages open slowly in the early afternoon.", "午後の動作が遅い", "昼過ぎになると画面の表示が遅くなります。"),
        new("request", "Wish: dark colours", "Some of us would like dark colours.", "ダークモードの要望", "ダークモードがあると助かります。急ぎではありません。"),
        new("request", "Wish: more columns", "Could the list show the person in charge?", "一覧の項目追加の要望", "一覧に担当者の列を追加していただけないでしょうか。"),
    ];

    public static IReadOnlyList<InquiryText> Serious { get; } =
    [
        new("bug", "Data is missing since the update", "Records of last week are gone. We cannot close the month without them.", "更新後にデータが消えた", "先週分のデータが見当たりません。月次の締めができず困っています。至急ご確認ください。"),
        new("bug", "Nobody can sign in", "Our people cannot sign in since this morning. This stops our work.", "全員がログインできない", "今朝から全員ログインできません。業務が止まっています。"),
        new("bug", "Import fails again", "The nightly import failed for the third time. Nobody has answered us yet.", "取り込みがまた失敗する", "夜間の取り込みが3回続けて失敗しています。まだ返信をいただいていません。"),
        new("complaint", "Still waiting for an answer", "We wrote two weeks ago and have heard nothing. Is anybody there?", "返信をお待ちしています", "2週間前に問い合わせましたが、返信がありません。ご対応をお願いします。"),
    ];

    private static readonly string[] Praise = ["Saves us hours every week.", "Easy to use, and the support is friendly.", "The whole team works with it now."];
    private static readonly string[] PraiseJa = ["毎週の作業時間が大きく減りました。", "使いやすく、サポートも丁寧です。", "部署全体で活用しています。"];
    private static readonly string[] Neutral = ["Good, but the reports could be quicker.", "Does what it should.", "We do not use all of it yet."];
    private static readonly string[] NeutralJa = ["良い製品ですが、レポートの表示がもう少し速いと助かります。", "必要な機能はそろっています。", "まだ使いこなせていない機能があります。"];
    private static readonly string[] Blame = ["Too slow for our daily work.", "Nobody answers our questions.", "It has become expensive for what we use."];
    private static readonly string[] BlameJa = ["日常業務で使うには動作が遅いです。", "問い合わせの返信が遅く、困っています。", "利用状況に対して価格が高いと感じます。"];

    public static string Comment(DemoRandom random, bool japanese, int score) => random.Pick((score, japanese) switch
    {
        ( >= 9, true) => PraiseJa,
        ( >= 9, false) => Praise,
        ( >= 7, true) => NeutralJa,
        ( >= 7, false) => Neutral,
        (_, true) => BlameJa,
        _ => Blame,
    });
}
