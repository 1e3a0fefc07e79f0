using System.Globalization;
using Azure.Data.Tables;
using ControlPlane.Storage;
using Records;

namespace ControlPlane.Limits;

/// <summary>A ledger row as it stands in storage, be it damaged.</summary>
internal sealed class StoredShard
{
    private readonly LedgerRow? _row;
    private readonly RowFault? _fault;

    public StoredShard(TableEntity entity)
    {
        Address = new(entity.PartitionKey, entity.RowKey);
        Number = int.TryParse(entity.RowKey, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
        var (row, problem) = entity.TryGetValue(LedgerAddress.Column, out var value) && value is byte[] bytes
            ? LedgerRowFormat.Read(bytes)
            : new(null, "is missing or not binary.");
        _row = row;
        _fault = problem is null ? null : new($"{Address}", LedgerAddress.Column, problem);
        Generation = row is null ? entity.ETag.ToString() : $"{row.Epoch}";
    }

    public RowAddress Address { get; }

    /// <summary>Which shard.</summary>
    public int Number { get; }

    /// <summary>The same as long as nobody resets the limit: the epoch; of a damaged row its tag, as nobody writes it.</summary>
    public string Generation { get; }

    public LedgerRow Row => _row ?? throw new DamagedRecordException(_fault!);
}
