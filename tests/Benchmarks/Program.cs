using System.Runtime.InteropServices;
using Benchmarks;

using var stop = new CancellationTokenSource();
// What was started is stopped in order.
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

var chosen = args is ["all", ..] ? Measurement.All : [.. Measurement.All.Where(one => args.Length > 0 && one.Name == args[0])];
if (chosen.Count == 0)
{
    Console.WriteLine("scripts/bench NAME [options], or scripts/bench all [--short]:");
    foreach (var one in Measurement.All)
    {
        Console.WriteLine($"  {one.Name,-8} {one.Summary}");
    }

    return args.Length == 0 ? 0 : 2;
}

try
{
    foreach (var one in chosen)
    {
        await one.RunAsync(args[1..], stop.Token);
    }

    return 0;
}
catch (BenchFailure failure) when (!stop.IsCancellationRequested)
{
    await Console.Error.WriteLineAsync(failure.Message);
    return 1;
}
catch (Exception) when (stop.IsCancellationRequested)
{
    await Console.Error.WriteLineAsync("Stopped; nothing was written.");
    return 1;
}

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}
