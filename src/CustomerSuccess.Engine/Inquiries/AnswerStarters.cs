namespace CustomerSuccess.Engine.Inquiries;

/// <summary>The canned answers that most desks need first, in both languages.</summary>
public static class AnswerStarters
{
    public static IReadOnlyList<CannedAnswerDraft> All { get; } =
    [
        new(null, 0, "受付のご連絡 / We have received your inquiry", null, """
            Dear {{contact.name|customer}},

            Thank you for contacting us. We have received your inquiry "{{inquiry.subject}}" (reference {{inquiry.id}}) and are looking into it. We will come back to you shortly.

            Kind regards,
            {{agent.name}}
            """, """
            {{contact.name|ご担当者}} 様

            お問い合わせいただきありがとうございます。
            「{{inquiry.subject}}」（受付番号：{{inquiry.id}}）を承りました。
            ただいま内容を確認しております。確認でき次第、あらためてご連絡いたしますので、今しばらくお待ちください。

            {{agent.name}}
            """, false),
        new(null, 0, "詳細の確認 / A few more details", null, """
            Dear {{contact.name|customer}},

            Thank you for your message. To find the cause we need a little more information:

            1. When did it happen last?
            2. What did you see on the screen? A screenshot helps.
            3. Does it happen to everybody, or to some people only?

            Kind regards,
            {{agent.name}}
            """, """
            {{contact.name|ご担当者}} 様

            ご連絡ありがとうございます。
            原因を特定するため、恐れ入りますが次の点をお知らせいただけますでしょうか。

            1. 最後に発生した日時
            2. 画面に表示された内容（スクリーンショットがございますと助かります）
            3. 全員に発生しているか、一部の方のみか

            お手数をおかけいたしますが、よろしくお願いいたします。

            {{agent.name}}
            """, false),
        new(null, 0, "進捗のご連絡 / Still on it", null, """
            Dear {{contact.name|customer}},

            We are still working on your inquiry {{inquiry.id}} and have not forgotten you. We are sorry that it takes longer than expected.

            Kind regards,
            {{agent.name}}
            """, """
            {{contact.name|ご担当者}} 様

            お問い合わせ（受付番号：{{inquiry.id}}）につきまして、現在も調査を続けております。
            お時間をいただいており申し訳ございません。進展があり次第、ご連絡いたします。

            {{agent.name}}
            """, false),
        new(null, 0, "解決のご連絡と評価のお願い / Solved, and a question to you", null, """
            Dear {{contact.name|customer}},

            Your inquiry {{inquiry.id}} should now be solved. If anything is left open, just answer this message.

            How satisfied are you with our answer? It takes ten seconds:
            {{rating.link}}

            Kind regards,
            {{agent.name}}
            """, """
            {{contact.name|ご担当者}} 様

            お問い合わせ（受付番号：{{inquiry.id}}）につきまして、対応が完了いたしました。
            ご不明な点が残っている場合は、このままご返信ください。

            差し支えなければ、今回の対応についてご評価をお聞かせください（10秒ほどで終わります）。
            {{rating.link}}

            {{agent.name}}
            """, false),
    ];
}
