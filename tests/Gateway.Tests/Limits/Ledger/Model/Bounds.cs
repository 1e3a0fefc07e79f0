namespace Gateway.Tests.Limits.Ledger.Model;

/// <summary>The size of a model.</summary>
/// <param name="L">Tokens.</param>
/// <param name="S">Slots to a window.</param>
/// <param name="H">Slots of a lease.</param>
/// <param name="T">Ticks that pass; a slot is one tick where the kind of limit says nothing else.</param>
/// <param name="Leases">Leases that an instance may hold at once.</param>
/// <param name="ClockError">True: both bounds of time may be one tick off.</param>
internal sealed record Bounds(int L, int S, int H, int T, int Leases, bool ClockError)
{
    /// <summary>
    /// True: a spend is one step, only writes that change something are sent, and one of them may be late. For what the finer model of rolling
    /// windows says already of every lease and write.
    /// </summary>
    public bool IsCoarse { get; init; }

    public override string ToString() => $"L{L} S{S} H{H} T{T}, {Leases} lease(s){(ClockError ? ", clock error" : "")}";
}
