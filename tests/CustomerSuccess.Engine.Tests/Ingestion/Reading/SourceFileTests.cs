using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using CsCheck;
using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Engine.Ingestion.Reading;

namespace CustomerSuccess.Engine.Tests.Ingestion.Reading;

public sealed class SourceFileTests : IDisposable
{
    private const string Japanese = "顧客ID,会社名,業種\nA1,株式会社やまだ,製造業\nA2,ｶﾌﾞｼｷｶﾞｲｼｬ ﾃｽﾄ,情報通信業\n";
    private readonly ImportFolder _folder = new();

    public static TheoryData<string> Encodings => ["utf-8", "utf-8-bom", "utf-16", "utf-16be", "shift_jis", "euc-jp"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Encodings))]
    public void An_encoding_is_detected(string name)
    {
        var (encoding, mark, detected) = Of(name);
        var file = _folder.Write("顧客.csv", [.. mark, .. encoding.GetBytes(Japanese)]);
        var reading = new ReadingRun(ImportFolder.Options).Open(file);
        reading.Encoding.Should().Be(detected);
        ImportFolder.Read(file).Rows.Select(row => row["name"]).Should().Equal("株式会社やまだ", "ｶﾌﾞｼｷｶﾞｲｼｬ ﾃｽﾄ");
    }

    [Fact]
    public void Shift_jis_and_euc_jp_are_told_apart_by_the_text_alone()
    {
        string[] words = ["株式会社", "やまだ", "サービス", "東京", "大阪", "データ", "の", "と", "ソフトウェア", "研究所", "まるい", "商事", "ABC", "123", "ー"];
        Gen.Int[0, words.Length - 1].Select(i => words[i]).Array[6, 40].Sample(
            parts =>
            {
                var text = $"account_id,name\nA1,{string.Concat(parts)}\n";
                if (Ascii.IsValid(text))
                {
                    return true;
                }

                foreach (var encoding in new[] { TextEncodings.ShiftJis, TextEncodings.EucJp })
                {
                    if (ImportFolder.Read(_folder.Write("accounts.csv", text, encoding)).Rows.Single()["name"] as string != string.Concat(parts))
                    {
                        return false;
                    }
                }

                return true;
            },
            iter: 300,
            threads: 1);
    }

    [Theory]
    [InlineData("ｶﾌﾞｼｷｶﾞｲｼｬ ﾃｽﾄ")]
    [InlineData("ﾔﾏﾀﾞ")]
    [InlineData("山田商店のサービス")]
    public void A_text_that_both_encodings_can_read_is_read_as_it_was_meant(string name)
    {
        foreach (var encoding in new[] { TextEncodings.ShiftJis, TextEncodings.EucJp })
        {
            ImportFolder.Read(_folder.Write("accounts.csv", $"account_id,name\nA1,{name}\n", encoding)).Rows.Single()["name"].Should().Be(name, "it is {0}", encoding.WebName);
        }
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("euc-jp")]
    [InlineData("us-ascii")]
    public void A_wrong_stated_encoding_is_refused_with_its_line(string stated)
    {
        var file = _folder.Write("accounts.csv", "account_id,name\nA1,n\nA2,株式会社\n", TextEncodings.ShiftJis);
        var refused = ImportFolder.Refuse(file, ImportFolder.Options with { Encoding = stated });
        refused.Code.Should().Be("encoding_invalid");
        refused.Args.Should().Contain("line", 3L);
    }

    [Fact]
    public void Where_a_few_bytes_are_broken_their_line_is_told_in_the_encoding_that_the_header_is_in()
    {
        foreach (var encoding in new[] { TextEncodings.ShiftJis, TextEncodings.EucJp })
        {
            var file = _folder.Write("accounts.csv", [.. encoding.GetBytes("顧客ID,顧客名\nA1,青空\nA2,"), 0x81, 0xFF, 0xFE, .. encoding.GetBytes("\nA3,次\n")]);
            var refused = ImportFolder.Refuse(file);
            (refused.Code, refused.Args["encoding"], refused.Args["line"]).Should().Be(("encoding_invalid", TextEncodings.NameOf(encoding), 3L));
        }
    }

    [Fact]
    public void An_encoding_may_be_stated()
    {
        var file = _folder.Write("accounts.csv", "account_id,name\nA1,Müller\n", Encoding.Latin1);
        ImportFolder.Refuse(file).Code.Should().Be("encoding_invalid", "Western bytes are not guessed at");
        ImportFolder.Read(file, ImportFolder.Options with { Encoding = "windows-1252" }).Rows.Single()["name"].Should().Be("Müller");
        new Action(() => _ = new ReadingRun(ImportFolder.Options with { Encoding = "klingon" })).Should().Throw<UnreadableFileException>().Which.Code.Should().Be("encoding_unknown");
    }

    [Fact]
    public void Binary_files_are_refused()
    {
        ImportFolder.Refuse(_folder.Write("accounts.csv", [0x50, 0x4B, 3, 4, 0, 0, 1, 2])).Code.Should().Be("file_binary");
        var noise = new byte[50_000];
        new Random(7).NextBytes(noise);
        ImportFolder.Refuse(_folder.Write("accounts.csv", noise)).Code.Should().Be("file_binary");
        ImportFolder.Refuse(_folder.Write("accounts.csv", [.. noise.Select(value => value == 0 ? (byte)1 : value)])).Code.Should().Be("file_binary");
    }

    [Theory]
    [InlineData("shift_jis", "顧客ID,顧客名", true)]
    [InlineData("shift_jis", "account_id,name", true)]
    [InlineData("shift_jis", "とくい先,お名前", true)]
    [InlineData("shift_jis", "顧客ID,顧客名", false)]
    [InlineData("euc-jp", "account_id,name", false)]
    [InlineData("utf-8", "顧客ID,顧客名", true)]
    [InlineData("utf-8", "account_id,name", false)]
    public void A_file_of_many_broken_bytes_is_told_the_first_of_their_lines_in_the_encoding_it_was_written_in(string name, string header, bool many)
    {
        var encoding = TextEncodings.Named(name);
        byte[] wrong = [0x81, 0x20, 0xFD, 0xFE, 0xFF, 0xA0];
        byte[] bytes = [.. Enumerable.Range(1, 20).SelectMany(line => (byte[])
        [
            .. encoding.GetBytes(line == 1 ? header : $"A{line},株式会社みどり商事{line}"),
            .. line >= 5 && (many || line == 5) ? wrong : [],
            .. "\r\n"u8,
        ])];
        var refused = ImportFolder.Refuse(_folder.Write("accounts.csv", bytes));
        refused.Code.Should().Be("encoding_invalid");
        refused.Args.Should().Contain("encoding", name).And.Contain("line", 5L);
    }

    [Fact]
    public void A_file_that_was_cut_off_amid_a_character_is_told_its_last_line()
    {
        var bytes = Encoding.UTF8.GetBytes("顧客ID,顧客名\nA1,みどり商事\nA2,あおい商事");
        var refused = ImportFolder.Refuse(_folder.Write("accounts.csv", bytes[..^1]));
        refused.Args.Should().Contain("encoding", "utf-8").And.Contain("line", 3L);
    }

    [Fact]
    public void Western_text_is_not_taken_for_broken_Japanese()
    {
        var refused = ImportFolder.Refuse(_folder.Write("accounts.csv", "account_id,name\nA1,Plain\nA2,Café Zoë\nA3,Garçon\n", Encoding.Latin1));
        refused.Args.Should().Contain("encoding", "utf-8").And.Contain("line", 3L);
    }

    [Fact]
    public void An_archive_behind_a_password_says_so()
    {
        using var packed = new MemoryStream();
        using (var archive = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = archive.CreateEntry("accounts.csv").Open();
            entry.Write("account_id,name\nA1,Midori\n"u8);
        }

        // the first bit of an entry's flags tells that it is encrypted; they stand in the local and in the central header
        var bytes = packed.ToArray();
        bytes[bytes.AsSpan().IndexOf("PK\u0003\u0004"u8) + 6] |= 1;
        bytes[bytes.AsSpan().IndexOf("PK\u0001\u0002"u8) + 8] |= 1;
        ImportFolder.Refuse(SourceFile.Expand([_folder.Write("files.zip", bytes).Path]).Single()).Code.Should().Be("archive_encrypted");
    }

    [Fact]
    public void A_missing_file_a_folder_and_a_forbidden_one_are_refused()
    {
        ImportFolder.Refuse(new SourceFile(Path.Combine(_folder.Path, "none.csv"))).Code.Should().Be("file_missing");
        ImportFolder.Refuse(new SourceFile(Path.Combine(_folder.Path, "no", "folder", "none.csv"))).Code.Should().Be("file_missing");
        ImportFolder.Refuse(new SourceFile(_folder.Path)).Code.Should().Be("file_unreadable");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_line_of_two_gigabytes_is_refused_before_it_is_held(bool quoted)
    {
        // packed, so that the disk is spared; the limits on unpacking are out of the way
        var path = Path.Combine(_folder.Path, "usage.csv.gz");
        using (var gzip = new GZipStream(File.Create(path), CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes("account_id,day,metric,count\nA1,2024-04-01," + (quoted ? "\"" : "")));
            var block = new byte[1024 * 1024];
            Array.Fill(block, (byte)'x');
            for (var i = 0; i < 64; i++)
            {
                gzip.Write(block);
            }
        }

        var options = ImportFolder.Options with { Limits = new ReadingLimits { UnpackedRatio = long.MaxValue } };
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var refused = ImportFolder.Refuse(new SourceFile(path), options);
        refused.Code.Should().Be("row_too_long");
        refused.Args.Should().Contain("line", 2L);
        (GC.GetTotalAllocatedBytes(precise: true) - before).Should().BeLessThan(16 * 1024 * 1024);
    }

    [Fact]
    public void A_packed_file_that_unpacks_without_end_is_refused()
    {
        var path = Path.Combine(_folder.Path, "usage.csv.gz");
        using (var gzip = new GZipStream(File.Create(path), CompressionLevel.SmallestSize))
        {
            gzip.Write("account_id,day,metric,count\n"u8);
            var block = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("A1,2024-04-01,m,1\n", 50_000)));
            for (var i = 0; i < 100; i++)
            {
                gzip.Write(block);
            }
        }

        ImportFolder.Refuse(new SourceFile(path)).Code.Should().Be("archive_too_large");
    }

    [Fact]
    public void A_damaged_packed_file_is_refused()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes("account_id,name\n" + string.Concat(Enumerable.Range(0, 5_000).Select(i => $"A{i},name {i * 7919}\n"))));
        }

        var bytes = packed.ToArray();
        bytes[bytes.Length / 2] ^= 0xFF;
        ImportFolder.Refuse(_folder.Write("accounts.csv.gz", bytes)).Code.Should().BeOneOf("file_damaged", "file_binary", "encoding_invalid");
        ImportFolder.Refuse(_folder.Write("accounts.csv.gz", bytes[..(bytes.Length / 3)])).Code.Should().Be("file_damaged");
        new Action(() => SourceFile.Expand([_folder.Write("files.zip", bytes).Path])).Should().Throw<UnreadableFileException>().Which.Code.Should().Be("file_damaged");
    }

    [Fact]
    public void Each_entry_of_an_archive_is_a_file()
    {
        var path = Path.Combine(_folder.Path, "all.zip");
        using (var archive = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            foreach (var (name, text) in new[] { ("data/usage.csv", "account_id,day,metric,count\nA1,2024-04-01,m,1\n"), ("accounts.csv", "account_id\nA1\n"), ("__MACOSX/._accounts.csv", "\0"), (".hidden", "x") })
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        var files = SourceFile.Expand([path]);
        files.Select(file => file.Name).Should().Equal("all.zip/accounts.csv", "all.zip/data/usage.csv");
        ImportFolder.Read(files[1]).Usage.Should().ContainSingle();
        new Action(() => SourceFile.Expand([path], new ReadingLimits { ArchiveFiles = 1 })).Should().Throw<UnreadableFileException>().Which.Code.Should().Be("archive_too_many_files");
    }

    [Fact]
    public void The_hash_is_that_of_the_bytes_on_disk()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write("account_id\nA1\n"u8);
        }

        var file = _folder.Write("accounts.csv.gz", packed.ToArray());
        var reading = new ReadingRun(ImportFolder.Options).Open(file);
        reading.Sha256.Should().Be(Convert.ToHexStringLower(SHA256.HashData(packed.ToArray())));
        var sink = new CollectingSink();
        reading.Read(sink, TestContext.Current.CancellationToken);
        sink.Rows.Should().ContainSingle();
    }

    [Fact]
    public void A_folder_gives_its_files_by_name()
    {
        _folder.Write("b.csv", "x");
        _folder.Write("a.csv", "x");
        _folder.Write(".hidden", "x");
        SourceFile.Expand([_folder.Path]).Select(file => file.Name).Should().Equal("a.csv", "b.csv");
    }

    private static (Encoding Encoding, byte[] Mark, string Detected) Of(string name) => name switch
    {
        "utf-8" => (TextEncodings.Utf8, [], "utf-8"),
        "utf-8-bom" => (TextEncodings.Utf8, [0xEF, 0xBB, 0xBF], "utf-8"),
        "utf-16" => (TextEncodings.Utf16, [0xFF, 0xFE], "utf-16"),
        "utf-16be" => (TextEncodings.Utf16BigEndian, [0xFE, 0xFF], "utf-16be"),
        "shift_jis" => (TextEncodings.ShiftJis, [], "shift_jis"),
        _ => (TextEncodings.EucJp, [], "euc-jp"),
    };
}
