using System.Runtime.CompilerServices;
using ControlPlane.Storage;
using Records.Trust;

namespace ControlPlane.Tests.Rotations;

/// <summary>A store that lets something happen just before the next call of a kind.</summary>
internal sealed class HookedStore(IRecordStore<RotationRecord> store) : IRecordStore<RotationRecord>
{
    public Func<Task>? BeforeList { get; set; }

    public Func<Task>? BeforeRemove { get; set; }

    public async IAsyncEnumerable<RotationRecord> ListAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var before = BeforeList;
        BeforeList = null;
        await (before?.Invoke() ?? Task.CompletedTask);
        await foreach (var record in store.ListAsync(cancellation))
        {
            yield return record;
        }
    }

    public Task<Stored<RotationRecord>?> FindAsync(string key, CancellationToken cancellation) => store.FindAsync(key, cancellation);

    public Task<bool> TryAddAsync(RotationRecord record, CancellationToken cancellation) => store.TryAddAsync(record, cancellation);

    public Task<bool> TryReplaceAsync(RotationRecord record, string tag, CancellationToken cancellation) => store.TryReplaceAsync(record, tag, cancellation);

    public async Task<bool> TryRemoveAsync(RotationRecord record, string tag, CancellationToken cancellation)
    {
        var before = BeforeRemove;
        BeforeRemove = null;
        await (before?.Invoke() ?? Task.CompletedTask);
        return await store.TryRemoveAsync(record, tag, cancellation);
    }
}
