using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace Tests.Shared;

/// <summary>
/// An Azurite for the tests of one class, everything in memory and on free ports. It ends with the class, and with the test process,
/// however that ends. Where it is not installed, the tests that ask for it are skipped.
/// </summary>
public sealed partial class Azurite : IAsyncLifetime
{
    // The same everywhere and documented; they protect nothing.
    private const string Account = "devstoreaccount1";
    private const string AccountKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    // Far beyond what it takes: the bound is for a broken installation, not a promise of speed.
    private static readonly TimeSpan GiveUp = TimeSpan.FromSeconds(60);

    private readonly TaskCompletionSource<string> _blobs = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<string> _tables = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StringBuilder _said = new();
    private Process? _process;
    private string? _connection;

    /// <summary>Connection string of its tables and blobs; skips the test where Azurite is not installed.</summary>
    public string Connection
    {
        get
        {
            Assert.SkipWhen(_connection is null, "Azurite is not installed: run `npm ci` at the top of the repository, as scripts/test does.");
            return _connection;
        }
    }

    public async ValueTask InitializeAsync()
    {
        var root = Root();
        var script = Path.Combine(root, "node_modules", "azurite", "dist", "src", "azurite.js");
        if (!File.Exists(script))
        {
            return;
        }

        // It watches its standard input, which closes when this process is gone.
        var watchdog = Path.Combine(root, "functions", "LocalHost", "Storage", "stop-with-parent.cjs");
        string[] arguments = ["--require", watchdog, script, "--inMemoryPersistence", "--silent", "--disableTelemetry", "--skipApiVersionCheck", "--blobPort", "0", "--queuePort", "0", "--tablePort", "0"];
        _process = new Process
        {
            StartInfo = new("node", arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true },
            EnableRaisingEvents = true,
        };
        _process.OutputDataReceived += (_, line) => Heard(line.Data);
        _process.ErrorDataReceived += (_, line) => Heard(line.Data);
        _process.Exited += (_, _) => Ended();
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        _connection = $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={AccountKey};BlobEndpoint={await ListeningAsync(_blobs)}{Account};TableEndpoint={await ListeningAsync(_tables)}{Account};";
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }

    private async Task<string> ListeningAsync(TaskCompletionSource<string> service)
    {
        try
        {
            return await service.Task.WaitAsync(GiveUp, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            await DisposeAsync();
            throw new InvalidOperationException($"Azurite did not start.\n{Said}");
        }
    }

    private void Heard(string? line)
    {
        lock (_said)
        {
            _said.AppendLine(line);
        }

        if (Listening().Match(line ?? "") is { Success: true } match)
        {
            (match.Groups[1].Value == "Blob" ? _blobs : _tables).TrySetResult(match.Groups[2].Value.TrimEnd('/') + "/");
        }
    }

    private void Ended()
    {
        var ended = new InvalidOperationException($"Azurite ended instead of starting.\n{Said}");
        _blobs.TrySetException(ended);
        _tables.TrySetException(ended);
    }

    private string Said
    {
        get
        {
            lock (_said)
            {
                return _said.ToString();
            }
        }
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ServerlessGateway.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("ServerlessGateway.sln was not found above the tests.");
    }

    [GeneratedRegex(@"(Blob|Table) service is successfully listening at (http://\S+)")]
    private static partial Regex Listening();
}
