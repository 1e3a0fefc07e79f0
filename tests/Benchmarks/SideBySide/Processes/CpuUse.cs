namespace Benchmarks.SideBySide.Processes;

/// <summary>What was used within some time.</summary>
/// <param name="Seconds">How long it was.</param>
/// <param name="Proxy">CPU seconds of the proxy's process tree.</param>
/// <param name="Foreign">CPU that nothing of the bench used, in cores.</param>
internal sealed record CpuUse(double Seconds, double Proxy, double Foreign);
