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

    /// <summary>Other ways in which a customer writes of the same, by the English subject; their category is the same.</summary>
    private static readonly Dictionary<string, InquiryText[]> Others = new(StringComparer.Ordinal)
    {
        ["How do I share a dashboard?"] =
        [
            new("how-to", "Sharing with the sales department", "Our sales people want to look at our dashboard. Can we share it without an account for each of them?", "営業部との共有について", "営業部にもダッシュボードを見せたいのですが、全員分のユーザーを作らずに共有できますか。"),
            new("how-to", "Link for a colleague", "Is there a link that I can send to another department?", "共有リンクの作り方", "他部署に送れる共有リンクはありますか。"),
        ],
        ["Adding a new user"] =
        [
            new("how-to", "Permissions for an assistant", "Our assistant should see reports but change nothing. Which permission is that?", "権限の設定", "アシスタントには閲覧だけを許可したいです。どの権限にすればよいでしょうか。"),
            new("how-to", "Training for new people", "Five people start in our department next month. Is there a training or a tutorial for them?", "新任者向けの研修", "来月から5名が配属されます。研修やマニュアルはありますか。"),
        ],
        ["Export to a spreadsheet"] =
        [
            new("how-to", "CSV opens with broken letters", "When we open the export in Excel the Japanese letters are broken. What should we choose?", "CSVの文字化け", "エクスポートしたCSVをExcelで開くと文字化けします。どの形式を選べばよいですか。"),
            new("how-to", "Download every month", "Can the spreadsheet be downloaded for every month at once?", "毎月分の一括ダウンロード", "表計算ファイルを毎月分まとめてダウンロードできますか。"),
        ],
        ["Copy of an invoice"] = [new("billing", "Receipt for our auditors", "Our auditors ask for a receipt of every payment of this year.", "監査用の領収書", "監査のため、今年分の支払いの領収書が必要です。")],
        ["Change of billing address"] = [new("billing", "Two invoices", "Since we bought the add-on we get two invoices. Can they be one?", "請求書の統合", "追加契約をしてから請求書が2通届きます。1通にまとめられますか。")],
        ["Chart shows no data"] =
        [
            new("bug", "Numbers do not match", "The figures of the dashboard and of the report do not match for last week.", "数値が合わない", "先週分のダッシュボードとレポートの数値が合いません。"),
            new("bug", "Approval mail does not arrive", "When somebody approves a draft the approval mail does not arrive.", "承認通知が届かない", "承認しても申請者に承認通知が届きません。"),
        ],
        ["Slow after lunch"] =
        [
            new("bug", "Report takes too long", "The monthly report takes too long to open, mostly on Mondays.", "レポートの表示に時間がかかる", "月次レポートの画面が遅く、月曜は特に待たされます。"),
            new("bug", "List is sluggish", "The list is sluggish with more than a thousand rows.", "一覧の動作が遅い", "1,000行を超えると一覧の動作が遅くなります。"),
        ],
        ["Wish: dark colours"] =
        [
            new("request", "Wish: use on a phone", "Our people on the road would like to see the numbers on their phone, a smartphone view would help.", "スマートフォン対応の要望", "外出先でも見られるよう、スマートフォンの画面に対応していただけると助かります。"),
            new("request", "Wish: approval steps", "We would like an approval step before a report is published.", "承認フローの要望", "レポートを公開する前に承認フローがあると助かります。"),
        ],
        ["Wish: more columns"] =
        [
            new("request", "Wish: our own fields", "Could we have a custom field for our contract number?", "カスタム項目の要望", "契約番号を入れるカスタム項目がほしいです。"),
            new("request", "Wish: connector to our accounting", "A connector to our accounting software would save us the nightly file.", "会計ソフトとの連携の要望", "会計ソフトと連携できると、夜間のファイル作成が不要になります。"),
        ],
        ["Data is missing since the update"] = [new("bug", "Records are gone again", "After the update some records have disappeared, and nobody can tell us which.", "データがまた消えた", "更新後に一部のデータが消えており、どれが消えたのかも分かりません。")],
        ["Nobody can sign in"] = [new("bug", "The service is down again", "The service is down again, the second outage this month. Our warehouse is standing still.", "また障害でつながらない", "今月2回目の障害です。倉庫の業務が止まっています。")],
        ["Import fails again"] = [new("bug", "Sync with our system stops", "The sync stops every night and we load the files by hand.", "同期が止まる", "毎晩同期が止まり、手作業でファイルを取り込んでいます。")],
        ["Still waiting for an answer"] = [new("complaint", "No reply for ten days", "We asked ten days ago, there is still no reply, and our management loses patience.", "10日間返信がない", "10日前の問い合わせに返信がありません。上司からも催促されています。")],
    };

    private static readonly string[] Praise = ["Saves us hours every week", "Easy to use", "The whole team works with it now", "The support is friendly", "Support is quick and helpful", "The dashboard is clear and pretty", "We found our way at once, it is intuitive", "The reports save us the meeting", "It has become part of our daily work", "Great value for our team"];
    private static readonly string[] PraiseMore = ["we recommend it to everybody", "thank you for that", "keep it up", "our management likes it too", "we would not give it back", "a real help", "and it gets better every month", "very happy with it"];
    private static readonly string[] PraiseJa = ["毎週の作業時間が大きく減りました", "使いやすく、操作に迷いません", "部署全体で活用しています", "サポートが丁寧で安心できます", "問い合わせへの対応が早く助かっています", "ダッシュボードが見やすいです", "直感的に操作できます", "レポート作成が楽になりました", "今では業務に欠かせません", "料金に見合う価値があります"];
    private static readonly string[] PraiseMoreJa = ["他社にも勧めたいです", "とても満足しています", "今後も使い続けたいです", "本当に助かっています", "ありがとうございます", "社内でも好評です", "大変気に入っています", "導入してよかったです"];
    private static readonly string[] Neutral = ["Good, but the reports could be quicker", "Does what it should", "We do not use all of it yet", "Useful, though the export needs some work", "Fine for us, a mobile view is missing", "The price is all right", "Getting started took a while", "It is solid, the look is a little old"];
    private static readonly string[] NeutralMore = ["we shall see", "more next year", "so far so good", "some wishes are left", "no complaints otherwise", "on the whole it is fine"];
    private static readonly string[] NeutralJa = ["良い製品ですが、レポートの表示がもう少し速いと助かります", "必要な機能はそろっています", "まだ使いこなせていない機能があります", "便利ですが、出力の形式が増えるとよいです", "スマートフォンで見られるとよいです", "料金は妥当だと思います", "導入に少し時間がかかりました", "堅実ですが、画面の見た目が少し古いです"];
    private static readonly string[] NeutralMoreJa = ["今後に期待します", "もう少し様子を見ます", "全体としては問題ありません", "改善を期待しています", "特に不満はありません", "いくつか要望があります"];
    private static readonly string[] Blame = ["Too slow for our daily work", "Nobody answers our questions", "It has become expensive for what we use", "The screens are confusing", "The import fails again and again", "The numbers do not match and we cannot trust them", "Yet another outage this month", "Support is slow to answer", "Too many clicks for simple things", "The price went up and nothing got better"];
    private static readonly string[] BlameMore = ["we are looking at others", "this is frustrating", "it costs us a lot of time", "very disappointing", "our people have given up", "we told you before", "that has to change", "not acceptable for us"];
    private static readonly string[] BlameJa = ["日常業務で使うには動作が遅いです", "問い合わせの返信が遅く、困っています", "利用状況に対して価格が高いと感じます", "画面が複雑で分かりにくいです", "取り込みが何度も失敗します", "数値が合わず、信用できません", "今月も障害がありました", "サポートの回答が遅いです", "簡単な作業にも手順が多く使いにくいです", "値上げされたのに何も改善されていません"];
    private static readonly string[] BlameMoreJa = ["他社製品を検討しています", "不満です", "時間を取られています", "とても残念です", "社内でも不評です", "以前にもお伝えしました", "改善されなければ困ります", "納得できません"];

    /// <summary>The latest months in which slowness is what most who report a fault report, in months before the end.</summary>
    private const int SlowMonths = 3;

    /// <summary>Writes of a matter in one of the ways in which customers do. What the matter is was drawn before.</summary>
    /// <param name="random">A stream of its own, so that words shift nothing else.</param>
    /// <param name="text">What it is about.</param>
    /// <param name="monthsLeft">Months until the simulation ends: in the last ones one theme rises, so that there is something to find.</param>
    public static InquiryText Phrase(DemoRandom random, InquiryText text, int monthsLeft)
    {
        var (rises, which, way) = (random.Chance(0.5), random.Chance(0.5), random.Next());
        var subject = rises && monthsLeft < SlowMonths && text.Subject == "Chart shows no data" ? "Slow after lunch" : text.Subject;
        IReadOnlyList<InquiryText> ways = [Everyday.Concat(Serious).First(own => own.Subject == subject), .. Others.GetValueOrDefault(subject, [])];
        return which ? ways[0] : ways[(int)(way * ways.Count)];
    }

    /// <summary>What stands beside a score. One in twenty says the opposite of what the score says.</summary>
    /// <param name="random">Draws what it did before words were many.</param>
    /// <param name="words">A stream of its own.</param>
    public static string Comment(DemoRandom random, DemoRandom words, bool japanese, int score)
    {
        random.Next();
        var (odd, first, second, adds) = (words.Chance(0.05), words.Next(), words.Next(), words.Chance(0.7));
        var group = score >= 9 ? odd ? 0 : 2 : score >= 7 ? 1 : odd ? 2 : 0;
        var (says, more) = (group, japanese) switch
        {
            (2, true) => (PraiseJa, PraiseMoreJa),
            (2, false) => (Praise, PraiseMore),
            (1, true) => (NeutralJa, NeutralMoreJa),
            (1, false) => (Neutral, NeutralMore),
            (_, true) => (BlameJa, BlameMoreJa),
            _ => (Blame, BlameMore),
        };
        var (one, two) = (says[(int)(first * says.Length)], more[(int)(second * more.Length)]);
        return japanese ? adds ? $"{one}。{two}。" : one + "。" : adds ? $"{one}, {two}." : one + ".";
    }
}
