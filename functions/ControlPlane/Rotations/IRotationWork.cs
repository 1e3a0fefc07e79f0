using Records.Trust;

namespace ControlPlane.Rotations;

/// <summary>
/// The actions, and looks at what is waited for. A look changes nothing, never waits, and throws only where what it looks at is away, which
/// counts as not yet.
/// </summary>
public interface IRotationWork : IRotationActions
{
    /// <summary>
    /// Reached: an instance of the service that acts on <paramref name="sequence"/> or later reports this version tried, without failure, with
    /// every service that it calls, and a caller of the service, where one lives, reports the same of it. Failed: one of them reports a failure.
    /// With no live instance of the service: reached, with that as the remark, when the public certificate verifies against the newest bundle;
    /// else failed.
    /// </summary>
    Task<Look> LookAtCanaryAsync(string rotation, string service, LeafVersion candidate, long sequence, CancellationToken cancellation = default);

    /// <summary>
    /// Reached: every row of <c>peers</c> says <paramref name="sequence"/> or more. A row counts whoever wrote it and whatever it says, 0 included:
    /// an instance announces itself before its first read, so that a bundle that it has read but not yet acted on is waited for. A row is left
    /// out only when it is older than MaxAge, and skew, and a poll, by storage's clock, and the bundle of this sequence has been out for as long:
    /// until then an instance whose heartbeats are lost may rightly act on the bundle before. And an instance without a certificate, which cannot sign
    /// what it says, is left out when it has said so after that time: by then it judges by this bundle or a later one, or by none, and what it will
    /// present it takes from the bundle that it acts on. Waiting: names who is missing, and where it is.
    /// Failed: the newest bundle refuses the certificate of this serial number. Null: none is asked for.
    /// </summary>
    Task<Look> LookAtPeersAsync(string rotation, long sequence, string? serial, CancellationToken cancellation = default);

    /// <summary>Failed: the newest bundle refuses the new one. Reached: it refuses the old one, whose connections are cut for that. Waiting: neither.</summary>
    Task<Look> LookAtDrainAsync(string rotation, Issued leaf, CancellationToken cancellation = default);

    /// <summary>How the service stands in the newest bundle. Null: it is no workload.</summary>
    Task<LeafStanding?> LookAtLeafAsync(string service, CancellationToken cancellation = default);
}
