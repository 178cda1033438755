using CustomerSuccess.Core.Playbooks;

namespace CustomerSuccess.Core.Sequences;

/// <summary>Steps of shipped plays, to begin from. Messages are written as drafts, until somebody lets them be sent by themselves.</summary>
public static class SequenceCatalogue
{
    /// <summary>An offer of training: a message, a reminder a week later, a call where neither was answered.</summary>
    public static PlaySequence TrainingOffer { get; } = new()
    {
        EndsWhenReasonGone = true,
        Steps =
        [
            new()
            {
                Channel = Channels.Email, Hour = 10, Unit = DelayUnit.BusinessDays, Minutes = 5,
                SubjectEn = "A short training for your team",
                BodyEn = "{{contact.address_line}}\n\nWe would be glad to show you and your colleagues, in thirty minutes, how to get more out of what you already have. Which days of the coming two weeks would suit you?\n\nKind regards\n{{owner.name|Your customer success team}}",
                SubjectJa = "活用講習のご案内",
                BodyJa = "{{contact.address_line}}\n\nいつもご利用いただき、誠にありがとうございます。\n\n現在ご契約の機能をより活用していただくため、30分ほどの講習をご用意しております。今後2週間でご都合のよい日時がございましたら、ご返信にてお知らせください。\n\n{{owner.name|カスタマーサクセス担当}}",
            },
            new()
            {
                Channel = Channels.Email, Delay = 5, Hour = 10, Unit = DelayUnit.BusinessDays, Minutes = 3,
                SubjectEn = "Shall we find a time for your training?",
                BodyEn = "{{contact.address_line}}\n\nLast week we offered you a short training. If you name two dates, we take care of the rest.\n\nKind regards\n{{owner.name|Your customer success team}}",
                SubjectJa = "活用講習の日程について",
                BodyJa = "{{contact.address_line}}\n\n先日ご案内いたしました活用講習につきまして、ご都合のよい候補日を2つほどお知らせいただけましたら、こちらで準備を進めてまいります。\n\n{{owner.name|カスタマーサクセス担当}}",
            },
            new() { Channel = Channels.Call, Delay = 5, Hour = 10, Unit = DelayUnit.BusinessDays, Minutes = 10, SubjectEn = "Ask about the training that was offered twice", SubjectJa = "2回ご案内した講習について電話で確認する" },
        ],
    };

    /// <summary>A letter of thanks.</summary>
    public static PlaySequence ThankYou { get; } = new()
    {
        Steps =
        [
            new()
            {
                Channel = Channels.Letter, Unit = DelayUnit.BusinessDays, Minutes = 5,
                SubjectEn = "Thank you for another year",
                BodyEn = "{{contact.address_line}}\n\nThank you for having worked with us for another year. What you told us has made our product better. We look forward to the next one.\n\n{{sender.name}}",
                SubjectJa = "御礼",
                BodyJa = "{{contact.address_line}}\n\n平素より格別のお引き立てを賜り、厚く御礼申し上げます。この一年も弊社サービスをご利用いただき、また貴重なご意見をお寄せいただき、誠にありがとうございました。今後とも変わらぬご愛顧を賜りますよう、お願い申し上げます。\n\n{{sender.name}}",
            },
        ],
    };
}
