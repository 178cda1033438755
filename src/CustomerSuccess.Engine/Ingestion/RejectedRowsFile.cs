using System.Globalization;
using System.Text;
using System.Text.Json;
using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Engine.Exports;
using CustomerSuccess.Engine.Ingestion.Reading;
using CustomerSuccess.Engine.Storage;

namespace CustomerSuccess.Engine.Ingestion;

/// <summary>Hands rejected rows back in their file's own shape, to be mended and imported again, and the reasons in a listing beside them.</summary>
internal static class RejectedRowsFile
{
    private const string Sql = "SELECT line, \"column\", value, reason_code, reason_args_json, raw_row FROM rejected_row WHERE import_file_id = @file ORDER BY line, reject_no";

    /// <summary>Where the rejected rows of one file go: the path asked for, with the file's name in it where there are several.</summary>
    public static string PathFor(string path, string fileName, bool isOnlyOne)
    {
        if (isOnlyOne)
        {
            return path;
        }

        var name = Path.GetFileName(fileName);
        name = name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? name[..^3] : name;
        return Path.Combine(Path.GetDirectoryName(path) ?? "", $"{Path.GetFileNameWithoutExtension(path)}-{Path.GetFileNameWithoutExtension(name)}{Path.GetExtension(path)}");
    }

    /// <summary>The listing beside a file of rejected rows.</summary>
    public static string ReasonsPathFor(string path) => Path.ChangeExtension(path, ".reasons.csv");

    /// <summary>Writes a pair of files for each file with rejected rows.</summary>
    public static async Task WriteAsync(BulkSession session, ImportResult result, string path)
    {
        var files = result.Files.Where(file => file.RejectedBy.Count > 0).Select(file => file.File).ToList();
        foreach (var file in files)
        {
            var target = PathFor(path, file.FileName, files.Count == 1);
            await using var rows = File.Create(target);
            WriteRows(session, file, rows);
            await using var reasons = File.Create(ReasonsPathFor(target));
            WriteReasons(session, file, reasons);
        }
    }

    /// <summary>The header line and the rejected rows as they stand in the file, in its encoding.</summary>
    public static void WriteRows(BulkSession session, ImportFile file, Stream to)
    {
        using var writer = new StreamWriter(to, TextEncodings.Named(file.Encoding ?? "utf-8"), leaveOpen: true) { NewLine = "\r\n" };
        writer.WriteLine(file.HeaderLine);
        ForEach(session, file.ImportFileId, (_, _, _, _, _, raw) => writer.WriteLine(raw));
    }

    /// <summary>Line, column, value, code and sentence of each rejected row, in UTF-8 with a mark that spreadsheets look for.</summary>
    public static void WriteReasons(BulkSession session, ImportFile file, Stream to)
    {
        using var writer = new StreamWriter(to, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true) { NewLine = "\r\n" };
        writer.WriteLine("line,column,value,code,reason");
        ForEach(session, file.ImportFileId, (line, column, value, code, args, _) =>
            writer.WriteLine(string.Join(',', line.ToString(CultureInfo.InvariantCulture), CsvFile.Cell(column), CsvFile.Cell(value), code, CsvFile.Cell(Reasons.English(code, ArgsOf(args))))));
    }

    /// <summary>Arguments of a reason's sentence.</summary>
    public static IReadOnlyDictionary<string, object?> ArgsOf(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.EnumerateObject().ToDictionary(
            property => property.Name,
            property => (object?)(property.Value.ValueKind == JsonValueKind.Array ? string.Join(", ", property.Value.EnumerateArray().Select(item => item.ToString())) : property.Value.ToString()));
    }

    private static void ForEach(BulkSession session, int fileId, Action<long, string?, string?, string, string, string> row)
    {
        using var command = session.Command(Sql, ("@file", fileId));
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            row(reader.GetInt64(0), reader.IsDBNull(1) ? null : reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2), reader.GetString(3), reader.GetString(4), reader.GetString(5));
        }
    }
}
