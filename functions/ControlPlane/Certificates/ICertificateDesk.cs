using Records.Trust;

namespace ControlPlane.Certificates;

/// <summary>Where the certificates of the mesh are looked at, rotated and revoked.</summary>
/// <remarks>
/// Without a mesh every operation refuses with <see cref="RefusalReason.NoMesh"/>, before the first bundle with <see cref="RefusalReason.MeshNotBegun"/>.
/// A vault that does not answer is a <see cref="VaultAwayException"/>.
/// </remarks>
internal interface ICertificateDesk
{
    Task<Outcome<MeshState>> ShowAsync(CancellationToken cancellation);

    /// <summary>Begins to rotate a service's certificate, or gives the rotation that is under way.</summary>
    Task<Outcome<StartedRotation>> RotateAsync(string service, CancellationToken cancellation);

    /// <summary>Begins to replace the authority, or gives the rotation that is under way.</summary>
    Task<Outcome<StartedRotation>> RotateAuthorityAsync(CancellationToken cancellation);

    /// <summary>Puts a workload's certificate on the refusal list and begins to rotate its owner's.</summary>
    /// <param name="serial">As <see cref="SerialNumber.Read"/> gives it; leading zeros do not count.</param>
    /// <param name="cancellation">Ends the work.</param>
    Task<Outcome<StartedRotation>> RevokeAsync(string serial, CancellationToken cancellation);

    /// <summary>Rotations with their steps, the newest first.</summary>
    /// <param name="certificate">Only of this one: a service's name, or <see cref="RotationState.Authority"/>. Null: of all.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellation">Ends the work.</param>
    Task<Outcome<RotationList>> ListAsync(string? certificate, int limit, CancellationToken cancellation);

    /// <summary>One rotation with its steps.</summary>
    Task<Outcome<RotationState>> FindAsync(string id, CancellationToken cancellation);

    /// <summary>The bundle that the mesh acts on.</summary>
    Task<Outcome<TrustBundle>> BundleAsync(CancellationToken cancellation);
}
