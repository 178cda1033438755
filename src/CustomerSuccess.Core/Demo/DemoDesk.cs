using CustomerSuccess.Core.Inquiries;

namespace CustomerSuccess.Core.Demo;

/// <summary>A customer's person who may ask.</summary>
/// <param name="AccountNo">The account's internal number.</param>
/// <param name="ContactNo">The person's.</param>
/// <param name="IsJapanese">True where they write Japanese.</param>
public sealed record DemoAsker(int AccountNo, int ContactNo, bool IsJapanese);

/// <summary>Something that happens to a demo inquiry.</summary>
/// <param name="After">How long after it was opened.</param>
/// <param name="By">Which colleague, from 0; null for the customer.</param>
/// <param name="Kind">Whose words; null for a change of state alone.</param>
/// <param name="Text">The words.</param>
/// <param name="Then">The state afterwards; null leaves it.</param>
public sealed record DemoStep(TimeSpan After, int? By, MessageKind? Kind, string? Text, InquiryState? Then);

/// <summary>A demo inquiry with what happened to it.</summary>
/// <param name="Asker">Who asks.</param>
/// <param name="Before">How long before the present it was opened.</param>
/// <param name="Channel">By which it came.</param>
/// <param name="Priority">How urgent.</param>
/// <param name="Category">What it is about.</param>
/// <param name="Subject">Its subject.</param>
/// <param name="Body">Its text.</param>
/// <param name="Tags">Its tags.</param>
/// <param name="Assignee">Which colleague, from 0; null for nobody.</param>
/// <param name="Rating">What the customer says afterwards, 1–5; null for nothing.</param>
/// <param name="Steps">In their order.</param>
public sealed record DemoInquiry(DemoAsker Asker, TimeSpan Before, string Channel, InquiryPriority Priority, string Category, string Subject, string Body, IReadOnlyList<string> Tags, int? Assignee, int? Rating, IReadOnlyList<DemoStep> Steps);

/// <summary>The last days of the demo's desk: inquiries in every state, with threads, so that there is something to work on. Equal askers give equal inquiries.</summary>
public static class DemoDesk
{
    private const int Seed = 20261126;

    private static readonly string[] Channels = ["email", "web", "phone", "chat", "email"];

    /// <summary>Hours before the present at which inquiries were opened: the last two weeks, denser towards the end.</summary>
    private static readonly double[] Ages = [0.3, 0.8, 1.5, 2.2, 3, 4.5, 6, 7.5, 20, 22, 24, 26, 28, 30, 45, 48, 50, 53, 70, 74, 78, 96, 100, 120, 126, 145, 170, 175, 195, 220, 240, 265, 290, 315];

    /// <param name="askers">Who may ask, in a fixed order; one after another they do.</param>
    /// <param name="colleagues">How many colleagues answer; the first one is who signs in to the demo.</param>
    public static IReadOnlyList<DemoInquiry> Inquiries(IReadOnlyList<DemoAsker> askers, int colleagues)
    {
        var inquiries = new List<DemoInquiry>();
        for (var i = 0; i < Ages.Length && askers.Count > 0; i++)
        {
            inquiries.Add(Of(new DemoRandom(Seed, i, 0), askers[(i * 7) % askers.Count], i, colleagues));
        }

        return inquiries;
    }

    private static DemoInquiry Of(DemoRandom random, DemoAsker asker, int index, int colleagues)
    {
        var age = Ages[index];
        var serious = index % 5 == 2;
        var text = random.Pick(serious ? DemoTexts.Serious : DemoTexts.Everyday);
        var ja = asker.IsJapanese;
        var assignee = age < 3 && index % 2 == 0 ? (int?)null : random.Whole(0, colleagues - 1);
        var priority = serious ? (random.Chance(0.5) ? InquiryPriority.Urgent : InquiryPriority.High) : text.Category == "request" ? InquiryPriority.Low : InquiryPriority.Normal;
        var steps = Steps(random, text, ja, age, assignee ?? 0, serious, index);
        var tags = new List<string>();
        if (serious)
        {
            tags.Add(ja ? "要注意" : "watch");
        }

        if (text.Category == "billing")
        {
            tags.Add(ja ? "経理" : "finance");
        }

        var settled = steps.LastOrDefault(step => step.Then is not null)?.Then?.IsSettled() == true;
        return new(
            asker, TimeSpan.FromHours(age), Channels[index % Channels.Length], priority, text.Category, ja ? text.SubjectJa : text.Subject, ja ? text.BodyJa : text.Body, tags, steps.Count == 0 ? assignee : assignee ?? 0,
            settled && random.Chance(0.6) ? random.Whole(serious ? 2 : 4, 5) : null, steps);
    }

