using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Products;
using CustomerSuccess.Engine.Features;
using static CustomerSuccess.Core.Features.FeatureNames;

namespace CustomerSuccess.Engine.Products;

/// <summary>
/// Features of the products that accounts pay for, gathered while the facts of accounts go by, so that each fact is read once.
/// Contracts come first: they say which products there are. Work grows with the number of products paid for.
/// </summary>
internal sealed class ProductPass
{
    private readonly FeaturePass _pass;
    private readonly ProductCatalogue _catalogue;

    /// <summary>By number of a metric, the position of its product; -1 for none.</summary>
    private readonly int[] _metricProduct;

    /// <summary>By product, whether any metric is part of it.</summary>
    private readonly bool[] _hasMetrics;
    private readonly Dictionary<string, int> _known = new(StringComparer.Ordinal);

    /// <summary>By position of the account, its first row; one more than accounts once all contracts were read.</summary>
    private readonly List<int> _first = [];
    private readonly List<Row> _rows = [];
    private readonly List<ContractFeatures> _contracts = [];

    /// <summary>By product, its usage while an account's goes by; null before the first account that pays for it.</summary>
    private readonly UsageHistory?[] _usage;
    private readonly bool[] _counts;
    private FeatureColumns _columns = null!;
    private ProductTold[] _told = [];
    private DateOnly? _usageFrom;

    public ProductPass(FeaturePass pass, ProductCatalogue catalogue, int[] metricProduct)
    {
        (_pass, _catalogue, _metricProduct) = (pass, catalogue, metricProduct);
        _hasMetrics = [.. Enumerable.Range(0, catalogue.Products.Count).Select(product => metricProduct.Contains(product))];
        _usage = new UsageHistory?[catalogue.Products.Count];
        _counts = new bool[catalogue.Products.Count];
    }

    /// <summary>Rows of an account stand together, those of a product in them too, by day.</summary>
    private readonly record struct Row(int Place, DateOnly AsOf, int Product);

    /// <summary>Takes an account's terms; positions come ascending.</summary>
    public void Contracts(int position, List<Subscription> terms)
    {
        while (_first.Count <= position)
        {
            _first.Add(_rows.Count);
        }

        var days = _pass.Rows.DaysAt(position);
        var places = _pass.Rows.PlacesAt(position);
        foreach (var product in ProductTerms.Of(terms))
        {
            var at = IndexOf(product.Terms[0].Product);
            var history = new ContractHistory(product.Terms);
            for (var i = 0; i < days.Length; i++)
            {
                var t = days[i];
                if (at >= 0 && product.Mrr.IsPaying(t))
                {
                    _rows.Add(new Row(places[i], t, at));
                    _contracts.Add(history.At(t, currency => _pass.Rates.KnownOn(currency, t)));
                }
            }
        }
    }

    /// <summary>All contracts were read: from here on it is known which rows there are.</summary>
    public void Begin(DateOnly? usageFrom)
    {
        while (_first.Count <= _pass.Rows.Accounts.Length)
        {
            _first.Add(_rows.Count);
        }

        _usageFrom = usageFrom;
        _columns = new FeatureColumns(_pass.Columns.Catalogue, [.. _rows.Select(row => _pass.Columns.AccountNo[row.Place])], [.. _rows.Select(row => row.AsOf)]);
        _told = new ProductTold[_rows.Count];
        for (var row = 0; row < _rows.Count; row++)
        {
            ContractPass.Write(_columns, row, _contracts[row] with { Product = _catalogue.Products[_rows[row].Product].Name is { Length: > 0 } name ? name : null });
        }
    }

    /// <summary>Takes an account's inquiries; where none names a product the account's own features hold.</summary>
    public void Inquiries(int position, List<Inquiry> inquiries, DateOnly from)
    {
        if (First(inquiries, inquiry => inquiry.Product, inquiry => inquiry.OpenedAt) is not { } named)
        {
            return;
        }

        foreach (var (product, rows) in Products(position))
        {
            var history = new InquiryHistory(inquiries.Where(inquiry => IsAbout(inquiry.Product, product)), _pass.DayOf);
            foreach (var row in rows)
            {
                var t = _rows[row].AsOf;
                if (named <= t)
                {
                    _told[row] |= ProductTold.Inquiries;
                    InquiryPass.Write(_columns, row, t < from ? InquiryFeatures.Missing : history.At(t));
                }
            }
        }
    }

    /// <summary>Takes an account's answers, likewise.</summary>
    public void Answers(int position, List<SurveyResponse> answers)
    {
        if (First(answers, answer => answer.Product, answer => answer.RespondedAt) is not { } named)
        {
            return;
        }

        foreach (var (product, rows) in Products(position))
        {
            var history = new SurveyHistory(answers.Where(answer => IsAbout(answer.Product, product)), _pass.DayOf);
            foreach (var row in rows.Where(row => named <= _rows[row].AsOf))
            {
                _told[row] |= ProductTold.Answers;
                SurveyPass.Write(_columns, row, history.At(_rows[row].AsOf));
            }
        }
    }

    /// <summary>An account's counters begin to go by.</summary>
    public void BeginUsage(int position)
    {
        foreach (var (product, _) in Products(position))
        {
            _counts[product] = _hasMetrics[product];
            if (_counts[product])
            {
                _usage[product] ??= new UsageHistory(_usageFrom);
            }
        }
    }

    /// <summary>A counter of the account goes by.</summary>
    public void Use(int day, int metric, int contact, double count, int users)
    {
        var product = metric < _metricProduct.Length ? _metricProduct[metric] : -1;
        if (product >= 0 && _counts[product])
        {
            _usage[product]!.Add(day, metric, contact, count, users);
        }
    }

