namespace Records;

/// <summary>How a window is cut into slots.</summary>
/// <param name="SlotTicks">Length of a slot, in ticks of 100 ns.</param>
/// <param name="Slots">Slots to a window: S.</param>
/// <param name="Phase">Ticks by which the slots are shifted, so that not all keys turn at once. Below a slot's length.</param>
public readonly record struct LedgerShape(long SlotTicks, int Slots, long Phase);
