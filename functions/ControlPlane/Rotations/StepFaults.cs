using Azure;
using ControlPlane.Storage;
using ControlPlane.Vault;

namespace ControlPlane.Rotations;

/// <summary>What is said of failures that may pass. Messages of others may hold what does not belong in a history.</summary>
internal static class StepFaults
{
    public static string ReasonOf(Exception failure) => failure switch
    {
        VaultAwayException or StorageAwayException => failure.Message,
        VaultRefusedException { Status: 409 } deleted => $"{Refused(deleted)} If something of that name was deleted there, recover it or purge it.",
        VaultRefusedException refused => Refused(refused),
        RequestFailedException refused => $"A call was refused: {refused.Status} {refused.ErrorCode}".TrimEnd() + ".",
        _ => $"Something unexpected failed ({failure.GetType().Name}).",
    };

    private static string Refused(VaultRefusedException refused) => $"The vault {refused.Host} refused a call: {refused.Status} {refused.ErrorCode}".TrimEnd() + ".";

    public static StepFailedException LastingOf(string reason, Exception? cause = null) => new($"It was tried again and again: {reason}", cause);

    /// <summary>One look. What cannot be seen now is not there yet.</summary>
    public static async Task<Look> LookAsync(Func<Task<Look>> look, CancellationToken cancellation)
    {
        try
        {
            return await look();
        }
        catch (Exception away) when (away is not StepFailedException && !cancellation.IsCancellationRequested)
        {
            return new(LookState.Waiting, $"an answer: {ReasonOf(away).TrimEnd('.')}");
        }
    }
}
