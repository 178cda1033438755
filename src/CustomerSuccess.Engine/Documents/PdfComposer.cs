using System.Globalization;
using CustomerSuccess.Core.Documents;
using PdfSharp;
using PdfSharp.Drawing;
using PdfSharp.Pdf;

namespace CustomerSuccess.Engine.Documents;

/// <summary>Sets a document on A4 pages: headings that stay with what follows, rows and charts that are not torn, and at every foot the date and the number of the page.</summary>
/// <remarks>Text stays text, so that it can be searched, selected and read aloud; of the font only the signs that occur are embedded.</remarks>
internal sealed class PdfComposer : IDisposable
{
    private const double Left = 48, Top = 52, Bottom = 58, PageWidth = 595, PageHeight = 842, Width = PageWidth - (2 * Left);

    private static readonly XColor Ink = XColor.FromArgb(0x1B, 0x1F, 0x2A), Quiet = XColor.FromArgb(0x5A, 0x62, 0x72), Rule = XColor.FromArgb(0xD5, 0xD9, 0xE0), Accent = XColor.FromArgb(0x1F, 0x5F, 0xBF), Ground = XColor.FromArgb(0xF4, 0xF6, 0xF9);

    private readonly HandoutDocument _content;
    private readonly string _web;
    private readonly PdfDocument _file = new();
    private readonly DocumentType _title, _heading, _lead, _body, _note, _label, _value, _cell, _head;
    private PdfPage _page = null!;
    private XGraphics _canvas = null!;
    private double _y;

    private PdfComposer(HandoutDocument content, string web)
    {
        (_content, _web) = (content, web);
        var leading = content.Language == "ja" ? 1.7 : 1.45;
        (_title, _heading) = (new(20, true, 1.35), new(13, true, 1.4));
        (_lead, _body, _note) = (new(10.5, true, leading), new(9.5, false, leading), new(8, false, leading));
        (_label, _value, _cell, _head) = (new(8, false, 1.4), new(15, true, 1.35), new(8.5, false, 1.45), new(8, true, 1.4));
    }

    /// <summary>The file.</summary>
    /// <param name="content">What it says.</param>
    /// <param name="madeAt">When, as its properties tell.</param>
    /// <param name="web">The application's address, to which headings link; empty where nobody set it.</param>
    public static byte[] Compose(HandoutDocument content, DateTime madeAt, string web = "")
    {
        using var composer = new PdfComposer(content, web.TrimEnd('/'));
        composer.Describe(madeAt);
        composer.Write();
        composer.Foot();
        using var bytes = new MemoryStream();
        composer._file.Save(bytes, false);
        return bytes.ToArray();
    }

    public void Dispose()
    {
        _canvas?.Dispose();
        _file.Dispose();
    }

    private void Describe(DateTime madeAt)
    {
        _file.Info.Title = _content.Title;
        _file.Info.Author = _content.Company;
        _file.Info.Subject = _content.Subtitle;
        _file.Info.Creator = "CustomerSuccess";
        _file.Info.CreationDate = madeAt;
        _file.Info.ModificationDate = madeAt;
        _file.Internals.Catalog.Elements.SetString("/Lang", _content.Language);
        _file.ViewerPreferences.DisplayDocTitle = true;
    }

    private void Write()
    {
        NewPage();
        Lines(_label, Quiet, _content.Company);
        Lines(_title, Ink, _content.Title);
        Lines(_note, Quiet, _content.Subtitle);
        _y += 10;
        foreach (var block in _content.Opening)
        {
            Set(block);
        }

        foreach (var section in _content.Sections)
        {
            Heading(section);
            foreach (var block in section.Blocks)
            {
                Set(block);
            }
        }

        _canvas.Dispose();
    }

