using CustomerSuccess.Core.Marks;
using Microsoft.Extensions.Localization;

namespace CustomerSuccess.Web.Shared.Wording;

/// <summary>Words for what happened to the company.</summary>
public sealed class MarkWords(IStringLocalizer<MarkWords> text)
{
    public string Kind(MarkKind kind) => text[kind.ToString()];

    /// <summary>Its day, or its first and last one.</summary>
    public string Days(Mark mark) => mark.Until is { } until ? text["Days", Format.Day(mark.Day), Format.Day(until)] : Format.Day(mark.Day);

    /// <summary>A mark in one line.</summary>
    public string Line(Mark mark) => text["Line", Days(mark), Kind(mark.Kind), mark.Title];
}
