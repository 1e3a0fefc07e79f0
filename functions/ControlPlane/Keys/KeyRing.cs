using ControlPlane.Consumers;
using ControlPlane.Storage;
using Records;

namespace ControlPlane.Keys;

/// <summary>
/// Keeps the rows of keys and the list in their consumer's row together. A key counts once the consumer's row names it; that row's tag
/// guards the number of live keys against calls at the same time.
/// </summary>
internal sealed class KeyRing(IRecordStore<ConsumerRecord> consumers, IRecordStore<KeyRecord> keys, TimeProvider time)
{
    /// <summary>Live keys that a consumer may have.</summary>
    public const int MostLive = 10;

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
    public async Task<Refusal?> EnlistAsync(KeyRecord key, CancellationToken cancellation)
    {
        for (var round = 0; round < RecordChange.Rounds; round++)
        {
            if (await consumers.FindAsync(key.Consumer, cancellation) is not { } stored)
            {
                return await TakeBackAsync(key, ConsumerDesk.Missing(key.Consumer), cancellation);
            }

            var present = await KeysOfAsync(stored.Record, cancellation);
            if (present.Count(other => other.IsLive(time.Now())) >= MostLive)
            {
                return await TakeBackAsync(key, TooMany, cancellation);
            }

            var kept = Trim(present);
            if (await consumers.TryReplaceAsync(stored.Record with { Keys = [.. kept.Select(other => other.Id), key.Id] }, stored.Tag, cancellation))
            {
                await ForgetAsync(present.Except(kept), cancellation);
                return null;
            }
        }

        return await TakeBackAsync(key, RecordChange.Contended, cancellation);
    }

    /// <summary>From now on (within 5 s) the gateway refuses the key. One that is revoked already stays so.</summary>
    public Task<Outcome<KeyRecord>> RevokeAsync(string id, CancellationToken cancellation) =>
        keys.ChangeAsync(id, Missing(id), key => key.Revoked is null ? key with { Revoked = time.Now() } : key, cancellation);

    /// <summary>Removes the row of a key whose text nobody has seen.</summary>
    public async Task<Refusal> TakeBackAsync(KeyRecord key, Refusal why, CancellationToken cancellation)
    {
        await RevokeAsync(key.Id, cancellation);
        await ForgetAsync([key], cancellation);
        return why;
    }

    private static Refusal TooMany { get; } = new(RefusalReason.TooManyKeys, $"The consumer has {MostLive} live keys, which is the most. Revoke one first.");

    private List<KeyRecord> Trim(IReadOnlyList<KeyRecord> present)
    {
        var surplus = present.Count + 1 - MostKept;
        var kept = new List<KeyRecord>(present);
        kept.RemoveAll(key => surplus > 0 && !key.IsLive(time.Now()) && surplus-- > 0);
        return kept;
    }

    private async Task ForgetAsync(IEnumerable<KeyRecord> ended, CancellationToken cancellation)
    {
        foreach (var key in ended)
        {
            if (await keys.FindAsync(key.Id, cancellation) is { } stored)
            {
                await keys.TryRemoveAsync(stored.Record, stored.Tag, cancellation);
            }
        }
    }
}
