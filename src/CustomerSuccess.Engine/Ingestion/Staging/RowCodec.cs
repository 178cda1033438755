using System.Text;
using CustomerSuccess.Core.Ingestion;

namespace CustomerSuccess.Engine.Ingestion.Staging;

/// <summary>How rows lie in a staged block.</summary>
internal static class RowCodec
{
    private enum Frame : byte
    {
        Row = 1,
        Reject = 2,
        Usage = 3,
    }

    private enum Cell : byte
    {
        Absent,
        Blank,
        Text,
        Whole,
        Number,
        Money,
        Day,
        Instant,
        True,
        False,
    }

    public static void Write(BinaryWriter to, CheckedRow row, string raw)
    {
        to.Write((byte)Frame.Row);
        to.Write(row.Line);
        to.Write(row.Namespace);
        to.Write(row.FactId);
        to.Write(row.IsDeleted);
        to.Write(row.ValidFrom?.DayNumber ?? -1);
        for (var i = 0; i < row.Values.Length; i++)
        {
            WriteCell(to, row.Values[i], row.Present[i]);
        }

        to.Write(row.Custom.Count);
        foreach (var (name, value) in row.Custom)
        {
            to.Write(name);
            WriteOptional(to, value);
        }

        to.Write(raw);
    }

    public static void Write(BinaryWriter to, RejectedRow row)
    {
        to.Write((byte)Frame.Reject);
        to.Write(row.Line);
        WriteOptional(to, row.Column);
        WriteOptional(to, row.Value);
        to.Write(row.ReasonCode);
        to.Write(row.ReasonArgsJson);
        to.Write(row.RawRow);
    }

    public static void Write(BinaryWriter to, in CheckedUsage row, string raw)
    {
        to.Write((byte)Frame.Usage);
        to.Write(row.Line);
        to.Write(row.Namespace);
        to.Write(row.AccountId);
        to.Write(row.Day.DayNumber);
        to.Write(row.Metric);
        WriteOptional(to, row.ContactId);
        to.Write(row.Count);
        to.Write(row.Users ?? -1);
        to.Write(row.IsDeleted);
        to.Write(raw);
    }

    /// <summary>Every frame of a block: <see cref="StagedRow"/>, <see cref="StagedReject"/> or <see cref="StagedUsageText"/>.</summary>
    public static IEnumerable<object> Read(Block block, RecordType record)
    {
        using var from = new BinaryReader(new MemoryStream(block.Payload, writable: false), Encoding.UTF8);
        for (var i = 0; i < block.Rows; i++)
        {
            yield return (Frame)from.ReadByte() switch
            {
                Frame.Row => ReadRow(from, record),
                Frame.Reject => new StagedReject(from.ReadInt64(), ReadOptional(from), ReadOptional(from), from.ReadString(), from.ReadString(), from.ReadString()),
                Frame.Usage => ReadUsage(from),
                var frame => throw new InvalidDataException($"The staged file holds an unknown frame {frame}."),
            };
        }
    }

    private static StagedRow ReadRow(BinaryReader from, RecordType record)
    {
        var line = from.ReadInt64();
        var accountNamespace = from.ReadString();
        var factId = from.ReadString();
        var deleted = from.ReadBoolean();
        var validFrom = from.ReadInt32();
        var values = new object?[record.Fields.Count];
        var present = new bool[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            (values[i], present[i]) = ReadCell(from);
        }

        var custom = new KeyValuePair<string, string?>[from.ReadInt32()];
        for (var i = 0; i < custom.Length; i++)
        {
            custom[i] = KeyValuePair.Create(from.ReadString(), ReadOptional(from));
        }

        return new StagedRow
        {
            Record = record,
            Line = line,
            Namespace = accountNamespace,
            FactId = factId,
            IsDeleted = deleted,
            ValidFrom = validFrom < 0 ? null : DateOnly.FromDayNumber(validFrom),
            Values = values,
            Present = present,
            Custom = custom,
            RawRow = from.ReadString(),
        };
    }

    private static StagedUsageText ReadUsage(BinaryReader from)
    {
        var line = from.ReadInt64();
        var accountNamespace = from.ReadString();
        var account = from.ReadString();
        var day = DateOnly.FromDayNumber(from.ReadInt32());
        var metric = from.ReadString();
        var contact = ReadOptional(from);
        var count = from.ReadDouble();
        var users = from.ReadInt32();
        var row = new CheckedUsage(line, accountNamespace, account, day, metric, contact, count, users < 0 ? null : users, from.ReadBoolean());
        return new StagedUsageText(row, from.ReadString(), users >= 0);
    }

    private static void WriteCell(BinaryWriter to, object? value, bool present)
    {
        switch (value)
        {
            case null:
                to.Write((byte)(present ? Cell.Blank : Cell.Absent));
                break;
            case string text:
                to.Write((byte)Cell.Text);
                to.Write(text);
                break;
            case long or int:
                to.Write((byte)Cell.Whole);
                to.Write(Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture));
                break;
            case double number:
                to.Write((byte)Cell.Number);
                to.Write(number);
                break;
            case decimal money:
                to.Write((byte)Cell.Money);
                to.Write(money);
                break;
            case DateOnly day:
                to.Write((byte)Cell.Day);
                to.Write(day.DayNumber);
                break;
            case DateTime instant:
                to.Write((byte)Cell.Instant);
                to.Write(instant.Ticks);
                break;
            case bool flag:
                to.Write((byte)(flag ? Cell.True : Cell.False));
                break;
            default:
                throw new NotSupportedException($"A reader gave a {value.GetType().Name}.");
        }
    }

    private static (object? Value, bool Present) ReadCell(BinaryReader from) => (Cell)from.ReadByte() switch
    {
        Cell.Absent => (null, false),
        Cell.Blank => (null, true),
        Cell.Text => (from.ReadString(), true),
        Cell.Whole => (from.ReadInt64(), true),
        Cell.Number => (from.ReadDouble(), true),
        Cell.Money => (from.ReadDecimal(), true),
        Cell.Day => (DateOnly.FromDayNumber(from.ReadInt32()), true),
        Cell.Instant => (new DateTime(from.ReadInt64(), DateTimeKind.Utc), true),
        Cell.True => (true, true),
        Cell.False => (false, true),
        var cell => throw new InvalidDataException($"The staged file holds an unknown cell {cell}."),
    };

    private static void WriteOptional(BinaryWriter to, string? text)
    {
        to.Write(text is not null);
        if (text is not null)
        {
            to.Write(text);
        }
    }

    private static string? ReadOptional(BinaryReader from) => from.ReadBoolean() ? from.ReadString() : null;
}
