using System.Text.Json;
using Records;

namespace ControlPlane.Limits;

/// <summary>The rows of one way of counting.</summary>
public sealed record LedgerState
{
    /// <summary>rolling, bucket, day, month or inFlight.</summary>
    public required string Kind { get; init; }

    /// <summary>Tokens of all shards together.</summary>
    public required long Total { get; init; }

    /// <summary>Tokens that instances could get now: an estimate.</summary>
    public required long Available { get; init; }

    /// <summary>When the first token is free at the latest, unless an instance gives one back sooner. Null: now, or never.</summary>
    public required DateTimeOffset? NextFree { get; init; }

    /// <summary>16 hexadecimal digits; others after a reset.</summary>
    public required string Epoch { get; init; }

    /// <summary>Of the settings that the rows were made from.</summary>
    public required long Revision { get; init; }

    public required IReadOnlyList<ShardState> Shards { get; init; }

    internal static string NameOf(LedgerKind kind) => JsonNamingPolicy.CamelCase.ConvertName($"{kind}");

    internal static LedgerState Of(LedgerKind kind, IReadOnlyList<StoredShard> shards, DateTimeOffset now)
    {
        var rows = shards.Select(shard => LedgerEstimate.At(shard.Row, now)).ToList();
        var available = rows.Sum(row => Math.Max(row.Available(row.Base), 0));
        return new()
        {
            Kind = NameOf(kind),
            Total = rows[0].Total,
            Available = available,
            NextFree = available > 0 ? null : NextFreeOf(rows),
            Epoch = $"{rows[0].Epoch:x16}",
            Revision = rows[0].Revision,
            Shards = [.. shards.Zip(rows, ShardState.Of)],
        };
    }

    private static DateTimeOffset? NextFreeOf(IReadOnlyList<LedgerRow> rows) => rows
        .Select(row => (row.Shape, Slot: row.FirstFree(row.Base)))
        .Where(next => next.Slot != long.MaxValue)
        .Min(next => (DateTimeOffset?)LedgerInstant.StartOf(next.Shape, next.Slot));
}
