using Records;

namespace Gateway.Limits.Ledger;

/// <summary>A rolling window's row in another shape. Tokens stay counted at least as long as they could still be spent.</summary>
internal static class Reshape
{
    /// <summary>
    /// Each label becomes the new slot that holds its last instant. The epoch changes too, so that no lease from before is ever settled: after
    /// a change there and back its shape would be the row's again, but its label, rounded up twice, may be another.
    /// </summary>
    public static LedgerRow To(LedgerRow row, LedgerShape shape)
    {
        var granted = new LabelCounts([]);
        foreach (var (label, count) in row.Granted)
        {
            granted.Add(shape.SlotOf(row.Shape.EndOf(label) - 1), count);
        }

        return row with
        {
            Epoch = row.Epoch + 1,
            Shape = shape,
            // The base must lie ahead of nobody's time; only the start of its slot is sure to have passed.
            Base = shape.SlotOf(row.Shape.StartOf(row.Base)),
            Granted = granted.ToArray(),
        };
    }
}
