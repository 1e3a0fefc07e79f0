using System.Diagnostics.Metrics;
using Gateway.Configuration;
using Gateway.Upstreams;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Tests.Configuration;

public sealed class ConfigReloaderTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly SnapshotSource _snapshots = new();
    private readonly FakeCompiler _compiler = new();
    private readonly FakeLogger<ConfigReloader> _logger = new();
    private readonly List<GatewayConfig> _told = [];
    private readonly ConfigReloader _reloader;
    private readonly IMeterFactory _meters;

    public ConfigReloaderTests()
    {
        _meters = _services.GetRequiredService<IMeterFactory>();
        _reloader = new(new(_path, _ => null, [new OwnMeshRule(new() { TrustDomain = "contoso.internal" })]) { Loaded = _told.Add }, _compiler, _snapshots, new(_meters), _logger);
        Write(1);
    }

    public void Dispose()
    {
        _services.Dispose();
        File.Delete(_path);
    }

    [Fact]
    public void Start_BrokenFile_ThrowsWithEveryMistake()
    {
        File.WriteAllText(_path, "version: 2\nserivces: {}\n");

        var thrown = Assert.Throws<ConfigException>(_reloader.Start);

        Assert.Contains(thrown.Errors, error => error.Mend.Contains("'services'", StringComparison.Ordinal));
        Assert.Contains(_path, thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Poll_OtherMesh_IsRefusedAtItsPlace()
    {
        _reloader.Start();
        File.WriteAllText(_path, "version: 1\nmesh: { trustDomain: fabrikam.internal }\n");

        Assert.False(_reloader.Poll());

        Assert.Contains(_logger.Collector.GetSnapshot(), line => line.Message.StartsWith($"{_path}:2:22: mesh.trustDomain: This process is a member of contoso.internal, not of 'fabrikam.internal'.", StringComparison.Ordinal));
    }

    [Fact]
    public void Poll_ChangedFile_SwapsTheSnapshot()
    {
        _reloader.Start();
        var before = _snapshots.Current;
        Write(2);

        Assert.True(_reloader.Poll());

        Assert.NotEqual(before!.Release, _snapshots.Current!.Release);
        Assert.False(_reloader.Poll());
    }

    [Fact]
    public void Loaded_IsToldWhatServesFromNowOn_AndNothingElse()
    {
        _reloader.Start();
        Write(2);
        _reloader.Poll();
        _reloader.Poll();
        File.WriteAllText(_path, "version: [");
        _reloader.Poll();

        Assert.Equal(2, _told.Count);
        Assert.Same(_snapshots.Current!.Config, _told[^1]);
    }

    [Theory]
    [InlineData("version: [")]
    [InlineData("")]
    [InlineData("version: 1\nroutes: { r: { forward: nobody } }")]
    public void Poll_BrokenFile_KeepsTheOldAndSaysSoOnce(string broken)
    {
        var reloads = new MetricCollector<long>(_meters, "ServerlessGateway", "gateway.config.reloads");
        _reloader.Start();
        var before = _snapshots.Current;
        File.WriteAllText(_path, broken);

        Assert.False(_reloader.Poll());
        var said = _logger.Collector.Count;
        Assert.False(_reloader.Poll());

        Assert.Same(before, _snapshots.Current);
        Assert.True(said > 1);
        Assert.Equal(said, _logger.Collector.Count);
        Assert.Equal(["loaded", "refused"], reloads.GetMeasurementSnapshot().Select(measured => measured.Tags["outcome"]));
    }

    [Fact]
    public void Poll_MissingFileAndBackAgain_ServesOn()
    {
        var broken = new MetricCollector<int>(_meters, "ServerlessGateway", "gateway.config.broken");
        _reloader.Start();
        var before = _snapshots.Current;
        File.Delete(_path);

        Assert.False(_reloader.Poll());
        broken.RecordObservableInstruments();
        Assert.Equal(1, broken.LastMeasurement!.Value);

        Write(1);
        Assert.False(_reloader.Poll());
        broken.RecordObservableInstruments();
        Assert.Equal(0, broken.LastMeasurement!.Value);
        Assert.Same(before, _snapshots.Current);
    }

    [Fact]
    public void Poll_CompileThrows_KeepsTheOldAndTriesAgain()
    {
        _reloader.Start();
        var before = _snapshots.Current;
        Write(2);
        _compiler.Fault = new InvalidOperationException("no");

        Assert.False(_reloader.Poll());
        Assert.Same(before, _snapshots.Current);

        _compiler.Fault = null;
        Assert.True(_reloader.Poll());
    }

    [Fact]
    public async Task Poll_ThousandReloads_EveryReaderSeesOneWholeSnapshot()
    {
        _reloader.Start();
        using var stop = new CancellationTokenSource();
        var reads = 0L;
        var readers = Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                var snapshot = _snapshots.Current!;
                Assert.Equal(FakeCompiler.Mark(snapshot.Release), snapshot.Config.Routes["r"].Respond!.Text + snapshot.Release);
                Interlocked.Increment(ref reads);
            }
        })).ToArray();

        for (var number = 2; number <= 1001; number++)
        {
            Write(number);
            Assert.True(_reloader.Poll());
            Assert.Equal($"{number}", _snapshots.Current!.Config.Routes["r"].Respond!.Text);
        }

        await stop.CancelAsync();
        await Task.WhenAll(readers);
        Assert.True(reads > 0);
    }

    [Fact]
    public async Task Watcher_FileChanges_IsSeenAtTheNextTick()
    {
        var time = new FakeTimeProvider();
        using var watcher = new ConfigWatcher(_reloader, time);
        await watcher.StartAsync(TestContext.Current.CancellationToken);
        var before = _snapshots.Current!.Release;
        Write(2);

        var swapped = _compiler.Next();
        while (!swapped.IsCompleted)
        {
            time.Advance(TimeSpan.FromMilliseconds(500));
            await Task.Yield();
        }

        Assert.NotEqual(before, await swapped);
        await watcher.StopAsync(TestContext.Current.CancellationToken);
    }

    private void Write(int number) => File.WriteAllText(_path, $$"""
        version: 1
        routes: { r: { match: GET /, auth: anonymous, respond: { text: "{{number}}" } } }
        """);

    private sealed class FakeCompiler : ISnapshotCompiler
    {
        private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, string> _texts = new();
        private TaskCompletionSource<string>? _next;

        public Exception? Fault { get; set; }

        public static string Mark(string release) => _texts[release] + release;

        public Task<string> Next() => (_next = new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

        public GatewaySnapshot Compile(ConfigLoad load)
        {
            if (Fault is not null)
            {
                throw Fault;
            }

            _texts[load.Release] = load.Config!.Routes["r"].Respond!.Text!;
            _next?.TrySetResult(load.Release);
            return new(load.Release, load.Config, _ => Task.CompletedTask);
        }
    }
}
