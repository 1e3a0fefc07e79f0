namespace Gateway.Tests.Limits.Ledger.Model;

/// <summary>One instance: its leases, the write it waits for, and (in one mutant only) a reading of its clock.</summary>
internal sealed record Node
{
    public Held[] Leases { get; init; } = [];

    public Flight? Flight { get; init; }

    /// <summary>True slot and upper bound of a reading made before the decrement. No real instance has one.</summary>
    public (int True, int Upper)? Reading { get; init; }

    public bool IsIdle => Leases.Length == 0 && Flight is null && Reading is null;

    public Node With(int at, Held lease)
    {
        Held[] leases = [.. Leases];
        leases[at] = lease;
        return this with { Leases = leases };
    }

    public void Write(Span<byte> buffer, ref int at)
    {
        buffer[at++] = (byte)Leases.Length;
        foreach (var lease in Leases)
        {
            lease.Write(buffer, ref at);
        }

        buffer[at++] = (byte)(Reading is null ? 0 : Reading.Value.True + 1);
        buffer[at++] = (byte)(Reading?.Upper ?? 0);
        buffer[at++] = (byte)(Flight is null ? 0 : 1);
        Flight?.Write(buffer, ref at);
    }

    public static Node Read(ReadOnlySpan<byte> key, ref int at)
    {
        var leases = new Held[key[at++]];
        for (var index = 0; index < leases.Length; index++)
        {
            leases[index] = Held.Read(key, ref at);
        }

        var (time, upper) = (key[at++], key[at++]);
        return new()
        {
            Leases = leases,
            Reading = time == 0 ? null : (time - 1, upper),
            Flight = key[at++] == 0 ? null : Flight.Read(key, ref at),
        };
    }

    public override string ToString() => $"({string.Join(' ', (object[])Leases)}{(Flight is null ? "" : $" {Flight}")}{(Reading is null ? "" : $" read {Reading}")})";
}
