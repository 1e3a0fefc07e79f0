using ControlPlane.Storage;
using ControlPlane.Tests.Management;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Records;
using Tests.Shared;

namespace ControlPlane.Tests.Storage;

/// <summary>A write whose answer is lost may have happened: the store finds out.</summary>
public sealed class AmbiguousWriteTests
{
    private static readonly ConsumerRecord Alice = new() { Name = "alice", Created = DateTimeOffset.UnixEpoch };

    private readonly FakeTables _tables = new();
    private readonly TableRecordStore<ConsumerRecord> _store;

    public AmbiguousWriteTests() => _store = new(_tables, NullLogger<TableRecordStore<ConsumerRecord>>.Instance);

    private FakeTable Table => _tables["consumers"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Add_AnswerLost_IsTrue()
    {
        await Table.CreateIfNotExistsAsync(Cancellation);
        Table.LosesNextAnswer = true;

        Assert.True(await _store.TryAddAsync(Alice, Cancellation));
    }

    [Fact]
    public async Task Add_WriteLost_IsAway()
    {
        await Table.CreateIfNotExistsAsync(Cancellation);
        Table.LosesNextWrite = true;

        await Assert.ThrowsAsync<StorageAwayException>(() => _store.TryAddAsync(Alice, Cancellation));
    }

    [Fact]
    public async Task Add_WriteLostAndAnotherWasQuicker_IsFalse()
    {
        await _store.TryAddAsync(Alice, Cancellation);
        Table.LosesNextWrite = true;

        Assert.False(await _store.TryAddAsync(Alice, Cancellation));
    }

    [Fact]
    public async Task Replace_AnswerLost_IsTrue()
    {
        var tag = await AddAsync();
        Table.LosesNextAnswer = true;

        Assert.True(await _store.TryReplaceAsync(Alice with { Plan = "gold" }, tag, Cancellation));
        Assert.Equal("gold", (await _store.FindAsync("alice", Cancellation))!.Record.Plan);
    }

    [Fact]
    public async Task Replace_WriteLost_IsAway()
    {
        var tag = await AddAsync();
        Table.LosesNextWrite = true;

        await Assert.ThrowsAsync<StorageAwayException>(() => _store.TryReplaceAsync(Alice with { Plan = "gold" }, tag, Cancellation));
    }

    [Fact]
    public async Task ReplaceAndRemove_WriteLostAndAnotherWasQuicker_AreFalse()
    {
        var tag = await AddAsync();
        await _store.TryReplaceAsync(Alice with { Plan = "other" }, tag, Cancellation);

        Table.LosesNextWrite = true;
        Assert.False(await _store.TryReplaceAsync(Alice with { Plan = "gold" }, tag, Cancellation));
        Table.LosesNextWrite = true;
        Assert.False(await _store.TryRemoveAsync(Alice, tag, Cancellation));
    }

    [Fact]
    public async Task Remove_AnswerLost_IsTrue()
    {
        var tag = await AddAsync();
        Table.LosesNextAnswer = true;

        Assert.True(await _store.TryRemoveAsync(Alice, tag, Cancellation));
    }

    [Fact]
    public async Task Remove_WriteLost_IsAway()
    {
        var tag = await AddAsync();
        Table.LosesNextWrite = true;

        await Assert.ThrowsAsync<StorageAwayException>(() => _store.TryRemoveAsync(Alice, tag, Cancellation));
    }

    [Fact]
    public async Task List_DamagedRow_IsLeftOutAndLogged()
    {
        using var log = new LogLines();
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(log));
        var store = new TableRecordStore<ConsumerRecord>(_tables, factory.CreateLogger<TableRecordStore<ConsumerRecord>>());
        await AddAsync();
        Table.Plant(new(Table.Rows[0].ToDictionary()) { PartitionKey = "p", RowKey = "r", ["FormatVersion"] = 99 });

        var names = new List<string>();
        await foreach (var record in store.ListAsync(Cancellation))
        {
            names.Add(record.Name);
        }

        Assert.Equal(["alice"], names);
        Assert.Contains(log.Lines, line => line.Contains("p/r, column FormatVersion", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Find_DamagedRow_SaysWhichRowAndColumn()
    {
        await AddAsync();
        Table.Plant(new(Table.Rows[0].ToDictionary()) { ["Suspended"] = 1 });

        var damaged = await Assert.ThrowsAsync<DamagedRecordException>(() => _store.FindAsync("alice", Cancellation));

        Assert.Contains("column Suspended", damaged.Message, StringComparison.Ordinal);
    }

    private async Task<string> AddAsync()
    {
        await _store.TryAddAsync(Alice, Cancellation);
        return (await _store.FindAsync("alice", Cancellation))!.Tag;
    }
}
