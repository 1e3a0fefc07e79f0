using Gateway.Storage;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Records;

namespace Gateway.Tests.Storage;

public sealed class RecordCacheTests : IDisposable
{
    private static readonly TimeSpan StaleFor = TimeSpan.FromMinutes(5);

    private readonly StorageWorld _world = new();
    private readonly FakeSource<ConsumerRecord> _source = new();
    private readonly RecordCache<ConsumerRecord, ConsumerRecord> _cache;

    public RecordCacheTests() => _cache = new(_source, static record => record, _world.Time, _world.Metrics);

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Find_WithinTwoSeconds_ReadsOnce()
    {
        Write("alice", "gold");

        await FindAsync("alice");
        _world.Pass(1.9);
        var lookup = await FindAsync("alice");

        Assert.Equal("gold", lookup.Record!.Plan);
        Assert.Equal(1, _source.Reads);
    }

    [Fact]
    public async Task Find_BetweenTwoAndThreeSeconds_AnswersAtOnceAndReadsBehind()
    {
        Write("alice", "gold");
        await FindAsync("alice");
        Write("alice", "free");
        var gate = new TaskCompletionSource();
        _source.Gate = gate.Task;
        _world.Pass(2.5);

        var during = await FindAsync("alice");
        gate.SetResult();
        var after = await FindUntilAsync(record => record?.Plan == "free");

        Assert.Equal("gold", during.Record!.Plan);
        Assert.Equal("free", after!.Plan);
        Assert.Equal(2, _source.Reads);
    }

    [Fact]
    public async Task Find_AfterThreeSeconds_SeesTheChange()
    {
        Write("alice", "gold");
        await FindAsync("alice");
        Write("alice", "free");
        _world.Pass(3);

        Assert.Equal("free", (await FindAsync("alice")).Record!.Plan);
    }

    [Fact]
    public async Task Find_AgeCountsFromTheQuestion_NotFromTheAnswer()
    {
        Write("alice", "gold");
        var gate = new TaskCompletionSource();
        _source.Gate = gate.Task;
        var first = FindAsync("alice").AsTask();
        _world.Pass(2);
        gate.SetResult();
        await first;
        Write("alice", "free");
        _world.Pass(1);

        Assert.Equal("free", (await FindAsync("alice")).Record!.Plan);
    }

    [Fact]
    public async Task Find_ByManyAtOnce_ReadsOnce()
    {
        Write("alice", "gold");
        var gate = new TaskCompletionSource();
        _source.Gate = gate.Task;

        var waiting = Enumerable.Range(0, 100).Select(_ => FindAsync("alice").AsTask()).ToList();
        gate.SetResult();
        var lookups = await Task.WhenAll(waiting);

        Assert.All(lookups, lookup => Assert.Equal("gold", lookup.Record!.Plan));
        Assert.Equal(1, _source.Reads);
    }

    [Fact]
    public async Task Find_CallerGivesUp_OthersStillGetTheAnswer()
    {
        Write("alice", "gold");
        var gate = new TaskCompletionSource();
        _source.Gate = gate.Task;
        using var gone = new CancellationTokenSource();

        var impatient = _cache.FindAsync("alice", StaleFor, gone.Token).AsTask();
        var patient = FindAsync("alice").AsTask();
        await gone.CancelAsync();
        gate.SetResult();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        Assert.Equal("gold", (await patient).Record!.Plan);
    }

    [Fact]
    public async Task Find_Missing_IsRememberedForThreeSecondsOnly()
    {
        await FindAsync("alice");
        Write("alice", "gold");
        var soon = await FindAsync("alice");
        _world.Pass(3);
        var later = await FindAsync("alice");

        Assert.Equal(RecordLookup<ConsumerRecord>.Missing, soon);
        Assert.Equal("gold", later.Record!.Plan);
        Assert.Equal(2, _source.Reads);
    }

    [Fact]
    public async Task Find_RemovedRecord_IsMissingAndStaysSoWhileStorageIsAway()
    {
        Write("alice", "gold");
        await FindAsync("alice");
        _source.Records.Clear();
        _world.Pass(3);
        var removed = await FindAsync("alice");
        _source.IsAway = true;
        _world.Pass(3);
        var away = await FindAsync("alice");

        Assert.Equal(RecordLookup<ConsumerRecord>.Missing, removed);
        Assert.Equal(RecordLookup<ConsumerRecord>.Unavailable, away);
    }

    [Fact]
    public async Task Find_StorageAway_KnownIsGoodForStaleForAndCounted()
    {
        using var stale = new MetricCollector<long>(_world.Meters, "ServerlessGateway", "gateway.storage.stale");
        Write("alice", "gold");
        await FindAsync("alice");
        _source.IsAway = true;

        _world.Pass(299);
        var before = await FindAsync("alice");
        _world.Pass(1);
        var after = await FindAsync("alice");

        Assert.Equal("gold", before.Record!.Plan);
        Assert.Equal(RecordLookup<ConsumerRecord>.Unavailable, after);
        Assert.Equal("consumers", Assert.Single(stale.GetMeasurementSnapshot()).Tags["table"]);
    }

    [Fact]
    public async Task Find_StorageAwayAndStaleForZero_IsUnavailableOnceNotFresh()
    {
        Write("alice", "gold");
        await _cache.FindAsync("alice", TimeSpan.Zero, TestContext.Current.CancellationToken);
        _source.IsAway = true;

        var fresh = await _cache.FindAsync("alice", TimeSpan.Zero, TestContext.Current.CancellationToken);
        _world.Pass(3);
        var old = await _cache.FindAsync("alice", TimeSpan.Zero, TestContext.Current.CancellationToken);

        Assert.Equal("gold", fresh.Record!.Plan);
        Assert.Equal(RecordLookup<ConsumerRecord>.Unavailable, old);
    }

    [Fact]
    public async Task Find_UnknownWhileAway_IsUnavailableAndNotRemembered()
    {
        Write("alice", "gold");
        _source.IsAway = true;
        var away = await FindAsync("alice");
        _source.IsAway = false;
        var back = await FindAsync("alice");

        Assert.Equal(RecordLookup<ConsumerRecord>.Unavailable, away);
        Assert.Equal("gold", back.Record!.Plan);
    }

    [Fact]
    public async Task Find_FloodOfInventedNames_StaysBoundedAndPushesNoRecordOut()
    {
        Write("alice", "gold");
        await FindAsync("alice");

        for (var name = 0; name < RecordCache<ConsumerRecord, ConsumerRecord>.Capacity + 5_000; name++)
        {
            await FindAsync($"invented-{name}");
        }

        _source.IsAway = true;
        Assert.InRange(_cache.Count, 1, RecordCache<ConsumerRecord, ConsumerRecord>.Capacity + 1);
        Assert.Equal("gold", (await FindAsync("alice")).Record!.Plan);
    }

    private void Write(string name, string plan) =>
        _source.Records[name] = new() { Name = name, Plan = plan, Created = DateTimeOffset.UnixEpoch };

    private ValueTask<RecordLookup<ConsumerRecord>> FindAsync(string name) => _cache.FindAsync(name, StaleFor, TestContext.Current.CancellationToken);

    // The read behind ends on another thread; asking again joins it or sees what it brought.
    private async Task<ConsumerRecord?> FindUntilAsync(Func<ConsumerRecord?, bool> isDone)
    {
        while (true)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            if ((await FindAsync("alice")).Record is var record && isDone(record))
            {
                return record;
            }

            await Task.Yield();
        }
    }
}