    private void Heading(DocumentSection section)
    {
        // what follows a heading stands on its page: a lead and something of what it is about
        var first = section.Blocks.Skip(1).FirstOrDefault();
        var lead = _lead.Lines(_canvas, section.Lead, Width).Count * _lead.LineHeight;
        Need(34 + lead + Math.Min(first is null ? 0 : HeightOf(first), 190));
        _y += 14;
        _canvas.DrawLine(new XPen(Accent, 1.4), Left, _y, Left + 26, _y);
        _y += 5;
        _file.Outlines.Add(section.Title, _page, true);
        if (section.Href is { } href && _web.Length > 0)
        {
            var box = new XRect(Left, _y, _heading.WidthOf(_canvas, section.Title), _heading.LineHeight);
            _page.AddWebLink(new PdfRectangle(_canvas.Transformer.WorldToDefaultPage(box)), _web + href);
        }

        Lines(_heading, Ink, section.Title);
        _y += 2;
    }

    private void Set(DocumentBlock block)
    {
        switch (block)
        {
            case ParagraphBlock paragraph:
                Paragraph(paragraph);
                break;
            case ListBlock list:
                foreach (var item in list.Items)
                {
                    Item(item);
                }

                _y += 4;
                break;
            case FiguresBlock figures:
                Figures(figures);
                break;
            case TableBlock table:
                Table(table);
                break;
            case ChartBlock chart:
                Need(ChartDrawing.Height + 8);
                new ChartDrawing(_canvas, chart, Written.In(_content.Language), _label, _head, Ink, Quiet, Rule).Draw(new XRect(Left, _y, Width, ChartDrawing.Height));
                _y += ChartDrawing.Height + 8;
                break;
        }
    }

    private void Paragraph(ParagraphBlock paragraph)
    {
        var type = paragraph.Kind switch { ParagraphKind.Lead => _lead, ParagraphKind.Note => _note, _ => _body };
        Lines(type, paragraph.Kind == ParagraphKind.Note ? Quiet : Ink, paragraph.Text, paragraph.Kind == ParagraphKind.Right);
        _y += paragraph.Kind == ParagraphKind.Right ? 0 : 5;
    }

    private void Item(string text)
    {
        const double Indent = 14;
        var isFirst = true;
        foreach (var line in _body.Lines(_canvas, text, Width - Indent))
        {
            Need(_body.LineHeight);
            if (isFirst)
            {
                _canvas.DrawEllipse(new XSolidBrush(Accent), Left + 4, _y + (_body.LineHeight / 2) - 1.5, 3, 3);
            }

            Text(_body, Ink, line, Left + Indent);
            _y += _body.LineHeight;
            isFirst = false;
        }
    }

    private void Figures(FiguresBlock block)
    {
        const int Most = 4;
        const double Gap = 10, Pad = 8;
        foreach (var row in block.Figures.Chunk(Most))
        {
            var across = block.Figures.Count < Most ? block.Figures.Count : Most;
            var wide = (Width - (Gap * (across - 1))) / across;
            var notes = row.Select(figure => figure.Note is { } note ? _label.Lines(_canvas, note, wide - (2 * Pad)) : []).ToList();
            var labels = row.Select(figure => _label.Lines(_canvas, figure.Label, wide - (2 * Pad))).ToList();
            var headed = labels.Max(lines => lines.Count) * _label.LineHeight;
            var height = (2 * Pad) + headed + _value.LineHeight + (notes.Max(lines => lines.Count) * _label.LineHeight);
            Need(height + 8);
            for (var i = 0; i < row.Length; i++)
            {
                var x = Left + (i * (wide + Gap));
                _canvas.DrawRectangle(new XSolidBrush(Ground), x, _y, wide, height);
                var y = _y + Pad;
                foreach (var line in labels[i])
                {
                    TextAt(_label, Quiet, line, x + Pad, y);
                    y += _label.LineHeight;
                }

                y = _y + Pad + headed;
                TextAt(_value, Ink, _value.Fitted(_canvas, row[i].Value, wide - (2 * Pad)), x + Pad, y);
                y += _value.LineHeight;
                foreach (var line in notes[i])
                {
                    TextAt(_label, Quiet, line, x + Pad, y);
                    y += _label.LineHeight;
                }
            }

            _y += height + 8;
        }
    }

