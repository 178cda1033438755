namespace CustomerSuccess.Core.Surveys;

/// <summary>A survey of each kind to begin from, in both languages.</summary>
public static class SurveyDefaults
{
    /// <summary>The questions as they are usually asked, with the usual throttles; the name is left to whoever writes it.</summary>
    /// <param name="kind">What it asks for.</param>
    /// <param name="language">In which colleagues read: tasks are for them.</param>
    public static SurveyPlan Of(SurveyKind kind, string language)
    {
        var isJapanese = language == "ja";
        var plan = new SurveyPlan
        {
            Kind = kind,
            Mode = SurveyRules.ModesOf(kind)[0],
            ThanksEn = "Thank you. Your answer goes straight to the people who look after you.",
            ThanksJa = "ご回答ありがとうございました。いただいた内容は、担当者が必ず拝見いたします。",
        };
        return kind switch
        {
            SurveyKind.Nps => plan with
            {
                SubjectEn = "One question about {{sender.name|our service}}",
                SubjectJa = "{{sender.name|弊社サービス}}についてのご質問（1問）",
                IntroEn = "We would like to know whether we are worth recommending. It takes less than a minute.",
                IntroJa = "いつもお世話になっております。\n今後のサービス改善のため、ご意見をお聞かせください。1分以内でご回答いただけます。",
                Questions =
                [
                    Scale(kind, "How likely are you to recommend us to a friend or colleague?", "弊社のサービスを、ご友人や同僚の方にどの程度薦めたいとお考えですか。", ("not at all likely", "まったく薦めたくない"), ("extremely likely", "ぜひ薦めたい")),
                    Comment("What is the main reason for your score?", "その点数をお選びになった理由をお聞かせください。"),
                ],
                FollowUps =
                [
                    new(ScoreGroup.Low)
                    {
                        ThanksEn = "Thank you for being frank. Somebody who looks after you will get in touch.",
                        ThanksJa = "率直なご意見をいただき、ありがとうございました。担当者よりご連絡いたします。",
                        Task = isJapanese ? "批判者に連絡する" : "Get in touch with a detractor",
                        DueDays = 1,
                    },
                ],
            },
            SurveyKind.Csat => plan with
            {
                MonthsBetween = 1,
                LeastAgeDays = 0,
                MostPerAccount = 1,
                ExpiryDays = 14,
                SubjectEn = "How did we do?",
                SubjectJa = "お問い合わせ対応についてお聞かせください",
                IntroEn = "Your inquiry has been closed. How satisfied are you with how it was handled?",
                IntroJa = "先日のお問い合わせへの対応が完了いたしました。\n対応について、ご意見をお聞かせください。",
                Questions =
                [
                    Scale(kind, "How satisfied are you?", "対応にどの程度ご満足いただけましたか。", ("very dissatisfied", "とても不満"), ("very satisfied", "とても満足")),
                    Comment("What could we have done better?", "改善すべき点がございましたら、お聞かせください。"),
                ],
                FollowUps = [new(ScoreGroup.Low) { Task = isJapanese ? "ご不満の内容を確認する" : "Ask what went wrong", DueDays = 2 }],
            },
            SurveyKind.Ces => plan with
            {
                MonthsBetween = 1,
                LeastAgeDays = 0,
                MostPerAccount = 1,
                ExpiryDays = 14,
                SubjectEn = "Was it easy to get help?",
                SubjectJa = "お問い合わせのしやすさについてお聞かせください",
                IntroEn = "Your inquiry has been closed. We would like to know how easy that was for you.",
                IntroJa = "先日のお問い合わせへの対応が完了いたしました。\n解決までのお手間について、お聞かせください。",
                Questions =
                [
                    Scale(kind, "We made it easy to handle your issue.", "問題の解決は簡単でしたか。", ("strongly disagree", "とても大変だった"), ("strongly agree", "とても簡単だった")),
                    Comment("What was harder than it should be?", "お手間をおかけした点がございましたら、お聞かせください。"),
                ],
            },
            SurveyKind.Exit => plan with
            {
                MonthsBetween = 12,
                LeastAgeDays = 0,
                MostPerAccount = 1,
                ReminderDays = null,
                ExpiryDays = 30,
                Recipients = SurveyRecipients.Everybody,
                SubjectEn = "May we ask why you left?",
                SubjectJa = "解約の理由についてお聞かせください",
                IntroEn = "We are sorry to see you go. What you tell us helps those who stay.",
                IntroJa = "これまでご利用いただき、誠にありがとうございました。\n今後の改善のため、解約の理由をお聞かせいただけますと幸いです。",
                Questions =
                [
                    new()
                    {
                        Id = "q1",
                        Kind = QuestionKind.Choice,
                        IsRequired = true,
                        TextEn = "What was the main reason?",
                        TextJa = "最も大きな理由をお選びください。",
                        Choices =
                        [
                            new("The price", "価格"), new("A function was missing", "必要な機能がなかった"), new("It was hard to use", "使いにくかった"), new("The support", "サポート"),
                            new("We use another product", "他社の製品に切り替えた"), new("We no longer need it", "必要がなくなった"), new("Something else", "その他"),
                        ],
                    },
                    new() { Id = "q2", Kind = QuestionKind.Choice, TextEn = "Would you come back?", TextJa = "再びご利用いただける可能性はございますか。", Choices = [new("Yes", "ある"), new("Perhaps", "条件による"), new("No", "ない")] },
                    Comment("What would have kept you?", "どのような点が改善されていれば、ご利用を続けられましたか。") with { Id = "q3" },
                ],
            },
            _ => plan with
            {
                SubjectEn = "A few questions",
                SubjectJa = "アンケートへのご協力のお願い",
                IntroEn = "May we ask you a few questions? It takes two minutes.",
                IntroJa = "いつもお世話になっております。\nアンケートへのご協力をお願いいたします。2分ほどでご回答いただけます。",
                Questions = [Comment("What should we know?", "ご意見をお聞かせください。") with { Id = "q1", IsRequired = true }],
            },
        };
    }

    private static SurveyQuestion Scale(SurveyKind kind, string en, string ja, (string En, string Ja) least, (string En, string Ja) most)
    {
        var (from, to) = SurveyRules.ScaleOf(kind)!.Value;
        return new() { Id = "q1", Kind = QuestionKind.Score, IsRequired = true, TextEn = en, TextJa = ja, Least = from, Most = to, LeastEn = least.En, LeastJa = least.Ja, MostEn = most.En, MostJa = most.Ja };
    }

    private static SurveyQuestion Comment(string en, string ja) => new() { Id = "q2", Kind = QuestionKind.Text, TextEn = en, TextJa = ja };
}
