using Records.Trust;

namespace ControlPlane.Certificates;

/// <summary>The desk of a control plane without a mesh.</summary>
internal sealed class NoMeshDesk : ICertificateDesk
{
    private static readonly Refusal Refused = new(
        RefusalReason.NoMesh, "This control plane runs no mesh, so there are no certificates. Give it a trust domain and the mesh's services, and start it again.");

    public Task<Outcome<MeshState>> ShowAsync(CancellationToken cancellation) => Refuse<MeshState>();

    public Task<Outcome<StartedRotation>> RotateAsync(string service, CancellationToken cancellation) => Refuse<StartedRotation>();

    public Task<Outcome<StartedRotation>> RotateAuthorityAsync(CancellationToken cancellation) => Refuse<StartedRotation>();

    public Task<Outcome<StartedRotation>> RevokeAsync(string serial, CancellationToken cancellation) => Refuse<StartedRotation>();

    public Task<Outcome<RotationList>> ListAsync(string? certificate, int limit, CancellationToken cancellation) => Refuse<RotationList>();

    public Task<Outcome<RotationState>> FindAsync(string id, CancellationToken cancellation) => Refuse<RotationState>();

    public Task<Outcome<TrustBundle>> BundleAsync(CancellationToken cancellation) => Refuse<TrustBundle>();

    private static Task<Outcome<T>> Refuse<T>()
        where T : class => Task.FromResult<Outcome<T>>(Refused);
}
