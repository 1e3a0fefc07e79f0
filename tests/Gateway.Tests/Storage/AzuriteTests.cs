using Azure.Data.Tables;
using Gateway.Authentication.ApiKeys;
using Gateway.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Records;
using Tests.Shared;

namespace Gateway.Tests.Storage;

/// <summary>What the tables in memory cannot show: the types that come back over the wire, and real batches.</summary>
public sealed class AzuriteTests(Azurite azurite) : IClassFixture<Azurite>, IDisposable
{
    private readonly StorageWorld _world = new();
    private TableServiceClient Service => field ??= new(azurite.Connection, GatewayTables.ClientOptions());

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Read_RowWrittenOverTheWire_IsTheRecord()
    {
        var key = new KeyRecord
        {
            Id = $"{Guid.NewGuid():N}"[..10],
            Kind = ApiKeyKind.Test,
            Consumer = "alice",
            Scopes = ["a", "b"],
            Created = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000),
            Expires = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000),
            PepperVersion = 2,
            SecretHash = new byte[32],
        };
        await Service.CreateTableIfNotExistsAsync(KeyRecord.Table, TestContext.Current.CancellationToken);
        await Service.GetTableClient(KeyRecord.Table).UpsertEntityAsync(
            new TableEntity(key.ToRow()) { PartitionKey = key.Address.PartitionKey, RowKey = key.Address.RowKey }, TableUpdateMode.Replace, TestContext.Current.CancellationToken);

        var reading = await Source<KeyRecord>().ReadAsync(key.Id);

        Assert.Equivalent(key with { SecretHash = default }, reading.Record! with { SecretHash = default }, strict: true);
        Assert.Equal(new RecordReading<KeyRecord>(true, null), await Source<KeyRecord>().ReadAsync("notthere00"));
    }

    [Fact]
    public async Task LastUse_ABatchOfAHundred_IsWrittenAndRead()
    {
        var notes = new LastUseNotes(_world.Time);
        using var writer = new LastUseWriter(notes, Service, _world.Time, NullLogger<LastUseWriter>.Instance);
        var run = $"{Guid.NewGuid():N}"[..6];
        for (var key = 0; key < LastUseWriter.LargestBatch; key++)
        {
            notes.Note($"{run}{key:0000}");
        }

        Assert.True(await writer.WriteBatchAsync(TestContext.Current.CancellationToken));
        Assert.Equal(new(2026, 1, 1), (await Source<KeyUseRecord>().ReadAsync($"{run}0099")).Record!.Day);
    }

    private TableRecordSource<TRecord> Source<TRecord>()
        where TRecord : class, ITableRecord<TRecord> => new(Service, _world.Health, _world.Time, NullLogger<TableRecordSource<TRecord>>.Instance);
}
