using ControlPlane.Rotations;
using ControlPlane.Trust;
using ControlPlane.Vault;

namespace ControlPlane;

/// <summary>The mesh whose certificates a control plane takes care of.</summary>
public sealed record MeshControl
{
    public required MeshSettings Settings { get; init; }

    public RotationOptions Rotation { get; init; } = new();

    /// <summary>True: rotations run in this process. False: orchestrations carry them out, whose host asks <see cref="Orchestrations.OrchestratedMesh"/>. Default true.</summary>
    public bool RunsRotations { get; init; } = true;

    /// <summary>The vault of the authority's key: may make keys, and sign with them.</summary>
    public required VaultKeys Authority { get; init; }

    /// <summary>Of each workload by name, the certificates of its own vault: may make and merge them, and read no key.</summary>
    public required IReadOnlyDictionary<string, VaultCertificates> Workloads { get; init; }
}
