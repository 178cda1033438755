using CustomerSuccess.Core.Ingestion;

namespace CustomerSuccess.Engine.Ingestion.Reading;

/// <summary>Turns cells into id strings without making the same string again and again: neighbouring rows name the same accounts and metrics.</summary>
internal sealed class StringCache
{
    private const int Size = 8_192;
    private readonly (string Raw, string Id)[] _slots = new (string, string)[Size];

    /// <summary>The id in a cell; empty for a blank one.</summary>
    public string Id(ReadOnlySpan<char> cell)
    {
        var hash = 2_166_136_261u;
        foreach (var c in cell)
        {
            hash = (hash ^ c) * 16_777_619u;
        }

        ref var slot = ref _slots[(hash ^ (hash >> 15)) & (Size - 1)];
        if (slot.Raw is null || !cell.SequenceEqual(slot.Raw))
        {
            var id = CellText.Id(cell);
            slot = (cell.Length == id.Length ? id : cell.ToString(), id);
            if (!cell.SequenceEqual(slot.Raw))
            {
                slot.Raw = cell.ToString();
            }
        }

        return slot.Id;
    }
}
