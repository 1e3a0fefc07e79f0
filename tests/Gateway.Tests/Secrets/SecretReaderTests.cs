using Gateway.Configuration;
using Gateway.Secrets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Tests.Secrets;

public sealed class SecretReaderTests : IDisposable
{
    private static readonly TimeSpan Refresh = TimeSpan.FromMinutes(5);

    private readonly FakeTimeProvider _time = new();
    private readonly FakeVault _vault = new();
    private readonly SnapshotSource _snapshots = new();
    private readonly FakeLogger<SecretReading> _logger = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly MetricCollector<long> _reads;
    private readonly SecretShelf _shelf;
    private readonly SecretReader _reader;

    public SecretReaderTests()
    {
        var meters = _services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>();
        _reads = new(meters, "ServerlessGateway", "gateway.secrets.reads");
        _shelf = new(_vault);
        _reader = new(_shelf, new(_shelf, new(meters), _time, _logger), new(Refresh, new Random(1)), _snapshots, _time);
        _vault.Values["a"] = "first";
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _reads.Dispose();
        _reader.Dispose();
        _services.Dispose();
    }

    [Fact]
    public async Task Read_OfWhatIsWanted_OnceAndAgainWhenItIsTime()
    {
        Want("a");

        var wait = await _reader.ReadDueAsync(Stop);
        await _reader.ReadDueAsync(Stop);

        Assert.Equal("first", _shelf.Get("a").Read());
        Assert.Equal(["a"], _vault.Asked);
        Assert.InRange(wait, Refresh * 0.8, Refresh);
        _time.Advance(wait);
        await _reader.ReadDueAsync(Stop);
        Assert.Equal(["a", "a"], _vault.Asked);
        Assert.Equal(["changed", "same"], Outcomes());
    }

    [Fact]
    public async Task Read_OfWhatChanged_IsTakenOver_AndSaidWithoutTheValue()
    {
        await ReadAsync("a");
        _vault.Values["a"] = "second";

        await ReadAgainAsync();

        Assert.Equal("second", _shelf.Get("a").Read());
        Assert.Contains(_logger.Collector.GetSnapshot(), line => line.Message.Contains("secret a has changed", StringComparison.Ordinal));
        Assert.DoesNotContain(_logger.Collector.GetSnapshot(), line => line.Message.Contains("first", StringComparison.Ordinal) || line.Message.Contains("second", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null, SecretFault.Missing), InlineData("", SecretFault.Empty), InlineData("  ", SecretFault.Empty)]
    [InlineData("line\n", SecretFault.Unprintable), InlineData("a\r\nX-Evil: 1", SecretFault.Unprintable), InlineData("\u0001", SecretFault.Unprintable), InlineData("\u007f", SecretFault.Unprintable), InlineData("café", SecretFault.Unprintable)]
    internal async Task Read_OfWhatCannotBeUsed_KeepsTheLast_AndSaysItOnce(string? value, SecretFault fault)
    {
        await ReadAsync("a");
        _vault.Values.Remove("a", out _);
        if (value is not null)
        {
            _vault.Values["a"] = value;
        }

        await ReadAgainAsync();
        await ReadAgainAsync();

        Assert.Equal(("first", fault), (_shelf.Get("a").Read(), _shelf.Get("a").Fault));
        Assert.Single(_logger.Collector.GetSnapshot(), line => line.Level == LogLevel.Warning);
        Assert.Equal(["changed", EnumNames.Kebab(fault.ToString()), EnumNames.Kebab(fault.ToString())], Outcomes());
    }

    [Fact]
    public async Task Read_WhileTheVaultIsAway_KeepsTheLast_AndSaysOnceThatItIsAwayAndBack()
    {
        await ReadAsync("a");
        _vault.Fault = new InvalidOperationException("away");

        await ReadAgainAsync();
        await ReadAgainAsync();
        Assert.Equal("first", _shelf.Get("a").Read());
        _vault.Fault = null;
        await ReadAgainAsync();

        Assert.Null(_shelf.Get("a").Fault);
        Assert.Equal([LogLevel.Information, LogLevel.Warning, LogLevel.Information], _logger.Collector.GetSnapshot().Select(line => line.Level));
    }

    [Fact]
    public async Task Read_ThatFailed_IsTriedAgainSoon_ThenLessOften()
    {
        _vault.Values.Clear();
        Want("a");
        var waits = new List<TimeSpan>();

        for (var attempt = 0; attempt < 8; attempt++)
        {
            waits.Add(await _reader.ReadDueAsync(Stop));
            _time.Advance(waits[^1]);
        }

        Assert.InRange(waits[0], TimeSpan.FromSeconds(0.8), TimeSpan.FromSeconds(1));
        Assert.InRange(waits[7], TimeSpan.FromSeconds(25), TimeSpan.FromSeconds(32));
        Assert.Equal(8, _vault.Asked.Count);
    }

    [Fact]
    public async Task Read_OfAVaultThatHangs_IsGivenUp()
    {
        _vault.Gate = new TaskCompletionSource().Task;
        Want("a");

        var reading = _reader.ReadDueAsync(Stop);
        await _vault.WasAsked;
        Assert.False(reading.IsCompleted);
        _time.Advance(SecretReading.Bound);
        await reading;

        Assert.Equal(SecretFault.Unreadable, _shelf.Get("a").Fault);
    }

    [Fact]
    public async Task Read_OfWhatNothingNamesAnyMore_Ends()
    {
        await ReadAsync("a");
        Want("b");
        _vault.Values["b"] = "b";

        await ReadAgainAsync();

        Assert.Equal(["a", "b"], _vault.Asked);
    }

    [Fact]
    public async Task Read_OfWhatServes_GoesOnWhileAnotherIsTried()
    {
        await ReadAsync("a");
        _snapshots.Current = new("r", new() { Version = 1 }, _ => Task.CompletedTask) { Secrets = _shelf.Take([Reference("a")]) };
        Want("b");

        await ReadAgainAsync();

        Assert.Equal(["a", "a", "b"], _vault.Asked.Order());
    }

    [Fact]
    public async Task Run_ReadsWhatIsAskedForAnew_WithoutWaiting_AndAgainInTime()
    {
        await _reader.StartAsync(Stop);
        Assert.Empty(_vault.Asked);

        Want("a");
        await _reads.WaitForMeasurementsAsync(1, Stop);
        _vault.Values["b"] = "b";
        Want("b");
        await _reads.WaitForMeasurementsAsync(2, Stop);
        while (_vault.Asked.Count < 3)
        {
            _time.Advance(Refresh);
            await Task.Yield();
        }

        Assert.Equal("b", _shelf.Get("b").Read());
        await _reader.StopAsync(Stop);
    }

    [Fact]
    public async Task Run_WithoutAVault_EndsAtOnce()
    {
        using var reader = new SecretReader(new SecretShelf(), null!, null!, _snapshots, _time);

        await reader.StartAsync(Stop);

        await reader.ExecuteTask!;
    }

    private static SecretReference Reference(string name) => new(name, ["services", "s", "headers", "set", "x"], "gateway.yaml", new(1, 1));

    private void Want(string name) => Assert.Throws<SecretsLackException>(() => _shelf.Take([Reference(name)]));

    private async Task ReadAsync(string name)
    {
        Want(name);
        await _reader.ReadDueAsync(Stop);
    }

    private Task<TimeSpan> ReadAgainAsync()
    {
        _time.Advance(Refresh);
        return _reader.ReadDueAsync(Stop);
    }

    private IEnumerable<object?> Outcomes() => _reads.GetMeasurementSnapshot().Select(measured => measured.Tags["outcome"]);
}
