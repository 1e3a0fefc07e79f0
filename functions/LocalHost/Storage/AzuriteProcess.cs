using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace LocalHost.Storage;

/// <summary>Azurite, the local Azure Storage: a child process that this one owns, and that ends with it.</summary>
internal sealed partial class AzuriteProcess : IAsyncDisposable
{
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(5);

    private readonly Process _process;
    private readonly StringBuilder _said = new();
    private readonly TaskCompletionSource<IReadOnlyList<Uri>> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<Uri> _endpoints = [];
    private readonly TimeProvider _time;
    private volatile bool _stopping;

    private AzuriteProcess(Process process, TimeProvider time)
    {
        _process = process;
        _time = time;
    }

    /// <summary>Addresses of blobs, queues and tables.</summary>
    public IReadOnlyList<Uri> Endpoints => _endpoints;

    public int Id => _process.Id;

    /// <summary>The command that starts it again on the same ports.</summary>
    public string Command => string.Join(' ', Arguments(_location, [.. _endpoints.Select(endpoint => endpoint.Port)]).Prepend(AzuriteInstall.Node));

    private string _location = "";

    /// <summary>Starts Azurite and waits until its three services listen. <paramref name="ended"/> is called should it end by itself later.</summary>
    public static async Task<AzuriteProcess> StartAsync(string location, IReadOnlyList<int> ports, Action<AzuriteProcess> ended, TimeProvider time, CancellationToken cancellation)
    {
        var watchdog = Path.Combine(AppContext.BaseDirectory, "Storage", "stop-with-parent.cjs");
        var process = new Process
        {
            StartInfo = new(AzuriteInstall.Node, ["--require", watchdog, .. Arguments(location, ports)])
            {
                WorkingDirectory = Repository.Root,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
            EnableRaisingEvents = true,
        };
        var azurite = new AzuriteProcess(process, time) { _location = location };
        process.OutputDataReceived += (_, line) => azurite.Heard(line.Data);
        process.ErrorDataReceived += (_, line) => azurite.Heard(line.Data);
        process.Exited += (_, _) => azurite.OnExited(ended);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await azurite._ready.Task.WaitAsync(TimeSpan.FromSeconds(60), time, cancellation);
            return azurite;
        }
        catch (Exception e)
        {
            await azurite.DisposeAsync();
            throw e is TimeoutException ? new StartFailure($"Azurite did not start within a minute.{Environment.NewLine}{azurite._said}") : e;
        }
    }

    /// <summary>What clients of the blobs are made from.</summary>
    public LocalBlobs Blobs => new(_endpoints[0]);

    /// <summary>What clients of the tables are made from.</summary>
    public LocalTables Tables => new(_endpoints[2]);

    /// <summary>Lets Azurite save and end; kills it when it does not.</summary>
    public async ValueTask DisposeAsync()
    {
        _stopping = true;
        try
        {
            _process.StandardInput.Close();
            await _process.WaitForExitAsync().WaitAsync(StopWithin, _time);
        }
        catch (TimeoutException)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static string[] Arguments(string location, IReadOnlyList<int> ports) =>
    [
        AzuriteInstall.Script, "--location", location, "--silent", "--disableTelemetry", "--skipApiVersionCheck",
        "--blobPort", Text(ports[0]), "--queuePort", Text(ports[1]), "--tablePort", Text(ports[2]),
    ];

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);

    private void Heard(string? line)
    {
        if (line is null || _ready.Task.IsCompleted)
        {
            return;
        }

        lock (_said)
        {
            _said.AppendLine(line);
            if (Listening().Match(line) is { Success: true } match)
            {
                // In this order: blobs, queues, tables.
                _endpoints.Add(new(match.Groups[1].Value));
                if (_endpoints.Count == 3)
                {
                    _ready.TrySetResult(_endpoints);
                }
            }
        }
    }

    private void OnExited(Action<AzuriteProcess> ended)
    {
        if (_ready.Task.IsCompletedSuccessfully)
        {
            if (!_stopping)
            {
                ended(this);
            }

            return;
        }

        _process.WaitForExit();
        lock (_said)
        {
            var busy = Busy().Match(_said.ToString());
            _ready.TrySetException(new StartFailure(busy.Success
                ? BusyPort.Message((int.Parse(busy.Groups[1].Value, CultureInfo.InvariantCulture), "Azurite", null))
                : $"Azurite ended with {_process.ExitCode} instead of starting.{Environment.NewLine}{_said}"));
        }
    }

    [GeneratedRegex(@"successfully listening at (http://\S+)")]
    private static partial Regex Listening();

    [GeneratedRegex(@"EADDRINUSE.*:(\d+)")]
    private static partial Regex Busy();
}
