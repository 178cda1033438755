using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Engine.Ingestion.Presets;

namespace CustomerSuccess.Engine.Ingestion.Reading;

/// <summary>What a column of a file is used for.</summary>
public enum ColumnUse
{
    /// <summary>It gives a column of the contract.</summary>
    Field,

    /// <summary>It is a custom attribute.</summary>
    Attribute,

    /// <summary>The preset uses it to work something out: a join, a duration, a key, a choice of rows.</summary>
    Helper,

    /// <summary>The preset leaves it out, with a reason.</summary>
    Ignored,

    /// <summary>Nobody asks for it.</summary>
    Unused,
}

/// <summary>A column of a file and what is made of it.</summary>
/// <param name="Header">As the file writes it.</param>
/// <param name="Use">What it is used for.</param>
/// <param name="Targets">Columns of the contract that it gives.</param>
/// <param name="Reason">Why the preset leaves it out; null otherwise.</param>
public sealed record FileColumn(string Header, ColumnUse Use, IReadOnlyList<string> Targets, string? Reason)
{
    internal string Key { get; } = HeaderKey.Of(Header);
}

/// <summary>Matches a file's header with its record, by the preset where there is one.</summary>
internal sealed class ColumnPlan
{
    private const int LongestHeader = 200;

    private ColumnPlan(RecordType record, PresetFile? rule, IReadOnlyList<FileColumn> columns)
    {
        Record = record;
        Rule = rule;
        Columns = columns;
    }

    public RecordType Record { get; }

    public PresetFile? Rule { get; }

    public IReadOnlyList<FileColumn> Columns { get; }

