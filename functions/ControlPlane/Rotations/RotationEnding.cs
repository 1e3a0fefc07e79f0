using Microsoft.Extensions.Logging;

namespace ControlPlane.Rotations;

/// <summary>Ends a rotation: it goes into the history, and its end is counted and said.</summary>
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

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Rotation {Id} is complete. {Remarks}")]
        public static partial void Rotated(ILogger logger, string id, string remarks);

        [LoggerMessage(2, LogLevel.Error, "Rotation {Id} was rolled back: {Reason} {Remarks}")]
        public static partial void RolledBack(ILogger logger, string id, string? reason, string remarks);
    }
}
