namespace CustomerSuccess.Web.Shared;

/// <summary>Names the words of <see cref="FactTable{TRow}"/>, whatever its rows are.</summary>
public sealed class FactTable;
