using Records.Trust;

namespace ControlPlane.Rotations;

/// <summary>
/// What a rotation does to the vault and to the trust bundle. Rules for each member:
/// <list type="bullet">
/// <item>It may be carried out again, at the same time or long after: after a crash before its result was kept, or by a runner that was
/// overtaken. <c>rotation</c>, the rotation's id, is the key by which it finds what it did before.</item>
/// <item>A change of the bundle is one function of <see cref="Trust.TrustChanges"/>, applied to the newest bundle, signed, and added as the row of
/// the next sequence; when that row is there already, all of it again with the bundle that is the newest now. The same bundle back: nothing
/// is published, and its sequence is the answer. A refusal is a <see cref="StepFailedException"/> with the refusal's text.</item>
/// <item>What may pass (vault, storage or network away, throttled) is any other exception; who runs the step tries again.</item>
/// <item>Arguments and results are kept in journals and in the orchestration's history: names, versions and public certificates, never a key.</item>
/// </list>
/// </summary>
public interface IRotationActions
{
    /// <summary>
    /// Has the vault make a key and a request for the service's certificate, has the newest bundle's authority sign it, and merges that. The new
    /// version carries the rotation's id (a tag): where one does already, it is the answer, whatever signed it. So the rotation merges one
    /// version only; making requests and signing may repeat. A pending request that another rotation left is carried on with: its key was never used.
    /// </summary>
    Task<Issued> IssueAsync(string rotation, string service, CancellationToken cancellation = default);

    /// <summary><see cref="Trust.TrustChanges.Propose"/>.</summary>
    Task<Published> ProposeAsync(string rotation, string service, LeafVersion candidate, CancellationToken cancellation = default);

    /// <summary><see cref="Trust.TrustChanges.Activate"/>.</summary>
    Task<Published> ActivateAsync(string rotation, string service, string version, CancellationToken cancellation = default);

    /// <summary>Disables a version of the service's certificate in its vault. One that is disabled, or is not there, is done; so is one of a vault that is not known any more.</summary>
    Task RetireAsync(string rotation, string service, string version, CancellationToken cancellation = default);

    /// <summary><see cref="Trust.TrustChanges.Withdraw"/>.</summary>
    Task<Withdrawn> WithdrawAsync(string rotation, string service, string version, LeafVersion? before, CancellationToken cancellation = default);

    /// <summary>Disables whatever version the rotation issued, which it finds by the rotation's id, and gives up the rotation's pending request. None: done.</summary>
    Task DiscardAsync(string rotation, string service, CancellationToken cancellation = default);

    /// <summary>
    /// Makes a new version of the authority's key, which carries the rotation's id, and a self-signed certificate for it. Carried out again it
    /// gives the same key version; where the certificate differs because it was signed anew, only the one whose answer was kept is ever published.
    /// </summary>
    Task<Prepared> PrepareAsync(string rotation, CancellationToken cancellation = default);

    /// <summary><see cref="Trust.TrustChanges.AddRoot"/>.</summary>
    Task<Published> TrustRootAsync(string rotation, TrustRoot root, CancellationToken cancellation = default);

    /// <summary><see cref="Trust.TrustChanges.Appoint"/>.</summary>
    Task<Appointed> AppointAsync(string rotation, string root, CancellationToken cancellation = default);

    /// <summary><see cref="Trust.TrustChanges.Reinstate"/>.</summary>
    Task<Appointed> ReinstateAsync(string rotation, string root, string before, CancellationToken cancellation = default);

    /// <summary><see cref="Trust.TrustChanges.RemoveRoot"/>.</summary>
    Task<Published> RemoveRootAsync(string rotation, TrustRoot root, CancellationToken cancellation = default);

    /// <summary>Disables a version of the authority's key.</summary>
    Task RetireKeyAsync(string rotation, string keyVersion, CancellationToken cancellation = default);

    /// <summary>Disables whatever version of the authority's key the rotation made, which it finds by the rotation's id. None: done.</summary>
    Task DiscardKeyAsync(string rotation, CancellationToken cancellation = default);
}
