using System.Collections.Concurrent;

namespace Mesh.Verification;

/// <summary>What certificates proved under the newest bundle that was asked for.</summary>
internal sealed class ProofCache(int capacity = ProofCache.Capacity)
{
    // A caller's instances share one certificate: this is far more than a mesh has services.
    private const int Capacity = 1024;

    private Generation _generation = new(0);

    public LeafProof? Find(long sequence, string thumbprint)
    {
        var generation = Volatile.Read(ref _generation);
        return generation.Sequence == sequence ? generation.Proofs.GetValueOrDefault(thumbprint) : null;
    }

    public void Keep(long sequence, string thumbprint, LeafProof proof)
    {
        var generation = Volatile.Read(ref _generation);
        if (generation.Sequence > sequence)
        {
            return;
        }

        // When full it starts anew: to examine again costs little, and only certificates of our own authority come here.
        if (generation.Sequence < sequence || generation.Proofs.Count >= capacity)
        {
            generation = new(sequence);
            Volatile.Write(ref _generation, generation);
        }

        generation.Proofs[thumbprint] = proof;
    }

    private sealed class Generation(long sequence)
    {
        public long Sequence { get; } = sequence;

        public ConcurrentDictionary<string, LeafProof> Proofs { get; } = new();
    }
}
