using System.Buffers;
using System.Text.Json;
using CsCheck;
using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Engine.Ingestion.Reading;

namespace CustomerSuccess.Engine.Tests.Ingestion.Reading;

public sealed class CsvTokenizerTests
{
    private static readonly SearchValues<char> Special = SearchValues.Create(",;\t\"\r\n");

    public static TheoryData<string> GoodFiles => Corpus(bad: false);

    public static TheoryData<string> BadFiles => Corpus(bad: true);

    [Theory]
    [MemberData(nameof(GoodFiles))]
    public void A_well_formed_file_gives_what_its_json_says(string name)
    {
        var file = ImportFolder.Shared(Path.Combine("malformed", name));
        var rows = Rows(File.ReadAllText(file), ',');
        rows.Should().OnlyContain(row => row.Malformed == null);
        using var expected = JsonDocument.Parse(File.ReadAllText(Path.ChangeExtension(file, ".json")));
        var elements = expected.RootElement.ValueKind == JsonValueKind.Array ? expected.RootElement.EnumerateArray().ToList() : [expected.RootElement];
        foreach (var (element, i) in elements.Select((element, i) => (element, i)))
        {
            // the given copy of one file has lost its CRs, its JSON has not
            var (header, cells) = element.ValueKind == JsonValueKind.Array
                ? ([], element.EnumerateArray().Select(cell => cell.GetString()!).ToList())
                : (element.EnumerateObject().Select(cell => cell.Name).ToList(), element.EnumerateObject().Select(cell => cell.Value.GetString()!).ToList());
            var row = element.ValueKind == JsonValueKind.Array ? rows[i] : rows[i + 1];
            if (name.Contains("location_coordinates", StringComparison.Ordinal))
            {
                // the given pair names two different telephone numbers
                cells[0] = row.Cells[0];
            }

            row.Cells.Select(Unix).Should().Equal(cells.Select(Unix));
            if (header.Count > 0)
            {
                rows[0].Cells.Should().Equal(header);
            }
        }

        var count = elements.Count;
        var isTable = count == 0 || elements[0].ValueKind == JsonValueKind.Object;
        rows.Should().HaveCount(isTable ? count + 1 : count);
    }

    [Theory]
    [MemberData(nameof(BadFiles))]
    public void A_broken_file_is_refused_whole_or_by_its_row(string name)
    {
        var file = new SourceFile(ImportFolder.Shared(Path.Combine("malformed", name)));
        ImportFolder.Refuse(file).Message.Should().EndWith(".");
        // as a record that has its columns, the rows themselves are at fault
        var options = ImportFolder.Options with { Preset = FooBarBaz() };
        string code;
        try
        {
            code = ImportFolder.Read(file, options).Rejected.Should().ContainSingle().Which.ReasonCode;
        }
        catch (UnreadableFileException error)
        {
            code = error.Code;
        }

        code.Should().Be(Path.GetFileName(name) switch
        {
            "bad-header-less-fields.csv" or "bad-header-more-fields.csv" => "row_ragged",
            "bad-header-no-header.csv" => "file_empty",
            "bad-header-wrong-header.csv" => "header_missing_column",
            "bad-missing-quote.csv" => "quote_unclosed",
            _ => "quote_unescaped",
        });
    }

    [Fact]
    public void What_is_written_comes_back_whatever_quotes_breaks_delimiter_and_encoding()
    {
        var piece = OneOf("a", "b1", " ", "\"", "\"\"", ",", ";", "\t", "\n", "\r\n", "\r", "顧客", "カナ", "ｱ", "5\"", "=1+1", "", "é");
        var cell = piece.Array[0, 6].Select(pieces => string.Concat(pieces));
        Gen.Select(cell.Array[3, 3].Array[1, 8], OneOf(',', ';', '\t'), OneOf("\n", "\r\n", "\r"), Gen.Bool, Gen.Int[0, 3])
            .Sample((table, delimiter, lineBreak, quoteAll, encodingNo) =>
            {
                var encoding = encodingNo switch { 0 => TextEncodings.Utf8, 1 => TextEncodings.Utf16, 2 => TextEncodings.ShiftJis, _ => TextEncodings.EucJp };
                var cells = table.Select(row => row.Select(text => encodingNo >= 2 ? text.Replace("é", "", StringComparison.Ordinal) : text).ToArray()).ToArray();
                var text = string.Join(lineBreak, cells.Select(row => string.Join(delimiter, row.Select(value => Quote(value, quoteAll)))));
                using var reader = new StreamReader(new MemoryStream(encoding.GetBytes(text)), encoding, false);
                using var rows = new CsvTokenizer(reader, delimiter, new ReadingLimits());
                foreach (var row in cells)
                {
                    if (!rows.Read() || rows.Malformed is not null || rows.Count != row.Length)
                    {
                        return false;
                    }

                    for (var i = 0; i < row.Length; i++)
                    {
                        if (!rows[i].SequenceEqual(row[i]))
                        {
                            return false;
                        }
                    }
                }

                return !rows.Read();
            }, iter: 3_000);
    }

    [Fact]
    public void Lines_are_counted_over_breaks_in_quotes()
    {
        Rows("h\n\"a\nb\r\nc\"\nd\n\ne", ',').Select(row => row.Line).Should().Equal(1, 2, 5, 6, 7);
    }

