using CustomerSuccess.Core.Search;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Storage;

/// <summary>The table of what can be searched. Its index is each database's own and no part of the model: see <see cref="Search.SearchIndex"/>.</summary>
internal static class SearchMappings
{
    public static void Apply(ModelBuilder model) => model.Entity<SearchText>(text =>
    {
        text.ToTable("search_text");
        text.HasKey(t => new { t.AccountNo, t.Kind, t.RecordId });
        text.HasIndex(t => t.DocNo).IsUnique();
    });
}
