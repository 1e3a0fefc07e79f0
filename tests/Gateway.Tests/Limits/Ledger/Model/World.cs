using Records;

namespace Gateway.Tests.Limits.Ledger.Model;

/// <summary>One state of the model: true time, the row, two instances, writes that may still land, and the admissions of the last window.</summary>
internal sealed class World
{
    public int Time { get; set; }

    public Row Row { get; set; } = new(0, []);

    public Node[] Nodes { get; init; } = [new(), new()];

    /// <summary>Writes that nobody waits for any more. Each lands only while the row is the one it was prepared from.</summary>
    public List<Row> Late { get; init; } = [];

    /// <summary>Admissions by the true slot of the reading that admitted.</summary>
    public List<LabelCount> Admitted { get; init; } = [];

    public World Clone() => new()
    {
        Time = Time,
        Row = Row,
        Nodes = [.. Nodes],
        Late = [.. Late],
        Admitted = [.. Admitted],
    };

    /// <summary>Counts an admission. False: some interval now holds more than the limit.</summary>
    public bool Admit(int slot, int span, long limit)
    {
        var at = Admitted.FindIndex(entry => entry.Label >= slot);
        if (at >= 0 && Admitted[at].Label == slot)
        {
            Admitted[at] = new(slot, Admitted[at].Count + 1);
        }
        else
        {
            Admitted.Insert(at < 0 ? Admitted.Count : at, new(slot, 1));
        }

        for (var first = slot - span; first <= slot; first++)
        {
            if (Admitted.Sum(entry => entry.Label >= first && entry.Label <= first + span ? entry.Count : 0) > limit)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>All that counts, in bytes. The instances are alike, so their order does not.</summary>
    public byte[] ToKey()
    {
        Span<byte> buffer = stackalloc byte[512];
        var at = 0;
        buffer[at++] = (byte)Time;
        Row.Write(buffer, ref at);
        var first = at;
        Nodes[0].Write(buffer, ref at);
        var second = at;
        Nodes[1].Write(buffer, ref at);
        if (buffer[first..second].SequenceCompareTo(buffer[second..at]) > 0)
        {
            at = first;
            Nodes[1].Write(buffer, ref at);
            Nodes[0].Write(buffer, ref at);
        }

        buffer[at++] = (byte)Late.Count;
        foreach (var late in Late)
        {
            late.Write(buffer, ref at);
        }

        Row.WriteCounts(Admitted, buffer, ref at);
        return buffer[..at].ToArray();
    }

    public static World FromKey(ReadOnlySpan<byte> key)
    {
        var at = 0;
        var world = new World
        {
            Time = key[at++],
            Row = Row.Read(key, ref at),
            Nodes = [Node.Read(key, ref at), Node.Read(key, ref at)],
        };
        for (var count = key[at++]; count > 0; count--)
        {
            world.Late.Add(Row.Read(key, ref at));
        }

        world.Admitted.AddRange(Row.ReadCounts(key, ref at));
        return world;
    }

    public override string ToString() =>
        $"t={Time} row={Row} {Nodes[0]} {Nodes[1]} late=[{string.Join(' ', Late)}] admitted={Row.Text(Admitted)}";
}
