namespace CustomerSuccess.Core.Documents;

/// <summary>A piece of a document, whatever it is shown in: a page, a file or a message. Texts are in the reader's language, numbers written.</summary>
public abstract record DocumentBlock;

/// <summary>How a paragraph is set.</summary>
public enum ParagraphKind
{
    Body,

    /// <summary>What the part comes to, in one sentence.</summary>
    Lead,

    /// <summary>What must be known of the figures above.</summary>
    Note,

    /// <summary>At the right edge, such as a sender's name.</summary>
    Right,
}

public sealed record ParagraphBlock(string Text, ParagraphKind Kind = ParagraphKind.Body) : DocumentBlock;

/// <summary>Lines with a dot before each.</summary>
public sealed record ListBlock(IReadOnlyList<string> Items) : DocumentBlock;

/// <summary>A figure with its name.</summary>
/// <param name="Key">What it is, in words of code.</param>
/// <param name="Label">What it is called.</param>
/// <param name="Value">As it is written.</param>
/// <param name="Note">What it stands against, its n or its interval; null for nothing.</param>
public sealed record DocumentFigure(string Key, string Label, string Value, string? Note = null);

/// <summary>Figures side by side.</summary>
public sealed record FiguresBlock(IReadOnlyList<DocumentFigure> Figures) : DocumentBlock;

/// <summary>A column of a table.</summary>
/// <param name="Title">Its head.</param>
/// <param name="IsNumber">True for what stands at the right.</param>
/// <param name="Share">Its width against the others', above 0.</param>
public sealed record DocumentColumn(string Title, bool IsNumber = false, double Share = 1);

/// <summary>A table.</summary>
/// <param name="Title">What it shows, for readers who cannot see it.</param>
/// <param name="Columns">From the left.</param>
/// <param name="Rows">A cell for each column.</param>
public sealed record TableBlock(string Title, IReadOnlyList<DocumentColumn> Columns, IReadOnlyList<IReadOnlyList<string>> Rows) : DocumentBlock
{
    /// <summary>Where each row leads; empty for nowhere.</summary>
    public IReadOnlyList<string> Links { get; init; } = [];
}

public enum DocumentChartKind
{
    Bars,
    Lines,
}

/// <summary>How a chart's values are written.</summary>
public enum DocumentChartFormat
{
    Number,

    /// <summary>Shares of 1.</summary>
    Percent,

    /// <summary>Whole points.</summary>
    Score,
}

/// <summary>Values along the categories of a chart; null leaves a gap.</summary>
public sealed record DocumentSeries(string Name, IReadOnlyList<double?> Values)
{
    /// <summary>Lower ends of an interval, one for each value; empty for none.</summary>
    public IReadOnlyList<double?> Low { get; init; } = [];

    public IReadOnlyList<double?> High { get; init; } = [];
}

/// <summary>A chart. Pages and files draw it from the same values.</summary>
/// <param name="Kind">How it is drawn.</param>
/// <param name="Title">What it shows.</param>
/// <param name="Unit">Of its values, for the axis.</param>
/// <param name="Format">How values are written.</param>
/// <param name="Categories">Along X.</param>
/// <param name="Series">At least one.</param>
public sealed record ChartBlock(DocumentChartKind Kind, string Title, string Unit, DocumentChartFormat Format, IReadOnlyList<string> Categories, IReadOnlyList<DocumentSeries> Series) : DocumentBlock
{
    /// <summary>The last day of each category of a chart over time; empty for another.</summary>
    public IReadOnlyList<DateOnly> Days { get; init; } = [];

    /// <summary>What the chart shows, in words of code; empty where nothing is behind its marks.</summary>
    public string Key { get; init; } = "";

    /// <summary>What each category is, in words of code: a line of the bridge, or the months of a period's ends such as <c>2026-05_2026-06</c>.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];
}

/// <summary>A part of a document.</summary>
/// <param name="Key">What it is, in words of code.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Blocks">What it consists of, its lead first.</param>
/// <param name="Href">The page that has more of it; null for none.</param>
public sealed record DocumentSection(string Key, string Title, IReadOnlyList<DocumentBlock> Blocks, string? Href = null)
{
    /// <summary>What it comes to in one sentence; empty where it says nothing so short.</summary>
    public string Lead => Blocks.OfType<ParagraphBlock>().FirstOrDefault(block => block.Kind == ParagraphKind.Lead)?.Text ?? "";
}

/// <summary>A document for one reader.</summary>
/// <param name="Language"><c>en</c> or <c>ja</c>.</param>
/// <param name="Company">Whose it is; stands at its head.</param>
/// <param name="Title">Its name.</param>
/// <param name="Subtitle">The time that it covers, and as of when.</param>
/// <param name="Foot">When it was made; stands at the foot of every page beside its number.</param>
/// <param name="Opening">What comes before the first part.</param>
/// <param name="Sections">Its parts.</param>
public sealed record HandoutDocument(string Language, string Company, string Title, string Subtitle, string Foot, IReadOnlyList<DocumentBlock> Opening, IReadOnlyList<DocumentSection> Sections);
