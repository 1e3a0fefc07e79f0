using Gateway.Storage;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;

namespace Gateway.Tests.Storage;

public sealed class StorageHealthTests : IDisposable
{
    private readonly StorageWorld _world = new();

    private StorageHealth Health => _world.Health;

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Failed_Once_StillAsks()
    {
        Health.Failed("keys", new IOException());

        Assert.False(Health.IsAway);
        Assert.True(Health.MayAsk());
    }

    [Fact]
    public void Failed_OnceBetweenAnswers_IsNoOutage()
    {
        Health.Failed("keys", new IOException());
        Health.Answered("keys");
        Health.Failed("keys", new IOException());

        Assert.False(Health.IsAway);
        Assert.Equal(0, _world.Log.Collector.Count);
    }

    [Theory]
    [MemberData(nameof(TimeOuts))]
    public void Failed_ByTimeOut_IsAnOutageAtOnce(Exception timeOut)
    {
        Health.Failed("keys", timeOut);

        Assert.False(Health.MayAsk());
        Assert.StartsWith("Storage is lost", Assert.Single(_world.Log.Collector.GetSnapshot()).Message, StringComparison.Ordinal);
    }

    public static TheoryData<Exception> TimeOuts { get; } =
    [
        new TimeoutException(),
        new TaskCanceledException("The operation was cancelled because it exceeded the configured timeout."),
        new AggregateException(new IOException(), new TaskCanceledException()),
    ];

    [Fact]
    public void Failed_Twice_AsksOnceASecond()
    {
        Lose();

        Assert.False(Health.MayAsk());
        _world.Pass(1);
        Assert.True(Health.MayAsk());
        Assert.False(Health.MayAsk());
    }

    [Fact]
    public void LostAndBack_AreSaidOnceEach()
    {
        Lose();
        Lose();
        Health.Answered("keys");
        Health.Answered("keys");

        Assert.Equal(
            ["Storage is lost (table keys): cached keys go on for as long as keys.staleFor says, limits spend what they hold and then do what whenUnavailable says.", "Storage is back."],
            _world.Log.Collector.GetSnapshot().Select(line => line.Message));
        Assert.True(Health.MayAsk());
    }

    [Fact]
    public void Reads_AreCountedByTableAndOutcome()
    {
        using var reads = new MetricCollector<long>(_world.Meters, "ServerlessGateway", "gateway.storage.reads");

        Health.Answered("keys");
        Health.Failed("consumers", new IOException());

        Assert.Equal(
            [("keys", "answered"), ("consumers", "failed")],
            reads.GetMeasurementSnapshot().Select(read => ((string)read.Tags["table"]!, (string)read.Tags["outcome"]!)));
    }

    private void Lose()
    {
        Health.Failed("keys", new IOException());
        Health.Failed("keys", new IOException());
    }
}
