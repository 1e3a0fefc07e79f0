using Records.Trust;

namespace ControlPlane.Rotations;

/// <summary>
/// What the procedures are written over: every call is a step and a checkpoint, and its result is kept before the next begins. In process a
/// runner carries them out over an <see cref="IRotationWork"/>; in an orchestration each action is an activity, and each
/// waiting step a loop of an activity that looks (<see cref="IRotationWork"/>) and a timer, up to the same patience (<see cref="RotationOptions"/>).
/// A step that fails for good throws <see cref="StepFailedException"/>. A procedure that lets it through has no way back from there, or is on it:
/// the failure is not kept, the rotation stays as it is, which is safe, and the same step is tried again later.
/// </summary>
public interface IRotationSteps : IRotationActions
{
    /// <summary>Until the candidate has proved itself (<see cref="IRotationWork.LookAtCanaryAsync"/>). Fails when it does not work or nobody says so in time.</summary>
    /// <param name="sequence">Of a bundle that names the candidate.</param>
    Task<CanaryPassed> AwaitCanaryAsync(string rotation, string service, LeafVersion candidate, long sequence, CancellationToken cancellation = default);

    /// <summary>Until every live peer acts on the bundle of this sequence or a later one (<see cref="IRotationWork.LookAtPeersAsync"/>). Fails when one does not in time.</summary>
    /// <param name="presented">
    /// What a service presents by that bundle: where it is revoked this fails at once, as the service's own instances have nothing then to sign an acknowledgement
    /// with, and the next rotation must not wait for them. Null: it is about no service.
    /// </param>
    Task<Acknowledged> AwaitAckAsync(string rotation, long sequence, LeafVersion? presented = null, CancellationToken cancellation = default);

    /// <summary>
    /// The same on a leaf's way back, of the bundle that took the new one back. It is for tidying up alone, and the next try must not wait for it: where what
    /// is in use again ends before a pause is over (<see cref="RotationOptions.IsUrgent"/>), or nothing is, this is given up after a minute; where it is
    /// revoked, at once.
    /// </summary>
    Task<Acknowledged> AwaitWithdrawalAsync(string rotation, Withdrawn withdrawn, CancellationToken cancellation = default);

    /// <summary>Until the time that a drain takes has passed since an instant.</summary>
    /// <param name="leaf">
    /// What replaced what in a service. Fails soon when the new one is revoked, and ends soon when the old one is: what it authenticated is cut anyway.
    /// Null: it is about no service, and this cannot fail.
    /// </param>
    Task AwaitDrainAsync(string rotation, Drain drain, DateTimeOffset since, Issued? leaf = null, CancellationToken cancellation = default);

    /// <summary>
    /// Until the service has no rotation under way and presents, and tries out, nothing that another root signed or that is revoked. Waits for a rotation under way
    /// and, where that was not enough, runs another: the leaf's own procedure under an id of its own. A service without certificates is done.
    /// One whose vault is not known has left the mesh, and nothing can be issued for it: it is waited for until it is out of the bundle, which is when what it
    /// had has expired or is revoked (<see cref="Trust.TrustChanges.RemoveWorkload"/>). So nobody who may still present something loses the root for it.
    /// Fails when such rotations go back again and again.
    /// </summary>
    /// <returns>The bundle in which that was seen.</returns>
    Task<Published> RotateLeafAsync(string rotation, string service, string authority, CancellationToken cancellation = default);
}
