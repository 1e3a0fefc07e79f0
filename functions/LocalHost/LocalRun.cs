using System.Runtime.InteropServices;
using LocalHost.Hosts;
using LocalHost.Members;
using LocalHost.Terminal;

namespace LocalHost;

/// <summary>One run: start, say what runs, wait for Ctrl-C, stop.</summary>
internal static class LocalRun
{
    private const int Failed = 1;

    // What shells say of a command that Ctrl-C has ended.
    private const int Interrupted = 130;

    public static async Task<int> RunAsync(LocalOptions options)
    {
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(signal, stop));
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, stop));
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal => Stop(signal, stop));
        try
        {
            // Before the folder, which another local host has locked: the port says more to its user.
            LocalPorts.Of(options).RequireFree(samples: !options.NoSamples);
            var path = options.Folder ?? Repository.DefaultFolder;
            using var folder = options.Join ? LocalFolder.Join(path) : LocalFolder.Open(path, options.Fresh);
            using var loggers = LocalLog.Create(TimeProvider.System);
            await using var exports = await LocalExports.StartAsync(loggers, stop.Token);
            using var handshakes = new FailedHandshakes(loggers);
            var local = new LocalEnvironment(folder, loggers, TimeProvider.System);
            await using ILocalSystem system = options.Join ? new JoinedSystem(options, local) : new LocalSystem(options, local, Banner.Progress);
            await system.StartAsync(stop.Token);
            Banner.Ready(folder, system);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop.Token).ContinueWith(_ => { }, TaskScheduler.Default);
            Banner.Stopping(system.RequestsUnderWay);
            return 0;
        }
        catch (StartFailure e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return Failed;
        }
        catch (OperationCanceledException)
        {
            Banner.Progress("stopped before everything had started.");
            return 0;
        }
    }

    // The second time the process ends at once, and Azurite with it.
    private static void Stop(PosixSignalContext signal, CancellationTokenSource stop)
    {
        signal.Cancel = true;
        if (stop.IsCancellationRequested)
        {
            Environment.Exit(Interrupted);
        }

        stop.Cancel();
    }
}
