using System.Globalization;
using System.Text;

namespace CustomerSuccess.Core.Mail;

/// <summary>What is wrong with a template, and where. Lines and columns count from 1.</summary>
/// <param name="Code">
/// <c>unclosed</c> (no <c>}}</c>), <c>empty_field</c>, <c>unknown_field</c>, <c>unknown_format</c>, <c>section_open</c> (never closed), <c>section_unexpected</c> (closed without being open).
/// </param>
/// <param name="Detail">The field, section or format.</param>
public sealed record TemplateProblem(string Code, string Detail, int Line, int Column)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Code}:{Detail}@{Line}:{Column}");
}

/// <summary>A filled template.</summary>
/// <param name="Text">The text; fields without a value stand in it as they were written.</param>
/// <param name="Missing">Fields that had no value and no words to stand in for it, each once.</param>
public sealed record FilledTemplate(string Text, IReadOnlyList<string> Missing);

/// <summary>
/// A text with fields, which cannot do more than be filled: <c>{{contact.name}}</c>; <c>{{contract.renewal_on:short}}</c> with a format;
/// <c>{{contact.department|your team}}</c> with words where there is no value (none at all behind a bare <c>|</c>);
/// <c>{{#contact.title}} ... {{/contact.title}}</c> only where there is a value and <c>{{^contact.title}} ... {{/contact.title}}</c> only where there is none.
/// A section's tags may stand on lines of their own, which then vanish. <c>\{{</c> is no field.
/// </summary>
public sealed class FieldTemplate
{
    private readonly IReadOnlyList<Part> _parts;

    private FieldTemplate(IReadOnlyList<Part> parts, IReadOnlyList<TemplateProblem> problems)
    {
        _parts = parts;
        Problems = problems;
    }

    /// <summary>Mistakes in the writing; a template with one cannot be filled.</summary>
    public IReadOnlyList<TemplateProblem> Problems { get; }

    /// <summary>Every field that is named, each once.</summary>
    public IReadOnlyList<string> Fields => [.. All(_parts).OfType<Field>().Select(part => part.Name).Concat(All(_parts).OfType<Section>().Select(part => part.Name)).Distinct(StringComparer.Ordinal)];

    public static FieldTemplate Parse(string text) => new Parser(text).Parse();

    /// <summary>Mistakes, among them fields that do not exist and formats that a field does not have.</summary>
    /// <param name="known">Every field that there is; null for one whose kind of value is not known.</param>
    public IReadOnlyList<TemplateProblem> Check(IReadOnlyDictionary<string, IReadOnlyList<string>?> known)
    {
        var problems = new List<TemplateProblem>(Problems);
        foreach (var part in All(_parts))
        {
            if (part is Section section && !known.ContainsKey(section.Name))
            {
                problems.Add(new("unknown_field", section.Name, section.Line, section.Column));
            }
            else if (part is Field field)
            {
                if (!known.TryGetValue(field.Name, out var formats))
                {
                    problems.Add(new("unknown_field", field.Name, field.Line, field.Column));
                }
                else if (field.Format is not null && formats is not null && !formats.Contains(field.Format))
                {
                    problems.Add(new("unknown_format", field.Format, field.Line, field.Column));
                }
            }
        }

        return problems;
    }

    /// <summary>Fills the fields in.</summary>
    /// <param name="values">Fields with a value; a field that is not there has none.</param>
    /// <param name="culture">The recipient's.</param>
    /// <param name="escape">Guards a value's signs against being read as markup; values that are markup are left alone.</param>
    public FilledTemplate Fill(IReadOnlyDictionary<string, FieldValue> values, CultureInfo culture, Func<string, string> escape)
    {
        var text = new StringBuilder();
        var missing = new List<string>();
        Fill(_parts, values, culture, escape, text, missing);
        return new(text.ToString(), [.. missing.Distinct(StringComparer.Ordinal)]);
    }

    private static void Fill(IReadOnlyList<Part> parts, IReadOnlyDictionary<string, FieldValue> values, CultureInfo culture, Func<string, string> escape, StringBuilder text, List<string> missing)
    {
        foreach (var part in parts)
        {
            switch (part)
            {
                case Literal literal:
                    text.Append(literal.Text);
                    break;
                case Section section when values.ContainsKey(section.Name) == section.WhenPresent:
                    Fill(section.Parts, values, culture, escape, text, missing);
                    break;
                case Field field when values.TryGetValue(field.Name, out var value):
                    var written = value.Write(field.Format is { } format && value.Formats.Contains(format) ? format : null, culture);
                    text.Append(value.IsMarkup ? written : escape(written));
                    break;
                case Field { Fallback: { } fallback }:
                    text.Append(fallback);
                    break;
                case Field field:
                    missing.Add(field.Name);
                    text.Append(field.Source);
                    break;
            }
        }
    }

