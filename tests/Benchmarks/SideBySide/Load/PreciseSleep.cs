using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Benchmarks.SideBySide.Load;

/// <summary>Sleeps to within microseconds, where .NET's timers wake up to a millisecond late: that would be most of a latency.</summary>
internal static class PreciseSleep
{
    private const int Monotonic = 1;
    private const int Absolute = 1;
    private const int SetTimerSlack = 29;

    /// <summary>Has the kernel not put off this thread's timers to save power.</summary>
    public static void Sharpen() => _ = prctl(SetTimerSlack, 1, 0, 0, 0);

    /// <summary>Returns at once where the instant has passed.</summary>
    /// <param name="instant">By the stopwatch, which is this clock in nanoseconds.</param>
    public static void Until(long instant)
    {
        var at = new Instant(instant / Stopwatch.Frequency, instant % Stopwatch.Frequency);
        while (Stopwatch.GetTimestamp() < instant)
        {
            _ = clock_nanosleep(Monotonic, Absolute, in at, IntPtr.Zero);
        }
    }

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int prctl(int option, nuint first, nuint second, nuint third, nuint fourth);

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int clock_nanosleep(int clock, int flags, in Instant request, IntPtr remaining);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Instant(long Seconds, long Nanoseconds);
}
