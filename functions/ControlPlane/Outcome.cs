namespace ControlPlane;

/// <summary>What came of an operation: its result, or why it was refused.</summary>
public readonly record struct Outcome<T>(T? Value, Refusal? Refusal)
    where T : class
{
    public static implicit operator Outcome<T>(T value) => new(value, null);

    public static implicit operator Outcome<T>(Refusal refusal) => new(null, refusal);
}

/// <summary>A refusal as a value.</summary>
/// <param name="Reason">Which kind; decides the status.</param>
/// <param name="Detail">What is wrong and what to do; for the operator.</param>
public sealed record Refusal(RefusalReason Reason, string Detail);

/// <summary>Every way in which a desk refuses.</summary>
public enum RefusalReason
{
    /// <summary>A value is not one that the field takes.</summary>
    Invalid,

    /// <summary>There is no consumer of that name.</summary>
    NoConsumer,

    /// <summary>There is no key of that id.</summary>
    NoKey,

    /// <summary>Nothing is counted of that limit for that key.</summary>
    NoLimitState,

    /// <summary>This control plane runs no mesh.</summary>
    NoMesh,

    /// <summary>The mesh has no service of that name.</summary>
    NoWorkload,

    /// <summary>No certificate of the mesh has that serial number.</summary>
    NoCertificate,

    /// <summary>There is no rotation of that id.</summary>
    NoRotation,

    /// <summary>There is no release of that id, or none is current.</summary>
    NoRelease,

    /// <summary>This control plane keeps no releases.</summary>
    NoReleases,

    /// <summary>The name is taken.</summary>
    ConsumerExists,

    /// <summary>The consumer has as many live keys as one may have.</summary>
    TooManyKeys,

    /// <summary>The key is revoked, expired or has a successor already.</summary>
    KeyEnded,

    /// <summary>Another release is current than the caller takes for it.</summary>
    ReleaseMoved,

    /// <summary>Others changed the same record again and again.</summary>
    Contended,

    /// <summary>The mesh has no trust bundle yet.</summary>
    MeshNotBegun,
}
