using CustomerSuccess.Core.Ingestion;

namespace CustomerSuccess.Engine.Ingestion.Reading;

/// <summary>Makes counters of one file's rows: the short way for the long files.</summary>
internal sealed class UsageReader
{
    private static readonly RecordType Record = ImportContract.Find("usage")!;
    private static readonly Field Day = Record.Fields[Record.IndexOf("day")];
    private static readonly Field Users = Record.Fields[Record.IndexOf("users")];
    private static readonly Field Counted = Record.Fields[Record.IndexOf("count")];
    private readonly CellReader _cells;
    private readonly AccountJoins _joins;
    private readonly string _namespace;
    private readonly string? _joinRecord;
    private readonly StringCache _ids = new();
    private readonly Dictionary<(string Metric, string Product), string> _metricKeys = [];
    private (string Metric, string Product, string Key) _last = ("", "", "");
    private readonly int _account, _day, _metric, _contact, _count, _users, _deleted, _product;
    private readonly string? _constantMetric;
    private readonly string? _constantProduct;
    private readonly double? _constantCount;

    public UsageReader(ColumnPlan plan, CellReader cells, ReadingOptions options, AccountJoins joins)
    {
        _cells = cells;
        _joins = joins;
        _namespace = options.Preset is { OwnNamespace: true } own ? own.Source : "";
        _joinRecord = plan.Rule?.Join?.Record;
        _account = plan.Rule?.Join is { } join ? plan.IndexOfHeader(join.Column) : plan.ColumnOf("account_id");
        _day = plan.ColumnOf("day");
        _metric = plan.ColumnOf("metric");
        _contact = plan.ColumnOf("contact_id");
        _count = plan.ColumnOf("count");
        _users = plan.ColumnOf("users");
        _deleted = plan.ColumnOf("deleted");
        _product = plan.ColumnOf("product");
        if (plan.Rule is { } rule)
        {
            _constantMetric = rule.Constants.GetValueOrDefault("metric");
            _constantProduct = rule.Constants.GetValueOrDefault("product");
            _constantCount = rule.Constants.TryGetValue("count", out var count) && NumberCell.TryNumber(count, out var number) ? number : null;
        }
    }

    /// <summary>Position of the column that names the account, or what the account is joined by.</summary>
    public int AccountColumn => _account;

    /// <summary>Reads the current row; see <see cref="RecordReader.TryRead"/>.</summary>
    public bool TryRead(CsvTokenizer rows, out CheckedUsage usage, out int column, out Problem? problem)
    {
        usage = default;
        column = _account;
        var account = _ids.Id(rows[_account]);
        if (account.Length == 0)
        {
            return Fail("value_required", out problem);
        }

        if (_joinRecord is not null)
        {
            var joined = _joins.Find(_joinRecord, account);
            if (joined is null)
            {
                problem = new Problem("join_not_found", ("record", _joinRecord));
                return false;
            }

            account = joined;
        }

        column = _day;
        var cell = rows[_day];
        if (cell.IsWhiteSpace())
        {
            return Fail("value_required", out problem);
        }

        problem = _cells.ReadDay(Day, cell, out var day);
        if (problem is not null)
        {
            return false;
        }

        column = _metric;
        var metric = _metric < 0 ? _constantMetric! : _ids.Id(rows[_metric]);
        if (metric.Length == 0)
        {
            return Fail("value_required", out problem);
        }

        var product = _product < 0 ? _constantProduct ?? "" : _ids.Id(rows[_product]);
        string? contact = null;
        if (_contact >= 0)
        {
            contact = _ids.Id(rows[_contact]);
            contact = contact.Length == 0 ? null : contact;
        }

        if (FormulaIn(rows) is >= 0 and var failed)
        {
            column = failed;
            problem = CellReader.CheckFormula(rows[failed]);
            return false;
        }

        if (account.Length > 200 || metric.Length > 200 || contact is { Length: > 200 } || product.Length > 200)
        {
            column = account.Length > 200 ? _account : metric.Length > 200 ? _metric : contact is { Length: > 200 } ? _contact : _product;
            problem = new Problem("text_too_long", ("length", Math.Max(Math.Max(account.Length, metric.Length), Math.Max(contact?.Length ?? 0, product.Length))), ("most", 200));
            return false;
        }

        var deleted = false;
        if (_deleted >= 0 && rows[_deleted] is var flag && !flag.IsWhiteSpace() && !WordCell.TryFlag(flag, out deleted))
        {
            column = _deleted;
            return Fail("flag_invalid", out problem);
        }

        if (!TryCount(rows, deleted, out var count, out column, out problem) || !TryUsers(rows, out var users, ref column, out problem))
        {
            return false;
        }

        usage = new CheckedUsage(rows.Line, _namespace, account, day, KeyOf(metric, product), contact, count, users, deleted);
        return true;
    }

    /// <summary>The first column of those that name something in which a formula failed; −1 where none did.</summary>
    private int FormulaIn(CsvTokenizer rows)
    {
        foreach (var at in (ReadOnlySpan<int>)[_account, _metric, _product, _contact])
        {
            if (at >= 0 && CellText.IsFormulaError(rows[at]))
            {
                return at;
            }
        }

        return -1;
    }

    /// <summary>One string for each metric and product, since they come again in every row; neighbouring rows mostly name the same ones.</summary>
    private string KeyOf(string metric, string product)
    {
        if (ReferenceEquals(metric, _last.Metric) && ReferenceEquals(product, _last.Product))
        {
            return _last.Key;
        }

        if (!_metricKeys.TryGetValue((metric, product), out var key))
        {
            _metricKeys.Add((metric, product), key = MetricKey.Of(metric, product));
        }

        _last = (metric, product, key);
        return key;
    }

    private bool TryCount(CsvTokenizer rows, bool deleted, out double count, out int column, out Problem? problem)
    {
        problem = null;
        column = _count;
        count = _constantCount ?? 0;
        if (_count < 0)
        {
            return deleted || _constantCount is not null || Fail("value_required", out problem);
        }

        var cell = rows[_count];
        if (cell.IsWhiteSpace())
        {
            return deleted || Fail("value_required", out problem);
        }

        if (!NumberCell.TryNumber(cell, out count))
        {
            return Fail("number_invalid", out problem);
        }

        if (count < 0)
        {
            problem = new Problem("number_too_small", ("least", 0));
            return false;
        }

        if (count > Counted.Most)
        {
            problem = new Problem("number_out_of_range", ("least", 0), ("most", Counted.Most));
            return false;
        }

        return true;
    }

    private bool TryUsers(CsvTokenizer rows, out int? users, ref int column, out Problem? problem)
    {
        users = null;
        problem = null;
        if (_users < 0 || rows[_users] is var cell && cell.IsWhiteSpace())
        {
            return true;
        }

        column = _users;
        if (!NumberCell.TryWhole(cell, out var whole))
        {
            return Fail("whole_number_invalid", out problem);
        }

        if (whole < Users.Least || whole > Users.Most)
        {
            problem = new Problem("number_too_small", ("least", 0));
            return false;
        }

        users = (int)whole;
        return true;
    }

    private static bool Fail(string code, out Problem? problem)
    {
        problem = new Problem(code);
        return false;
    }
}
