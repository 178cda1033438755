using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Handouts;
using CustomerSuccess.Core.Health;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Plans;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Core.Timeline;
using CustomerSuccess.Engine.Handouts;
using CustomerSuccess.Engine.Mail;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Storage;
using CustomerSuccess.Engine.Timeline;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Tests.Handouts;

public sealed class CustomerReportTests
{
    private static readonly DateOnly From = new(2024, 12, 1), To = new(2025, 2, 28);

    /// <summary>Words that a customer has no business to read.</summary>
    private static readonly string[] Internal = ["churn", "health", "risk", "probability", "MRR", "ARR", "NPS", "detractor", "expected loss", "upsell", "segment", "playbook", "解約", "リスク", "ヘルス", "スコア", "確率", "批判者", "想定損失", "アップセル", "セグメント", "施策", "要因", "社外秘", "社内"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("en", new[] { "Dear Aiko Sato,", "15 people used the service, out of 20 seats (75%)", "Reached on Jan 20, 2025: Half of the team reports weekly", "Of the questions that you asked us (3), 2 have been answered in full.", "Training sessions held: 1", "Carla Csm", "Rollout in Osaka (by Mar 31, 2025)" })]
    [InlineData("ja", new[] { "株式会社サンプル　Aiko Sato　様", "いつも大変お世話になっております。株式会社テストでございます。", "20ライセンスのうち15名様（75%）", "2025年1月20日 達成：Half of the team reports weekly", "3件のお問い合わせをいただき、そのうち2件のご対応が完了しております。", "研修・トレーニング：1回", "Rollout in Osaka（2025年3月31日まで）", "今後とも変わらぬご愛顧を賜りますよう" })]
    public async Task A_customer_reads_of_its_use_and_results_in_due_form_and_of_nothing_internal(string language, string[] said)
    {
        await using var company = await WithAccountAsync(DatabaseKind.Sqlite);
        var draft = new CustomerReportDraft(From, To, language, 7, "Thank you / ありがとうございます");
        var figures = (await company.Get<CustomerReportQuery>().FindAsync(HandoutCompany.Csm, 1, draft, Token))!;
        var made = (await company.Get<CustomerReports>().PreviewAsync(HandoutCompany.Csm, 1, draft with { NextSteps = CustomerReportWriter.OfferedSteps(figures) }, Token))!;
        var text = await PdfText.OfAsync(made.Pdf);
        foreach (var words in (string[])[.. said, "Thank you / ありがとうございます", "api_calls", "Standard"])
        {
            text.Should().Contain(PdfText.Bare(words));
        }

        var (subject, body) = CustomerReportWriter.Mail(figures);
        foreach (var secret in (string[])[.. Internal, "1,000", "1000", "0.77", "77%", "Secret", "Customer2", "own@company.example"])
        {
            PdfText.Bare(text + subject + body).Should().NotContainEquivalentOf(secret, "it is internal");
        }
    }

    [Fact]
    public async Task Without_a_person_the_company_is_addressed()
    {
        await using var company = await WithAccountAsync(DatabaseKind.Sqlite);
        var made = (await company.Get<CustomerReports>().PreviewAsync(HandoutCompany.Csm, 1, new(From, To, "ja"), Token))!;
        (await PdfText.OfAsync(made.Pdf)).Should().Contain("株式会社サンプル御中");
        made.Name.Should().Be("ご利用状況レポート_株式会社サンプル_2025-02-28.pdf");
        (await company.Get<CustomerReports>().PreviewAsync(new("x", "x@company.example", new HashSet<string> { Roles.Csm }, true), 1, new(From, To, "ja"), Token)).Should().BeNull("another's account is not there");
    }