    /// <summary>All of the account's counters have gone by.</summary>
    public void EndUsage(int position)
    {
        foreach (var (product, rows) in Products(position))
        {
            if (_counts[product])
            {
                _counts[product] = false;
                var history = _usage[product]!;
                history.Complete();
                foreach (var row in rows)
                {
                    _told[row] |= ProductTold.Usage;
                    UsagePass.Write(_columns, row, history.At(_rows[row].AsOf.DayNumber));
                }

                history.Clear();
            }
        }
    }

    /// <summary>The table, once every pass has ended: what no fact told by product is the account's.</summary>
    public ProductTable ToTable(FeatureTable accounts)
    {
        var columns = _columns.ToTable().Columns.Select((own, c) => FeatureCatalogue.Describe(own.Name) switch
        {
            { Group: "contract" } => own,
            { Name: UsersPerSeat } => UsersOfSeats(accounts.Columns[c].Numbers!, accounts.Find(Seats)!.Numbers!),
            { Name: Breadth28 or BreadthChange28 or Users28 or UsersBefore28 or UsersTrend28 } or { Group: "usage", TextArgument: null } => Chosen(own, accounts.Columns[c], ProductTold.Usage),
            { Group: "inquiries" } => Chosen(own, accounts.Columns[c], ProductTold.Inquiries),
            { Group: "surveys" } => Chosen(own, accounts.Columns[c], ProductTold.Answers),
            _ => OfAccount(accounts.Columns[c]),
        }).ToList();
        var mrr = accounts.Find(Mrr)!.Numbers!;
        columns.Add(FeatureColumn.OfNumbers(ProductShare, [.. _rows.Select((row, i) => mrr[row.Place] > 0 ? _contracts[i].Mrr / mrr[row.Place] : double.NaN)]));
        var (used, all) = (_columns.Numbers(Usage91), accounts.Find(Usage91)!.Numbers!);
        columns.Add(FeatureColumn.OfNumbers(ProductUsageShare, [.. _rows.Select((row, i) => _told[i].HasFlag(ProductTold.Usage) && all[row.Place] > 0 ? used[i] / all[row.Place] : double.NaN)]));
        var paid = new int[accounts.Rows];
        foreach (var row in _rows)
        {
            paid[row.Place]++;
        }

        columns.Add(FeatureColumn.OfNumbers(ProductsPaid, [.. _rows.Select(row => (double)paid[row.Place])]));
        var failed = accounts.Find(InvoicesFailed91)!.Numbers!;
        return new ProductTable(
            new FeatureTable([.. _rows.Select(row => accounts.AccountNo[row.Place])], [.. _rows.Select(row => row.AsOf)], columns),
            [.. _rows.Select(row => row.Place)],
            [.. _rows.Select(row => row.Product)],
            [.. _rows.Select((row, i) => double.IsNaN(failed[row.Place]) ? _told[i] : _told[i] | ProductTold.Payments)],
            _catalogue);
    }

    private FeatureColumn OfAccount(FeatureColumn account) => account.IsCategory
        ? FeatureColumn.OfCategories(account.Name, [.. _rows.Select(row => account.Codes![row.Place])], account.Levels)
        : FeatureColumn.OfNumbers(account.Name, [.. _rows.Select(row => account.Numbers![row.Place])]);

    private FeatureColumn Chosen(FeatureColumn own, FeatureColumn account, ProductTold kind) =>
        FeatureColumn.OfNumbers(own.Name, [.. _rows.Select((row, i) => _told[i].HasFlag(kind) ? own.Numbers![i] : account.Numbers![row.Place])]);

    /// <summary>The product's users over the product's seats, over the account's where it is sold without any; where usage cannot be told, the account's users over the account's seats.</summary>
    private FeatureColumn UsersOfSeats(double[] account, double[] seats)
    {
        var users = _columns.Numbers(Users28);
        double Of(int row, int place) => (_contracts[row].Seats > 0 ? _contracts[row].Seats : seats[place]) is > 0 and var own ? users[row] / own : double.NaN;
        return FeatureColumn.OfNumbers(UsersPerSeat, [.. _rows.Select((row, i) => _told[i].HasFlag(ProductTold.Usage) ? Of(i, row.Place) : account[row.Place])]);
    }

    /// <summary>The products of an account with their rows.</summary>
    private IEnumerable<(int Product, IEnumerable<int> Rows)> Products(int position)
    {
        for (int from = _first[position], end = _first[position + 1]; from < end;)
        {
            var to = from + 1;
            while (to < end && _rows[to].Product == _rows[from].Product)
            {
                to++;
            }

            yield return (_rows[from].Product, Enumerable.Range(from, to - from));
            from = to;
        }
    }

    /// <summary>The first day on which a fact names a product.</summary>
    private DateOnly? First<T>(List<T> facts, Func<T, string?> product, Func<T, DateTime> at)
    {
        DateOnly? first = null;
        foreach (var fact in facts)
        {
            if (!string.IsNullOrWhiteSpace(product(fact)) && _pass.DayOf(at(fact)) is var day && !(first <= day))
            {
                first = day;
            }
        }

        return first;
    }

    private bool IsAbout(string? named, int product) => string.IsNullOrWhiteSpace(named) || IndexOf(named) == product;

    private int IndexOf(string? name)
    {
        if (!_known.TryGetValue(name ?? "", out var at))
        {
            _known.Add(name ?? "", at = _catalogue.IndexOf(name));
        }

        return at;
    }
}
