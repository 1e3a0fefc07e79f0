using ControlPlane.Limits;
using Records;

namespace ControlPlane.Tests.Limits;

public sealed class LedgerEstimateTests
{
    [Theory]
    [InlineData(0, 2)]
    [InlineData(4, 2)]
    [InlineData(5, 7)]
    [InlineData(6, 7)]
    [InlineData(7, 10)]
    public void Rolling_AsTimeGoesOn_HasTokensBackOneWindowAfterTheirLabel(int second, long available)
    {
        var row = LedgerRows.Row with { Granted = [new(LedgerRows.Slot(0), 5), new(LedgerRows.Slot(2), 3)] };

        var estimate = LedgerEstimate.At(row, LedgerRows.Start.AddSeconds(second));

        Assert.Equal(available, estimate.Available(estimate.Base));
    }

    [Fact]
    public void Clock_BehindTheRowsBase_CountsAtTheBase()
    {
        var row = LedgerRows.Row with { Granted = [new(LedgerRows.Slot(-4), 1)] };

        var estimate = LedgerEstimate.At(row, LedgerRows.Start.AddHours(-1));

        Assert.Equal((row.Base, 9L), (estimate.Base, estimate.Available(estimate.Base)));
    }

    [Fact]
    public void Bucket_AtAnyInstant_HasWhatStepsOneByOneEarn()
    {
        var random = new Random(1);
        for (var run = 0; run < 2_000; run++)
        {
            var row = RandomBucket(random);
            var second = random.Next(0, 40);

            var estimate = LedgerEstimate.At(row, LedgerRows.Start.AddSeconds(second));

            Assert.Equal(OneByOne(row, LedgerRows.Slot(second)), estimate.Free);
        }
    }

    [Fact]
    public void Bucket_AfterYears_IsFullAtOnce()
    {
        var row = LedgerRows.Row with { Earns = 1, Shape = new(1, 0, 0), Base = 1 };

        Assert.Equal(10, LedgerEstimate.At(row, LedgerRows.Start).Free);
    }

    private static LedgerRow RandomBucket(Random random)
    {
        var limit = random.Next(1, 30);
        var free = random.Next(0, limit + 1);
        var granted = new List<LabelCount>();
        for (var second = random.Next(0, 4); second < 20 && free + granted.Sum(one => one.Count) < limit; second += random.Next(1, 8))
        {
            granted.Add(new(LedgerRows.Slot(second), random.Next(1, limit - free - (int)granted.Sum(one => one.Count) + 1)));
        }

        return LedgerRows.Row with { Shape = new(TimeSpan.TicksPerSecond, 0, 0), Earns = random.Next(1, 4), Limit = limit, Total = limit, Free = free, Granted = granted };
    }

    private static long OneByOne(LedgerRow row, long slot)
    {
        var free = row.Free;
        for (var at = row.Base + 1; at <= slot; at++)
        {
            var taken = row.Granted.Where(granted => granted.Label >= at).Sum(granted => granted.Count);
            free += Math.Min(row.Earns, row.Limit - free - taken);
        }

        return free;
    }
}
