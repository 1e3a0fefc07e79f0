using Benchmarks.Scale;
using Gateway.Authentication.ApiKeys;
using Gateway.Storage;
using Records;

namespace Gateway.Tests.Storage;

/// <summary>That the model behind docs/scale.md reads and writes records as often as the real cache and the real notes do.</summary>
public sealed class ScaleOfRecordsTests : IDisposable
{
    private const double Close = 1.1;

    private readonly StorageWorld _world = new();
    private readonly Random _random = new(1);

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData(1, 10)]
    [InlineData(1_000, 100)]
    [InlineData(100_000, 30_000)]
    public async Task Reads_OfOneInstance_AreTheModels(int consumers, double perSecond)
    {
        var source = new FakeSource<ConsumerRecord>();
        var cache = new RecordCache<ConsumerRecord, ConsumerRecord>(source, static record => record, _world.Time, _world.Metrics);
        for (var consumer = 0; consumer < consumers; consumer++)
        {
            source.Records[$"c{consumer}"] = new() { Name = $"c{consumer}", Created = default };
        }

        var seconds = await AskAsync(100_000, consumers, perSecond, async name => await cache.FindAsync(name, TimeSpan.FromMinutes(5), CancellationToken.None));

        AssertClose(ModelOf(consumers, perSecond)[ConsumerRecord.Table].Reads, source.Reads / seconds);
    }

    [Fact]
    public async Task Notes_OfMoreKeysThanAreRemembered_AreTheModels()
    {
        var notes = new LastUseNotes(_world.Time);
        var noted = 0;

        var seconds = await AskAsync(45_000, 100_000, 30_000, name =>
        {
            notes.Note(name);
            noted += notes.Waiting.TryRead(out _) ? 1 : 0;
            return Task.CompletedTask;
        });

        AssertClose(ModelOf(100_000, 30_000)[KeyUseRecord.Table].Entities, noted / seconds);
    }

    private async Task<double> AskAsync(int requests, int consumers, double perSecond, Func<string, Task> ask)
    {
        for (var request = 0; request < requests; request++)
        {
            _world.Pass(-Math.Log(1 - _random.NextDouble()) / perSecond);
            await ask($"c{_random.Next(consumers)}");
        }

        return requests / perSecond;
    }

    private static StorageModel ModelOf(int consumers, double perSecond) =>
        StorageModel.Of(new() { Instances = 1, Consumers = consumers, PerSecond = perSecond, Limit = 600 });

    private static void AssertClose(double modelled, double counted) =>
        Assert.True(Math.Max(modelled / counted, counted / modelled) <= Close, FormattableString.Invariant($"{modelled:0.0} a second by the model, {counted:0.0} counted."));
}
