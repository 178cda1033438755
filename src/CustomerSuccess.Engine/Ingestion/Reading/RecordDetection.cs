using System.Text;
using CustomerSuccess.Core.Ingestion;

namespace CustomerSuccess.Engine.Ingestion.Reading;

/// <summary>Tells which record a file holds: by its name, else by its header.</summary>
internal static class RecordDetection
{
    /// <exception cref="UnreadableFileException">Neither tells.</exception>
    public static RecordType Detect(SourceFile file, IReadOnlyList<string> headers, string? stated)
    {
        if (stated is not null)
        {
            return ImportContract.Find(stated) ?? throw new UnreadableFileException("record_not_in_contract", ("record", stated));
        }

        return ByName(file.BaseName) ?? ByHeader(headers) ?? throw new UnreadableFileException("record_unknown");
    }

    /// <summary>accounts.csv, Accounts 2024-04.tsv and 顧客一覧_202404.csv all hold accounts.</summary>
    public static RecordType? ByName(string baseName)
    {
        var name = Path.GetFileNameWithoutExtension(baseName).Normalize(NormalizationForm.FormKC).ToLowerInvariant();
        var words = name.TrimEnd("0123456789-_. ()年月日".ToCharArray());
        var key = HeaderKey.Of(words);
        return ImportContract.Records.FirstOrDefault(record => record.Synonyms.Prepend(record.Name).Any(synonym => HeaderKey.Of(synonym) == key));
    }

    private static RecordType? ByHeader(IReadOnlyList<string> headers)
    {
        var fits = ImportContract.Records
            .Select(record => (record, fit: ColumnPlan.Fit(record, headers)))
            .Where(pair => pair.fit > 0)
            .OrderByDescending(pair => pair.fit)
            .Take(2)
            .ToList();
        return fits.Count == 0 || (fits.Count == 2 && fits[0].fit == fits[1].fit) ? null : fits[0].record;
    }
}
