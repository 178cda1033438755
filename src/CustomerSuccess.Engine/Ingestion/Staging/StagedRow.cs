using System.Runtime.InteropServices;
using CustomerSuccess.Core.Ingestion;

namespace CustomerSuccess.Engine.Ingestion.Staging;

/// <summary>A checked row as it waits to be applied.</summary>
internal sealed class StagedRow
{
    public required RecordType Record { get; init; }

    public long Line { get; init; }

    public required object?[] Values { get; init; }

    public required bool[] Present { get; init; }

    public IReadOnlyList<KeyValuePair<string, string?>> Custom { get; init; } = [];

    public string Namespace { get; init; } = "";

    public string FactId { get; init; } = "";

    public bool IsDeleted { get; init; }

    public DateOnly? ValidFrom { get; init; }

    public string RawRow { get; init; } = "";

    /// <summary>The value of a text column; null where blank, absent or not of the record.</summary>
    public string? Text(string field) => Record.IndexOf(field) is var i and >= 0 ? (string?)Values[i] : null;

    public bool Gives(string field) => Record.IndexOf(field) is var i and >= 0 && Present[i];
}

/// <summary>A row that reading rejected.</summary>
internal sealed record StagedReject(long Line, string? Column, string? Value, string ReasonCode, string ReasonArgsJson, string RawRow);

/// <summary>A counter whose text is kept because its account or person was not known while it was read.</summary>
internal sealed record StagedUsageText(CheckedUsage Row, string RawRow, bool GivesUsers);

/// <summary>A counter as it waits to be applied; account, metric and contact are numbers of texts.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
internal struct StagedUsage
{
    public const int IsDeleted = 1;
    public const int FromAggregate = 2;
    public const int HasUsers = 4;

    public long Line;
    public double Count;

    /// <summary>Number of the text <c>namespace + newline + account_id</c>.</summary>
    public int Account;

    public int Day;
    public int Metric;

    /// <summary>Number of the text; -1 for the account as a whole.</summary>
    public int Contact;

    public int Users;
    public int Flags;
}
