using System.Globalization;
using Gateway.Limits.Ledger;
using Records;

namespace Gateway.Tests.Limits.Simulation;

/// <summary>The one table that all processes share. What is called here happens at once.</summary>
internal sealed class VirtualTable(ServerTimes times)
{
    private readonly Dictionary<string, SortedDictionary<string, Stored>> _partitions = [];
    private readonly Dictionary<int, long> _stamps = [];
    private long _writes;

    /// <summary>Writes that came too late.</summary>
    public long Conflicts { get; private set; }

    /// <summary>Rows that were read, and rows that were to be written: what the real service counts.</summary>
    public long Entities { get; private set; }

    public LedgerReadAnswer Read(RowAddress address)
    {
        Entities++;
        return _partitions.TryGetValue(address.PartitionKey, out var rows) && rows.TryGetValue(address.RowKey, out var stored)
            ? Answer(stored)
            : new(true, null, null);
    }

    public IReadOnlyList<LedgerReadAnswer> ReadAll(string partition)
    {
        var rows = _partitions.GetValueOrDefault(partition);
        Entities += rows?.Count ?? 1;
        return rows is null ? [] : [.. rows.Select(row => Answer(row.Value) with { Shard = int.Parse(row.Key, CultureInfo.InvariantCulture) })];
    }

    public LedgerWriteAnswer Write(RowAddress address, LedgerRow row, string? etag) => Write(address.PartitionKey, [(address.RowKey, row, etag)]);

    public LedgerWriteAnswer WriteAll(string partition, IReadOnlyList<LedgerWriteRow> rows) =>
        Write(partition, [.. rows.Select(row => (LedgerAddress.RowKeyOf(row.Shard), row.Row, row.ETag))]) with { ETag = null };

    public bool Remove(RowAddress address, string etag)
    {
        var isGone = Has(address.PartitionKey, address.RowKey, etag) && _partitions[address.PartitionKey].Remove(address.RowKey);
        Conflicts += isGone ? 0 : 1;
        return isGone;
    }

    public LedgerWriteAnswer Stamp(int stamp)
    {
        var now = _stamps[stamp] = times.Now($"time {stamp}");
        return Written(now);
    }

    public long? ReadStamp(int stamp) => _stamps.TryGetValue(stamp, out var at) ? at : null;

    private LedgerWriteAnswer Write(string partition, (string Key, LedgerRow Row, string? ETag)[] rows)
    {
        Entities += rows.Length;
        foreach (var (key, _, etag) in rows)
        {
            if (!Has(partition, key, etag))
            {
                Conflicts++;
                return new(LedgerWrite.Conflict);
            }
        }

        if (!_partitions.TryGetValue(partition, out var stored))
        {
            _partitions[partition] = stored = new(StringComparer.Ordinal);
        }

        var written = Written(times.Now(partition));
        foreach (var (key, row, _) in rows)
        {
            stored[key] = new(LedgerRowFormat.Write(row), rows.Length == 1 ? written.ETag! : ETag());
        }

        return written;
    }

    private bool Has(string partition, string key, string? etag) =>
        (_partitions.TryGetValue(partition, out var rows) && rows.TryGetValue(key, out var stored) ? stored.ETag : null) == etag;

    private static LedgerReadAnswer Answer(Stored stored) => new(true, LedgerRowFormat.Read(stored.Bytes).Row, stored.ETag);

    private LedgerWriteAnswer Written(long now) => new(LedgerWrite.Written, ETag(), now - (now % TimeSpan.TicksPerMillisecond));

    private string ETag() => (++_writes).ToString(CultureInfo.InvariantCulture);

    private sealed record Stored(byte[] Bytes, string ETag);
}
