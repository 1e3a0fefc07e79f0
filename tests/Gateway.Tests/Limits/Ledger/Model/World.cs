using Records;

namespace Gateway.Tests.Limits.Ledger.Model;

/// <summary>One state of the model: true time, the rows, two instances, writes that may still land, and the admissions that still count.</summary>
internal sealed class World
{
    public int Time { get; set; }

    /// <summary>By shard. Null: it is not there yet.</summary>
    public required LedgerRow?[] Rows { get; init; }

    public Node[] Nodes { get; init; } = [new(), new()];

    /// <summary>Writes that nobody waits for any more. Each lands only while its rows are those it was prepared from.</summary>
    public List<LedgerRow?[]> Late { get; init; } = [];

    /// <summary>Admissions by the true tick of the reading that admitted.</summary>
    public List<LabelCount> Admitted { get; init; } = [];

    /// <summary>Ticks that the promise depends on: where periods end, or the shape changed.</summary>
    public List<byte> Marks { get; init; } = [];

    public World Clone() => new()
    {
        Time = Time,
        Rows = [.. Rows],
        Nodes = [.. Nodes],
        Late = [.. Late],
        Admitted = [.. Admitted],
        Marks = [.. Marks],
    };

    /// <summary>The same with another lease in this place.</summary>
    public World Put(int at, int index, Held lease)
    {
        var changed = Clone();
        changed.Nodes[at] = changed.Nodes[at].With(index, lease);
        return changed;
    }

    public void Admit(int tick)
    {
        var at = Admitted.FindIndex(entry => entry.Label >= tick);
        if (at >= 0 && Admitted[at].Label == tick)
        {
            Admitted[at] = new(tick, Admitted[at].Count + 1);
        }
        else
        {
            Admitted.Insert(at < 0 ? Admitted.Count : at, new(tick, 1));
        }
    }

    /// <summary>Admissions in these ticks, both included.</summary>
    public long AdmittedIn(int first, int last)
    {
        var count = 0L;
        foreach (var entry in Admitted)
        {
            count += entry.Label >= first && entry.Label <= last ? entry.Count : 0;
        }

        return count;
    }

    /// <summary>All that counts, in bytes. The instances are alike, so their order does not.</summary>
    public byte[] ToKey()
    {
        Span<byte> buffer = stackalloc byte[1024];
        var at = 0;
        buffer[at++] = (byte)Time;
        RowBytes.WriteAll(Rows, buffer, ref at);
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
            RowBytes.WriteAll(late, buffer, ref at);
        }

        RowBytes.WriteCounts(Admitted, buffer, ref at);
        buffer[at++] = (byte)Marks.Count;
        foreach (var mark in Marks)
        {
            buffer[at++] = mark;
        }

        return buffer[..at].ToArray();
    }

    public static World FromKey(ReadOnlySpan<byte> key)
    {
        var at = 0;
        var world = new World
        {
            Time = key[at++],
            Rows = RowBytes.ReadAll(key, ref at),
            Nodes = [Node.Read(key, ref at), Node.Read(key, ref at)],
        };
        for (var count = key[at++]; count > 0; count--)
        {
            world.Late.Add(RowBytes.ReadAll(key, ref at));
        }

        world.Admitted.AddRange(RowBytes.ReadCounts(key, ref at));
        world.Marks.AddRange(key[(at + 1)..]);
        return world;
    }

    public override string ToString() =>
        $"t={Time} row={RowBytes.Text(Rows)} {Nodes[0]} {Nodes[1]} late=[{string.Join("; ", Late.Select(RowBytes.Text))}] admitted={RowBytes.Text(Admitted)}";
}
