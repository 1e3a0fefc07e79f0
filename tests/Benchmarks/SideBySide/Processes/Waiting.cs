using System.Diagnostics;

namespace Benchmarks.SideBySide.Processes;

/// <summary>Waits until something holds.</summary>
internal static class Waiting
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Unhurried = TimeSpan.FromMilliseconds(20);

    /// <param name="what">For whoever waits in vain.</param>
    public static Task UntilAsync(Func<Task<bool>> holds, string what, Child? child, CancellationToken cancellation) => UntilAsync(holds, what, child, Unhurried, cancellation);

    /// <param name="step">How long to wait between two looks.</param>
    public static async Task UntilAsync(Func<Task<bool>> holds, string what, Child? child, TimeSpan step, CancellationToken cancellation)
    {
        var since = Stopwatch.GetTimestamp();
        while (!await holds())
        {
            child?.RequireAlive();
            if (Stopwatch.GetElapsedTime(since) > Longest)
            {
                throw new BenchFailure($"Waited {Longest.TotalSeconds:0} s in vain: {what}.\n{child?.Said}");
            }

            await Task.Delay(step, TimeProvider.System, cancellation);
        }
    }
}
