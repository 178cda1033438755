using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Engine.Analytics;

namespace CustomerSuccess.Engine.Tests.Analytics;

public sealed class BlockSumsTests
{
    [Fact]
    public void Sums_gone_on_with_equal_those_of_all_blocks_anew_after_any_changes()
    {
        var (random, sums) = (new Random(1), new BlockSums());
        var accounts = Enumerable.Range(1, 6_000).Where(no => no is < 2_100 or > 3_900).Select(no => Entry(no, "a")).ToList();
        for (var step = 0; step < 60; step++)
        {
            var place = random.Next(accounts.Count);
            switch (step % 4)
            {
                case 0:
                    accounts[place] = Entry(accounts[place].AccountNo, "b" + step);
                    break;
                case 1:
                    accounts.RemoveAt(place);
                    break;
                case 2:
                    accounts.Insert(accounts.FindIndex(entry => entry.AccountNo > 3_000), Entry(3_000 - step, "new"));
                    accounts.Sort((one, other) => one.AccountNo.CompareTo(other.AccountNo));
                    break;
                default:
                    accounts.Add(Entry(7_000 + step, "last"));
                    break;
            }

            sums.Of("key", accounts, Told).Should().Equal(new BlockSums().Of("key", accounts, Told), $"step {step}");
        }
    }

    [Fact]
    public void A_change_sums_one_block_anew()
    {
        var (sums, accounts, summed) = (new BlockSums(), Enumerable.Range(1, 5_000).Select(no => Entry(no, "a")).ToArray(), 0);
        string Sum(IReadOnlyList<BookEntry> some)
        {
            Interlocked.Increment(ref summed);
            return Told(some);
        }

        sums.Of("key", accounts, Sum);
        BookEntry[] next = [.. accounts];
        (summed, next[2_000]) = (0, Entry(2_001, "b"));
        sums.Of("key", next, Sum);
        summed.Should().Be(1);
        sums.Of("another key", next, Sum);
        summed.Should().Be(1 + 5, "another figure has sums of its own");
        sums.Of(null, next, Sum);
        summed.Should().Be(1 + 5 + 5, "a viewer's own figures are not kept");
    }

    [Fact]
    public void The_rate_that_is_missing_first_is_told_of()
    {
        var accounts = Enumerable.Range(1, 9_000).Select(no => Entry(no, "a")).ToArray();
        var sum = () => new BlockSums().Of("key", accounts, some => some[0].AccountNo < 3_000 ? Told(some) : throw new MissingRateException(some[0].AccountNo < 4_000 ? "EUR" : "GBP", "USD", new DateOnly(2024, 1, 1)));
        sum.Should().Throw<MissingRateException>().Which.Currency.Should().Be("EUR");
    }

    private static BookEntry Entry(int no, string name) => new(no, "A", "", name, name);

    private static string Told(IReadOnlyList<BookEntry> some) => string.Join(',', some.Select(entry => $"{entry.AccountNo}{entry.Name}"));
}
