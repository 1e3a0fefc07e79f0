namespace Mesh.Verification;

/// <summary>Who presented a certificate, or why that is not known.</summary>
internal sealed record Verdict
{
    private Verdict(LeafProof? proof, MeshRefusal? refusal, string? detail) => (Proof, Refusal, Detail) = (proof, refusal, detail);

    /// <summary>What the certificate proves. May be there beside a refusal: it was good, and is not taken now. Null: nothing is proven.</summary>
    public LeafProof? Proof { get; }

    /// <summary>Null: the workload of <see cref="Proof"/> presented it.</summary>
    public MeshRefusal? Refusal { get; }

    /// <summary>One sentence on what is wrong with this certificate. Null: the refusal says it.</summary>
    public string? Detail { get; }

    public static Verdict Proven(LeafProof proof) => new(proof, null, null);

    public static Verdict Refused(MeshRefusal refusal, string? detail = null, LeafProof? proof = null) => new(proof, refusal, detail);
}