    private void Table(TableBlock table)
    {
        const double Pad = 5;
        var shares = table.Columns.Sum(column => column.Share);
        var widths = table.Columns.Select(column => Width * column.Share / shares).ToList();
        double Row(DocumentType type, XColor colour, IReadOnlyList<string> cells, bool isHead)
        {
            var lines = cells.Select((cell, i) => type.Lines(_canvas, cell, widths[i] - (2 * Pad))).ToList();
            var height = (lines.Max(cell => cell.Count) * type.LineHeight) + 5;
            if (_y + height > PageHeight - Bottom)
            {
                NewPage();
                if (!isHead)
                {
                    Row(_head, Quiet, [.. table.Columns.Select(column => column.Title)], true);
                }
            }

            var x = Left;
            for (var i = 0; i < cells.Count; i++)
            {
                var y = _y + 2.5;
                foreach (var line in lines[i])
                {
                    TextAt(type, colour, line, table.Columns[i].IsNumber ? x + widths[i] - Pad - type.WidthOf(_canvas, line) : x + Pad, y);
                    y += type.LineHeight;
                }

                x += widths[i];
            }

            _y += height;
            _canvas.DrawLine(new XPen(isHead ? Quiet : Rule, isHead ? 0.8 : 0.5), Left, _y, Left + Width, _y);
            return height;
        }

        Need(48);
        Row(_head, Quiet, [.. table.Columns.Select(column => column.Title)], true);
        foreach (var row in table.Rows)
        {
            Row(_cell, Ink, row, false);
        }

        _y += 8;
    }

    private static double HeightOf(DocumentBlock block) => block switch
    {
        ChartBlock => ChartDrawing.Height + 8,
        FiguresBlock => 90,
        TableBlock => 60,
        _ => 30,
    };

    private void Lines(DocumentType type, XColor colour, string text, bool isRight = false)
    {
        foreach (var line in type.Lines(_canvas, text, Width))
        {
            Need(type.LineHeight);
            Text(type, colour, line, isRight ? Left + Width - type.WidthOf(_canvas, line) : Left);
            _y += type.LineHeight;
        }
    }

    private void Text(DocumentType type, XColor colour, string text, double x) => TextAt(type, colour, text, x, _y);

    private void TextAt(DocumentType type, XColor colour, string text, double x, double y)
    {
        if (text.Length > 0)
        {
            _canvas.DrawString(text, type.Font, new XSolidBrush(colour), x, y + type.Base);
        }
    }

    private void Need(double height)
    {
        if (_y + height > PageHeight - Bottom)
        {
            NewPage();
        }
    }

    private void NewPage()
    {
        _canvas?.Dispose();
        _page = _file.AddPage();
        _page.Size = PageSize.A4;
        _canvas = XGraphics.FromPdfPage(_page);
        _y = Top;
        if (_file.PageCount > 1)
        {
            TextAt(_label, Quiet, $"{_content.Company}  {_content.Title}", Left, 28);
        }
    }

    private void Foot()
    {
        for (var i = 0; i < _file.PageCount; i++)
        {
            using var canvas = XGraphics.FromPdfPage(_file.Pages[i], XGraphicsPdfPageOptions.Append);
            var number = string.Create(CultureInfo.InvariantCulture, $"{i + 1} / {_file.PageCount}");
            var y = PageHeight - 40;
            canvas.DrawLine(new XPen(Rule, 0.5), Left, y, Left + Width, y);
            var brush = new XSolidBrush(Quiet);
            canvas.DrawString(_label.Fitted(canvas, _content.Foot, Width - 60), _label.Font, brush, Left, y + 14);
            canvas.DrawString(number, _label.Font, brush, Left + Width - _label.WidthOf(canvas, number), y + 14);
        }
    }
}
