using System.Buffers.Binary;

namespace Records;

/// <summary>
/// The bytes of a ledger row: format version (1 byte), epoch (8, little-endian), then as varints: revision, slot length, slots, phase,
/// limit, total, shards, base, earns, free, commits; number of remembered commit ids (varint) and these (8 each), number of labels (varint)
/// and for each its distance from the label before and its count. Every row has exactly one form, and reading accepts no other.
/// </summary>
public static class LedgerRowFormat
{
    /// <summary>Raised when a reader of the version before would misread a row. Version 1 is the first: there is none before to accept.</summary>
    public const byte Version = 1;

    private const int MostVarintBytes = 9;

    public static byte[] Write(LedgerRow row)
    {
        var bytes = new byte[1 + (2 * sizeof(ulong)) + (row.RecentCommits.Count * sizeof(ulong)) + ((13 + (2 * row.Granted.Count)) * MostVarintBytes)];
        var at = 0;
        bytes[at++] = Version;
        WriteId(bytes, ref at, row.Epoch);
        ReadOnlySpan<long> numbers = [row.Revision, row.Shape.SlotTicks, row.Shape.Slots, row.Shape.Phase, row.Limit, row.Total, row.Shards, row.Base, row.Earns, row.Free, row.Commits, row.RecentCommits.Count];
        foreach (var number in numbers)
        {
            WriteNumber(bytes, ref at, number);
        }

        foreach (var commit in row.RecentCommits)
        {
            WriteId(bytes, ref at, commit);
        }

        WriteNumber(bytes, ref at, row.Granted.Count);
        var previous = 0L;
        foreach (var (label, count) in row.Granted)
        {
            WriteNumber(bytes, ref at, label - previous);
            WriteNumber(bytes, ref at, count);
            previous = label;
        }

        return bytes[..at];
    }

    /// <summary>The row, or the first thing that is wrong: damage is an answer, never an exception.</summary>
    public static LedgerReading Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new LedgerBytes(bytes);
        var version = reader.Byte();
        reader.Require(version == Version, "format version is not 1.");
        var row = new LedgerRow
        {
            Epoch = reader.Id(),
            Revision = reader.Number("revision"),
            Shape = new(reader.Number("slot length"), (int)reader.Number("slots", int.MaxValue), reader.Number("phase")),
            Limit = reader.Number("limit"),
            Total = reader.Number("total"),
            Shards = (int)reader.Number("shards", LedgerRow.MostShards),
            Base = reader.Number("base"),
            Earns = reader.Number("earns"),
            Free = reader.Number("free"),
            Commits = reader.Number("commits"),
            RecentCommits = ReadCommits(ref reader),
            Granted = ReadGranted(ref reader),
        };
        reader.Require(row.Shape.SlotTicks > 0, "slot length is zero.");
        reader.Require(row.Shape.Phase < row.Shape.SlotTicks, "phase is not below the slot's length.");
        reader.Require(row.Shards > 0, "there is no shard.");
        reader.Require(row.Earns > 0 || row.Free == 0, "free tokens are a bucket's only.");
        reader.Require(row.RecentCommits.Count == Math.Min(row.Commits, LedgerRow.RememberedCommits), "commit ids are not as many as commits.");
        reader.Require(reader.Ended, "there are bytes behind the end.");
        return reader.Fault is null ? new(row, null) : new(null, reader.Fault);
    }

    private static ulong[] ReadCommits(ref LedgerBytes reader)
    {
        var commits = new ulong[reader.Number("number of commit ids", LedgerRow.RememberedCommits)];
        for (var at = 0; at < commits.Length; at++)
        {
            commits[at] = reader.Id();
        }

        return commits;
    }

    private static LabelCount[] ReadGranted(ref LedgerBytes reader)
    {
        // A pair has two bytes at least: a damaged number must not make us reserve memory.
        var granted = new LabelCount[reader.Number("number of labels", reader.Left / 2)];
        var (label, sum) = (0L, 0L);
        for (var at = 0; at < granted.Length && reader.Fault is null; at++)
        {
            var distance = reader.Number("label", long.MaxValue - label);
            var count = reader.Number("count", long.MaxValue - sum);
            reader.Require(at == 0 || distance > 0, "labels are not ascending.");
            reader.Require(count > 0, "a count is zero.");
            (label, sum) = (label + distance, sum + count);
            granted[at] = new(label, count);
        }

        return granted;
    }

    private static void WriteId(byte[] bytes, ref int at, ulong id)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(at), id);
        at += sizeof(ulong);
    }

    private static void WriteNumber(byte[] bytes, ref int at, long number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        for (; number > 0x7F; number >>= 7)
        {
            bytes[at++] = (byte)(number | 0x80);
        }

        bytes[at++] = (byte)number;
    }
}
