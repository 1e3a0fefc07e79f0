namespace Gateway.Tests.Limits.Ledger.Model;

/// <summary>The size of a model.</summary>
/// <param name="L">Tokens.</param>
/// <param name="S">Slots to a window.</param>
/// <param name="H">Slots of a lease.</param>
/// <param name="T">Slot boundaries that pass.</param>
/// <param name="Leases">Leases that an instance may hold at once.</param>
/// <param name="ClockError">True: both bounds of time may be one slot off.</param>
internal sealed record Bounds(int L, int S, int H, int T, int Leases, bool ClockError)
{
    public override string ToString() => $"L{L} S{S} H{H} T{T}, {Leases} lease(s){(ClockError ? ", clock error" : "")}";
}
