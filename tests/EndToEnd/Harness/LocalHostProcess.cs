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

    private readonly IReadOnlyDictionary<string, string>? _environment;

    private bool _keepFolder;

    private LocalHostProcess(Process process, TestFolder folder, IReadOnlyDictionary<string, string>? environment)
    {
        _process = process;
        _environment = environment;
        Folder = folder;
    }

    /// <summary>The test's folder: gateway.yaml, where the test gave one, and the local folder "local".</summary>
    public TestFolder Folder { get; }

    public int Id => _process.Id;

    /// <summary>Everything that it wrote to its terminal so far, errors included.</summary>
    public string Output => string.Join('\n', _output);

    /// <summary>What dev.env says, and the banner where that says more.</summary>
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

    /// <summary>A configuration of the test's own beside the sample services, which it finds as ${env:ORDERS_URL} and so on.</summary>
    public static Task<LocalHostProcess> StartWithSamplesAsync(string yaml, params string[] options)
    {
        var folder = new TestFolder();
        return StartAsync(folder, ["--config", folder.Write("gateway.yaml", yaml), .. options], null);
    }

    /// <summary>Starts in a folder that an earlier run may have used, and waits until it is ready.</summary>
    public static async Task<LocalHostProcess> StartAsync(TestFolder folder, IReadOnlyList<string> options, IReadOnlyDictionary<string, string>? environment, bool keepFolder = false)
    {
        var host = Launch(folder, ["--free-ports", .. options], environment);
        host._keepFolder = keepFolder;
        await host.BecomesReadyAsync();
        return host;
    }

    /// <summary>Starts another front door beside this one, with the same environment and, where the test gave one, the same configuration.</summary>
    public Task<LocalHostProcess> JoinAsync(params string[] options)
    {
        string[] config = File.Exists(Folder["gateway.yaml"]) ? ["--config", Folder["gateway.yaml"]] : [];
        return StartAsync(Folder, ["--join", .. config, .. options], _environment, keepFolder: true);
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
        // Like a terminal, also where a shell in the background has the tests ignore Ctrl-C, or nohup the end of the terminal, which children inherit.
        string[] asTerminal = ProcessTree.IgnoresSignals() ? ["env", "--default-signal=HUP,INT"] : [];
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
        var host = new LocalHostProcess(process, folder, environment);
        process.OutputDataReceived += (_, line) => host.Heard(line.Data);
        process.ErrorDataReceived += (_, line) => host.Heard(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return host;
    }

    private async Task BecomesReadyAsync()
    {
        await Task.WhenAny(_ready.Task, _process.WaitForExitAsync(TestContext.Current.CancellationToken));
        if (!_ready.Task.IsCompletedSuccessfully)
        {
            var output = await WaitForExitAsync();
            await DisposeAsync();
            Assert.Fail($"The local host ended instead of starting:\n{output}");
        }

        var said = _output.Select(line => line.Trim()).Where(line => line.StartsWith("GATEWAY_", StringComparison.Ordinal));
        Values = File.ReadLines(Folder["local/dev.env"]).Concat(said).Where(line => line.Contains('=', StringComparison.Ordinal))
            .Select(line => line.Split('=', 2)).GroupBy(pair => pair[0]).ToDictionary(values => values.Key, values => values.Last()[1]);
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
        try
        {
            await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"The local host does not end; it said:\n{Output}");
        }

        return Output;
    }
}
