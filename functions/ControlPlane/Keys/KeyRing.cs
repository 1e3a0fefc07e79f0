using ControlPlane.Consumers;
using ControlPlane.Storage;
using Microsoft.Extensions.Logging;
using Records;

namespace ControlPlane.Keys;

/// <summary>
/// Keeps the rows of keys and the list in their consumer's row together. A key counts once the consumer's row names it; that row's tag
/// guards the number of live keys against calls at the same time.
/// </summary>
internal sealed partial class KeyRing(IRecordStore<ConsumerRecord> consumers, IRecordStore<KeyRecord> keys, TimeProvider time, ILogger<KeyRing> logger)
{
    /// <summary>Live keys that a consumer may have, not counting those whose successor is there already.</summary>
    public const int MostLive = 10;

    // Rotated keys that still overlap count here only, so that a consumer with all its keys can rotate each of them.
    private const int MostLiveWithOverlaps = 2 * MostLive;

    // Ended keys are kept for the list until there are more than this.
    private const int MostKept = 60;

    public static Refusal Missing(string id) => new(RefusalReason.NoKey, $"There is no key {id}. Ids are the 10 characters after sgw_live_ or sgw_test_.");

    /// <summary>The keys that a consumer's row names, oldest first.</summary>
    public async Task<IReadOnlyList<KeyRecord>> KeysOfAsync(ConsumerRecord consumer, CancellationToken cancellation)
    {
        var found = await Task.WhenAll(consumer.Keys.Select(id => keys.FindAsync(id, cancellation)));
        return [.. found.OfType<Stored<KeyRecord>>().Select(stored => stored.Record)];
    }

    /// <summary>Stores a key whose id is new. False: the id is taken.</summary>
    public Task<bool> TryStoreAsync(KeyRecord key, CancellationToken cancellation) => keys.TryAddAsync(key, cancellation);

    /// <summary>Names a stored key in its consumer's row, or takes it back. Null: done.</summary>
    /// <param name="replaces">Id of the key that this one is the successor of; null: none.</param>
    public async Task<Refusal?> EnlistAsync(KeyRecord key, string? replaces, CancellationToken cancellation)
    {
        for (var round = 0; round < RecordChange.Rounds; round++)
        {
            if (await consumers.FindAsync(key.Consumer, cancellation) is not { } stored)
            {
                return await TakeBackAsync(key, ConsumerDesk.Missing(key.Consumer), cancellation);
            }

            var present = await KeysOfAsync(stored.Record, cancellation);
            if (CheckCount(present, replaces) is { } refusal)
            {
                return await TakeBackAsync(key, refusal, cancellation);
            }

            var kept = Trim(present);
            if (await consumers.TryReplaceAsync(stored.Record with { Keys = [.. kept.Select(other => other.Id), key.Id] }, stored.Tag, cancellation))
            {
                foreach (var ended in present.Except(kept))
                {
                    await ForgetAsync(ended.Id, cancellation);
                }

                return null;
            }
        }

        return await TakeBackAsync(key, RecordChange.Contended, cancellation);
    }

    /// <summary>From now on (within 5 s) the gateway refuses the key. One that is revoked already stays so.</summary>
    public Task<Outcome<KeyRecord>> RevokeAsync(string id, CancellationToken cancellation) =>
        keys.ChangeAsync(id, Missing(id), key => key.Revoked is null ? key with { Revoked = time.Now() } : key, cancellation);

    /// <summary>
    /// Revokes the keys that a consumer's row names, then removes their rows: to the gateway a key without a row is unknown. A row that
    /// cannot be read stays, and is harmless without its consumer.
    /// </summary>
    public async Task RemoveAllAsync(ConsumerRecord consumer, CancellationToken cancellation)
    {
        foreach (var id in consumer.Keys)
        {
            await UnlessDamagedAsync(() => RevokeAsync(id, cancellation));
        }

        foreach (var id in consumer.Keys)
        {
            await UnlessDamagedAsync(() => ForgetAsync(id, cancellation));
        }
    }

    /// <summary>Removes the row of a key whose text nobody has seen.</summary>
    public async Task<Refusal> TakeBackAsync(KeyRecord key, Refusal why, CancellationToken cancellation)
    {
        await RevokeAsync(key.Id, cancellation);
        await ForgetAsync(key.Id, cancellation);
        return why;
    }

    private static Refusal TooMany { get; } = new(RefusalReason.TooManyKeys, $"The consumer has {MostLive} live keys, which is the most. Revoke one first.");

    private static Refusal TooManyOverlaps { get; } = new(
        RefusalReason.TooManyKeys, $"The consumer has {MostLiveWithOverlaps} live keys, counting those that were rotated and go on for their overlap. Revoke one of these first.");

    private Refusal? CheckCount(IReadOnlyList<KeyRecord> present, string? replaces)
    {
        var live = present.Where(key => key.IsLive(time.Now())).ToList();
        return live.Count >= MostLiveWithOverlaps ? TooManyOverlaps
            : live.Count(key => key.Successor is null && key.Id != replaces) >= MostLive ? TooMany
            : null;
    }

    private List<KeyRecord> Trim(IReadOnlyList<KeyRecord> present)
    {
        var surplus = present.Count + 1 - MostKept;
        var kept = new List<KeyRecord>(present);
        kept.RemoveAll(key => surplus > 0 && !key.IsLive(time.Now()) && surplus-- > 0);
        return kept;
    }

    private async Task ForgetAsync(string id, CancellationToken cancellation)
    {
        if (await keys.FindAsync(id, cancellation) is { } stored)
        {
            await keys.TryRemoveAsync(stored.Record, stored.Tag, cancellation);
        }
    }

    private async Task UnlessDamagedAsync(Func<Task> step)
    {
        try
        {
            await step();
        }
        catch (DamagedRecordException damaged)
        {
            Log.Skipped(logger, damaged.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The row of a key of a consumer that is removed cannot be read and is left: {Fault}")]
        public static partial void Skipped(ILogger logger, string fault);
    }
}
