using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Benchmarks.SideBySide.Processes;

/// <summary>A process that the bench started, on one core. It ends with the bench.</summary>
internal sealed class Child : IAsyncDisposable
{
    private const int TailLength = 8 * 1024;

    private static readonly string[] _steering = ["DOTNET_GC", "DOTNET_gc", "DOTNET_Tiered", "DOTNET_TC", "DOTNET_ReadyToRun", "ASPNETCORE_", "OTEL_", "APPLICATIONINSIGHTS_", "Gateway__", "Mesh__"];

    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(15);

    private readonly string _name;
    private readonly Process _process;
    private readonly List<byte> _tail = [];
    private readonly Task _output;
    private readonly Task _errors;

    private Child(string name, Process process)
    {
        (_name, _process) = (name, process);
        // What it writes is read and forgotten, as a container's host would read it.
        _output = DrainAsync(process.StandardOutput.BaseStream);
        _errors = DrainAsync(process.StandardError.BaseStream);
    }

    public int Id => _process.Id;

    public bool HasEnded => _process.HasExited;

    /// <summary>What it said last.</summary>
    public string Said
    {
        get
        {
            lock (_tail)
            {
                return Encoding.UTF8.GetString([.. _tail]);
            }
        }
    }

    public static Child Start(string name, Command command, Core core)
    {
        var start = new ProcessStartInfo("taskset", ["-c", NumbersOf(core), command.Program, .. command.Arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Nothing that this shell or `dotnet run` set may change how a peer runs.
        foreach (var variable in start.Environment.Keys.Where(static name => _steering.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal))).ToList())
        {
            start.Environment.Remove(variable);
        }

        foreach (var (variable, value) in command.Environment)
        {
            start.Environment[variable] = value;
        }

        return new(name, Process.Start(start)!);
    }

    /// <summary>Runs it to its end; what it wrote.</summary>
    public static async Task<string> RunAsync(string name, Command command, Core core, CancellationToken cancellation)
    {
        await using var child = Start(name, command, core);
        await child.EndAsync(cancellation);
        return child._process.ExitCode == 0 ? child.Said : throw new BenchFailure($"{name} ended with {child._process.ExitCode}:\n{child.Said}");
    }

    /// <summary>Waits until it has ended and everything that it wrote is there.</summary>
    public async Task EndAsync(CancellationToken cancellation)
    {
        await _process.WaitForExitAsync(cancellation);
        await Task.WhenAll(_output, _errors).WaitAsync(cancellation);
    }

    /// <summary>Sends a signal, such as INT.</summary>
    public void Signal(string signal)
    {
        using var kill = Process.Start("kill", ["-s", signal, Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Fails if it has ended: nobody asked it to.</summary>
    public void RequireAlive()
    {
        if (HasEnded)
        {
            throw new BenchFailure($"{_name} ended by itself:\n{Said}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!HasEnded)
        {
            Signal("TERM");
            try
            {
                await _process.WaitForExitAsync().WaitAsync(StopWithin, TimeProvider.System);
            }
            catch (TimeoutException)
            {
                _process.Kill(entireProcessTree: true);
                await _process.WaitForExitAsync();
            }
        }

        _process.Dispose();
    }

    private static string NumbersOf(Core core) => core switch
    {
        Core.Proxy => "0",
        Core.Rest => "1",
        _ => "0,1",
    };

    private async Task DrainAsync(Stream stream)
    {
        var buffer = new byte[64 * 1024];
        while (await stream.ReadAsync(buffer) is > 0 and var length)
        {
            lock (_tail)
            {
                _tail.AddRange(buffer.AsSpan(Math.Max(0, length - TailLength)..length));
                _tail.RemoveRange(0, Math.Max(0, _tail.Count - TailLength));
            }
        }
    }
}
