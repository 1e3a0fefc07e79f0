using System.Diagnostics.Metrics;
using Gateway.Configuration;
using Gateway.Releases;
using Gateway.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace Gateway.Tests.Releases;

/// <summary>An instance that was started with a file and follows releases in memory.</summary>
internal sealed class ReleaseWorld : ISnapshotCompiler, IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly SnapshotSource _snapshots = new();
    private readonly FakeLogCollector _log = new();
    private readonly MetricCollector<int> _broken;

    /// <param name="starts">False: nothing could be taken at the start.</param>
    public ReleaseWorld(bool starts = true)
    {
        var meters = _services.GetRequiredService<IMeterFactory>();
        var metrics = new ConfigMetrics(meters);
        Reloads = new(meters, "ServerlessGateway", "gateway.config.reloads");
        _broken = new(meters, "ServerlessGateway", "gateway.config.broken");
        WriteFile("file");
        Reloader = new(new(File, _ => null, []), this, _snapshots, metrics, new FakeLogger<ConfigReloader>(_log));
        if (starts)
        {
            Reloader.Start();
        }

        Followed = new(Blobs, Reloader, metrics, new StorageMetrics(meters), new FakeLogger<FollowedReleases>(_log));
    }

    public string File { get; } = Path.GetTempFileName();

    public FakeBlobs Blobs { get; } = new();

    public ConfigReloader Reloader { get; }

    public FollowedReleases Followed { get; }

    public MetricCollector<long> Reloads { get; }

    /// <summary>True: what compiles a configuration fails.</summary>
    public bool CannotCompile { get; set; }

    public GatewaySnapshot Snapshot => _snapshots.Current!;

    /// <summary>Which text serves.</summary>
    public string? Serves => Snapshot.Config.Routes["r"].Respond!.Text;

    public bool IsBroken
    {
        get
        {
            _broken.RecordObservableInstruments();
            return _broken.LastMeasurement!.Value == 1;
        }
    }

    public IEnumerable<string> Errors => _log.GetSnapshot().Where(line => line.Level >= LogLevel.Error).Select(line => line.Message);

    public IEnumerable<string> Lines => _log.GetSnapshot().Select(line => line.Message);

    public static string Config(string text) => $$"""
        version: 1
        routes: { r: { match: GET /, auth: anonymous, respond: { text: "{{text}}" } } }
        """;

    public void WriteFile(string text) => System.IO.File.WriteAllText(File, Config(text));

    public Task LookAsync() => Followed.LookAsync(TestContext.Current.CancellationToken);

    public GatewaySnapshot Compile(ConfigLoad load) => CannotCompile ? throw new InvalidOperationException("no") : new(load.Release, load.Config!, _ => Task.CompletedTask);

    public void Dispose()
    {
        _services.Dispose();
        System.IO.File.Delete(File);
    }
}