    [Theory]
    [DatabaseData]
    public async Task A_draft_is_kept_given_with_a_message_to_its_contact_and_stands_on_the_timeline(DatabaseKind kind)
    {
        await using var company = await WithAccountAsync(kind);
        var reports = company.Get<CustomerReports>();
        var draft = new CustomerReportDraft(From, To, "ja", 7, " 本年もよろしくお願いいたします。 ", "新機能のご説明");
        var kept = (await reports.SaveAsync(HandoutCompany.Csm, 1, 0, draft, Token)).Value!;
        (kept.Note, kept.Version).Should().Be(("本年もよろしくお願いいたします。", 1));
        (await reports.SaveAsync(HandoutCompany.Csm, 1, 0, draft, Token)).Outcome.Should().Be(ActOutcome.Conflict, "somebody has one already");
        (await reports.SaveAsync(HandoutCompany.Executive, 1, 1, draft, Token)).Outcome.Should().Be(ActOutcome.Forbidden);
        (await reports.SaveAsync(HandoutCompany.Csm, 1, 1, draft with { From = To.AddDays(1), Language = "fr", Note = new string('x', 5000) }, Token)).Problems.Keys.Should().BeEquivalentTo("to", "language", "note");
        (await reports.SaveAsync(HandoutCompany.Csm, 1, 1, draft with { ContactNo = 99 }, Token)).Problems.Should().ContainKey("contact");
        (await reports.GiveAsync(HandoutCompany.Csm, 1, kept.ReportId, 9, true, Token)).Outcome.Should().Be(ActOutcome.Conflict);

        var given = (await reports.GiveAsync(HandoutCompany.Csm, 1, kept.ReportId, 1, true, Token)).Value!;
        (await reports.GiveAsync(HandoutCompany.Csm, 1, kept.ReportId, 2, true, Token)).Outcome.Should().Be(ActOutcome.Unchanged, "twice is once");
        var mail = (await company.Get<MailQuery>().FindAsync(HandoutCompany.Csm, 1, given.MailId!, Token))!;
        (mail.Summary.Status, mail.Summary.ToAddress, mail.Summary.Subject).Should().Be((MailStatus.Draft, "aiko@sample.example", "【ご報告】ご利用状況・成果レポート（2024年12月1日〜2025年2月28日）"));
        mail.Text.Should().Contain("Aiko Sato　様").And.Contain("いつも大変お世話になっております。株式会社テストのCarla Csmでございます。");
        mail.Attachments.Should().Equal("ご利用状況レポート_株式会社サンプル_2025-02-28.pdf");
        (await company.Get<Mailbox>().QueueAsync(HandoutCompany.Csm, 1, given.MailId!, mail.Summary.Version, cancellation: Token)).Outcome.Should().Be(ActOutcome.Done);
        var raw = System.Text.Encoding.ASCII.GetString((await company.Get<MailQuery>().RawAsync(HandoutCompany.Csm, 1, given.MailId!, Token))!);
        raw.Should().Contain("multipart/mixed").And.Contain("application/pdf");

        (await reports.FileAsync(HandoutCompany.Csm, 1, kept.ReportId, Token))!.Bytes.AsSpan(0, 5).ToArray().Should().Equal("%PDF-"u8.ToArray());
        (await reports.FileAsync(new("x", "x@company.example", new HashSet<string> { Roles.Csm }, true), 1, kept.ReportId, Token)).Should().BeNull();
        var entry = (await company.Get<TimelineQuery>().PageAsync(HandoutCompany.Csm, 1, new TimelineFilter { Groups = new HashSet<string> { TimelineGroups.Files } }, null, 10, Token))!.Entries.Single();
        (entry.Kind, entry.ByEmail, entry.ContactNo, entry.Values["to"]).Should().Be((TimelineKinds.ReportGiven, "csm@company.example", 7, To));
        (await reports.SaveAsync(HandoutCompany.Csm, 1, 0, draft, Token)).Value!.ReportId.Should().NotBe(kept.ReportId, "what was given stays as it is");
    }

    /// <summary>Account 1 with people, use, a plan, inquiries, training, and everything internal that there can be.</summary>
    private static async Task<HandoutCompany> WithAccountAsync(DatabaseKind kind)
    {
        var made = await HandoutCompany.CreateAsync(kind);
        await using var company = new TestCompany(made.Database, 1000);
        var account = await company.Context.Accounts.SingleAsync(own => own.AccountNo == 1, Token);
        account.OwnerEmail = "csm@company.example";
        for (var i = 1; i <= 15; i++)
        {
            var contact = company.Contact(1, i);
            (contact.Name, contact.Email) = i == 7 ? ("Aiko Sato", "aiko@sample.example") : ($"Person {i}", null);
            company.Use(1, 410, 3, "api_calls", contact: i);
            company.Use(1, 350, 2, "api_calls", contact: i);
        }

        company.Ask(1, 400, 400, 402, satisfaction: 1);
        company.Ask(1, 405, 406, 407);
        company.Ask(1, 420);
        company.Touch(1, 390).Kind = "training";
        company.Touch(1, 391).Kind = "call";
        var reached = new DateTime(2025, 1, 20, 3, 0, 0, DateTimeKind.Utc);
        company.Context.Add(new SuccessPlan { AccountNo = 1, PlanId = "p", Title = "Plan", Summary = "Secret: they are a churn risk", Status = PlanStatus.Active, CreatedByUser = "u" });
        company.Context.Add(new PlanGoal { AccountNo = 1, GoalId = "g", PlanId = "p", Title = "Half of the team reports weekly", ReachedAt = reached });
        company.Context.Add(new PlanMilestone { AccountNo = 1, MilestoneId = "m", PlanId = "p", Title = "Rollout in Osaka", Detail = "Secret detail", DueOn = new(2025, 3, 31) });
        company.Context.Add(new Core.Notes.Note { AccountNo = 1, NoteId = "n", Text = "Secret note", ByUser = "u", At = reached });
        company.Context.Add(new ScoreRun { ScoreRunId = 1, AsOf = new(2025, 3, 1), FinishedAt = made.Clock.GetUtcNow().UtcDateTime, SettingsJson = """{"company.currency":"USD"}""" });
        company.Context.Add(new AccountScore { ScoreRunId = 1, AccountNo = 1, Name = "株式会社サンプル", NameSort = "sample", State = ScoreState.Scored, Mrr = 1000, ChurnProbability = 0.77, ExpectedLoss = 9240, Health = 31 });
        await company.SaveAsync();
        return made;
    }
}
