using Records;

namespace Gateway.Limits.Ledger;

/// <summary>Counts a row on in other slots.</summary>
internal static class Reshape
{
    /// <summary>Each label becomes the new slot that holds its last instant: no token comes back sooner than it would have.</summary>
    public static LedgerRow To(LedgerRow row, LedgerShape shape) => row.Shape == shape ? row : row with
    {
        Shape = shape,
        Base = Math.Max(shape.SlotOf(row.Shape.StartOf(row.Base)), 0),
        Granted =
        [
            .. from granted in row.Granted
               group granted.Count by shape.SlotOf(row.Shape.EndOf(granted.Label) - 1) into slot
               select new LabelCount(slot.Key, slot.Sum()),
        ],
    };
}
