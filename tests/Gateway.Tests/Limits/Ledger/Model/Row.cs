using Records;

namespace Gateway.Tests.Limits.Ledger.Model;

/// <summary>What differs between the rows of a model: base and ring. Epoch, revision, shape and limit stay the same.</summary>
internal sealed record Row(long Base, IReadOnlyList<LabelCount> Granted)
{
    public void Write(Span<byte> buffer, ref int at)
    {
        buffer[at++] = (byte)Base;
        WriteCounts(Granted, buffer, ref at);
    }

    public static Row Read(ReadOnlySpan<byte> key, ref int at) => new(key[at++], ReadCounts(key, ref at));

    public bool Same(Row other) => Base == other.Base && Granted.SequenceEqual(other.Granted);

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

    public static string Text(IEnumerable<LabelCount> counts) =>
        $"{{{string.Join(' ', counts.Select(entry => $"{entry.Label}:{entry.Count}"))}}}";

    public override string ToString() => $"base {Base} {Text(Granted)}";
}
