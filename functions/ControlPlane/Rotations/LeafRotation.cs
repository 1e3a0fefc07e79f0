namespace ControlPlane.Rotations;

/// <summary>Renews a service's certificate. Deterministic: no clock, no chance and no I/O but for the steps.</summary>
public static class LeafRotation
{
    /// <exception cref="StepFailedException">A step failed from which there is no way back, or which is on it.</exception>
    public static async Task<RotationOutcome> RunAsync(IRotationSteps steps, LeafRotationInput rotation)
    {
        ArgumentNullException.ThrowIfNull(steps);
        ArgumentNullException.ThrowIfNull(rotation);
        var (id, service) = rotation;
        Issued? issued = null;
        CanaryPassed canary;
        try
        {
            issued = await steps.IssueAsync(id, service);
            var proposed = await steps.ProposeAsync(id, service, issued.New);
            canary = await steps.AwaitCanaryAsync(id, service, issued.New, proposed.Sequence);
            var active = await steps.ActivateAsync(id, service, issued.New.Version);
            var acknowledged = await steps.AwaitAckAsync(id, active.Sequence, issued.New);
            if (issued.Old is not null)
            {
                await steps.AwaitDrainAsync(id, Drain.Connections, acknowledged.At, issued);
            }
        }
        catch (StepFailedException failure)
        {
            return issued is null ? await GiveUpAsync(steps, rotation, failure) : await GoBackAsync(steps, rotation, issued, failure);
        }

        // Everybody presents the new one: no reason to go back any more.
        if (issued.Old is { } old)
        {
            await steps.RetireAsync(id, service, old.Version);
        }

        return new(RotationEnd.Rotated, null, canary.Remark is { } remark ? [remark] : []);
    }

    // Nothing was shown to anybody.
    private static async Task<RotationOutcome> GiveUpAsync(IRotationSteps steps, LeafRotationInput rotation, StepFailedException failure) =>
        WayBack.RolledBack(failure, await WayBack.TryAsync(() => steps.DiscardAsync(rotation.Id, rotation.Service), "What was issued is not disabled; it expires unused"));

    private static async Task<RotationOutcome> GoBackAsync(IRotationSteps steps, LeafRotationInput rotation, Issued issued, StepFailedException failure)
    {
        var (id, service) = rotation;
        var withdrawn = await steps.WithdrawAsync(id, service, issued.New.Version, issued.Old);
        if (withdrawn.InUse?.Version == issued.New.Version)
        {
            return new(RotationEnd.Rotated, null, [$"{failure.Message} The new certificate stays in use all the same: there is none before it that may be used."]);
        }

        // A peer that does not acknowledge must not hold up the next rotation: what is not disabled is only not tidied up.
        return WayBack.RolledBack(failure, await WayBack.TryAsync(
            async () =>
            {
                await steps.AwaitWithdrawalAsync(id, withdrawn);
                await steps.DiscardAsync(id, service);
            },
            "The new certificate is not disabled; it expires unused"));
    }
}
