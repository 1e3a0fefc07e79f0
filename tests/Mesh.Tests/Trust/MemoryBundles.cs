using Mesh.Storage;
using Mesh.Trust;
using Records.Trust;

namespace Mesh.Tests.Trust;

/// <summary>The table of bundles in memory, as storage answers when it does.</summary>
internal sealed class MemoryBundles : IBundleSource
{
    private readonly SortedDictionary<long, BundleReading> _rows = [];

    /// <summary>Set: every read comes to this.</summary>
    public StorageLoss? Loss { get; set; }

    /// <summary>Sequences that were asked for; 0 for the newest.</summary>
    public List<long> Asked { get; } = [];

    public void Put(BundleRow row) => _rows[row.Sequence] = BundleReading.Of(row);

    public void Put(long sequence, BundleReading reading) => _rows[sequence] = reading;

    public Task<BundleReading> ReadNewestAsync(CancellationToken cancellation) => Answer(0, _rows.Count == 0 ? BundleReading.None : _rows.Last().Value);

    public Task<BundleReading> ReadAsync(long sequence, CancellationToken cancellation) => Answer(sequence, _rows.GetValueOrDefault(sequence));

    private Task<BundleReading> Answer(long sequence, BundleReading reading)
    {
        Asked.Add(sequence);
        return Task.FromResult(Loss is { } loss ? BundleReading.Failed(new(loss, new IOException("Away, says the test."))) : reading);
    }
}
