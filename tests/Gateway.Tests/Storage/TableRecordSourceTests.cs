using Azure.Data.Tables;
using Gateway.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Records;
using Tests.Shared;

namespace Gateway.Tests.Storage;

public sealed class TableRecordSourceTests : IDisposable
{
    private readonly StorageWorld _world = new();
    private readonly FakeTables _tables = new();
    private readonly FakeLogger<TableRecordSource<ConsumerRecord>> _log = new();
    private readonly TableRecordSource<ConsumerRecord> _source;

    public TableRecordSourceTests() => _source = new(_tables, _world.Health, _world.Time, _log);

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Read_WhatTheControlPlaneWrote_IsTheRecord()
    {
        Plant(new() { Name = "entra:a/b", Plan = "gold", Groups = ["x", "y"], Created = DateTimeOffset.UnixEpoch });

        var reading = await _source.ReadAsync("entra:a/b");

        Assert.True(reading.IsAnswered);
        Assert.Equal(("gold", 2), (reading.Record!.Plan, reading.Record.Groups.Count));
    }

    [Fact]
    public async Task Read_NoRowOrNoTable_IsAnsweredWithNothing() =>
        Assert.Equal(new RecordReading<ConsumerRecord>(true, null), await _source.ReadAsync("nobody"));

    [Fact]
    public async Task Read_StorageAway_IsNoAnswer()
    {
        _tables.IsAway = true;

        Assert.Equal(RecordReading<ConsumerRecord>.Away, await _source.ReadAsync("alice"));
    }

    [Fact]
    public async Task Read_StorageSilent_GivesUpAfterTwoSeconds()
    {
        _tables.IsSilent = true;

        var reading = _source.ReadAsync("alice");
        Assert.False(reading.IsCompleted);
        _world.Time.Advance(GatewayTables.ReadTimeout);

        Assert.Equal(RecordReading<ConsumerRecord>.Away, await reading);
    }

    [Fact]
    public async Task Read_StorageSilent_OnlyTheFirstReadWaits()
    {
        _tables.IsSilent = true;
        var first = _source.ReadAsync("alice");
        _world.Time.Advance(GatewayTables.ReadTimeout);
        await first;

        var second = _source.ReadAsync("bob");

        Assert.True(second.IsCompleted);
        Assert.Equal(1, _tables.Calls);
    }

    [Fact]
    public async Task Read_StorageKnownToBeAway_IsNotAskedAgainForASecond()
    {
        _tables.IsAway = true;
        await _source.ReadAsync("a");
        await _source.ReadAsync("b");
        var calls = _tables.Calls;

        await _source.ReadAsync("c");
        Assert.Equal(calls, _tables.Calls);

        _tables.IsAway = false;
        _world.Pass(1);
        Assert.True((await _source.ReadAsync("d")).IsAnswered);
        Assert.True((await _source.ReadAsync("e")).IsAnswered);
    }

    [Fact]
    public async Task Read_DamagedRow_IsNoAnswerAndNamesRowAndColumn()
    {
        var row = Row(new() { Name = "alice", Created = DateTimeOffset.UnixEpoch });
        row["Suspended"] = "perhaps";
        _tables["consumers"].Plant(row);

        var reading = await _source.ReadAsync("alice");

        Assert.Equal(RecordReading<ConsumerRecord>.Away, reading);
        Assert.Equal(LogLevel.Error, _log.LatestRecord.Level);
        Assert.Contains($"{row.PartitionKey}/consumer, column Suspended", _log.LatestRecord.Message, StringComparison.Ordinal);
        Assert.False(_world.Health.IsAway);
    }

    private void Plant(ConsumerRecord record) => _tables["consumers"].Plant(Row(record));

    private static TableEntity Row(ConsumerRecord record) =>
        new(record.ToRow()) { PartitionKey = record.Address.PartitionKey, RowKey = record.Address.RowKey };
}