    /// <summary>Position of the column that gives a field or input; -1 where none does.</summary>
    public int ColumnOf(string target)
    {
        for (var i = 0; i < Columns.Count; i++)
        {
            if (Columns[i].Targets.Contains(target))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Position of a header; -1 where the file has no such column.</summary>
    public int IndexOfHeader(string header) => IndexOf(Columns, column => column.Key == HeaderKey.Of(header));

    /// <summary>True where the file, or its preset, gives the field.</summary>
    public bool Gives(string target) =>
        ColumnOf(target) >= 0
        || (Rule is not null && (Rule.Constants.ContainsKey(target) || Rule.Derived.ContainsKey(target) || (target == "account_id" && Rule.Join is not null)));

    /// <summary>How many fields the header gives; -1 where required ones are missing.</summary>
    public static int Fit(RecordType record, IReadOnlyList<string> headers)
    {
        var keys = headers.Select(HeaderKey.Of).ToHashSet();
        var given = record.Fields.Where(field => Keys(field).Any(keys.Contains)).ToList();
        var hasPrice = record.Inputs.Contains(ImportContract.Price) && Keys(ImportContract.Price).Any(keys.Contains) && Keys(ImportContract.Interval).Any(keys.Contains);
        var missing = record.Fields.Where(field => field.IsRequired && !given.Contains(field) && !(field.Name == "mrr" && hasPrice));
        return missing.Any() ? -1 : given.Count;
    }

    /// <exception cref="UnreadableFileException">The header is blank, doubled, ambiguous, or lacks what the record needs.</exception>
    public static ColumnPlan Make(RecordType record, IReadOnlyList<string> headers, PresetFile? rule)
    {
        CheckHeader(headers);
        var columns = new FileColumn[headers.Count];
        var taken = new HashSet<string>(rule is null ? [] : rule.Columns.Values.SelectMany(targets => targets).Concat(rule.Constants.Keys).Concat(rule.Derived.Keys));
        if (rule?.Join is not null)
        {
            taken.Add("account_id");
        }

        var byContract = MatchContract(record, headers, rule, taken);
        for (var i = 0; i < headers.Count; i++)
        {
            columns[i] = Describe(record, headers[i], rule, byContract.GetValueOrDefault(i));
        }

        var plan = new ColumnPlan(record, rule, columns);
        plan.CheckComplete();
        return plan;
    }

    private static FileColumn Describe(RecordType record, string header, PresetFile? rule, string? contractTarget)
    {
        var key = HeaderKey.Of(header);
        if (rule is not null)
        {
            if (Lookup(rule.Columns, key) is { } targets)
            {
                return new FileColumn(header, ColumnUse.Field, targets, null);
            }

            if (Lookup(rule.IgnoredColumns, key) is { } reason)
            {
                return new FileColumn(header, ColumnUse.Ignored, [], reason);
            }
        }

        if (contractTarget is not null)
        {
            return new FileColumn(header, ColumnUse.Field, [contractTarget], null);
        }

        if (rule is not null && Helpers(rule).Any(helper => HeaderKey.Of(helper) == key))
        {
            return new FileColumn(header, ColumnUse.Helper, [], null);
        }

        return new FileColumn(header, record.TakesCustomAttributes ? ColumnUse.Attribute : ColumnUse.Unused, [], null);
    }

    /// <summary>Headers that are the contract's own, or stand for one of its columns. Of two, the one with the contract's own name wins.</summary>
    private static Dictionary<int, string> MatchContract(RecordType record, IReadOnlyList<string> headers, PresetFile? rule, HashSet<string> taken)
    {
        var matches = new Dictionary<int, string>();
        foreach (var field in record.Fields.Concat(record.Inputs).Where(field => !taken.Contains(field.Name)))
        {
            var keys = Keys(field).ToHashSet();
            var found = Enumerable.Range(0, headers.Count)
                .Where(i => keys.Contains(HeaderKey.Of(headers[i])) && (rule is null || !Mentions(rule, headers[i])))
                .ToList();
            if (found.Count > 1)
            {
                var own = found.Where(i => HeaderKey.Of(headers[i]) == HeaderKey.Of(field.Name)).ToList();
                found = own.Count == 1 ? own : throw new UnreadableFileException("header_ambiguous", ("columns", found.Select(i => headers[i]).ToList()), ("field", field.Name));
            }

            if (found.Count == 1)
            {
                matches[found[0]] = field.Name;
            }
        }

        return matches;
    }

    private void CheckComplete()
    {
        var deletes = Gives("deleted");
        var missing = Record.Fields
            .Where(field => field.IsRequired && (field.IsKey || !deletes) && !Gives(field.Name))
            .Where(field => field.Name != "mrr" || !(Gives("price") && Gives("billing_interval")))
            .Select(field => field.Name)
            .ToList();
        if (Record.Name == "subscriptions" && !Gives("subscription_id") && Rule is not { Key.Count: > 0 })
        {
            missing.Insert(0, "subscription_id");
        }

        if (Rule is not null)
        {
            missing.AddRange(Helpers(Rule).Where(header => IndexOfHeader(header) < 0));
        }

        if (missing.Count > 0)
        {
            throw new UnreadableFileException("header_missing_column", ("record", Record.Name), ("columns", missing.Distinct().ToList()));
        }
    }

    private static void CheckHeader(IReadOnlyList<string> headers)
    {
        var seen = new HashSet<string>();
        for (var i = 0; i < headers.Count; i++)
        {
            var key = HeaderKey.Of(headers[i]);
            if (key.Length == 0)
            {
                throw new UnreadableFileException("header_blank", ("position", i + 1));
            }

            if (headers[i].Length > LongestHeader)
            {
                throw new UnreadableFileException("header_too_long", ("position", i + 1), ("most", LongestHeader));
            }

            if (!seen.Add(key))
            {
                throw new UnreadableFileException("header_duplicate", ("column", headers[i]));
            }
        }
    }

    private static IEnumerable<string> Helpers(PresetFile rule) =>
        rule.Key
            .Concat(rule.IgnoredRows.Select(ignored => ignored.Column))
            .Concat(rule.Derived.Values.SelectMany(derived => new[] { derived.From, derived.Plus }))
            .Concat(rule.Join is null ? [] : [rule.Join.Column]);

    private static bool Mentions(PresetFile rule, string header)
    {
        var key = HeaderKey.Of(header);
        return rule.Columns.Keys.Concat(rule.IgnoredColumns.Keys).Any(mentioned => HeaderKey.Of(mentioned) == key);
    }

    private static T? Lookup<T>(IReadOnlyDictionary<string, T> map, string key)
        where T : class => map.FirstOrDefault(pair => HeaderKey.Of(pair.Key) == key).Value;

    private static IEnumerable<string> Keys(Field field) => field.Synonyms.Prepend(field.Name).Select(HeaderKey.Of);

    private static int IndexOf<T>(IReadOnlyList<T> list, Func<T, bool> test)
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (test(list[i]))
            {
                return i;
            }
        }

        return -1;
    }
}
