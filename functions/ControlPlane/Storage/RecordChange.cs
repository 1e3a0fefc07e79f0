using Records;

namespace ControlPlane.Storage;

/// <summary>Changes a record by compare-and-swap: read, change, write if nobody else wrote in between, or begin again.</summary>
internal static class RecordChange
{
    // Each lost round means that another writer won one: ten in a row is a fault elsewhere.
    public const int Rounds = 10;

    public static Refusal Contended { get; } = new(RefusalReason.Contended, "Others changed the same record at the same time. Try again.");

    /// <param name="missing">The answer when there is no such record.</param>
    /// <param name="change">Gives the changed record, the same instance for "leave it", or a refusal. May run more than once.</param>
    public static async Task<Outcome<TRecord>> ChangeAsync<TRecord>(
        this IRecordStore<TRecord> store, string key, Refusal missing, Func<TRecord, Outcome<TRecord>> change, CancellationToken cancellation)
        where TRecord : class, ITableRecord<TRecord>
    {
        for (var round = 0; round < Rounds; round++)
        {
            if (await store.FindAsync(key, cancellation) is not { } stored)
            {
                return missing;
            }

            var changed = change(stored.Record);
            if (changed.Value is null || ReferenceEquals(changed.Value, stored.Record)
                || await store.TryReplaceAsync(changed.Value, stored.Tag, cancellation))
            {
                return changed;
            }
        }

        return Contended;
    }
}
