namespace Records;

/// <summary>How time is cut into slots. Instants are ticks of storage's time: 100 ns each since year 1, UTC.</summary>
/// <param name="SlotTicks">Length of a slot, in ticks of 100 ns.</param>
/// <param name="Slots">Slots to a window: S. Zero where a token comes back as soon as its label has passed.</param>
/// <param name="Phase">Ticks by which the slots are shifted, so that not all keys turn at once. Below a slot's length.</param>
public readonly record struct LedgerShape(long SlotTicks, int Slots, long Phase)
{
    public long SlotOf(long instant) => Floor(instant + Phase, SlotTicks);

    /// <summary>The first instant of the slot.</summary>
    public long StartOf(long slot) => (slot * SlotTicks) - Phase;

    /// <summary>The first instant behind the slot.</summary>
    public long EndOf(long slot) => StartOf(slot + 1);

    private static long Floor(long number, long divisor) => (number >= 0 ? number : number - divisor + 1) / divisor;
}
