using System.Text.Json;
using ControlPlane.Rotations;
using Records.Trust;

namespace ControlPlane.Certificates;

/// <summary>Kept rotations as operators see them.</summary>
internal static class RotationReading
{
    /// <param name="record">As it is kept.</param>
    /// <param name="underWay">What this process does for it now. Null: nothing.</param>
    /// <param name="withSteps">True: all of its steps are listed.</param>
    public static RotationState Of(RotationRecord record, StepUnderWay? underWay, bool withSteps)
    {
        var isRunning = record.Finished is null;
        var steps = StepsOf(record);
        if (isRunning && underWay is not null)
        {
            steps.Add(new(underWay.Name, underWay.Since, underWay.Detail));
        }

        var outcome = RotationJournal.OutcomeOf(record);
        return new()
        {
            Id = record.Id,
            Certificate = record.Certificate,
            Reason = Enum.Parse<RotationReason>(record.Reason, ignoreCase: true),
            Started = record.Started,
            Finished = record.Finished,
            Outcome = outcome is null ? RotationOutcome.Running : outcome.End == RotationEnd.Rotated ? RotationOutcome.Rotated : RotationOutcome.RolledBack,
            Step = steps.Count == 0 ? "Start" : steps[^1].Name,
            Detail = isRunning ? underWay?.Detail : Text(outcome),
            Steps = withSteps ? steps : null,
        };
    }

    /// <summary>The word that is kept for a reason.</summary>
    public static string Word(RotationReason reason) => reason.ToString().ToLowerInvariant();

    /// <summary>What a rotation issued; null: nothing yet.</summary>
    public static LeafVersion? IssuedIn(RotationRecord record) =>
        RotationJournal.StepsOf(record).FirstOrDefault(step => step.Name == "Issue")?.Result is { } issued
            ? JsonSerializer.Deserialize(issued, RotationJson.Default.Issued)?.New
            : null;

    // The journal has their ends; each began where the one before it ended.
    private static List<RotationStep> StepsOf(RotationRecord record)
    {
        var kept = RotationJournal.StepsOf(record);
        return [.. kept.Select((step, index) => new RotationStep(step.Name, index == 0 ? record.Started : kept[index - 1].At, step.Failure))];
    }

    private static string? Text(Rotations.RotationOutcome? outcome) =>
        outcome is null ? null : string.Join(' ', new[] { outcome.Reason }.Concat(outcome.Remarks).OfType<string>()) is { Length: > 0 } text ? text : null;
}
