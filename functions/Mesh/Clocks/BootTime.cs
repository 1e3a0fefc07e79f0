using System.Runtime.InteropServices;

namespace Mesh.Clocks;

/// <summary>
/// The machine's clock that nobody sets and that counts suspension: a process that was stopped, or a machine that slept, must not take what
/// it held before for fresh. (Stopwatch and TickCount64 stand still meanwhile on Linux.)
/// </summary>
public sealed class BootTime : TimeProvider
{
    // linux/time.h: CLOCK_BOOTTIME. On Apple's systems CLOCK_MONOTONIC counts sleep.
    private const int LinuxBootTime = 7;
    private const int AppleMonotonic = 6;

    private static readonly int _clock = OperatingSystem.IsLinux() ? LinuxBootTime : AppleMonotonic;

    private BootTime()
    {
    }

    public static BootTime Instance { get; } = new();

    /// <summary>What measures ages beside this clock: a clock that a test moves is taken as it is.</summary>
    public static TimeProvider Beside(TimeProvider time) => time == System ? Instance : time;

    /// <summary>Ticks of 100 ns.</summary>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp()
    {
        if (OperatingSystem.IsWindows())
        {
            QueryInterruptTimePrecise(out var interruptTime);
            return (long)interruptTime;
        }

        return ReadClock(_clock, out var now) == 0
            ? (now.Seconds * TimeSpan.TicksPerSecond) + (now.Nanoseconds / TimeSpan.NanosecondsPerTick)
            : throw new InvalidOperationException("The machine has no clock that counts suspension: no age can be measured.");
    }

    // It only reads memory that the kernel shares: too short to make way for the garbage collector.
    [DllImport("libc", EntryPoint = "clock_gettime", ExactSpelling = true)]
    [SuppressGCTransition]
    private static extern int ReadClock(int clock, out Reading now);

    [DllImport("api-ms-win-core-realtime-l1-1-1.dll", ExactSpelling = true)]
    [SuppressGCTransition]
    private static extern void QueryInterruptTimePrecise(out ulong interruptTime);

    [StructLayout(LayoutKind.Sequential)]
    private struct Reading
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
