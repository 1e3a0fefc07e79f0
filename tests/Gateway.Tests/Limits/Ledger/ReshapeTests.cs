using Gateway.Limits.Ledger;
using Records;

namespace Gateway.Tests.Limits.Ledger;

public sealed class ReshapeTests
{
    private static readonly LedgerShape _seven = new(7, 3, 0);
    private static readonly LedgerShape _ten = new(10, 3, 0);

    // Slots of 7 end at 14, 21, 28, 35; those of 10 that hold the instants before are 1, 2, 2, 3.
    [Fact]
    public void To_MapsEachLabelToTheSlotOfItsLastInstantAndAddsThoseThatFallTogether()
    {
        var row = Rows.Row(10, 4, (1, 1), (2, 2), (3, 3), (4, 4)) with { Shape = _seven };

        var reshaped = Reshape.To(row, _ten);

        Assert.Equal(Rows.Counts((1, 1), (2, 5), (3, 4)), reshaped.Granted);
        Assert.Equal(_ten, reshaped.Shape);
    }

    // Slot 4 of 7 is [28, 35): at 28 the slot of 10 is 2, and at 34 it is 3.
    [Fact]
    public void To_TakesTheBaseFromTheStartOfItsSlot() => Assert.Equal(2, Reshape.To(Rows.Row(10, 4) with { Shape = _seven }, _ten).Base);

    [Fact]
    public void To_AnyShape_NeverEndsATokenEarlierNorPutsTheBaseAheadOfTime()
    {
        for (var label = 0L; label < 50; label++)
        {
            for (var length = 1L; length <= 20; length++)
            {
                var row = Rows.Row(1, label, (label, 1)) with { Shape = new(7, 3, 5) };
                var shape = new LedgerShape(length, 4, length / 2);

                var reshaped = Reshape.To(row, shape);

                var mapped = Assert.Single(reshaped.Granted).Label;
                Assert.True(shape.EndOf(mapped) >= row.Shape.EndOf(label));
                Assert.True(shape.EndOf(mapped - 1) < row.Shape.EndOf(label));
                Assert.True(shape.StartOf(reshaped.Base) <= row.Shape.StartOf(label));
            }
        }
    }

    // Why no lease may be settled by mapping its own label: where the row changed twice, it counts under another one.
    [Fact]
    public void To_Twice_MayGiveAnotherLabelThanMappingTheEndOnce()
    {
        var differ = Enumerable.Range(1, 199).Count(end =>
        {
            var row = Rows.Row(1, 0, (end - 1, 1)) with { Shape = new(1, 3, 0) };
            return Reshape.To(Reshape.To(row, _seven), _ten).Granted[0].Label != Reshape.To(row, _ten).Granted[0].Label;
        });

        Assert.Equal(62, differ);
    }

    [Fact]
    public void To_AnotherShapeAndBack_LeavesEarlierLeasesUnsettledThoughTheirShapeIsTheRowsAgain()
    {
        var row = Rows.Row(10, 3, (3, 2)) with { Shape = _seven };
        var lease = new Lease(new(row.Epoch, _seven, 3, 3), 2);

        var back = Reshape.To(Reshape.To(row, _ten), _seven);

        Assert.Equal(Rows.Counts((4, 2)), back.Granted);
        Assert.True(SlotLedger.CanSettle(row, lease));
        Assert.False(SlotLedger.CanSettle(back, lease));
    }
}