    private static List<DemoStep> Steps(DemoRandom random, InquiryText text, bool ja, double age, int by, bool serious, int index)
    {
        var steps = new List<DemoStep>();
        var answer = DemoThreads.Of(text.Category);
        if (age < 3 || (serious && age < 30))
        {
            // still waiting, one of them with a colleague's note
            if (index % 3 == 1)
            {
                steps.Add(Step(age * 0.4, by, MessageKind.Note, ja ? answer.NoteJa : answer.Note, InquiryState.Open));
            }

            return steps;
        }

        var first = random.Between(0.3, Math.Min(6, age * 0.4));
        steps.Add(Step(first, by, MessageKind.Answer, ja ? answer.FirstJa : answer.First, InquiryState.Waiting));
        if (age < 8)
        {
            return steps;
        }

        if (index % 2 == 0)
        {
            var again = first + random.Between(1, Math.Min(10, age * 0.3));
            steps.Add(Step(again, null, MessageKind.Customer, ja ? answer.ReplyJa : answer.Reply, null));
            if (age < 60)
            {
                return steps;
            }

            steps.Add(Step(again + 1, by, MessageKind.Note, ja ? answer.NoteJa : answer.Note, null));
            steps.Add(Step(again + random.Between(2, 12), by, MessageKind.Answer, ja ? answer.LastJa : answer.Last, InquiryState.Resolved));
        }
        else if (age > 40 && index % 7 != 3)
        {
            steps.Add(Step(first + random.Between(4, 20), by, MessageKind.Answer, ja ? answer.LastJa : answer.Last, age > 150 ? InquiryState.Closed : InquiryState.Resolved));
        }
        else if (index % 7 == 3)
        {
            steps.Add(Step(first + 2, by, null, null, InquiryState.OnHold));
        }

        return steps;
    }

    private static DemoStep Step(double hours, int? by, MessageKind? kind, string? text, InquiryState? then) => new(TimeSpan.FromHours(hours), by, kind, text, then);
}

/// <summary>What is written to and fro about a matter.</summary>
internal sealed record DemoThread(string First, string FirstJa, string Reply, string ReplyJa, string Last, string LastJa, string Note, string NoteJa);

/// <summary>Threads of the demo's desk by category.</summary>
internal static class DemoThreads
{
    private static readonly DemoThread Bug = new(
        "Thank you for telling us, and we are sorry for the trouble. When did you first notice it, and does it happen to everybody? A screenshot would help.",
        "ご不便をおかけし申し訳ございません。最初に発生した日時と、全員に発生しているかをお知らせいただけますでしょうか。画面のスクリーンショットもいただけますと助かります。",
        "Since about nine this morning, for all of us. Reloading does not help.",
        "今朝9時頃からで、全員に発生しています。再読み込みしても変わりません。",
        "The cause was a faulty update of this morning, which we took back. Everything works again; no data was lost. We are sorry for the interruption.",
        "原因は今朝の更新の不具合で、先ほど元に戻しました。現在は正常にご利用いただけます。データの欠落はございません。ご迷惑をおかけし申し訳ございませんでした。",
        "Seen in the logs of this morning's release as well; asked the product team.",
        "今朝のリリースのログでも同じエラーを確認。開発チームに確認中。");

    private static readonly DemoThread HowTo = new(
        "Thank you for asking. Open the menu at the top right and choose Settings, then Sharing. Does that get you there?",
        "お問い合わせありがとうございます。右上のメニューから「設定」→「共有」を開いてご設定ください。うまくいかない場合はお知らせください。",
        "I do not see that menu. Do I need another permission?",
        "そのメニューが見当たりません。権限が必要でしょうか。",
        "You do: an administrator can give it to you under Members. I have attached the steps below. Let us know if anything is left open.",
        "はい、管理者の方に「メンバー」画面で権限を付与していただく必要がございます。手順を以下にまとめました。ほかにご不明な点がございましたらお知らせください。",
        "Third question about this permission this month: worth a line in the guide.",
        "この権限の質問は今月3件目。ガイドに追記したほうがよさそうです。");

    private static readonly DemoThread Billing = new(
        "Thank you. I have passed this to our accounts department and will come back to you today.",
        "ご連絡ありがとうございます。経理部門に確認のうえ、本日中にご連絡いたします。",
        "Thank you. We would need it by the end of the week.",
        "ありがとうございます。今週末までに必要です。",
        "The document is attached, and the new address holds from next month on.",
        "書類をお送りいたします。新しいご住所は来月分から反映されます。",
        "Accounts confirmed; waiting for the document.",
        "経理に確認済み。書類の到着待ち。");

    private static readonly DemoThread Request = new(
        "Thank you for the suggestion. I have noted it for the product team. How would it help you most?",
        "ご要望ありがとうございます。開発チームに共有いたしました。どのような場面でお使いになりたいか、お聞かせいただけますでしょうか。",
        "Mostly in the evening shift, and for our weekly meeting.",
        "主に夜間のシフトと、週次の会議で使いたいです。",
        "It is on the list for the next quarter. We will tell you when it is there.",
        "次の四半期の開発候補に入りました。実装の際にはご案内いたします。",
        "Same wish from two other customers.",
        "ほかの2社からも同じ要望あり。");

    private static readonly DemoThread Complaint = new(
        "We are very sorry that you had to wait. I have taken this over myself and will call you today.",
        "長らくお待たせし、誠に申し訳ございません。私が責任を持って対応し、本日お電話いたします。",
        "Thank you. We need a date by which this is mended.",
        "ありがとうございます。いつまでに解決するのか、日程を知りたいです。",
        "As agreed on the telephone, it was mended this morning. Thank you for your patience.",
        "お電話でお約束したとおり、今朝対応を完了いたしました。お待ちいただきありがとうございました。",
        "Renewal is near; told the CSM.",
        "契約更新が近いため、担当CSMに共有済み。");

    public static DemoThread Of(string category) => category switch
    {
        "how-to" => HowTo,
        "billing" => Billing,
        "request" => Request,
        "complaint" => Complaint,
        _ => Bug,
    };
}
