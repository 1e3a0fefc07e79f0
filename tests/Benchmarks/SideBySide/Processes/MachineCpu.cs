using System.Globalization;

namespace Benchmarks.SideBySide.Processes;

/// <summary>What the first line of /proc/stat says: how the whole machine spent its time, in seconds.</summary>
/// <param name="Busy">Programs, the kernel and interrupts.</param>
/// <param name="Stolen">What the hypervisor gave to others.</param>
internal readonly record struct MachineCpu(double Busy, double Stolen)
{
    private const double TicksPerSecond = 100;

    public static MachineCpu Read() => Parse(File.ReadLines("/proc/stat").First());

    /// <summary>cpu user nice system idle iowait irq softirq steal guest guest_nice; guests are in user already.</summary>
    public static MachineCpu Parse(string line)
    {
        var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(static field => long.Parse(field, CultureInfo.InvariantCulture)).ToArray();
        return new((fields[0] + fields[1] + fields[2] + fields[5] + fields[6]) / TicksPerSecond, fields[7] / TicksPerSecond);
    }
}
