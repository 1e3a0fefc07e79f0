using System.Diagnostics;

namespace Benchmarks.SideBySide.Processes;

/// <summary>Looks at the clock, at a proxy's CPU time and at everybody else's from one moment to another.</summary>
internal readonly struct CpuWatch
{
    private readonly long _at = Stopwatch.GetTimestamp();
    private readonly double _proxy;
    private readonly double _ours;
    private readonly MachineCpu _machine;

    private CpuWatch(int proxy) => (_proxy, _ours, _machine) = (ProcessTree.CpuSeconds(proxy), ProcessTree.CpuSeconds(Environment.ProcessId), MachineCpu.Read());

    public static CpuWatch Start(int proxy) => new(proxy);

    public CpuUse Until(CpuWatch end)
    {
        var seconds = Stopwatch.GetElapsedTime(_at, end._at).TotalSeconds;
        var foreign = end._machine.Busy - _machine.Busy - (end._ours - _ours) + (end._machine.Stolen - _machine.Stolen);
        return new(seconds, end._proxy - _proxy, Math.Max(0, foreign) / seconds);
    }
}
