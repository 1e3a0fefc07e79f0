using ControlPlane.Rotations;
using Microsoft.Extensions.Logging;
using Records.Trust;

namespace ControlPlane.Orchestrations;

/// <summary>Where orchestrations carry rotations out: here they are only begun, in the journal, and the host of the orchestrations finds them there.</summary>
internal sealed partial class JournalEngine(RotationJournal journal, ILogger<JournalEngine> logger) : IRotationEngine
{
    public async Task<(RotationRecord Record, bool IsNew)> StartAsync(string certificate, string reason, CancellationToken cancellation)
    {
        var begun = await journal.BeginAsync(certificate, reason, cancellation);
        if (begun.IsNew)
        {
            Log.Started(logger, begun.Record.Id, certificate, reason);
        }

        return begun;
    }

    public void GoOn(string certificate)
    {
        // The host looks for what has to run after each tick.
    }

    /// <summary>What follows from its journal.</summary>
    public StepUnderWay? StepOf(RotationRecord running)
    {
        var steps = RotationJournal.StepsOf(running);
        return Procedures.Of(running.Procedure, running.Certificate, running.Id) is { } procedure && Replay.To(procedure, steps).Next is { } next
            ? new(next.Name, steps.Count == 0 ? running.Started : steps[^1].At, null)
            : null;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Rotation {Id} of {Certificate} starts: {Reason}.")]
        public static partial void Started(ILogger logger, string id, string certificate, string reason);
    }
}
