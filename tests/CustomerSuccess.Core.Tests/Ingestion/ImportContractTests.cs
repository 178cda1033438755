using CustomerSuccess.Core.Ingestion;

namespace CustomerSuccess.Core.Tests.Ingestion;

public sealed class ImportContractTests
{
    public static TheoryData<string> Names => [.. ImportContract.Records.Select(record => record.Name)];

    [Fact]
    public void Every_record_of_the_contract_stands_in_it() =>
        Names.Select(row => row.Data).Should().BeEquivalentTo(
            "accounts", "contacts", "subscriptions", "usage", "inquiries", "nps", "purchases", "invoices", "rates", "deals", "touches", "assignments", "outcomes");

    [Theory]
    [MemberData(nameof(Names))]
    public void No_header_means_two_columns_of_one_record(string name)
    {
        var record = ImportContract.Find(name)!;
        var keys = record.Fields.Concat(record.Inputs)
            .SelectMany(field => field.Synonyms.Prepend(field.Name).Select(HeaderKey.Of).Distinct().Select(key => (key, field.Name)));
        keys.GroupBy(pair => pair.key).Where(group => group.Count() > 1).Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_record_can_be_voided_and_has_a_key(string name)
    {
        var record = ImportContract.Find(name)!;
        record.Inputs.Should().Contain(ImportContract.Deleted);
        record.Fields.Should().Contain(field => field.IsKey);
    }

    [Theory]
    [InlineData("Account ID", "account_id")]
    [InlineData("ＡＣＣＯＵＮＴ＿ＩＤ", "accountid")]
    [InlineData("\uFEFFaccount-id ", "ACCOUNT.ID")]
    [InlineData("契約　開始日", "契約開始日")]
    public void Headers_are_compared_without_case_blanks_underscores_and_width(string one, string other) =>
        HeaderKey.Of(one).Should().Be(HeaderKey.Of(other));
}
