namespace CustomerSuccess.Core.Mail;

/// <summary>Words that the product itself adds to messages, in the message's language.</summary>
public static class MailWords
{
    public static string Unsubscribe(string language) => language == "ja" ? "配信停止" : "Unsubscribe";

    public static string Preferences(string language) => language == "ja" ? "配信設定の変更" : "Change what we send you";

    /// <summary>Who sends and from where, as one line.</summary>
    public static string Identity(string language, string name, string address) => language == "ja" ? $"送信者：{name}　{address}" : $"Sent by {name}, {address}";

    public static string Contact(string language, string contact) => language == "ja" ? $"お問い合わせ先：{contact}" : $"Questions and complaints: {contact}";

    /// <summary>What an answer is about where its inquiry has no subject.</summary>
    public static string YourInquiry(string language) => language == "ja" ? "お問い合わせの件" : "Your inquiry";

    /// <summary>Below an answer: by which number the inquiry is known, and how to write on.</summary>
    public static string InquiryNumber(string language, string number) => language == "ja"
        ? $"お問い合わせ番号：{number}\nこのメールにご返信いただくと、担当者に届きます。"
        : $"Inquiry {number}\nReply to this message to reach us about it.";

    public static string TestSubject(string language) => language == "ja" ? "送信テスト" : "Test message";

    public static string TestBody(string language) => language == "ja"
        ? "このメールは送信設定の確認のために送信されました。\n\n正しく表示されていれば、設定は完了しています。"
        : "This message was sent to check the mail settings.\n\nIf you can read it, they work.";
}
