using System.Text;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Inquiries;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Engine.Inquiries;
using CustomerSuccess.Engine.Mail;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using MimeKit;

namespace CustomerSuccess.Engine.Tests.Inquiries;

/// <summary>Answers leave by mail, and what comes back finds its inquiry.</summary>
public sealed class AnswerMailTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [DatabaseData]
    public async Task An_answer_goes_to_the_asker_and_the_reply_comes_back_into_the_thread(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var desk = await OpenAsync(test);
        var opened = await desk.AskAsync(contact: 11);
        var number = opened.Ref.Key.FactId;
        Desk.Held(await desk.Messages.AnswerAsync(desk.Sato, opened.Ref, opened.Version, new("*手順*はこちらです。\nhttps://example.com/a?b=1&c_d=2", null, InquiryState.Waiting), Token));
        var answered = await desk.PageAsync(opened);
        answered.Messages[1].Sending.Should().BeEquivalentTo(new AnswerSending(MailStatus.Queued, "aoi@aoba.example", null, [], null));
        using (var sent = await SentAsync(test, answered.Messages[1].MessageId))
        {
            sent.Subject.Should().Be($"Re: ログインできない [{number}]");
            sent.TextBody!.ReplaceLineEndings("\n").Should().StartWith("*手順*はこちらです。\nhttps://example.com/a?b=1&c_d=2\n").And.Contain($"お問い合わせ番号：{number}");
            sent.HtmlBody.Should().Contain("href=\"https://example.com/a?b=1&amp;c_d=2\"");
        }

        desk.Clock.Advance(TimeSpan.FromHours(1));

        // the customer replies: the inquiry that waited is open again, and the same message again changes nothing
        var reply = Reply("<r1@aoba.example>", "aoi@aoba.example", "Re: 何か別の件名", await MessageIdAsync(test, answered.Messages[1].MessageId), "まだ入れません。");
        await desk.Receive.ReceiveAsync(reply, Token);
        await desk.Receive.ReceiveAsync(reply, Token);
        var back = await desk.PageAsync(opened);
        back.Messages.Select(message => (message.Kind, message.Channel)).Should().Equal((MessageKind.Customer, "email"), (MessageKind.Answer, "email"), (MessageKind.Customer, "email"));
        (back.Messages[2].Body, back.Messages[2].Email).Should().Be(("まだ入れません。", "aoi@aoba.example"));
        (back.Inquiry.State, back.Inquiry.CustomerSpokeLast).Should().Be((InquiryState.Open, true));
        back.Events.Select(happened => happened.Act).Should().Equal("opened", "answered", "heard");

        // the next answer carries the thread on
        desk.Clock.Advance(TimeSpan.FromHours(1));
        Desk.Held(await desk.Messages.AnswerAsync(desk.Sato, opened.Ref, back.Inquiry.Version, new("失礼しました。", "web", InquiryState.Waiting), Token));
        using var next = await SentAsync(test, (await desk.PageAsync(opened)).Messages[3].MessageId);
        next.InReplyTo.Should().Be("r1@aoba.example");

        // what came back is seen on the answer
        await using var context = test.Database.OpenContext();
        await context.MailMessages.Where(mail => mail.MailId == answered.Messages[1].MessageId).ExecuteUpdateAsync(set => set.SetProperty(mail => mail.Status, MailStatus.Bounced), Token);
        (await desk.PageAsync(opened)).Messages[1].Sending!.Status.Should().Be(MailStatus.Bounced);
    }

    [Theory]
    [DatabaseData]
    public async Task A_number_in_the_subject_leads_to_the_inquiry_from_the_askers_own_address_alone(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var desk = await OpenAsync(test);
        var opened = await desk.AskAsync(contact: 11);
        var other = await desk.AskAsync("ログインの件", contact: 11);
        var subject = $"Re: ログインできない [{opened.Ref.Key.FactId}]";
        await desk.Receive.ReceiveAsync(Reply("<1@x.example>", "stranger@x.example", subject, null, "見せてください"), Token);
        (await desk.PageAsync(opened)).Messages.Should().HaveCount(1, "whoever knows a number is not whoever asked");
        await desk.Receive.ReceiveAsync(Reply("<2@aoba.example>", "Aoi@AOBA.example", subject, null, "追加の情報です"), Token);
        (await desk.PageAsync(opened)).Messages.Should().HaveCount(2);

        // what was merged into another goes on there
        Desk.Held(await desk.Merging.MergeAsync(desk.Sato, opened.Ref, (await desk.PageAsync(opened)).Inquiry.Version, other.Ref.Key, Token));
        await desk.Receive.ReceiveAsync(Reply("<3@aoba.example>", "aoi@aoba.example", subject, null, "三通目です"), Token);
        (await desk.PageAsync(other)).Messages.Should().ContainSingle(message => message.Body == "三通目です" && message.FromMerged == null);

        // a machine's answer is nobody's word
        var away = Reply("<4@aoba.example>", "aoi@aoba.example", subject, null, "不在です", "Auto-Submitted: auto-replied\n");
        await desk.Receive.ReceiveAsync(away, Token);
        (await desk.PageAsync(other)).Messages.Should().NotContain(message => message.Body == "不在です");
    }

    [Fact]
    public async Task Nothing_is_sent_without_a_sender_an_address_or_by_telephone()
    {
        await using var test = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        var desk = await Desk.OpenAsync(test);
        var opened = await desk.AskAsync(contact: 11);
        Desk.Held(await desk.Messages.AnswerAsync(desk.Sato, opened.Ref, opened.Version, new("設定の前です。", null, InquiryState.Waiting), Token));
        await SenderAsync(desk);
        Desk.Held(await desk.Messages.AnswerAsync(desk.Sato, opened.Ref, opened.Version + 1, new("電話で話しました。", "phone", InquiryState.Waiting), Token));
        var nobody = await desk.AskAsync("誰かの質問");
        Desk.Held(await desk.Messages.AnswerAsync(desk.Sato, nobody.Ref, nobody.Version, new("お答えします。", "email", InquiryState.Waiting), Token));
        await using var context = test.Database.OpenContext();
        (await context.MailMessages.CountAsync(Token)).Should().Be(0);
        (await desk.PageAsync(opened)).Messages.Should().HaveCount(3).And.OnlyContain(message => message.Sending == null);

        // an answer that comes too late is refused, and not sent either
        (await desk.Messages.AnswerAsync(desk.Sato, opened.Ref, opened.Version, new("遅い回答", "email", InquiryState.Waiting), Token)).Holds.Should().BeFalse();
        (await context.MailMessages.CountAsync(Token)).Should().Be(0);
    }

    private static async Task<Desk> OpenAsync(TestDatabase test)
    {
        var desk = await Desk.OpenAsync(test);
        await SenderAsync(desk);
        return desk;
    }

    private static async Task SenderAsync(Desk desk) => (await desk.Settings.SetAsync(Viewer.System, "mail.from_address", "help@company.example", Token)).Should().BeTrue();

    private static async Task<MimeMessage> SentAsync(TestDatabase test, string mailId)
    {
        await using var context = test.Database.OpenContext();
        var content = await context.MailContents.AsNoTracking().SingleAsync(mail => mail.MailId == mailId, Token);
        return await MimeMessage.LoadAsync(new MemoryStream(SealMail.Unpack(content.Raw!)), Token);
    }

    private static async Task<string> MessageIdAsync(TestDatabase test, string mailId)
    {
        await using var context = test.Database.OpenContext();
        return (await context.MailMessages.AsNoTracking().SingleAsync(mail => mail.MailId == mailId, Token)).MessageId!;
    }

    private static byte[] Reply(string id, string from, string subject, string? answers, string body, string more = "") => Encoding.UTF8.GetBytes(
        $"From: {from}\nTo: help@company.example\nSubject: {subject}\nMessage-ID: {id}\n{(answers is null ? "" : $"In-Reply-To: {answers}\n")}{more}Content-Type: text/plain; charset=utf-8\n\n{body}".ReplaceLineEndings("\r\n"));
}
