using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Engine.Accounts;

namespace CustomerSuccess.Web.Pages.Accounts.Parts;

/// <summary>Inquiries and survey answers of an account: what their parts show.</summary>
public sealed class FactsViewModel(AccountQuery accounts)
{
    public Capped<InquiryRow> Inquiries { get; private set; } = new(0, []);

    public Capped<AnswerRow> Answers { get; private set; } = new(0, []);

    public async Task ReadInquiriesAsync(OpenAccount account, CancellationToken cancellation) =>
        Inquiries = await accounts.InquiriesAsync(account.Viewer, account.No, 0, Math.Max(AccountQuery.FirstRows, Inquiries.Rows.Count), cancellation) ?? Inquiries;

    public async Task MoreInquiriesAsync(OpenAccount account, CancellationToken cancellation) =>
        Inquiries = ContractsViewModel.Joined(Inquiries, await accounts.InquiriesAsync(account.Viewer, account.No, Inquiries.Rows.Count, AccountQuery.FirstRows, cancellation));

    public async Task ReadAnswersAsync(OpenAccount account, CancellationToken cancellation) =>
        Answers = await accounts.AnswersAsync(account.Viewer, account.No, 0, Math.Max(AccountQuery.FirstRows, Answers.Rows.Count), cancellation) ?? Answers;

    public async Task MoreAnswersAsync(OpenAccount account, CancellationToken cancellation) =>
        Answers = ContractsViewModel.Joined(Answers, await accounts.AnswersAsync(account.Viewer, account.No, Answers.Rows.Count, AccountQuery.FirstRows, cancellation));
}
