using Costs.Stand;

namespace Costs;

/// <summary>Counts the bytes that a step allocates, on the thread that runs it: nothing that else goes on in the process counts.</summary>
internal static class AllocatedBytes
{
    private const int WarmUp = 1_000;
    private const int Rounds = 20;
    private const int Runs = 100;
    private const int MostRounds = 1_000;

    /// <summary>Of one run, rounded up. Of several rounds the least counts: now and then one renews a lease, or refills a pool.</summary>
    public static long Of(Action step)
    {
        Repeat(step, WarmUp);
        var (least, rounds) = (long.MaxValue, 0);
        for (var round = 0; rounds < Rounds; round++)
        {
            if (TryMeasure(step) is { } bytes)
            {
                (least, rounds) = (Math.Min(least, bytes), rounds + 1);
            }
            else if (round > MostRounds)
            {
                throw new InvalidOperationException("The step never ends at once: other threads go on with it, and their bytes are not counted.");
            }
        }

        return (least + Runs - 1) / Runs;
    }

    // Null: something was waited for, and another thread may have gone on.
    private static long? TryMeasure(Action step)
    {
        var late = Completed.Late;
        var before = GC.GetAllocatedBytesForCurrentThread();
        Repeat(step, Runs);
        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        return Completed.Late == late ? bytes : null;
    }

    private static void Repeat(Action step, int times)
    {
        for (var run = 0; run < times; run++)
        {
            step();
        }
    }
}
