using Records;

namespace Gateway.Tests.Limits.Ledger.Model;

/// <summary>What differs between the rows of a model, in bytes. Commits are no part of it: nothing that a model looks at depends on them.</summary>
internal static class RowBytes
{
    public static LedgerRow Bare(LedgerRow row) => row with { Commits = 0, RecentCommits = [], Shards = 1, Total = row.Limit };

    public static void Write(LedgerRow? row, Span<byte> buffer, ref int at)
    {
        buffer[at++] = (byte)(row is null ? 0 : 1);
        if (row is null)
        {
            return;
        }

        buffer[at++] = (byte)row.Epoch;
        WriteShape(row.Shape, buffer, ref at);
        buffer[at++] = (byte)row.Limit;
        buffer[at++] = (byte)row.Base;
        buffer[at++] = (byte)row.Earns;
        buffer[at++] = (byte)row.Free;
        WriteCounts(row.Granted, buffer, ref at);
    }

    public static LedgerRow? Read(ReadOnlySpan<byte> key, ref int at)
    {
        if (key[at++] == 0)
        {
            return null;
        }

        var epoch = key[at++];
        var shape = ReadShape(key, ref at);
        var limit = key[at++];
        return new()
        {
            Epoch = epoch,
            Revision = 1,
            Shape = shape,
            Limit = limit,
            Total = limit,
            Base = key[at++],
            Earns = key[at++],
            Free = key[at++],
            Granted = ReadCounts(key, ref at),
        };
    }

    public static void WriteAll(LedgerRow?[] rows, Span<byte> buffer, ref int at)
    {
        buffer[at++] = (byte)rows.Length;
        foreach (var row in rows)
        {
            Write(row, buffer, ref at);
        }
    }

    public static LedgerRow?[] ReadAll(ReadOnlySpan<byte> key, ref int at)
    {
        var rows = new LedgerRow?[key[at++]];
        for (var index = 0; index < rows.Length; index++)
        {
            rows[index] = Read(key, ref at);
        }

        return rows;
    }

    public static bool Same(LedgerRow? row, LedgerRow? other) =>
        row is null || other is null
            ? row == other
            : row.Epoch == other.Epoch && row.Shape == other.Shape && row.Limit == other.Limit && row.Base == other.Base && row.Free == other.Free && row.Granted.SequenceEqual(other.Granted);

    public static void WriteShape(LedgerShape shape, Span<byte> buffer, ref int at)
    {
        buffer[at++] = (byte)shape.SlotTicks;
        buffer[at++] = (byte)shape.Slots;
        buffer[at++] = (byte)shape.Phase;
    }

    public static LedgerShape ReadShape(ReadOnlySpan<byte> key, ref int at) => new(key[at++], key[at++], key[at++]);

    public static void WriteCounts(IReadOnlyList<LabelCount> counts, Span<byte> buffer, ref int at)
    {
        buffer[at++] = (byte)counts.Count;
        for (var index = 0; index < counts.Count; index++)
        {
            buffer[at++] = (byte)counts[index].Label;
            buffer[at++] = (byte)counts[index].Count;
        }
    }

    public static LabelCount[] ReadCounts(ReadOnlySpan<byte> key, ref int at)
    {
        var counts = new LabelCount[key[at++]];
        for (var index = 0; index < counts.Length; index++)
        {
            counts[index] = new(key[at++], (sbyte)key[at++]);
        }

        return counts;
    }

    public static string Text(LedgerRow? row) => row is null
        ? "none"
        : $"base {row.Base} {Text(row.Granted)}{(row.Earns > 0 ? $" free {row.Free}" : "")}{(row.Shape.SlotTicks > 1 ? $" slots of {row.Shape.SlotTicks}" : "")}";

    public static string Text(IEnumerable<LedgerRow?> rows) => string.Join(" | ", rows.Select(Text));

    public static string Text(IEnumerable<LabelCount> counts) =>
        $"{{{string.Join(' ', counts.Select(entry => $"{entry.Label}:{entry.Count}"))}}}";
}
