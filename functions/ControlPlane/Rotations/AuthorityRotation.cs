namespace ControlPlane.Rotations;

/// <summary>Replaces the certificate authority. Deterministic: no clock, no chance and no I/O but for the steps.</summary>
public static class AuthorityRotation
{
    /// <exception cref="StepFailedException">A step failed from which there is no way back, or which is on it.</exception>
    public static async Task<RotationOutcome> RunAsync(IRotationSteps steps, AuthorityRotationInput rotation)
    {
        ArgumentNullException.ThrowIfNull(steps);
        ArgumentNullException.ThrowIfNull(rotation);
        var id = rotation.Id;
        Prepared? prepared = null;
        var isAppointed = false;
        try
        {
            prepared = await steps.PrepareAsync(id);
            var trusted = await steps.TrustRootAsync(id, prepared.New);
            await steps.AwaitAckAsync(id, trusted.Sequence);

            // Said before it is done: where its answer never came, it may have been done all the same.
            isAppointed = true;
            await MoveAsync(steps, id, await steps.AppointAsync(id, prepared.New.Id), prepared.New.Id);
        }
        catch (StepFailedException failure)
        {
            return prepared is null
                ? WayBack.RolledBack(failure, await WayBack.TryAsync(() => steps.DiscardKeyAsync(id), "The new key is not disabled; nobody trusts it"))
                : await GoBackAsync(steps, id, prepared, isAppointed, failure);
        }

        // From here on only forward: the old root may be gone already where this step's answer never came.
        var retired = await steps.RemoveRootAsync(id, prepared.Old);
        await steps.AwaitAckAsync(id, retired.Sequence);
        await steps.RetireKeyAsync(id, prepared.Old.KeyVersion);
        return new(RotationEnd.Rotated, null, []);
    }

    // Until nobody presents, and no connection lives by, what another root signed.
    private static async Task MoveAsync(IRotationSteps steps, string id, Appointed appointed, string authority)
    {
        var sequence = appointed.Sequence;
        foreach (var service in appointed.Services)
        {
            sequence = Math.Max(sequence, (await steps.RotateLeafAsync(id, service, authority)).Sequence);
        }

        var acknowledged = await steps.AwaitAckAsync(id, sequence);
        await steps.AwaitDrainAsync(id, Drain.Leaves, acknowledged.At);
    }

    private static async Task<RotationOutcome> GoBackAsync(IRotationSteps steps, string id, Prepared prepared, bool isAppointed, StepFailedException failure)
    {
        if (isAppointed)
        {
            await MoveAsync(steps, id, await steps.ReinstateAsync(id, prepared.New.Id, prepared.Old.Id), prepared.Old.Id);
        }

        await steps.RemoveRootAsync(id, prepared.New);
        return WayBack.RolledBack(failure, await WayBack.TryAsync(() => steps.DiscardKeyAsync(id), "The new key is not disabled; nobody trusts it"));
    }
}