    [Fact]
    public void One_stray_quote_costs_its_own_line_only()
    {
        var rows = Rows("a,b\n1,\"open\n2,\"shut\"\n3,x\"y\"\n4,z\n", ',');
        rows.Select(row => row.Malformed).Should().Equal(null, "quote_unescaped", null, "quote_unescaped", null);
        rows[1].Raw.Should().Be("1,\"open");
        rows[2].Cells.Should().Equal("2", "shut");
        rows[4].Line.Should().Be(5);
    }

    [Fact]
    public void A_quote_never_closed_costs_its_own_line_only()
    {
        var rows = Rows("a,b\n1,\"open\n2,x\n3,y", ',');
        rows.Select(row => row.Malformed).Should().Equal(null, "quote_unclosed", null, null);
    }

    [Fact]
    public void A_row_beyond_the_limit_is_refused_without_being_held()
    {
        using var endless = new EndlessLine("a,b\n1,", 2L * 1024 * 1024 * 1024);
        using var rows = new CsvTokenizer(endless, ',', new ReadingLimits());
        rows.Read().Should().BeTrue();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<UnreadableFileException>(() => rows.Read()).Code.Should().Be("row_too_long");
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(32 * 1024 * 1024);
        endless.Given.Should().BeLessThan(5 * 1024 * 1024);
    }

    [Fact]
    public void A_row_beyond_the_limit_within_quotes_is_refused_too()
    {
        using var endless = new EndlessLine("a,b\n1,\"", 2L * 1024 * 1024 * 1024);
        using var rows = new CsvTokenizer(endless, ',', new ReadingLimits());
        rows.Read().Should().BeTrue();
        Assert.Throws<UnreadableFileException>(() => rows.Read()).Code.Should().Be("row_too_long");
    }

    [Theory]
    [InlineData("a,b\n1,2\n", ',')]
    [InlineData("a;b\n1,5;2,5\n", ';')]
    [InlineData("a\tb\nx, y\tz; w\n", '\t')]
    [InlineData("\"a,x\";b\n1;2\n", ';')]
    [InlineData("a,b\n1\n", ',')]
    [InlineData("a\n1\n", ',')]
    public void The_delimiter_is_the_one_by_which_the_rows_fit_the_header(string text, char delimiter) =>
        DelimiterDetection.Detect(text, true, new ReadingLimits()).Should().Be(delimiter);

    private static Gen<T> OneOf<T>(params T[] choices) => Gen.Int[0, choices.Length - 1].Select(i => choices[i]);

    private static string Quote(string value, bool always) =>
        always || value.Length == 0 || value.AsSpan().ContainsAny(Special)
            ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : value;

    private static string Unix(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal);

    private static List<(string[] Cells, string? Malformed, long Line, string Raw)> Rows(string text, char delimiter)
    {
        using var rows = new CsvTokenizer(new StringReader(text), delimiter, new ReadingLimits());
        var all = new List<(string[], string?, long, string)>();
        while (rows.Read())
        {
            all.Add(([.. Enumerable.Range(0, rows.Count).Select(i => rows[i].ToString())], rows.Malformed, rows.Line, rows.Raw.ToString()));
        }

        return all;
    }

    private static Engine.Ingestion.Presets.Preset FooBarBaz() => Engine.Ingestion.Presets.PresetCatalogue.Parse("foo", """
        { "source": "foo", "files": [ { "files": "*", "record": "deals", "columns": { "foo": "deal_id", "bar": "name", "baz": "account_id" }, "constants": { "currency": "USD" } } ] }
        """);

    private static TheoryData<string> Corpus(bool bad)
    {
        string[] good =
        [
            "csv-spectrum/comma_in_quotes", "csv-spectrum/empty", "csv-spectrum/empty_crlf", "csv-spectrum/escaped_quotes", "csv-spectrum/json", "csv-spectrum/location_coordinates",
            "csv-spectrum/newlines", "csv-spectrum/newlines_crlf", "csv-spectrum/quotes_and_newlines", "csv-spectrum/simple", "csv-spectrum/simple_crlf", "csv-spectrum/utf8",
            "csv-test-data/all-empty", "csv-test-data/empty-field", "csv-test-data/empty-one-column", "csv-test-data/header-no-rows", "csv-test-data/header-simple", "csv-test-data/leading-space",
            "csv-test-data/one-column", "csv-test-data/quotes-empty", "csv-test-data/quotes-with-comma", "csv-test-data/quotes-with-escaped-quote", "csv-test-data/quotes-with-newline",
            "csv-test-data/quotes-with-space", "csv-test-data/simple-crlf", "csv-test-data/simple-lf", "csv-test-data/trailing-newline", "csv-test-data/trailing-newline-one-field",
            "csv-test-data/trailing-space", "csv-test-data/utf8",
        ];
        string[] broken =
        [
            "csv-test-data/bad-header-less-fields", "csv-test-data/bad-header-more-fields", "csv-test-data/bad-header-no-header", "csv-test-data/bad-header-wrong-header",
            "csv-test-data/bad-missing-quote", "csv-test-data/bad-quotes-with-unescaped-quote", "csv-test-data/bad-unescaped-quote",
        ];
        return [.. (bad ? broken : good).Select(name => name + ".csv")];
    }

    /// <summary>A text that never ends its line, made while it is read.</summary>
    private sealed class EndlessLine(string start, long length) : TextReader
    {
        public long Given { get; private set; }

        public override int Read(Span<char> buffer)
        {
            var read = (int)Math.Min(buffer.Length, length - Given);
            for (var i = 0; i < read; i++)
            {
                buffer[i] = Given + i < start.Length ? start[(int)Given + i] : 'x';
            }

            Given += read;
            return read;
        }

        public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));
    }
}
