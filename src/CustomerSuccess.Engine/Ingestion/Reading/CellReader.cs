using System.Globalization;
using CustomerSuccess.Core.Ingestion;

namespace CustomerSuccess.Engine.Ingestion.Reading;

/// <summary>Why a cell or a row is rejected.</summary>
/// <param name="Code">One of <see cref="Reasons"/>.</param>
/// <param name="Args">Arguments of its sentence.</param>
internal sealed record Problem(string Code, params (string Name, object? Value)[] Args)
{
    /// <summary>Name of the contract's column at fault where the caller knows no better.</summary>
    public string? Field { get; init; }
}

/// <summary>Reads cells as what their column says, within one file: zone, day order and the day of import are the file's.</summary>
internal sealed class CellReader(ReadingOptions options, DayOrder stated, Func<string, DayOrder> inferOrder)
{
    private const double Unbounded = 1e12;
    private static readonly Dictionary<string, string> ChoiceWords = new(StringComparer.OrdinalIgnoreCase)
    {
        ["未払い"] = "open",
        ["未払"] = "open",
        ["未入金"] = "open",
        ["請求済み"] = "open",
        ["請求済"] = "open",
        ["unpaid"] = "open",
        ["sent"] = "open",
        ["支払済み"] = "paid",
        ["支払済"] = "paid",
        ["支払い済み"] = "paid",
        ["入金済み"] = "paid",
        ["入金済"] = "paid",
        ["失敗"] = "failed",
        ["決済失敗"] = "failed",
        ["無効"] = "void",
        ["取消"] = "void",
        ["取り消し"] = "void",
        ["voided"] = "void",
        ["提示"] = "offered",
        ["treatment"] = "offered",
        ["施策群"] = "offered",
        ["held out"] = "held_out",
        ["held-out"] = "held_out",
        ["holdout"] = "held_out",
        ["control"] = "held_out",
        ["対照群"] = "held_out",
    };

    private readonly TimeZoneInfo _zone = options.SourceZone;
    private readonly DateTime _firstFutureInstant = FirstInstantAfter(options.Today, options.CompanyZone);
    private DayOrder _order = stated;

    /// <summary>Mark of a currency that the last amount carried; null where it carried none.</summary>
    public string? CurrencySeen { get; set; }

    /// <summary>Reads a cell that is not blank.</summary>
    /// <returns>Null where it could be read.</returns>
    public Problem? Read(Field field, ReadOnlySpan<char> cell, out object? value)
    {
        value = null;
        if (CheckFormula(cell) is { } failed)
        {
            return failed;
        }

        switch (field.Type)
        {
            case FieldType.Text:
                return ReadText(field, cell, out value);
            case FieldType.Whole:
                if (!NumberCell.TryWhole(cell, out var whole))
                {
                    return new Problem("whole_number_invalid");
                }

                value = whole;
                return Range(field, whole);
            case FieldType.Number:
                if (!NumberCell.TryNumber(cell, out var number))
                {
                    return new Problem("number_invalid");
                }

                value = number;
                return Range(field, number);
            case FieldType.Money:
                if (!NumberCell.TryMoney(cell, out var money, out var currency))
                {
                    return new Problem("money_invalid");
                }

                CurrencySeen = currency ?? CurrencySeen;
                value = money;
                return Range(field, (double)money);
            case FieldType.Day:
            case FieldType.Month:
                var problem = ReadDay(field, cell, out var day);
                value = problem is null ? day : null;
                return problem;
            case FieldType.Instant:
                problem = ReadInstant(cell, out var instant, out _);
                value = problem is null ? instant : null;
                return problem;
            case FieldType.Flag:
                if (!WordCell.TryFlag(cell, out var flag))
                {
                    return new Problem("flag_invalid");
                }

                value = flag;
                return null;
            case FieldType.Choice:
                return ReadChoice(field, cell, out value);
            default:
                throw new InvalidOperationException($"{field.Type} has no reader.");
        }
    }

