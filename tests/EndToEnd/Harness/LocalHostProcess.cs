using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace EndToEnd.Harness;

/// <summary>The local host as a user starts it: a process of its own, on free ports, with a folder of its own.</summary>
internal sealed class LocalHostProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private bool _keepFolder;

    private LocalHostProcess(Process process, TestFolder folder)
    {
        _process = process;
        Folder = folder;
    }

    /// <summary>The test's folder: gateway.yaml, where the test gave one, and the local folder "local".</summary>
    public TestFolder Folder { get; }

    public int Id => _process.Id;

    /// <summary>Everything that it wrote to its terminal so far, errors included.</summary>
    public string Output => string.Join('\n', _output);

    /// <summary>What dev.env says.</summary>
    public IReadOnlyDictionary<string, string> Values { get; private set; } = new Dictionary<string, string>();

    public int AzuriteId => int.Parse(File.ReadAllText(Folder["local/azurite.pid"]), CultureInfo.InvariantCulture);

    /// <summary>The deployed configuration with the sample services.</summary>
    public static Task<LocalHostProcess> StartAsync(params string[] options) => StartAsync(new TestFolder(), options, null);

    /// <summary>A configuration of the test's own, without the sample services. It finds what <paramref name="environment"/> holds as ${env:NAME}.</summary>
    public static Task<LocalHostProcess> StartWithConfigAsync(string yaml, IReadOnlyDictionary<string, string>? environment = null, params string[] options)
    {
        var folder = new TestFolder();
        var config = folder.Write("gateway.yaml", yaml);
        return StartAsync(folder, ["--config", config, "--no-samples", .. options], environment);
    }

    /// <summary>Starts in a folder that an earlier run may have used, and waits until it is ready.</summary>
    public static async Task<LocalHostProcess> StartAsync(TestFolder folder, IReadOnlyList<string> options, IReadOnlyDictionary<string, string>? environment, bool keepFolder = false)
    {
        var host = Launch(folder, ["--free-ports", .. options], environment);
        host._keepFolder = keepFolder;
        await Task.WhenAny(host._ready.Task, host._process.WaitForExitAsync(TestContext.Current.CancellationToken));
        if (!host._ready.Task.IsCompletedSuccessfully)
        {
            var output = await host.WaitForExitAsync();
            await host.DisposeAsync();
            Assert.Fail($"The local host ended instead of starting:\n{output}");
        }

        host.Values = File.ReadLines(folder["local/dev.env"]).Where(line => line.Contains('=', StringComparison.Ordinal))
            .Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        return host;
    }

    /// <summary>Runs it with exactly these options and waits until it ends by itself.</summary>
    public static async Task<(int ExitCode, string Output)> RunToEndAsync(TestFolder folder, IReadOnlyList<string> options, IReadOnlyDictionary<string, string>? environment = null)
    {
        await using var host = Launch(folder, options, environment);
        host._keepFolder = true;
        _ = host._ready.Task.ContinueWith(_ => host._process.Kill(), TaskScheduler.Default);
        var output = await host.WaitForExitAsync();
        return (host._process.ExitCode, output);
    }

    /// <summary>Asks it to end, as Ctrl-C and service managers do, and waits until it has; the exit code.</summary>
    public async Task<int> StopAsync(string signal = "TERM")
    {
        if (!_process.HasExited)
        {
            await ProcessTree.SignalAsync(Id, signal);
            await WaitForExitAsync();
        }

        return _process.ExitCode;
    }

    /// <summary>Starts Azurite on the ports and files that it had; the caller stops it.</summary>
    public Process StartAzurite()
    {
        var ports = Values["AZURITE_PORTS"].Split(',');
        var script = Path.Combine(Repository.Root, "node_modules", "azurite", "dist", "src", "azurite.js");
        return Process.Start(new ProcessStartInfo("node",
        [
            script, "--location", Folder["local/azurite"], "--silent", "--disableTelemetry", "--skipApiVersionCheck",
            "--blobPort", ports[0], "--queuePort", ports[1], "--tablePort", ports[2],
        ])
        { RedirectStandardOutput = true, RedirectStandardError = true })!;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _process.Dispose();
        if (!_keepFolder)
        {
            Folder.Dispose();
        }
    }

    private static LocalHostProcess Launch(TestFolder folder, IReadOnlyList<string> options, IReadOnlyDictionary<string, string>? environment)
    {
        GatewayUnderTest.SkipWhenElsewhere();
        Assert.True(File.Exists(Repository.LocalHost), $"{Repository.LocalHost} is not there: build functions/LocalHost first.");
        // Like a terminal, also where a shell in the background has the tests ignore Ctrl-C, which children inherit.
        string[] asTerminal = ProcessTree.IgnoresInterrupts() ? ["env", "--default-signal=INT"] : [];
        string[] command = [.. asTerminal, ProcessTree.PathOf("dotnet"), Repository.LocalHost, .. options, "--local", folder["local"]];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = folder.FullPath,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        var process = new Process { StartInfo = start };
        var host = new LocalHostProcess(process, folder);
        process.OutputDataReceived += (_, line) => host.Heard(line.Data);
        process.ErrorDataReceived += (_, line) => host.Heard(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return host;
    }

    private void Heard(string? line)
    {
        if (line is not null)
        {
            _output.Enqueue(line);
            if (line.StartsWith("Ready.", StringComparison.Ordinal))
            {
                _ready.TrySetResult();
            }
        }
    }

    private async Task<string> WaitForExitAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        return Output;
    }
}
