using System.Collections.Frozen;
using System.Globalization;

namespace CustomerSuccess.Core.Notices;

/// <summary>The words of notices, in the application and in mails alike.</summary>
public static class NoticeText
{
    private sealed record Words(string Name, string One, string Many);

    private static readonly FrozenDictionary<string, (Words En, Words Ja)> ByKind = new Dictionary<string, (Words, Words)>
    {
        [NoticeKinds.Detractor] = (
            new("A detractor answers a survey", "{account} answered “{survey}” with {score}", "{count} new answers of detractors"),
            new("批判者からの回答", "{account}様が「{survey}」に{score}点と回答しました", "批判者からの新しい回答が{count}件あります")),
        [NoticeKinds.PlayFired] = (
            new("An event suggests a play for an account of mine", "Suggested for {account} now: “{play}”", "{count} touches were suggested by events"),
            new("出来事による新しい推奨アクション", "{account}に新しい推奨アクションがあります：「{play}」", "新しい推奨アクションが{count}件あります")),
        [NoticeKinds.RiskRose] = (
            new("The churn risk of a high-value account rises", "The churn risk of {account} rose from {before} to {now}", "The churn risk of {count} high-value accounts rose"),
            new("重要顧客の解約リスクの上昇", "{account}の解約リスクが{before}から{now}に上昇しました", "重要顧客{count}社の解約リスクが上昇しました")),
        [NoticeKinds.AccountLeaving] = (
            new("An account leaves or gives notice", "{account} is leaving: its contract will not be renewed", "{count} accounts are leaving"),
            new("解約・解約の申し出", "{account}の契約が終了します（更新なし）", "{count}社の契約が終了します")),
        [NoticeKinds.InquiryEscalated] = (
            new("An inquiry is escalated", "Escalated: “{subject}” from {account}", "{count} inquiries were escalated"),
            new("問い合わせのエスカレーション", "「{subject}」（{account}）がエスカレーションされました", "問い合わせ{count}件がエスカレーションされました")),
        [NoticeKinds.InquiryAssigned] = (
            new("An inquiry is given to me", "Yours now: “{subject}” from {account}", "{count} inquiries were given to you"),
            new("問い合わせの割り当て", "「{subject}」（{account}）の対応者になりました", "問い合わせ{count}件の対応者になりました")),
        [NoticeKinds.Reply] = (
            new("A customer replies to my mail", "{from} of {account} replied: “{subject}”", "{count} new replies to your mails"),
            new("送信したメールへの返信", "{account}の{from}様から返信がありました：「{subject}」", "メールへの新しい返信が{count}件あります")),
        [NoticeKinds.Mention] = (
            new("A colleague names me", "{by} mentioned you at {account}: {excerpt}", "You were mentioned {count} times"),
            new("自分へのメンション", "{by}さんが{account}であなたに言及しました：{excerpt}", "あなたへの言及が{count}件あります")),
        [NoticeKinds.TaskAssigned] = (
            new("A task is given to me", "{by} gave you a task: {title}", "{count} tasks were given to you"),
            new("タスクの割り当て", "{by}さんからタスク「{title}」が割り当てられました", "タスク{count}件が割り当てられました")),
        [NoticeKinds.TaskDue] = (
            new("A task of mine is due", "Due today: {title}", "{count} tasks are due today"),
            new("タスクの期限", "タスク「{title}」の期限は本日です", "本日が期限のタスクが{count}件あります")),
        [NoticeKinds.Handover] = (
            new("Accounts are handed over to me", "{by} handed {accounts} accounts over to you", "{count} hand-overs came to you"),
            new("顧客の引き継ぎ", "{by}さんから顧客{accounts}社を引き継ぎました", "引き継ぎが{count}件あります")),
        [NoticeKinds.PlayHarms] = (
            new("A play turns out to harm", "The play “{play}” does harm and is no longer suggested", "{count} plays do harm and are no longer suggested"),
            new("逆効果と判定された施策", "施策「{play}」は逆効果と判定されたため、推奨を停止しました", "施策{count}件が逆効果と判定され、推奨を停止しました")),
        [NoticeKinds.PlayAnswered] = (
            new("The answer about a play is in", "The effect of the play “{play}” is known", "The effects of {count} plays are known"),
            new("施策の効果の判定", "施策「{play}」の効果が判定できました", "施策{count}件の効果が判定できました")),
        [NoticeKinds.SurveyLow] = (
            new("A survey is answered too rarely", "“{survey}”: {rate} of those asked have answered", "{count} surveys are answered too rarely"),
            new("アンケートの低い回答率", "「{survey}」の回答率は{rate}です", "回答率の低いアンケートが{count}件あります")),
        [NoticeKinds.CampaignFinished] = (
            new("A campaign that I started is finished", "The campaign “{campaign}” is finished", "{count} campaigns are finished"),
            new("開始したキャンペーンの完了", "キャンペーン「{campaign}」の配信が完了しました", "キャンペーン{count}件の配信が完了しました")),
        [NoticeKinds.SequenceFinished] = (
            new("A sequence that I started is finished", "The steps of “{play}” are finished for {account}", "Sequences are finished for {count} accounts"),
            new("開始したステップメールの完了", "{account}への「{play}」のステップがすべて完了しました", "ステップメール{count}件が完了しました")),
        [NoticeKinds.SequenceReplied] = (
            new("A customer answers a sequence", "{account} replied: the steps of “{play}” have ended", "{count} customers replied to sequences"),
            new("ステップメールへの返信", "{account}から返信があったため、「{play}」のステップを終了しました", "ステップメールへの返信が{count}件あります")),
        [NoticeKinds.ImportFailed] = (
            new("An import fails", "An import of {source} failed", "{count} imports failed"),
            new("インポートの失敗", "「{source}」のインポートに失敗しました", "インポート{count}件が失敗しました")),
        [NoticeKinds.ImportRejected] = (
            new("An import rejects rows", "An import of {source} rejected {rows} rows", "{count} imports rejected rows"),
            new("インポートのエラー行", "「{source}」のインポートでエラー行が{rows}行ありました", "エラー行のあるインポートが{count}件あります")),
        [NoticeKinds.ModelPromoted] = (
            new("Another model is in use", "The model {version} is in use now", "{count} models were put to use"),
            new("予測モデルの切り替え", "予測モデル{version}を採用しました", "予測モデルの切り替えが{count}件ありました")),
        [NoticeKinds.ModelDrifted] = (
            new("A model's data drift", "The data of a model in use have drifted: its predictions may no longer hold", "{count} alarms about drifting data"),
            new("予測モデルのドリフト警告", "採用中モデルのデータの傾向が変化しました。予測が当てはまらなくなっている可能性があります", "ドリフトの警告が{count}件あります")),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>True for a kind that has words.</summary>
    public static bool Knows(string kind) => ByKind.ContainsKey(kind);

    /// <summary>What a kind is called where people choose.</summary>
    public static string Name(string kind, string language) => Of(kind, language)?.Name ?? kind;

    /// <summary>One notice as a sentence.</summary>
    /// <param name="kind">One of <see cref="NoticeKinds"/>.</param>
    /// <param name="args">What it names; what is missing is left out as an ellipsis.</param>
    /// <param name="language"><c>en</c> or <c>ja</c>.</param>
    public static string One(string kind, IReadOnlyDictionary<string, string> args, string language) => Of(kind, language) is { } words ? Fill(words.One, args) : kind;

    /// <summary>Several notices of a kind as one sentence.</summary>
    public static string Many(string kind, int count, string language) =>
        Of(kind, language) is { } words ? words.Many.Replace("{count}", count.ToString("N0", CultureInfo.GetCultureInfo(language == "ja" ? "ja-JP" : "en-US")), StringComparison.Ordinal) : kind;

    /// <summary>The subject of a mail about one kind, or of a digest.</summary>
    public static string DigestSubject(int count, string language) => language == "ja" ? $"本日のお知らせ（{count}件）" : count == 1 ? "Your digest: 1 notification" : $"Your digest: {count} notifications";

    public static string Open(string language) => language == "ja" ? "開く" : "Open";

    /// <summary>Below a mail: why it came and where that is changed.</summary>
    public static string Why(string language, string? settings) => language == "ja"
        ? "このメールは通知設定に基づいて送信されています。" + (settings is null ? "" : $"[通知設定を変更する]({settings})")
        : "You get this by your notification settings. " + (settings is null ? "" : $"[Change them]({settings})");

    private static Words? Of(string kind, string language) => ByKind.TryGetValue(kind, out var words) ? language == "ja" ? words.Ja : words.En : null;

    private static string Fill(string template, IReadOnlyDictionary<string, string> args)
    {
        var text = new System.Text.StringBuilder(template.Length + 40);
        for (var i = 0; i < template.Length; i++)
        {
            if (template[i] == '{' && template.IndexOf('}', i) is > 0 and var end)
            {
                text.Append(args.TryGetValue(template[(i + 1)..end], out var value) && value.Length > 0 ? value : "…");
                i = end;
            }
            else
            {
                text.Append(template[i]);
            }
        }

        return text.ToString();
    }
}
