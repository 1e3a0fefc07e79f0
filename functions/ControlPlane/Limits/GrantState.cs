using Records;

namespace ControlPlane.Limits;

/// <summary>Tokens of one label.</summary>
/// <param name="Count">How many.</param>
/// <param name="Ends">When the label's slot ends: they are spent before, or not at all.</param>
/// <param name="Counts">Until when they count.</param>
public sealed record GrantState(long Count, DateTimeOffset Ends, DateTimeOffset Counts)
{
    internal static GrantState Of(LabelCount granted, LedgerShape shape) => new(
        granted.Count,
        LedgerInstant.StartOf(shape, granted.Label + 1),
        LedgerInstant.StartOf(shape, granted.Label + 1 + shape.Slots));
}
