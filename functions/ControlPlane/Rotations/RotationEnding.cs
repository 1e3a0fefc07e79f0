using Microsoft.Extensions.Logging;
using Records.Trust;

namespace ControlPlane.Rotations;

/// <summary>Ends a rotation: it goes into the history, and its end is counted and said; or that it cannot end now.</summary>
internal sealed partial class RotationEnding(RotationJournal journal, RotationMetrics metrics, ILogger<RotationEnding> logger)
{
    public async Task FinishAsync(KeptRotation rotation, RotationOutcome outcome, CancellationToken cancellation)
    {
        await journal.FinishAsync(rotation, outcome, cancellation);
        metrics.Ended(rotation.Record.Certificate, outcome.End);
        if (outcome.End == RotationEnd.Rotated)
        {
            Log.Rotated(logger, rotation.Record.Id, string.Join(' ', outcome.Remarks));
        }
        else
        {
            Log.RolledBack(logger, rotation.Record.Id, outcome.Reason, string.Join(' ', outcome.Remarks));
        }

        await journal.ForgetAsync(rotation.Record.Certificate, cancellation);
    }

    /// <summary>There is no way back from where it is, or it is on it: it stays as it is, which is safe, and is tried again later.</summary>
    public void Stuck(RotationRecord rotation, FinishedStep failed, Exception? cause)
    {
        metrics.Stuck(rotation.Certificate, failed.Name);
        Log.Stuck(logger, cause, rotation.Id, failed.Name, failed.Failure);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Rotation {Id} is complete. {Remarks}")]
        public static partial void Rotated(ILogger logger, string id, string remarks);

        [LoggerMessage(2, LogLevel.Error, "Rotation {Id} was rolled back: {Reason} {Remarks}")]
        public static partial void RolledBack(ILogger logger, string id, string? reason, string remarks);

        [LoggerMessage(3, LogLevel.Error, "Step {Step} of rotation {Id} failed and is tried again later; until then it stays as it is, which is safe: {Reason}")]
        public static partial void Stuck(ILogger logger, Exception? cause, string id, string step, string? reason);
    }
}
