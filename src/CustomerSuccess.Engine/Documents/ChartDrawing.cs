using CustomerSuccess.Core.Documents;
using PdfSharp.Drawing;

namespace CustomerSuccess.Engine.Documents;

/// <summary>Draws a chart into a document, with its zero line, its unit and a legend: the same values as the page's.</summary>
internal sealed class ChartDrawing(XGraphics canvas, ChartBlock chart, Written written, DocumentType small, DocumentType title, XColor ink, XColor quiet, XColor rule)
{
    /// <summary>Points from the title's top to the lowest label.</summary>
    public const double Height = 172;

    private const double AxisWidth = 46, LabelHeight = 14;

    /// <summary>The chart colours of the pages, which colour blindness leaves apart.</summary>
    private static readonly XColor[] Colours = [XColor.FromArgb(0x1F, 0x5F, 0xBF), XColor.FromArgb(0xC6, 0x5A, 0x11), XColor.FromArgb(0x12, 0x7A, 0x66), XColor.FromArgb(0x8A, 0x3F, 0x9E)];

    public void Draw(XRect box)
    {
        Text(title, ink, title.Fitted(canvas, chart.Title, box.Width), box.X, box.Y);
        var y = box.Y + title.LineHeight + 1;
        var unit = chart.Unit;
        Text(small, quiet, unit, box.X, y);
        if (chart.Series.Count > 1)
        {
            Legend(box, y);
        }

        y += small.LineHeight + 3;
        var plot = new XRect(box.X + AxisWidth, y, box.Width - AxisWidth, box.Bottom - y - LabelHeight);
        var all = chart.Series.SelectMany(series => series.Values.Concat(series.Low).Concat(series.High)).OfType<double>().ToList();
        if (all.Count == 0)
        {
            return;
        }

        var (least, most, step) = Scale(all);
        double Y(double value) => plot.Bottom - ((value - least) / (most - least) * plot.Height);
        for (var value = least; value <= most + (step / 1000); value += step)
        {
            var line = Y(value);
            var isZero = Math.Abs(value) < step / 1000;
            canvas.DrawLine(new XPen(isZero ? quiet : rule, isZero ? 0.8 : 0.5), plot.X, line, plot.Right, line);
            var label = Label(isZero ? 0 : value);
            Text(small, quiet, label, plot.X - 6 - small.WidthOf(canvas, label), line - (small.LineHeight / 2));
        }

        var slot = plot.Width / chart.Categories.Count;
        Categories(plot, slot);
        for (var i = 0; i < chart.Series.Count; i++)
        {
            if (chart.Kind == DocumentChartKind.Bars)
            {
                Bars(plot, slot, i, Y);
            }
            else
            {
                Line(plot, slot, i, Y);
            }
        }
    }

    private void Legend(XRect box, double y)
    {
        var x = box.Right;
        for (var i = chart.Series.Count - 1; i >= 0; i--)
        {
            x -= small.WidthOf(canvas, chart.Series[i].Name);
            Text(small, quiet, chart.Series[i].Name, x, y);
            x -= 11;
            canvas.DrawRectangle(new XSolidBrush(Colours[i % Colours.Length]), x, y + (small.LineHeight / 2) - 3.5, 7, 7);
            x -= 12;
        }
    }

    private void Categories(XRect plot, double slot)
    {
        // labels that would meet are left out at even distances
        var widest = chart.Categories.Max(label => small.WidthOf(canvas, label));
        var every = Math.Max(1, (int)Math.Ceiling((widest + 6) / slot));
        for (var i = chart.Categories.Count - 1; i >= 0; i -= every)
        {
            var label = chart.Categories[i];
            Text(small, quiet, label, plot.X + ((i + 0.5) * slot) - (small.WidthOf(canvas, label) / 2), plot.Bottom + 2);
        }
    }

    private void Bars(XRect plot, double slot, int series, Func<double, double> y)
    {
        var wide = Math.Min(28, slot * 0.7 / chart.Series.Count);
        var (own, from) = (chart.Series[series], (slot - (wide * chart.Series.Count)) / 2);
        for (var i = 0; i < own.Values.Count; i++)
        {
            if (own.Values[i] is not { } value)
            {
                continue;
            }

            var (zero, end) = (y(0), y(value));
            var x = plot.X + (i * slot) + from + (series * wide);
            canvas.DrawRectangle(new XSolidBrush(chart.Series.Count == 1 && value < 0 ? Colours[1] : Colours[series % Colours.Length]), x, Math.Min(zero, end), wide * 0.94, Math.Abs(end - zero));
            if (At(own.Low, i) is { } low && At(own.High, i) is { } high)
            {
                var middle = x + (wide / 2);
                var pen = new XPen(ink, 0.9);
                canvas.DrawLine(pen, middle, y(low), middle, y(high));
                canvas.DrawLine(pen, middle - 3, y(low), middle + 3, y(low));
                canvas.DrawLine(pen, middle - 3, y(high), middle + 3, y(high));
            }
        }
    }

    private void Line(XRect plot, double slot, int series, Func<double, double> y)
    {
        var (own, colour) = (chart.Series[series], Colours[series % Colours.Length]);
        XPoint Point(int i, double value) => new(plot.X + ((i + 0.5) * slot), y(value));
        for (var i = 0; i < own.Values.Count; i++)
        {
            if (own.Values[i] is not { } value)
            {
                continue;
            }

            var point = Point(i, value);
            if (At(own.Low, i) is { } low && At(own.High, i) is { } high)
            {
                canvas.DrawLine(new XPen(XColor.FromArgb(120, colour), 3), point.X, y(low), point.X, y(high));
            }

            if (i > 0 && own.Values[i - 1] is { } before)
            {
                canvas.DrawLine(new XPen(colour, 1.5), Point(i - 1, before), point);
            }

            canvas.DrawEllipse(new XSolidBrush(colour), point.X - 1.7, point.Y - 1.7, 3.4, 3.4);
        }
    }

    /// <summary>Round numbers about the values: bars and amounts from zero, shares and scores over what they span.</summary>
    private (double Least, double Most, double Step) Scale(List<double> all)
    {
        var (least, most) = (all.Min(), all.Max());
        if (chart.Kind == DocumentChartKind.Bars || chart.Format == DocumentChartFormat.Number)
        {
            (least, most) = (Math.Min(0, least), Math.Max(0, most));
        }

        if (most - least < 1e-9)
        {
            most = least + (chart.Format == DocumentChartFormat.Percent ? 0.1 : 1);
        }

        var raw = (most - least) / 4;
        var size = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        var step = size * ((raw / size) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 });
        return (Math.Floor((least / step) + 1e-9) * step, Math.Ceiling((most / step) - 1e-9) * step, step);
    }

    private string Label(double value) => chart.Format switch
    {
        DocumentChartFormat.Percent => written.Percent(value, 0),
        DocumentChartFormat.Score => written.Score(value),
        _ => written.Compact(value),
    };

    private void Text(DocumentType type, XColor colour, string text, double x, double y)
    {
        if (text.Length > 0)
        {
            canvas.DrawString(text, type.Font, new XSolidBrush(colour), x, y + type.Base);
        }
    }

    private static double? At(IReadOnlyList<double?> values, int index) => index < values.Count ? values[index] : null;
}