    /// <summary>Reads a day or a month; a time beside it is left out after it has been brought into the source's zone.</summary>
    public Problem? ReadDay(Field field, ReadOnlySpan<char> cell, out DateOnly day)
    {
        var result = field.Type == FieldType.Month ? DateCell.TryMonth(cell, _order, out day) : DateCell.TryDay(cell, _order, out day);
        if (result == DateResult.NeedsOrder)
        {
            _order = inferOrder(cell.ToString());
            result = field.Type == FieldType.Month ? DateCell.TryMonth(cell, _order, out day) : DateCell.TryDay(cell, _order, out day);
        }

        if (result == DateResult.Invalid)
        {
            if (ReadWritten(cell, out var written) is { } problem || written.IsDayOnly || written.ToUtc(_zone) is not { } utc)
            {
                return new Problem("date_invalid");
            }

            day = DateOnly.FromDateTime(written.Offset is null ? written.Local : TimeZoneInfo.ConvertTimeFromUtc(utc, _zone));
            day = field.Type == FieldType.Month ? new DateOnly(day.Year, day.Month, 1) : day;
        }

        return day > options.Today && !field.IsAgreedDate ? InFuture() : null;
    }

    /// <summary>Reads a time as UTC.</summary>
    public Problem? ReadInstant(ReadOnlySpan<char> cell, out DateTime utc, out bool isDayOnly)
    {
        utc = default;
        isDayOnly = false;
        if (ReadWritten(cell, out var written) is { } problem)
        {
            return problem;
        }

        if (written.ToUtc(_zone) is not { } instant)
        {
            return new Problem("time_invalid");
        }

        utc = instant;
        isDayOnly = written.IsDayOnly;
        return CheckFuture(utc);
    }

    /// <summary>A fact may not lie after the day of import.</summary>
    public Problem? CheckFuture(DateTime utc) => utc >= _firstFutureInstant ? InFuture() : null;

    /// <summary>What a formula failed to give is no value, not even where any text is.</summary>
    public static Problem? CheckFormula(ReadOnlySpan<char> cell) => CellText.IsFormulaError(cell) ? new("formula_failed", ("value", cell.Trim().ToString())) : null;

    private Problem InFuture() => new("date_in_future", ("today", Iso(options.Today)));

    private Problem? ReadWritten(ReadOnlySpan<char> cell, out WrittenInstant written)
    {
        var result = InstantCell.TryRead(cell, _order, out written);
        if (result == DateResult.NeedsOrder)
        {
            _order = inferOrder(cell.ToString());
            result = InstantCell.TryRead(cell, _order, out written);
        }

        return result == DateResult.Ok ? null : new Problem("time_invalid");
    }

    private static Problem? ReadText(Field field, ReadOnlySpan<char> cell, out object? value)
    {
        if (field.Name == "currency")
        {
            var code = CellText.Plain(cell) is "円" or "¥" ? "JPY" : CellText.Plain(cell).ToString().ToUpperInvariant();
            value = code;
            return code.Length == 3 && code.All(char.IsAsciiLetterUpper) ? null : new Problem("currency_invalid");
        }

        var isId = field.IsKey || field.Name.EndsWith("_id", StringComparison.Ordinal) || field.Name == "reports_to";
        var text = isId ? CellText.Id(cell) : cell.Trim().ToString();
        value = text;
        return text.Length <= field.MaxLength ? null : new Problem("text_too_long", ("length", text.Length), ("most", field.MaxLength));
    }

    private static Problem? ReadChoice(Field field, ReadOnlySpan<char> cell, out object? value)
    {
        var word = CellText.Plain(cell).ToString();
        value = field.Choices.FirstOrDefault(choice => choice.Equals(word, StringComparison.OrdinalIgnoreCase))
            ?? (ChoiceWords.GetValueOrDefault(word) is { } other && field.Choices.Contains(other) ? other : null);
        return value is null ? new Problem("choice_invalid", ("choices", field.Choices)) : null;
    }

    private static Problem? Range(Field field, double value)
    {
        if (value >= (field.Least ?? double.NegativeInfinity) && value <= (field.Most ?? double.PositiveInfinity))
        {
            return null;
        }

        return value < field.Least && (field.Most is null or >= Unbounded || field.Most == int.MaxValue)
            ? new Problem("number_too_small", ("least", field.Least))
            : new Problem("number_out_of_range", ("least", field.Least ?? double.MinValue), ("most", field.Most));
    }

    private static DateTime FirstInstantAfter(DateOnly today, TimeZoneInfo zone) =>
        today == DateOnly.MaxValue
            ? DateTime.MaxValue
            : new WrittenInstant(today.AddDays(1).ToDateTime(TimeOnly.MinValue), null, true).ToUtc(zone) ?? DateTime.MaxValue;

    internal static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
