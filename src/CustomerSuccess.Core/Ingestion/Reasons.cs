using System.Globalization;

namespace CustomerSuccess.Core.Ingestion;

/// <summary>Every code with which a file or a row is refused, and its English sentence. Words in braces are arguments.</summary>
public static class Reasons
{
    private static readonly Dictionary<string, string> Sentences = new()
    {
        // whole files
        ["file_missing"] = "The file does not exist.",
        ["file_unreadable"] = "The file cannot be read: {detail}",
        ["file_changed"] = "The file changed while it was read. Import it again once it is finished.",
        ["file_empty"] = "The file is empty; a header row is required.",
        ["file_binary"] = "The file is not text. Save it as CSV (for a spreadsheet: Save as, CSV).",
        ["encoding_invalid"] = "Line {line} holds bytes that are not {encoding}: the file is damaged or cut off there, or written in another encoding. Save it anew as UTF-8, or state its encoding.",
        ["file_damaged"] = "The archive is damaged or was cut off, so that it cannot be unpacked. Pack or fetch it anew.",
        ["archive_encrypted"] = "The archive is protected by a password. Unpack it, and import what is in it.",
        ["encoding_unknown"] = "There is no encoding named {encoding}.",
        ["archive_too_many_files"] = "The archive holds {files} files; at most {most} are taken.",
        ["archive_too_large"] = "Unpacked, the file passes {most} bytes or {ratio} times its size; it is not read further.",
        ["row_too_long"] = "The row that starts on line {line} is longer than {most} characters; the file is not read further.",
        ["too_many_columns"] = "The header has {columns} columns; at most {most} are taken.",
        ["header_duplicate"] = "The column {column} stands more than once in the header.",
        ["header_ambiguous"] = "The columns {columns} both mean {field}; keep one.",
        ["header_too_long"] = "The header of column {position} has more than {most} characters.",
        ["header_blank"] = "Column {position} has no header.",
        ["header_malformed"] = "The header row is not well formed: a quotation mark is misplaced.",
        ["header_missing_column"] = "Records of {record} need the columns {columns}, which the header lacks.",
        ["delimiter_unknown"] = "The header is one column, {header}: its cells seem to be divided by something other than commas, tabs or semicolons. Save the file as CSV with commas.",
        ["record_unknown"] = "Neither the file's name nor its header tells which record it holds. Name it after its record (accounts.csv), or state the record.",
        ["record_not_in_contract"] = "There is no record named {record}.",
        ["date_order_ambiguous"] = "Dates such as {value} (line {line}, column {column}) may be day-month or month-day, and no row of the file decides it. State the day order.",
        ["date_order_contradictory"] = "Line {day_first_line} is only possible as day-month, line {month_first_line} only as month-day. Mend one, or state the day order.",

        ["interrupted"] = "The import ended before the file was read to its end; nothing of it was taken. Import it again.",
        ["cancelled"] = "The import was cancelled before the file was read to its end; nothing of it was taken.",
        ["aggregate_incomplete"] = "Another file that goes into the same counters could not be read; none of them was taken.",
        ["staging_lost"] = "What had been read of the file was lost before all of it was applied: {detail} Import it again.",

        // rows
        ["row_ragged"] = "The row has {cells} cells, the header {columns}.",
        ["quote_unescaped"] = "A quotation mark stands inside a cell without being doubled.",
        ["quote_unclosed"] = "A quotation mark is opened and never closed.",
        ["value_required"] = "A value is required.",
        ["formula_failed"] = "The cell holds {value}: in the spreadsheet its formula failed. Mend it there, and save the file anew.",
        ["text_too_long"] = "The text has {length} characters; at most {most} are taken.",
        ["number_invalid"] = "This is not a number.",
        ["whole_number_invalid"] = "This is not a whole number.",
        ["money_invalid"] = "This is not an amount of money. Write it as 1234.56 or 1,234.56.",
        ["number_out_of_range"] = "The value must lie between {least} and {most}.",
        ["number_too_small"] = "The value must be at least {least}.",
        ["score_outside_scale"] = "The score must lie between {least} and {most}, the ends of its scale.",
        ["scale_invalid"] = "The scale's end must be above its beginning.",
        ["currency_invalid"] = "This is not a currency code of three letters.",
        ["interval_invalid"] = "This is not a billing interval (month, quarter, half-year, year).",
        ["date_invalid"] = "This is not a date, or one that the calendar does not have.",
        ["time_invalid"] = "This is not a date with a time.",
        ["date_in_future"] = "The date lies after the day of import ({today}).",
        ["end_before_start"] = "The date lies before {start}.",
        ["flag_invalid"] = "This is neither yes nor no.",
        ["choice_invalid"] = "The value must be one of: {choices}.",
        ["account_unknown"] = "No account has this id. Import the account first, or ask for unknown accounts to be created.",
        ["contact_unknown"] = "The account has no contact with this id.",
        ["parent_unknown"] = "No account has this id, which is given as the parent's.",
        ["parent_is_itself"] = "An account cannot be its own parent.",
        ["join_not_found"] = "No record of {record} has this id, so that the account is unknown.",
    };

    /// <summary>Every code, for whoever translates them.</summary>
    public static IEnumerable<string> Codes => Sentences.Keys;

    /// <summary>The English sentence of a code with its arguments filled in; the code itself where it has none.</summary>
    public static string English(string code, IReadOnlyDictionary<string, object?> args)
    {
        var sentence = Sentences.GetValueOrDefault(code, code);
        foreach (var (name, value) in args)
        {
            var text = value is System.Collections.IEnumerable many and not string
                ? string.Join(", ", many.Cast<object?>())
                : Convert.ToString(value, CultureInfo.InvariantCulture);
            sentence = sentence.Replace("{" + name + "}", text, StringComparison.Ordinal);
        }

        return sentence;
    }
}