    private static IEnumerable<Part> All(IEnumerable<Part> parts) => parts.SelectMany(part => part is Section section ? All(section.Parts).Prepend(section) : [part]);

    private abstract record Part;

    private sealed record Literal(string Text) : Part;

    private sealed record Field(string Name, string? Format, string? Fallback, string Source, int Line, int Column) : Part;

    private sealed record Section(string Name, bool WhenPresent, List<Part> Parts, int Line, int Column) : Part;

    private sealed class Parser(string text)
    {
        private readonly List<TemplateProblem> _problems = [];
        private readonly Stack<Section> _open = new();
        private readonly List<Part> _top = [];

        public FieldTemplate Parse()
        {
            var at = 0;
            while (at < text.Length)
            {
                var start = Next(at);
                if (start < 0)
                {
                    Literally(text[at..]);
                    break;
                }

                var end = text.IndexOf("}}", start, StringComparison.Ordinal);
                if (end < 0 || text.IndexOf('\n', start, end - start) >= 0)
                {
                    Problem("unclosed", Line(start), start);
                    Literally(text[at..(start + 2)]);
                    at = start + 2;
                    continue;
                }

                var tag = text[(start + 2)..end].Trim();
                var after = end + 2;
                var before = start;
                if (tag is ['#' or '^' or '/', ..])
                {
                    (before, after) = AloneOnItsLine(at, start, after);
                }

                Literally(text[at..before]);
                Tag(tag, text[start..(end + 2)], start);
                at = after;
            }

            foreach (var section in _open)
            {
                _problems.Add(new("section_open", section.Name, section.Line, section.Column));
            }

            return new(_top, [.. _problems.OrderBy(problem => problem.Line).ThenBy(problem => problem.Column)]);
        }

        /// <summary>The next field's start from a place on; a field behind a backslash is none.</summary>
        private int Next(int at)
        {
            var start = at;
            while ((start = text.IndexOf("{{", start, StringComparison.Ordinal)) >= 0 && start > 0 && text[start - 1] == '\\')
            {
                start += 2;
            }

            return start;
        }

        private void Tag(string tag, string source, int start)
        {
            var (line, column) = Place(start);
            if (tag is ['#' or '^', .. var opened])
            {
                var section = new Section(opened.Trim(), tag[0] == '#', [], line, column);
                Add(section);
                _open.Push(section);
            }
            else if (tag is ['/', .. var closed])
            {
                if (_open.Count == 0 || _open.Peek().Name != closed.Trim())
                {
                    Problem("section_unexpected", closed.Trim(), start);
                }
                else
                {
                    _open.Pop();
                }
            }
            else
            {
                var (head, fallback) = tag.Split('|', 2) is [var h, var f] ? (h.Trim(), f.Trim()) : (tag, null);
                var (name, format) = head.Split(':', 2) is [var n, var form] ? (n.Trim(), form.Trim()) : (head, null);
                if (name.Length == 0)
                {
                    Problem("empty_field", source, start);
                }

                Add(new Field(name, format, fallback, source, line, column));
            }
        }

        /// <summary>A section's tag that is alone on its line takes the whole line with it.</summary>
        private (int Before, int After) AloneOnItsLine(int at, int start, int after)
        {
            var head = start;
            while (head > at && text[head - 1] is ' ' or '\t')
            {
                head--;
            }

            var tail = after;
            while (tail < text.Length && text[tail] is ' ' or '\t' or '\r')
            {
                tail++;
            }

            return (head == 0 || text[head - 1] == '\n') && (tail == text.Length || text[tail] == '\n')
                ? (head, Math.Min(text.Length, tail + 1))
                : (start, after);
        }

        private void Literally(string part)
        {
            if (part.Length > 0)
            {
                Add(new Literal(part));
            }
        }

        private void Add(Part part) => (_open.Count > 0 ? _open.Peek().Parts : _top).Add(part);

        private void Problem(string code, string detail, int at)
        {
            var (line, column) = Place(at);
            _problems.Add(new(code, detail, line, column));
        }

        private string Line(int at) => text[at..Math.Min(text.Length, at + 20)].Split('\n')[0].TrimEnd('\r');

        private (int Line, int Column) Place(int at)
        {
            var line = 1;
            var start = 0;
            for (var i = 0; i < at; i++)
            {
                if (text[i] == '\n')
                {
                    line++;
                    start = i + 1;
                }
            }

            return (line, at - start + 1);
        }
    }
}
